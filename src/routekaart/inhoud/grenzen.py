"""The dated limits and definitions of `grenzen.toml`, checked when they are read.

A wrong line refuses at start with file, place and field (`InhoudFout`); the rules never meet a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise

from routekaart.inhoud.laden import Fouten, Lezer, lees_toml, map_van

NAMEN = frozenset(
    {
        "doelgroep_ondergrens",
        "doelgroep_bovengrens",
        "jikp_leeftijd",
        "baan_uren",
        "startkwalificatie_mbo_niveau",
        "leerplicht_begin",
        "leerplicht_einde",
        "kwalificatieplicht_einde",
    }
)


@dataclass(frozen=True, slots=True)
class Grens:
    """One limit for a period of whole days (None: open), in years of age, hours a week or mbo level."""

    waarde: int
    bron: str
    vanaf: date | None = None
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Vsvdefinitie:
    """One definition of the official count, for the school years that begin in these years (inclusive)."""

    code: str
    eerste_schooljaar: int
    laatste_schooljaar: int | None
    leeftijd_onder: int
    onderwijssoorten: frozenset[str]
    bron: str


@dataclass(frozen=True, slots=True)
class Grenzen:
    """All limits by name, each with its values in order of time, and the definitions of the vsv count."""

    waarden: Mapping[str, tuple[Grens, ...]]
    vsv_definities: tuple[Vsvdefinitie, ...] = ()

    def op(self, naam: str, dag: date) -> Grens:
        """The limit as it holds on the day; KeyError for a name that does not exist."""
        return next(grens for grens in self.waarden[naam] if grens.tot is None or dag <= grens.tot)

    def vsv_definitie(self, beginjaar: int) -> Vsvdefinitie | None:
        """The definition for the schooljaar that begins in this year, or None where there is none (yet)."""
        for definitie in self.vsv_definities:
            laatste = definitie.laatste_schooljaar
            if definitie.eerste_schooljaar <= beginjaar and (laatste is None or beginjaar <= laatste):
                return definitie
        return None


@cache
def laad_grenzen() -> Grenzen:
    """The shipped limits; read once. InhoudFout names everything that is wrong with them."""
    return lees_grenzen(map_van("grenzen.toml"))


def lees_grenzen(pad: Traversable) -> Grenzen:
    """Reads and checks one file of limits."""
    fouten = Fouten(pad.name)
    bestand = Lezer(lees_toml(pad, fouten), "", fouten)
    waarden: dict[str, tuple[Grens, ...]] = {}
    for tabel in bestand.tabellen("grens", verplicht=True):
        naam = tabel.keuze("naam", NAMEN)
        tabel.tekst("eenheid")
        tabel.tekst("uitleg")
        if naam in waarden:
            tabel.meld(f"'{naam}' staat er twee keer")
        waarden[naam] = _lees_waarden(tabel)
        tabel.klaar()
    for naam in sorted(NAMEN - set(waarden)):
        fouten.meld("", f"grens '{naam}' ontbreekt")
    definities = tuple(_lees_definitie(tabel) for tabel in bestand.tabellen("vsv_definitie"))
    _controleer_definities(definities, fouten)
    bestand.klaar()
    fouten.gooi()
    return Grenzen(waarden, definities)


def _lees_waarden(tabel: Lezer) -> tuple[Grens, ...]:
    reeks = []
    for regel in tabel.tabellen("waarden", verplicht=True):
        grens = Grens(
            regel.getal("waarde"),
            regel.tekst("bron"),
            regel.misschien_datum("vanaf"),
            regel.misschien_datum("tot"),
        )
        if grens.waarde < 1:
            regel.meld("veld 'waarde' moet groter dan nul zijn")
        regel.klaar()
        reeks.append(grens)
    _controleer_aansluiting(reeks, tabel)
    return tuple(reeks)


def _controleer_aansluiting(reeks: Sequence[Grens], tabel: Lezer) -> None:
    """The values cover all days exactly once, in order of time."""
    if reeks and (reeks[0].vanaf is not None or reeks[-1].tot is not None):
        tabel.meld(
            "de eerste waarde heeft geen 'vanaf' en de laatste geen 'tot': anders zijn er dagen zonder grens"
        )
    for eerder, later in pairwise(reeks):
        if eerder.tot is None or later.vanaf != eerder.tot + timedelta(days=1):
            tabel.meld("de waarden sluiten niet aan: 'vanaf' is de dag na de vorige 'tot'")
        if later.tot is not None and later.vanaf is not None and later.tot < later.vanaf:
            tabel.meld("'tot' ligt voor 'vanaf'")


def _lees_definitie(tabel: Lezer) -> Vsvdefinitie:
    definitie = Vsvdefinitie(
        code=tabel.tekst("code"),
        eerste_schooljaar=tabel.getal("eerste_schooljaar"),
        laatste_schooljaar=tabel.misschien_getal("laatste_schooljaar"),
        leeftijd_onder=tabel.getal("leeftijd_onder"),
        onderwijssoorten=frozenset(tabel.teksten("onderwijssoorten")),
        bron=tabel.tekst("bron"),
    )
    if not definitie.onderwijssoorten:
        tabel.meld("veld 'onderwijssoorten' is leeg")
    tabel.klaar()
    return definitie


def _controleer_definities(definities: Sequence[Vsvdefinitie], fouten: Fouten) -> None:
    """No schooljaar has two definitions."""
    op_tijd = sorted(definities, key=lambda definitie: definitie.eerste_schooljaar)
    for eerder, later in pairwise(op_tijd):
        if eerder.laatste_schooljaar is None or eerder.laatste_schooljaar >= later.eerste_schooljaar:
            fouten.meld(
                "", f"de vsv-definities '{eerder.code}' en '{later.code}' gelden voor hetzelfde schooljaar"
            )
