"""The watched folder: a subfolder per kind, each file in it one delivery, taken in once and then moved aside.

    brp/nieuw.csv  →  bezig/brp/<claim>~nieuw.csv  →  verwerkt/brp/… or geweigerd/brp/…, with a text beside it

Who takes a file claims it by a rename, which only one can do. A claim of whoever is gone is taken over; whether its
file was taken in before it fell over, its delivery says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.leveringen.acties import Tijdelijk, Uitkomst, neem_levering_in
from routekaart.leveringen.acties_rij import leeft_hier
from routekaart.leveringen.inlezen import Voortgang
from routekaart.leveringen.mapnamen import aanpak_van
from routekaart.leveringen.models import Levering
from routekaart.leveringen.opslag import stukken_van
from routekaart.leveringen.soorten import SOORTEN
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.schrijven import schrijf

BEZIG, VERWERKT, GEWEIGERD = "bezig", "verwerkt", "geweigerd"
RUSTIG = 30.0  # seconds without a change: nobody is writing any more
MAX_NAAM = 120  # signs of a name that are kept; the claim stands in front of it
SLAG = 10.0  # seconds between two beats on a claimed file
STIL = 300.0  # seconds without a beat: whoever claimed it is gone
HALF = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".uploading", ".lock", ".swp")


@dataclass
class Mapverslag:
    """What was done with the folder: names of files, and sentences about what needs a person."""

    ingelezen: list[str] = field(default_factory=list)
    geweigerd: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)

    @property
    def zinnen(self) -> list[str]:
        """The report, a line per file."""
        return [
            *(f"Ingelezen: {zin}" for zin in self.ingelezen),
            *(f"Geweigerd: {zin}" for zin in self.geweigerd),
            *(f"Later: {zin}" for zin in self.later),
            *self.opmerkingen,
        ]


@dataclass(frozen=True)
class _Claim:
    """A file that is ours now: where it is, its kind, what it was called and since when it is claimed."""

    pad: Path
    soort: str
    naam: str
    sinds: dt.datetime


def neem_map_in(
    map_: Path,
    *,
    regio: Regio,
    nu: dt.datetime,
    klok: Callable[[], float] = time.time,
    voortgang: Voortgang | None = None,
) -> Mapverslag:
    """Takes every file in the folder in, kind by kind. Raises Geweigerd where the folder cannot be used."""
    verslag = Mapverslag()
    # the folder of a region we make ourselves; any other that is not there is a slip of the pen, or a disk that is away
    if not map_.is_dir() and not (map_.name.startswith("regio-") and map_.parent.is_dir()):
        zin = f"De leveringenmap {map_} is niet te gebruiken: zij is er niet. Maak haar, of kijk of de schijf er is."
        raise Geweigerd(zin)
    try:
        for soort in SOORTEN:
            (map_ / soort).mkdir(parents=True, exist_ok=True)
        verslag.opmerkingen += _vreemd(map_)
        for claim in _claims(map_, verslag, klok=klok):
            try:
                with _hartslag(claim.pad):
                    _verwerk(map_, claim, verslag, regio=regio, nu=nu, voortgang=voortgang)
            except OSError as fout:
                # it stays claimed, and is taken over by the next run
                verslag.later.append(f"{claim.soort}/{claim.naam}: {fout.strerror}")
    except OSError as fout:
        raise Geweigerd(f"De leveringenmap {map_} is niet te gebruiken ({fout.strerror}).") from None
    return verslag


def _vreemd(map_: Path) -> list[str]:
    """What stands in the folder and is not for us to take."""
    bekend = {*SOORTEN, BEZIG, VERWERKT, GEWEIGERD}
    namen = sorted(pad.name for pad in map_.iterdir() if pad.name not in bekend and not pad.name.startswith("."))
    if not namen:
        return []
    return [f"Niet in een map van een soort, dus niet ingelezen: {', '.join(namen)}."]


def _claims(map_: Path, verslag: Mapverslag, *, klok: Callable[[], float]) -> Iterator[_Claim]:
    """Claims one file after the other: first those of whoever is gone, then what is new, in the order of the kinds."""
    for soort in SOORTEN:
        for pad in _bestanden(map_ / BEZIG / soort):
            gevonden = _gelezen_claim(pad, soort)
            if gevonden is not None and _is_weg(pad, klok=klok) and (claim := _neem_over(gevonden)) is not None:
                yield claim
    for soort in SOORTEN:
        for pad in _bestanden(map_ / soort):
            if _is_half(pad, klok=klok):
                if pad.exists():  # else another node took it meanwhile
                    verslag.later.append(f"{soort}/{pad.name} wordt nog geschreven")
            elif (claim := _neem(map_, pad, soort)) is not None:
                yield claim


def _bestanden(map_: Path) -> list[Path]:
    if not map_.is_dir():
        return []
    return sorted(pad for pad in map_.iterdir() if pad.is_file() and not pad.is_symlink())


def _is_half(pad: Path, *, klok: Callable[[], float]) -> bool:
    """A temporary name, an empty file, or one that changed a moment ago."""
    naam = pad.name.lower()
    if naam.startswith((".", "~")) or naam.endswith(HALF):
        return True
    try:
        stand = pad.stat()
    except OSError:
        return True
    return stand.st_size == 0 or klok() - max(stand.st_mtime, stand.st_ctime) < RUSTIG


def _neem(map_: Path, pad: Path, soort: str) -> _Claim | None:
    sinds = timezone.now()
    naam = pad.name[-MAX_NAAM:]
    return _hernoem(pad, map_ / BEZIG / soort / f"{_merk(sinds)}~{naam}", soort, naam, sinds)


def _neem_over(claim: _Claim) -> _Claim | None:
    """Since when it was first claimed stays: a delivery after that moment was of this file."""
    doel = claim.pad.with_name(f"{_merk(claim.sinds)}~{claim.naam}")
    return _hernoem(claim.pad, doel, claim.soort, claim.naam, claim.sinds)


def _hernoem(van: Path, naar: Path, soort: str, naam: str, sinds: dt.datetime) -> _Claim | None:
    """The claim itself: of all who try, one succeeds."""
    naar.parent.mkdir(parents=True, exist_ok=True)
    try:
        van.rename(naar)
    except FileNotFoundError:
        return None
    with suppress(OSError):
        os.utime(naar)
    return _Claim(naar, soort, naam, sinds)


def _merk(sinds: dt.datetime) -> str:
    """moment~machine~process~chance, in signs that every file system allows."""
    machine = "".join(teken if teken.isalnum() or teken in "-." else "-" for teken in socket.gethostname()[:40])
    return f"{sinds.timestamp():.6f}~{machine}~{os.getpid()}~{secrets.token_hex(4)}"


def _gelezen_claim(pad: Path, soort: str) -> _Claim | None:
    delen = pad.name.split("~", 4)
    try:
        sinds = dt.datetime.fromtimestamp(float(delen[0]), tz=dt.UTC)
    except (ValueError, OverflowError):
        return None
    return _Claim(pad, soort, delen[4], sinds) if len(delen) == 5 else None


def _is_weg(pad: Path, *, klok: Callable[[], float]) -> bool:
    """Whether whoever claimed this file is gone: a dead process of this machine, or no beat for long."""
    _, machine, nummer, _, _ = pad.name.split("~", 4)
    if not leeft_hier(f"{machine}:{nummer}:"):
        return True
    try:
        return klok() - pad.stat().st_mtime > STIL
    except OSError:
        return False


def _verwerk(
    map_: Path, claim: _Claim, verslag: Mapverslag, *, regio: Regio, nu: dt.datetime, voortgang: Voortgang | None
) -> None:
    """Takes a claimed file in and moves it aside with a text that says how it went."""
    voor = claim.pad.stat()
    som = _som(claim.pad)
    eerder = Levering.objects.filter(
        regio_id=regio.pk, soort=claim.soort, sha256=som, stand=Levering.Stand.INGELEZEN
    ).order_by("-pk")
    al_gedaan = eerder.filter(herkomst=Levering.Herkomst.MAP, created__gte=claim.sinds).first()
    if al_gedaan is not None:
        zin = f"{claim.soort}/{claim.naam} als {al_gedaan.nummer}"
        _leg_weg(map_, VERWERKT, claim, nu, _over(al_gedaan))
        verslag.ingelezen.append(zin)
        return
    vorige = eerder.first()
    try:
        uitkomst = neem_levering_in(
            claim.soort,
            claim.pad,
            regio=regio,
            toegang=systeem_toegang(regio.pk),
            nu=nu,
            naam=claim.naam,
            aanpak=aanpak_van(claim.naam, claim.soort, regio=regio, vandaag=timezone.localdate(nu)),
            voortgang=voortgang,
        )
    except Tijdelijk as reden:
        # it stays claimed: a new file may have come under its name meanwhile; the next run takes it over
        verslag.later.append(f"{claim.soort}/{claim.naam}: {reden.boodschap}")
        return
    except Geweigerd as reden:
        _meld_geweigerd(claim, som, reden.boodschap, regio=regio, nu=nu)
        _leg_weg(map_, GEWEIGERD, claim, nu, f"Dit bestand is geweigerd. Er is niets ingelezen.\n\n{reden.boodschap}\n")
        verslag.geweigerd.append(f"{claim.soort}/{claim.naam}: {reden.boodschap}")
        return
    tekst = _verslag(uitkomst, vorige)
    na = claim.pad.stat() if claim.pad.exists() else voor
    if na.st_size != voor.st_size:
        tekst += "\nHet bestand groeide terwijl we het lazen. Zet het opnieuw neer als het af is.\n"
        verslag.opmerkingen.append(f"{claim.soort}/{claim.naam} groeide terwijl we het lazen. Zet het opnieuw neer.")
    _leg_weg(map_, VERWERKT, claim, nu, tekst)
    verslag.ingelezen.append(f"{claim.soort}/{claim.naam} als {uitkomst.levering}")


def _meld_geweigerd(claim: _Claim, som: str, reden: str, *, regio: Regio, nu: dt.datetime) -> None:
    """Shows it in the browser, once; the file itself stays in the folder, where somebody can mend it."""
    with transaction.atomic():
        velden = {"regio": regio, "soort": claim.soort, "sha256": som, "herkomst": Levering.Herkomst.MAP}
        eerder = Levering.objects.filter(stand=Levering.Stand.GEWEIGERD, created__gte=claim.sinds, **velden)
        if eerder.exists():
            return
        levering = Levering.objects.create(
            stand=Levering.Stand.GEWEIGERD, bestandsnaam=claim.naam, gestart_op=nu, reden=reden[:400], **velden
        )
        toegang = systeem_toegang(regio.pk)
        schrijf("levering.geweigerd", toegang=toegang, nu=nu, onderwerp=levering, inhoud={"reden": reden})


def _som(pad: Path) -> str:
    som = hashlib.sha256()
    for stuk in stukken_van(pad):
        som.update(stuk)
    return som.hexdigest()


def _over(levering: Levering) -> str:
    return (
        f"Ingelezen als {levering.nummer}.\n\n{levering.regels} rijen: {levering.nieuw} nieuw, "
        f"{levering.gewijzigd} gewijzigd, {levering.ongewijzigd} ongewijzigd, {levering.uitval} uitval.\n"
    )


def _verslag(uitkomst: Uitkomst, vorige: Levering | None) -> str:
    assert uitkomst.levering is not None
    delen = [_over(uitkomst.levering)]
    if uitkomst.vermist:
        delen.append(f"{uitkomst.vermist} staan niet in het bestand en wel bij ons. Er is niets beëindigd.\n")
    if vorige is not None:
        delen.append(f"Ditzelfde bestand was al ingelezen als {vorige.nummer}. Dat kan geen kwaad.\n")
    if uitkomst.telling.uitval:
        delen.append("De uitval staat in Routekaart bij deze levering. Daar kun je haar verbeteren.\n")
    if uitkomst.onbekende_kolommen:
        namen = ", ".join(uitkomst.onbekende_kolommen)
        delen.append(f"Deze kolommen kennen we niet en bewaren we niet: {namen}.\n")
    if uitkomst.opgelost:
        delen.append(f"{uitkomst.opgelost} rijen die op deze personen wachtten, zijn nu ook ingelezen.\n")
    return "\n".join(delen)


def _leg_weg(map_: Path, waar: str, claim: _Claim, nu: dt.datetime, tekst: str) -> None:
    """Moves the file aside under a name of its own, first the text, so that no file lies there unexplained."""
    doelmap = map_ / waar / claim.soort
    doelmap.mkdir(parents=True, exist_ok=True)
    naam = f"{timezone.localtime(nu):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}-{claim.naam}"
    (doelmap / f"{naam}.txt").write_text(f"{claim.naam}\n\n{tekst}", encoding="utf-8")
    with suppress(FileNotFoundError):  # whoever took it over moved it already
        claim.pad.rename(doelmap / naam)


@contextmanager
def _hartslag(pad: Path) -> Iterator[None]:
    """Touches the claimed file, so that nobody takes it over while we read."""
    klaar = threading.Event()

    def klop() -> None:
        while not klaar.wait(SLAG):
            with suppress(OSError):
                os.utime(pad)

    draad = threading.Thread(target=klop, name="hartslag-map", daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        draad.join(timeout=SLAG)
