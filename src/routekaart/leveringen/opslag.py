"""The file of a delivery: an own copy that nobody changes while it is read, kept with its checksum."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.models import Levering

STUK = 1 << 20
VERGETEN_NA = 24 * 3600  # seconds; a copy that a killed process left behind


@dataclass(frozen=True)
class Kopie:
    """A copy of what was delivered, and what it is called outside."""

    pad: Path
    naam: str
    sha256: str


@contextmanager
def kopie_van(stukken: Iterable[bytes], *, naam: str) -> Iterator[Kopie]:
    """Copies what was delivered to a place of our own for as long as it is worked on. Raises Geweigerd."""
    map_ = _werkmap()
    som = hashlib.sha256()
    try:
        greep, waar = tempfile.mkstemp(dir=map_, suffix=Path(naam).suffix.lower()[:10])
    except OSError as fout:
        raise Geweigerd(f"Het bestand kan niet worden overgenomen: {_waarom(fout)}") from None
    pad = Path(waar)
    try:
        try:
            with os.fdopen(greep, "wb") as doel:
                for stuk in stukken:
                    som.update(stuk)
                    doel.write(stuk)
        except OSError as fout:
            raise Geweigerd(f"Het bestand kan niet worden overgenomen: {_waarom(fout)}") from None
        yield Kopie(pad, Path(naam).name[:200] or "bestand", som.hexdigest())
    finally:
        pad.unlink(missing_ok=True)


def stukken_van(pad: Path) -> Iterator[bytes]:
    """The content of a file in pieces. Raises Geweigerd where it cannot be opened."""
    try:
        with pad.open("rb") as bron:
            while stuk := bron.read(STUK):
                yield stuk
    except OSError as fout:
        raise Geweigerd(f"{pad.name} kan niet worden geopend ({fout.strerror}).") from None


def bewaar(kopie: Kopie, levering: Levering) -> str:
    """Keeps the file with the delivery and gives its name in the storage. Raises Geweigerd."""
    naam = f"leveringen/{levering.gestart_op:%Y/%m}/{levering.sleutel}{kopie.pad.suffix}"
    try:
        with kopie.pad.open("rb") as bron:
            return default_storage.save(naam, File(bron))
    except OSError as fout:
        default_storage.delete(naam)
        raise Geweigerd(f"Het bestand kan niet worden bewaard: {_waarom(fout)}") from None


def _waarom(fout: OSError) -> str:
    """What the disk says, and what to do about it."""
    if fout.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "de schijf is vol. Er is niets veranderd. Vraag de beheerder om ruimte en probeer het dan opnieuw."
    return f"{fout.strerror}. Er is niets veranderd."


def gooi_weg(naam: str) -> None:
    """Removes a file that belongs to no delivery."""
    default_storage.delete(naam)


@contextmanager
def bewaarde_kopie(levering: Levering) -> Iterator[Kopie]:
    """The kept file of a delivery to read from, wherever the storage keeps it. Raises Geweigerd where it is gone."""
    try:
        bron = levering.bestand.open("rb")
    except (OSError, ValueError):
        raise Geweigerd("Het bestand van deze levering is er niet meer. Kies het opnieuw.") from None
    with bron, kopie_van(bron.chunks(), naam=levering.bestandsnaam) as kopie:
        yield kopie


def _werkmap() -> Path:
    """The folder for copies, readable by this program only; clears what a killed process left there."""
    map_ = Path(settings.MEDIA_ROOT) / "tijdelijk"
    try:
        map_.mkdir(mode=0o700, parents=True, exist_ok=True)
        grens = time.time() - VERGETEN_NA
        for oud in map_.iterdir():
            if oud.stat().st_mtime < grens:
                oud.unlink(missing_ok=True)
    except OSError as fout:
        raise Geweigerd(f"De map voor bestanden is niet te gebruiken ({fout.strerror}).") from None
    return map_
