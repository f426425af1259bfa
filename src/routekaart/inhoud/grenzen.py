"""The dated limits and definitions of `grenzen.toml`, checked when they are read.

A wrong line refuses at start with file, place and field (`InhoudFout`); the rules never meet a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise

from routekaart.inhoud.laden import Fouten, Lezer, lees_toml, map_van
from routekaart.regels.grenzen import Grens, Grensreeks, Grenzen, Vsvdefinitie
from routekaart.regels.loopbaan import Onderwijssoort

NAMEN = frozenset(veld.name for veld in fields(Grenzen)) - {"vsv_definities"}


@cache
def laad_grenzen() -> Grenzen:
    """The shipped limits; read once. InhoudFout names everything that is wrong with them."""
    return lees_grenzen(map_van("grenzen.toml"))


def lees_grenzen(pad: Traversable) -> Grenzen:
    """Reads and checks one file of limits."""
    fouten = Fouten(pad.name)
    bestand = Lezer(lees_toml(pad, fouten), "", fouten)
    reeksen: dict[str, Grensreeks] = {}
    for tabel in bestand.tabellen("grens", verplicht=True):
        naam = tabel.keuze("naam", NAMEN)
        tabel.tekst("eenheid")
        tabel.tekst("uitleg")
        if naam in reeksen:
            tabel.meld(f"'{naam}' staat er twee keer")
        reeksen[naam] = _lees_reeks(tabel)
        tabel.klaar()
    for naam in sorted(NAMEN - set(reeksen)):
        fouten.meld("", f"grens '{naam}' ontbreekt")
    definities = tuple(_lees_definitie(tabel) for tabel in bestand.tabellen("vsv_definitie"))
    _controleer_definities(definities, fouten)
    bestand.klaar()
    fouten.gooi()
    return Grenzen(**reeksen, vsv_definities=definities)


def _lees_reeks(tabel: Lezer) -> Grensreeks:
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
    return Grensreeks(tuple(reeks))


def _controleer_aansluiting(reeks: Sequence[Grens], tabel: Lezer) -> None:
    """The values cover all days exactly once, in order of time."""
    if reeks and (reeks[0].vanaf is not None or reeks[-1].tot is not None):
        tabel.meld("de eerste waarde heeft geen 'vanaf' en de laatste geen 'tot': anders zijn er dagen zonder grens")
    for eerder, later in pairwise(reeks):
        if eerder.tot is None or later.vanaf != eerder.tot + timedelta(days=1):
            tabel.meld("de waarden sluiten niet aan: 'vanaf' is de dag na de vorige 'tot'")
        if later.tot is not None and later.vanaf is not None and later.tot < later.vanaf:
            tabel.meld("'tot' ligt voor 'vanaf'")


def _lees_definitie(tabel: Lezer) -> Vsvdefinitie:
    soorten = tabel.teksten("onderwijssoorten")
    onbekend = sorted(set(soorten) - set(Onderwijssoort))
    if onbekend or not soorten:
        tabel.meld(f"veld 'onderwijssoorten': {', '.join(onbekend) or 'leeg'}; kies uit {', '.join(Onderwijssoort)}")
    definitie = Vsvdefinitie(
        code=tabel.tekst("code"),
        eerste_schooljaar=tabel.getal("eerste_schooljaar"),
        laatste_schooljaar=tabel.misschien_getal("laatste_schooljaar"),
        leeftijd_onder=tabel.getal("leeftijd_onder"),
        onderwijssoorten=frozenset(Onderwijssoort(soort) for soort in soorten if soort not in onbekend),
        bron=tabel.tekst("bron"),
    )
    tabel.klaar()
    return definitie


def _controleer_definities(definities: Sequence[Vsvdefinitie], fouten: Fouten) -> None:
    """No schooljaar has two definitions."""
    op_tijd = sorted(definities, key=lambda definitie: definitie.eerste_schooljaar)
    for eerder, later in pairwise(op_tijd):
        if eerder.laatste_schooljaar is None or eerder.laatste_schooljaar >= later.eerste_schooljaar:
            fouten.meld("", f"de vsv-definities '{eerder.code}' en '{later.code}' gelden voor hetzelfde schooljaar")
