"""The doelgroep of a werkproces with its stored explanation: what was proposed, what was chosen, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Bewijs, Etiket, Waarom
from routekaart.dossiers.dossier import Dossier
from routekaart.inhoud.aandachtspunten import aandachtspunten
from routekaart.inhoud.bronnen import bron_in_woorden
from routekaart.inhoud.codelijsten import label
from routekaart.regels.doelgroep import Besluit

ONBEKEND = {
    "diplomas": "de diploma's",
    "inschrijvingen": "de inschrijvingen",
    "werk": "het werk",
    "werk.uren": "de uren werk per week",
    "geboortedatum": "de volledige geboortedatum",
}


@dataclass(frozen=True)
class Doelgroepbeeld:
    """The panel *Doelgroep*: its name, who confirmed it, the explanation, and the motivation of a deviation."""

    naam: str
    onder: str
    waarom: Waarom
    afwijking: str
    kenmerken: Sequence[Etiket]


@dataclass(frozen=True)
class Aandacht:
    """One thing to mind in this phase, and for whom it holds."""

    tekst: str
    voor: Etiket


def doelgroepbeeld(dossier: Dossier) -> Doelgroepbeeld | None:
    """The panel; None as long as no doelgroep was confirmed."""
    werkproces = dossier.eis_werkproces()
    if not werkproces.doelgroep:
        return None
    wie = next(
        (
            str(feit.door)
            for feit in reversed(dossier.feiten)
            if feit.code in {"doelgroep.vastgesteld", "doelgroep.gewijzigd"} and feit.door and not feit.ingetrokken_op
        ),
        "",
    )
    onder = f"bevestigd door {wie}" if wie else "bevestigd"
    if werkproces.doelgroep_op is not None:
        onder = f"{onder} op {taal.datum_voluit(werkproces.doelgroep_op)}"
    afwijking = ""
    if werkproces.doelgroep_voorstel and werkproces.doelgroep_voorstel != werkproces.doelgroep:
        voorstel = label("doelgroepen", werkproces.doelgroep_voorstel).lower()
        afwijking = f"Het voorstel was {voorstel}. Toch gekozen, omdat: “{werkproces.doelgroep_motivatie}”"
    acties = []
    if dossier.kan_werken:
        acties = [
            Actie("Verbeter een feit", dossier.url("loopbaan:loopbaan")),
            Actie("kies een andere doelgroep met uitleg", dossier.url("dossiers:doelgroep")),
        ]
    return Doelgroepbeeld(
        naam=label("doelgroepen", werkproces.doelgroep).lower(),
        onder=onder,
        waarom=waarom_van_gegevens(werkproces.doelgroep_uitleg, acties=acties, open=True, op=dossier.op),
        afwijking=afwijking,
        kenmerken=[Etiket(label("doelgroep-kenmerken", code, anders=code), "lijn") for code in werkproces.kenmerken],
    )


def waarom_van_gegevens(
    gegevens: Mapping[str, Any], *, acties: Sequence[Actie] = (), open: bool = False, op: dt.date
) -> Waarom:
    """The stored explanation (contracten.md, section 1) as facts with their rule and source."""
    bewijzen = [Bewijs(str(rij["tekst"]), bron_in_woorden(str(rij["bron"]))) for rij in gegevens.get("uitleg", ())]
    bewijzen += _onbekend(gegevens.get("onbekend", ()))
    regel = ""
    if "versie" in gegevens:
        dag = dt.date.fromisoformat(gegevens["peildatum"])
        regel = (
            f"Regel ‘doelgroep’, versie {gegevens['versie']}, bekeken op {taal.datum_kort(dag, op=op, weekdag=False)}."
        )
    return Waarom(bewijzen, regel=regel, acties=acties, open=open)


def waarom_van_besluit(besluit: Besluit, *, acties: Sequence[Actie] = (), op: dt.date) -> Waarom:
    """A fresh decision, open, with its rule and day."""
    bewijzen = [Bewijs(uitleg.tekst, bron_in_woorden(uitleg.bron)) for uitleg in besluit.uitleg]
    bewijzen += _onbekend(besluit.onbekend)
    dag = taal.datum_kort(besluit.peildatum, op=op, weekdag=False)
    regel = f"Regel ‘doelgroep’, versie {besluit.versie}, bekeken op {dag}."
    return Waarom(bewijzen, regel=regel, acties=acties, open=True)


def _onbekend(namen: Iterable[str]) -> list[Bewijs]:
    return [Bewijs(f"We kennen {ONBEKEND.get(naam, naam)} niet.", klopt=None) for naam in namen]


def aandacht(dossier: Dossier, *, fase: int) -> list[Aandacht]:
    """What to mind in a phase: first what holds for this doelgroep, then what holds for everybody."""
    werkproces = dossier.eis_werkproces()
    doelgroep = werkproces.doelgroep or None
    punten = aandachtspunten(fase=fase, doelgroep=doelgroep, op=dossier.op)
    return [
        Aandacht(
            punt.tekst,
            Etiket("alle doelgroepen")
            if punt.algemeen
            else Etiket(label("doelgroepen", doelgroep or "").lower(), "accent"),
        )
        for punt in punten
    ]
