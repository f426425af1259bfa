"""How far a delivery is, for who looks: beside the database, for publishing is one transaction that nobody else sees.

A small file per delivery in the folder of the files. It is gone when the work is done, and says nothing about persons.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import meervoud

ELKE = 0.5  # seconds between two notes
# a note that nobody renews: who worked on it is gone
VERSTREKEN_NA = 300


@dataclass(frozen=True)
class Stap:
    """Rows done, of how many, since when (seconds of the clock). `totaal` is 0 while the rows are only looked at."""

    gedaan: int
    totaal: int
    begonnen: float
    nu: float

    @property
    def over(self) -> float | None:
        """Seconds left at this pace; None while that cannot be said."""
        verlopen = self.nu - self.begonnen
        if not self.gedaan or not self.totaal or verlopen < 1:
            return None
        return verlopen / self.gedaan * (self.totaal - self.gedaan)


class Gestopt(Geweigerd):
    """Somebody asked to stop; everything is as it was."""

    def __init__(self) -> None:
        super().__init__("Het inlezen is gestopt. Er is niets veranderd.")


def resttijd(seconden: float | None) -> str:
    """'nog ongeveer 40 seconden'; empty while it cannot be said."""
    if seconden is None:
        return ""
    if seconden < 10:
        return "bijna klaar"
    if seconden < 90:
        return f"nog ongeveer {10 * max(1, round(seconden / 10))} seconden"
    if seconden < 90 * 60:
        return f"nog ongeveer {meervoud(max(2, round(seconden / 60)), 'minuut', 'minuten')}"
    return f"nog ongeveer {meervoud(max(2, round(seconden / 3600)), 'uur', 'uur')}"


class Bord:
    """Where one delivery notes how far it is: `bord(gedaan, totaal)` is a Voortgang."""

    def __init__(self, sleutel: uuid.UUID) -> None:
        self.sleutel = sleutel
        self.begonnen = self.laatst = 0.0
        self.totaal = 0

    def __call__(self, gedaan: int, totaal: int) -> None:
        """Notes it, at most twice a second. Raises Gestopt where somebody asked to stop."""
        nu = time.time()
        nieuw = not self.begonnen or totaal != self.totaal
        if nieuw:
            self.begonnen, self.totaal = nu, totaal  # looking and publishing each have their own pace
        if nu - self.laatst < ELKE and not nieuw and gedaan != totaal:
            return
        self.laatst = nu
        if _stopbestand(self.sleutel).exists():
            raise Gestopt
        with suppress(OSError):  # a full disk is no reason to stop
            _schrijf(_bestand(self.sleutel), json.dumps(asdict(Stap(gedaan, totaal, self.begonnen, nu))))


@contextmanager
def bord_voor(sleutel: uuid.UUID) -> Iterator[Bord]:
    """The note of a delivery for as long as it is worked on."""
    try:
        yield Bord(sleutel)
    finally:
        ruim_op(sleutel)


def hoever(sleutel: uuid.UUID) -> Stap | None:
    """How far this delivery is; None where nothing is known."""
    try:
        stap = Stap(**json.loads(_bestand(sleutel).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return stap if time.time() - stap.nu < VERSTREKEN_NA else None


def vraag_om_te_stoppen(sleutel: uuid.UUID) -> None:
    """Whoever works on it stops at its next note."""
    _schrijf(_stopbestand(sleutel), "")


def ruim_op(sleutel: uuid.UUID) -> None:
    """Takes the notes of a delivery away."""
    for pad in (_bestand(sleutel), _stopbestand(sleutel)):
        with suppress(OSError):
            pad.unlink(missing_ok=True)


def _schrijf(pad: Path, tekst: str) -> None:
    pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    eigen = pad.with_name(f"{pad.name}.{os.getpid()}")
    eigen.write_text(tekst)
    eigen.replace(pad)


def _bestand(sleutel: uuid.UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "voortgang" / f"{sleutel}.json"


def _stopbestand(sleutel: uuid.UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "voortgang" / f"{sleutel}.stop"
