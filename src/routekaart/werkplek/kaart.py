"""The route map of one werkproces as the page shows it: stops with their facts, and every motivation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Fase, Halte, Kaart, Uitleg
from routekaart.dossiers.actielinks import actielink
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.regels.route import Routestand, Stapstand, Status
from routekaart.regels.route_acties import mag_heropenen
from routekaart.regels.route_definitie import Actie as Stapactie
from routekaart.regels.route_definitie import Termijn
from routekaart.regels.route_feiten import FASE_OPNIEUW, STAP_HEROPEND, Feit, Ronde

# who was spoken to, as it stands under a stop
DOELGROEPSTAP = "doelgroep"
WIE = {"contact.school": "school", "contact.ketenpartner": "partner", "contact.verzorger": "ouder"}


@dataclass(frozen=True)
class Eerder:
    """An earlier walk through a step: its facts, and what ended it."""

    kop: str
    regels: list[str]
    waarom: str


def maak_kaart(dossier: Dossier, *, bekend: str = "") -> Kaart:
    """The map. The dossier has a werkproces; `bekend` is what stands under the step of now ('3 van 4 bekend')."""
    werkproces, stand = dossier.eis_werkproces(), dossier.stand
    if stand is None:
        raise ValueError("Een kaart hoort bij een werkproces")
    fasen = []
    for fase in stand.fases:
        stappen = [stap for stap in stand.stappen if stap.stap.fase == fase.fase.nummer]
        fasen.append(Fase(fase.fase.nummer, fase.fase.naam, [_halte(dossier, stand, stap, bekend) for stap in stappen]))
    return Kaart(
        fasen=fasen,
        wie=dossier.jongere.aanspreeknaam,
        stand=stand_in_woorden(werkproces, stand),
        bron=stand.route.naam,
        bron_actie=Actie("Bekijk de route", dossier.url("dossiers:over-de-route")),
    )


def stand_in_woorden(werkproces: Werkproces, stand: Routestand) -> str:
    """'Dreigend vsv'er, fase 2 van 5. Vijf stappen vervuld, één overgeslagen.'"""
    delen = [label("doelgroepen", werkproces.doelgroep) if werkproces.doelgroep else "nog geen doelgroep"]
    fase = next((fase for fase in stand.fases if fase.is_nu), None)
    if fase is not None:
        delen.append(f"fase {fase.fase.nummer} van {len(stand.fases)}")
    begin = taal.hoofdletter(", ".join(delen))
    if werkproces.afgesloten_op is not None and stand.uitkomst is not None:
        begin = f"{begin}. Afgesloten met ‘{stand.uitkomst.label}’"
    vervuld = sum(1 for stap in stand.stappen if stap.status is Status.VERVULD)
    overgeslagen = sum(1 for stap in stand.stappen if stap.status is Status.OVERGESLAGEN)
    zin = f"{taal.hoofdletter(taal.telwoord(vervuld))} {'stap' if vervuld == 1 else 'stappen'} vervuld"
    if overgeslagen:
        zin = f"{zin}, {taal.telwoord(overgeslagen)} overgeslagen"
    return f"{begin}. {zin}."


def _halte(dossier: Dossier, stand: Routestand, stap: Stapstand, bekend: str) -> Halte:
    datum = taal.datum_kort(stap.sinds, op=dossier.op, weekdag=False) if stap.sinds else ""
    feit = ""
    if stap.status is Status.VERVULD:
        feit = feiten_in_woorden(stap.feiten, dossier.jongere.aanspreeknaam)
    elif stap.status is Status.NU and bekend:
        feit, datum = bekend, ""
    elif stap.status is Status.OVERGESLAGEN:
        feit = "Overgeslagen met uitleg"
    elif stap.status is Status.NIET_NODIG:
        feit, datum = "Niet nodig", ""
    elif stap.verwacht_op is not None:
        feit, datum = "Gepland", taal.datum_kort(stap.verwacht_op, op=dossier.op, weekdag=False)
    else:
        datum = ""
    return Halte(
        nummer=stap.nummer,
        kort=stap.stap.naam,
        status=stap.status.value,
        feit=feit,
        datum=datum,
        url=stapurl(dossier, stap) if dossier.mag_werken else "",
        uitleg=_uitleg(dossier, stand, stap),
    )


def stapurl(dossier: Dossier, stap: Stapstand) -> str:
    """Where a step is done or read back: the page of its first act."""
    if stap.stap.code == DOELGROEPSTAP and dossier.eis_werkproces().doelgroep:
        return dossier.url("dossiers:doelgroep") if dossier.kan_werken else ""
    return actie_url(dossier, stap.acties[0]) if stap.acties else ""


def termijn_in_woorden(termijn: Termijn | None, instellingen: Mapping[str, Any]) -> str:
    """The term of a step with the number of this region; empty where there is none."""
    if termijn is None:
        return ""
    eigen = instellingen.get(termijn.instelling) if termijn.instelling else None
    return termijn.tekst.replace("{aantal}", str(eigen if isinstance(eigen, int) else termijn.aantal))


