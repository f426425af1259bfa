"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def schrijf_heel(pad: Path, stukken: Iterable[str]) -> None:
    """Writes text (UTF-8) to `pad`, readable by its owner only. When this returns, the disk has it; what it raises
    (OSError) leaves nothing there.
    """
    greep, naam = tempfile.mkstemp(dir=pad.parent, prefix=f".{pad.name}.")
    half = Path(naam)
    try:
        with os.fdopen(greep, "w", encoding="utf-8", newline="") as bestand:
            bestand.writelines(stukken)
            bestand.flush()
            os.fsync(bestand.fileno())
        half.replace(pad)
        leg_vast(pad.parent)
    finally:
        half.unlink(missing_ok=True)


def leg_vast(pad: Path) -> None:
    """Waits until the disk has what was written to this file or, of a folder, which files are in it."""
    greep = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(greep)
    finally:
        os.close(greep)
