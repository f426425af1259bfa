"""The werkvoorraad as it is shown: sections, filters, the sentence on top and the column beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Filter, Werkgroep, Werkregel
from routekaart.dossiers.models import Taak
from routekaart.meldingen.models import Melding
from routekaart.meldingen.woorden import klok
from routekaart.signalen.lijst import VOOR_MIJ, Getal
from routekaart.signalen.voorraad import als_getallen
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.werkregels import (
    adres_van,
    afspraakregel,
    meldingregel,
    na_afsluiten,
    taakregel,
    wachtregel,
)
from routekaart.werkplek.werkvoorraad import Ding, Voorraad, afspraken_over_tijd

# rows of one section on the page that shows them all
KORT, LANG = 5, 25

ALLES, TE_LAAT, VANDAAG, MELDINGEN, WEEK, LATER = "alles", "te-laat", "vandaag", "meldingen", "week", "later"
WACHT_JONGERE, WACHT_PARTNER, WACHT_MELDER = "wacht-jongere", "wacht-partner", "wacht-melder"
TOON = (ALLES, TE_LAAT, VANDAAG, MELDINGEN, WEEK, LATER, WACHT_JONGERE, WACHT_PARTNER, WACHT_MELDER)
FILTERS = {ALLES: "Alles", TE_LAAT: "Te laat", VANDAAG: "Vandaag", MELDINGEN: "Meldingen", WEEK: "Deze week"}
WACHT_OP = {
    WACHT_JONGERE: "Reactie van een jongere",
    WACHT_PARTNER: "Afspraken van anderen",
    WACHT_MELDER: "Informatie van een melder",
}


def groepen(voorraad: Voorraad, toon: str) -> list[Werkgroep]:
    """The sections that this choice shows, none of them empty. Only the first row of all has the primary act."""
    if toon in WACHT_OP:
        wachtend = _wacht(voorraad, toon)
        return [wachtend] if wachtend.aantal else []
    op = voorraad.op
    dag = taal.datum_voluit(op, weekdag=True).rsplit(" ", 1)[0]
    keuze: dict[str, list[tuple[str, str, list[Ding], str]]] = {
        ALLES: [
            (TE_LAAT, "Te laat", voorraad.te_laat, "oudste eerst"),
            (VANDAAG, "Vandaag", voorraad.vandaag, dag),
            (MELDINGEN, "Meldingen om te beoordelen", voorraad.meldingen, _oppakken(voorraad)),
            (WEEK, "Deze week", voorraad.week, ""),
        ],
        TE_LAAT: [(TE_LAAT, "Te laat", voorraad.te_laat, "oudste eerst")],
        VANDAAG: [(VANDAAG, "Vandaag", voorraad.vandaag, dag)],
        MELDINGEN: [
            (MELDINGEN, "Meldingen om te beoordelen", voorraad.alle_meldingen, _oppakken(voorraad)),
        ],
        WEEK: [(WEEK, "Deze week", voorraad.week, "eerste eerst")],
        LATER: [(LATER, "Na deze week", voorraad.later, "eerste eerst")],
    }
    gemaakt: list[Werkgroep] = []
    for sleutel, titel, dingen, rechts in keuze[toon]:
        if not dingen:
            continue
        hoogstens = len(dingen) if toon != ALLES else KORT if sleutel in {MELDINGEN, WEEK} else LANG
        regels = [
            _regel(voorraad, ding, primair=not gemaakt and nummer == 0)
            for nummer, ding in enumerate(dingen[:hoogstens])
        ]
        meer = Actie(f"Toon alle {len(dingen)}", f"?toon={sleutel}") if len(dingen) > hoogstens else None
        gemaakt.append(Werkgroep(sleutel, titel, regels, len(dingen), rechts, meer, gevaar=sleutel == TE_LAAT))
    return gemaakt


def _oppakken(voorraad: Voorraad) -> str:
    """The term that holds for these meldingen, in words."""
    eerste = next((ding.ding for ding in voorraad.alle_meldingen if isinstance(ding.ding, Melding)), None)
    if eerste is None:
        return ""
    return f"oppakken binnen {klok(eerste, op=voorraad.op).totaal} werkdagen"


def _regel(voorraad: Voorraad, ding: Ding, *, primair: bool = False) -> Werkregel:
    if isinstance(ding.ding, Melding):
        return meldingregel(
            ding.ding,
            verzuim=voorraad.verzuim.get(ding.ding.pk, ""),
            op=voorraad.op,
            mag_beoordelen=voorraad.toegang.mag(Recht.MELDINGEN_BEOORDELEN),
            primair=primair,
        )
    return taakregel(ding.ding, op=voorraad.op, mag_werken=voorraad.toegang.mag(Recht.DOSSIER_WERKEN), primair=primair)


def _wacht(voorraad: Voorraad, toon: str) -> Werkgroep:
    """One of the lists of what somebody else has to do first."""
    regels: list[Werkregel]
    if toon == WACHT_JONGERE:
        regels = [_regel(voorraad, Ding(taak.due, taak.tijd, taak)) for taak in voorraad.wacht_jongere]
    elif toon == WACHT_MELDER:
        regels = [wachtregel(melding, op=voorraad.op) for melding in voorraad.wacht_melder]
    else:
        verlopen = afspraken_over_tijd(voorraad.toegang, op=voorraad.op)
        regels = [afspraakregel(afspraak, op=voorraad.op) for afspraak in verlopen]
    return Werkgroep(toon, f"Je wacht op: {_klein(WACHT_OP[toon])}", regels, len(regels), "oudste eerst")


def _klein(tekst: str) -> str:
    return tekst[:1].lower() + tekst[1:]


def filters(voorraad: Voorraad, toon: str) -> list[Filter]:
    """What can be shown, with how many; the address keeps the choice."""
    aantallen = {
        ALLES: voorraad.alles,
        TE_LAAT: len(voorraad.te_laat),
        VANDAAG: len(voorraad.vandaag),
        MELDINGEN: len(voorraad.alle_meldingen),
        WEEK: len(voorraad.week),
    }
    return [
        Filter(tekst, f"?toon={code}", aantallen[code], toon == code, gevaar=code == TE_LAAT and bool(voorraad.te_laat))
        for code, tekst in FILTERS.items()
    ]


def groet(naam: str, *, nu: dt.datetime) -> str:
    """'Goedemorgen Noor.'"""
    uur = timezone.localtime(nu).hour
    deel = "Goedemorgen" if uur < 12 else "Goedemiddag" if uur < 18 else "Goedenavond"
    return f"{deel} {naam}."


def in_woorden(voorraad: Voorraad) -> str:
    """'Twee dingen zijn te laat, vier moeten vandaag.': how things stand."""
    laat, nu, meldingen = len(voorraad.te_laat), len(voorraad.vandaag), len(voorraad.meldingen)
    delen = []
    if laat:
        delen.append(f"{taal.telwoord(laat)} {'ding is' if laat == 1 else 'dingen zijn'} te laat")
    if nu:
        wat = "" if laat else " ding" if nu == 1 else " dingen"
        delen.append(f"{taal.telwoord(nu)}{wat} {'moet' if nu == 1 else 'moeten'} vandaag")
    if not delen and meldingen:
        wacht = "melding wacht" if meldingen == 1 else "meldingen wachten"
        delen.append(f"{taal.telwoord(meldingen)} {wacht} op je oordeel")
    return f"{taal.hoofdletter(', '.join(delen))}." if delen else "Vandaag hoeft er niets meer."


@dataclass(frozen=True)
class Afspraakregel:
    """One line of the agenda or of the aftercare, at the side."""

    wanneer: str
    tekst: str
    url: str
    onder: str


@dataclass(frozen=True)
class Zijkolom:
    """What stands beside the work: the agenda of today, aftercare this week, and whom one waits for."""

    agenda: list[Afspraakregel]
    nazorg: list[Afspraakregel]
    wacht: list[tuple[str, str, int]]
    begeleidt: str
    signalen: list[Getal]
    onderzoek: Getal
    later: Actie | None


def zijkolom(voorraad: Voorraad) -> Zijkolom:
    """Finished values for the side column. No query."""
    aantallen: dict[str, int] = {
        WACHT_JONGERE: len(voorraad.wacht_jongere),
        WACHT_PARTNER: voorraad.wacht_partner,
        WACHT_MELDER: len(voorraad.wacht_melder),
    }
    later = len(voorraad.later)
    return Zijkolom(
        agenda=[_agendaregel(taak) for taak in voorraad.agenda],
        nazorg=[_nazorgregel(taak, op=voorraad.op) for taak in voorraad.nazorg],
        wacht=[(WACHT_OP[code], f"?toon={code}", aantal) for code, aantal in aantallen.items() if aantal],
        begeleidt=f"Je begeleidt {taal.meervoud(voorraad.werkprocessen, 'werkproces', 'werkprocessen')}.",
        signalen=als_getallen(voorraad.signalen, toon=VOOR_MIJ),
        onderzoek=Getal(voorraad.onderzoek, reverse("signalen:onderzoek"), "Onderzoek dat aan de beurt is"),
        later=Actie(f"Na deze week: {taal.meervoud(later, 'ding', 'dingen')}", f"?toon={LATER}") if later else None,
    )


def _agendaregel(taak: Taak) -> Afspraakregel:
    jongere: Any = taak.jongere
    tekst = taak.wat
    if jongere is not None:
        tekst = (
            tekst.replace(jongere.aanspreeknaam, jongere.naam, 1)
            if jongere.aanspreeknaam and jongere.aanspreeknaam in tekst
            else f"{tekst}: {jongere.naam}"
        )
    url = adres_van(jongere, taak.werkproces) if jongere is not None else ""
    return Afspraakregel(taal.tijd(taak.tijd) if taak.tijd else "", tekst, url, taak.waarom)


def _nazorgregel(taak: Taak, *, op: dt.date) -> Afspraakregel:
    jongere: Any = taak.jongere
    werkproces = taak.werkproces
    onder = na_afsluiten(taak) or taak.waarom
    naam = jongere.naam if jongere is not None else taak.wat
    return Afspraakregel(
        taal.datum_kort(taak.due, op=op), naam, adres_van(jongere, werkproces) if jongere is not None else "", onder
    )


def eerstvolgende(voorraad: Voorraad) -> str:
    """'Intake met Thijs Brandsma, morgen om 10:00': the first thing after today; empty where nothing is planned."""
    taak = voorraad.eerstvolgende
    if taak is None:
        return ""
    dag = "morgen" if taak.due == voorraad.op + dt.timedelta(days=1) else taal.datum_kort(taak.due, op=voorraad.op)
    om = f" om {taal.tijd(taak.tijd)}" if taak.tijd else ""
    return f"{_agendaregel(taak).tekst}, {dag}{om}"