def actie_url(dossier: Dossier, actie: Stapactie) -> str:
    """The address of an act of a step; a contact opens with whom it is asked of."""
    met = ""
    if actie.code == "contact-vastleggen" and actie.geeft:
        met = actie.geeft[0].partition(".")[2]
    return actielink(actie.code, jongere=dossier.jongere.sleutel, werkproces=dossier.gekozen, met=met)


def feiten_in_woorden(feiten: tuple[Feit, ...], naam: str) -> str:
    """What fulfilled a step, short: 'Yara en school', 'Gesprek gehouden'."""
    codes = list(dict.fromkeys(feit.code for feit in feiten))
    if codes and all(code.startswith("contact.") for code in codes):
        mensen = [naam if code == "contact.jongere" else WIE[code] for code in codes]
        return taal.hoofdletter(taal.opsomming(mensen))
    return str(codelijst("gebeurtenissen").waarde(codes[-1])["kort"]) if codes else ""


def _uitleg(dossier: Dossier, stand: Routestand, stap: Stapstand) -> Uitleg | None:
    """The motivation at this stop. A branch or an uitkomst that passes over several stops is told at the first."""
    motivering = stap.motivering
    if motivering is None:
        return _heropend(dossier, stap) or _eerst_overgeslagen(dossier, stap)
    if motivering.soort == "overgeslagen":
        actie = None
        if dossier.kan_werken and mag_heropenen(stand, stap.nummer):
            actie = Actie(f"Doe stap {stap.nummer} alsnog", dossier.url("dossiers:stap-heropenen", stap.nummer))
        return Uitleg(
            f"Stap {stap.nummer} overgeslagen",
            motivering.tekst,
            wie=_wie(motivering.door, motivering.op, op=dossier.op),
            actie=actie,
        )
    zelfde = [
        andere.nummer
        for andere in stand.stappen
        if andere.motivering is not None
        and (andere.motivering.soort, andere.motivering.tekst) == (motivering.soort, motivering.tekst)
    ]
    if zelfde[0] != stap.nummer:
        return None
    kop = f"Stap {nummers_in_woorden(zelfde)} niet nodig"
    return Uitleg(kop, motivering.tekst, wie=_wie(motivering.door, motivering.op, op=dossier.op))


def nummers_in_woorden(nummers: Sequence[int]) -> str:
    """'2, 4 tot en met 10 en 13'; the numbers stand in order."""
    reeksen: list[list[int]] = []
    for nummer in nummers:
        if reeksen and nummer == reeksen[-1][-1] + 1:
            reeksen[-1].append(nummer)
        else:
            reeksen.append([nummer])
    delen: list[str] = []
    for reeks in reeksen:
        delen += [str(n) for n in reeks] if len(reeks) < 3 else [f"{reeks[0]} tot en met {reeks[-1]}"]
    return taal.opsomming(delen)


def _heropend(dossier: Dossier, stap: Stapstand) -> Uitleg | None:
    """Why a step that was done before stands open again."""
    if stap.afgehandeld or not stap.eerder:
        return None
    einde = stap.eerder[-1].beeindigd_door
    if einde.code == STAP_HEROPEND:
        kop = f"Stap {stap.nummer} weer open"
    elif einde.code == FASE_OPNIEUW and einde.stap == stap.nummer:
        kop = f"Fase {stap.stap.fase} opnieuw"
    else:
        return None
    return Uitleg(kop, einde.toelichting, wie=_wie(einde.door, einde.op, op=dossier.op))


def _eerst_overgeslagen(dossier: Dossier, stap: Stapstand) -> Uitleg | None:
    """The explanation of a step that was skipped in this round and fulfilled by a fact after all."""
    if stap.status is not Status.VERVULD or not stap.uitleg or stap.eerder:
        return None
    feit = stap.uitleg[-1]
    return Uitleg(
        f"Stap {stap.nummer} eerst overgeslagen", feit.toelichting, wie=_wie(feit.door, feit.op, op=dossier.op)
    )


def eerdere_rondes(stand: Routestand, *, op: dt.date) -> list[Eerder]:
    """Every earlier walk through a step, in the order of the route (RKT-13)."""
    return [_eerder(stap, ronde, op=op) for stap in stand.stappen for ronde in stap.eerder]


def _eerder(stap: Stapstand, ronde: Ronde, *, op: dt.date) -> Eerder:
    regels = [
        f"{label('gebeurtenissen', feit.code)}, {taal.datum_kort(feit.op, op=op)}{_van(feit)}" for feit in ronde.feiten
    ]
    if ronde.overgeslagen is not None:
        regels.append(f"Overgeslagen met uitleg: “{ronde.overgeslagen.toelichting}”")
    einde = ronde.beeindigd_door
    wat = label("gebeurtenissen", einde.code)
    waarom = f"{wat}, {taal.datum_kort(einde.op, op=op)}. {einde.toelichting}".strip()
    return Eerder(f"Stap {stap.nummer}, {stap.stap.naam.lower()}: ronde {ronde.nummer}", regels, waarom)


def _van(feit: Feit) -> str:
    return f" ({feit.door})" if feit.door else ""


def _wie(door: str, dag: dt.date | None, *, op: dt.date) -> str:
    delen = [door] if door else []
    delen += [taal.datum_kort(dag, op=op, weekdag=False)] if dag else []
    return f"{', '.join(delen)}." if delen else ""
