"""Rows of work: a task or a melding as who, what now, why, since when, and the one act that does it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Etiket, Werkregel
from routekaart.begeleiding.models import Afspraak
from routekaart.dossiers.actielinks import IN_DOSSIER, actielink, dossier_url
from routekaart.dossiers.acties import WAT_VOLGT
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.dossiers.stand import route_van
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.meldingen import woorden
from routekaart.meldingen.informatie import volledigheid_van
from routekaart.meldingen.models import Melding
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere
from routekaart.regels.route_definitie import Stap
from routekaart.regels.werkdagen import verschil

CONTACT = "contact-vastleggen"
NAZORG = "nazorg"
# what was planned with somebody and has been by now: then the outcome is what is missing
NA_AFLOOP = {
    "Ga op huisbezoek": "Leg de uitkomst van het huisbezoek vast",
    "Gesprek op kantoor": "Leg het gesprek op kantoor vast",
    "Gesprek op school": "Leg het gesprek op school vast",
    "Stuur een brief": "Leg vast of de brief is verstuurd",
}
KNOP_BIJ_CONTACT = {
    "Ga op huisbezoek": "Leg huisbezoek vast",
    "Gesprek op kantoor": "Leg gesprek vast",
    "Gesprek op school": "Leg gesprek vast",
    "Stuur een brief": "Leg brief vast",
}
KANAAL_VAN = {wat: kanaal for kanaal, wat in reversed(WAT_VOLGT.items())}


def wie(jongere: Jongere | None, *, gemeente: str, doelgroep: str, op: dt.date) -> str:
    """'19 · Veldermeer · dreigend vsv’er': what stands under a name."""
    leeftijd = str(jongere.leeftijd(op=op)) if jongere is not None else ""
    return " · ".join(deel for deel in (leeftijd, gemeente, doelgroep_kort(doelgroep)) if deel)


def doelgroep_kort(code: str) -> str:
    """The doelgroep in the middle of a sentence: 'dreigend vsv’er', 'JIKP'; empty where it is not known."""
    if not code:
        return ""
    tekst = label("doelgroepen", code, anders=code).replace("'", "’")
    return tekst if tekst.isupper() else tekst[:1].lower() + tekst[1:]


def te_laat_in_woorden(due: dt.date, *, op: dt.date) -> str:
    """'2 werkdagen te laat'; only 'te laat' where nothing but a weekend lies between."""
    dagen = verschil(due, op)
    return f"{taal.meervoud(dagen, 'werkdag', 'werkdagen')} te laat" if dagen > 0 else "te laat"


def wanneer(due: dt.date, tijd: dt.time | None, *, op: dt.date) -> str:
    """'vandaag 15:30', 'wo 18 nov, 10:00'."""
    if due == op:
        return f"vandaag {taal.tijd(tijd)}" if tijd else "vandaag"
    dag = taal.datum_kort(due, op=op)
    return f"{dag}, {taal.tijd(tijd)}" if tijd else dag


def adres_van(jongere: Jongere, werkproces: Werkproces | None) -> str:
    """Where a name leads: to the route of this werkproces, or to who it is about."""
    if werkproces is None:
        return dossier_url("dossiers:overzicht", jongere.sleutel)
    return dossier_url("dossiers:route", jongere.sleutel, werkproces=werkproces.sleutel)


def stap_van(taak: Taak) -> Stap | None:
    """The step of the route that this task is about; None for a task that something else made."""
    if taak.soort != "stap" or taak.werkproces is None:
        return None
    nummer = taak.herkomst.split(":")[1]
    return next((s for s in route_van(taak.werkproces).stappen if str(s.nummer) == nummer), None)


def _met(taak: Taak, stap: Stap | None) -> str:
    """With whom the contact is that this task asks for; empty where it asks for none."""
    if taak.actie != CONTACT:
        return ""
    if stap is None:
        return "jongere"
    knop = next((actie for actie in stap.acties if actie.knop == taak.wat and actie.geeft), None)
    return knop.geeft[0].partition(".")[2] if knop else "jongere"


def _wat_en_waarom(taak: Taak, stap: Stap | None, *, op: dt.date) -> tuple[str, str]:
    """What to do, and why: of a step what is missing in it."""
    if stap is not None:
        begin = f"Stap {stap.nummer}, {stap.naam.lower()}"
        mist = taak.waarom.removeprefix(f"{begin}.").strip().rstrip(".")
        return mist or taak.wat, begin
    if taak.soort == NAZORG and (sinds := na_afsluiten(taak)):
        return taak.wat, taal.hoofdletter(sinds)
    if taak.due < op and taak.wat in NA_AFLOOP:
        dag = taal.datum_kort(taak.due, op=op)
        return NA_AFLOOP[taak.wat], f"{taak.waarom}. Het was {dag}".strip(". ")
    if taak.tijd is not None and taak.due == op:
        return f"{taak.wat} om {taal.tijd(taak.tijd)}", taak.waarom
    return taak.wat, taak.waarom


def na_afsluiten(taak: Taak) -> str:
    """'3 maanden na afsluiten': when a moment of aftercare falls; empty where the werkproces is open."""
    if taak.werkproces is None or taak.werkproces.afgesloten_op is None:
        return ""
    van, tot = taak.werkproces.afgesloten_op, taak.due
    maanden = (tot.year - van.year) * 12 + tot.month - van.month - (1 if tot.day < van.day else 0)
    if maanden >= 1:
        return f"{taal.meervoud(maanden, 'maand', 'maanden')} na afsluiten"
    return f"{taal.meervoud(max(1, (tot - van).days // 7), 'week', 'weken')} na afsluiten"


def merken_van(jongere: Jongere | None, *, op: dt.date) -> list[Etiket]:
    """What must show beside the name; nothing where we do not know who it is."""
    return merken_kort(jongere, op=op) if jongere is not None else []


def taakregel(taak: Taak, *, op: dt.date, mag_werken: bool, primair: bool = False) -> Werkregel:
    """The row of a task. `jongere__gemeente`, `gemeente` and `werkproces` must have been selected along."""
    jongere, werkproces = taak.jongere, taak.werkproces
    stap = stap_van(taak)
    wat, waarom = _wat_en_waarom(taak, stap, op=op)
    naam = jongere.naam if jongere is not None else "Nog zonder jongere"
    met = _met(taak, stap)
    extra = {"met": met, "kanaal": KANAAL_VAN.get(taak.wat, "")} if met else {}
    doe = actielink(
        taak.actie,
        jongere=jongere.sleutel if jongere is not None else None,
        werkproces=werkproces.sleutel if werkproces is not None else None,
        melding=None,
        **extra,
    )
    acties = codelijst("acties")
    knop = acties.waarde(taak.actie)["kort"] if taak.actie in acties else "Open de route"
    if taak.wat in KNOP_BIJ_CONTACT:
        knop = KNOP_BIJ_CONTACT[taak.wat]
    if not mag_werken and jongere is not None and taak.actie in IN_DOSSIER:
        doe, knop = adres_van(jongere, werkproces), "Bekijk"
    laat = taak.due < op
    doelgroep = werkproces.doelgroep if werkproces is not None else ""
    gemeente = jongere.gemeente.naam if jongere is not None else taak.gemeente.naam
    return Werkregel(
        naam=naam,
        merken=merken_van(jongere, op=op),
        url=adres_van(jongere, werkproces) if jongere is not None else doe,
        onder=wie(jongere, gemeente=gemeente, doelgroep=doelgroep, op=op),
        wat=wat,
        waarom=waarom if taak.eigenaar_id is not None else f"Nog van niemand. {waarom}".strip(),
        wanneer=te_laat_in_woorden(taak.due, op=op) if laat else wanneer(taak.due, taak.tijd, op=op),
        sinds=f"sinds {taal.datum_kort(taak.due if laat else taak.vanaf, op=op)}",
        te_laat=laat,
        doe=Actie(knop, doe, "primair" if primair else "tweede", bij=naam),
        ook=_geprobeerd(taak, naam) if mag_werken and met == "jongere" else None,
    )


def _geprobeerd(taak: Taak, naam: str) -> Actie | None:
    """Tried by telephone, no answer: recorded from the row itself, in one click."""
    jongere, werkproces = taak.jongere, taak.werkproces
    if jongere is None or werkproces is None or not werkproces.open:
        return None
    adres = dossier_url("dossiers:geen-gehoor", jongere.sleutel, werkproces=werkproces.sleutel)
    return Actie("Geprobeerd, geen gehoor", adres, "derde", post=True, velden={"terug": "werkvoorraad"}, bij=naam)


def meldingregel(
    melding: Melding, *, verzuim: str, op: dt.date, mag_beoordelen: bool, primair: bool = False
) -> Werkregel:
    """The row of a melding that waits for an oordeel. `verzuim` is its absence in words (meldingen.verzuim)."""
    jongere = melding.jongere
    naam = woorden.naam(melding)
    adres = f"{reverse('meldingen:lijst')}?melding={melding.sleutel}"
    onbekend = jongere is None
    binnen = taal.datum_kort(timezone.localdate(melding.ontvangen_op), op=op)
    klok = woorden.klok(melding, op=op)
    soort = "primair" if primair else "tweede"
    knop = ("Zoek uit" if onbekend else "Beoordeel") if mag_beoordelen or onbekend else "Bekijk"
    doelgroep = melding.werkproces.doelgroep if melding.werkproces is not None else ""
    return Werkregel(
        naam=naam,
        merken=merken_van(jongere, op=op),
        url=adres_van(jongere, melding.werkproces) if jongere is not None else adres,
        onder=wie(jongere, gemeente=melding.gemeente.naam, doelgroep=doelgroep, op=op),
        wat=melding_in_woorden(melding),
        waarom=_informatie(melding, verzuim=verzuim, op=op),
        sinds=f"binnen {binnen}",
        te_laat=klok.over < 0,
        klok=klok,
        doe=Actie(knop, adres, soort, bij=naam),  # type: ignore[arg-type]
        # the talk with school, uitkomst, feedback and aftercare on one form: many meldingen end after one call
        ook=(
            Actie("Handel af", reverse("werkplek:afhandelen", args=[melding.sleutel]), "derde", bij=naam)
            if mag_beoordelen and not onbekend
            else None
        ),
    )


def melding_in_woorden(melding: Melding) -> str:
    """'Beoordeel de melding van ROC De Waarden', 'Beoordeel de eigen aanmelding'."""
    if melding.jongere is None:
        return "Zoek uit over wie deze melding gaat"
    van = melding.melder_organisatie or melding.melder_naam
    if melding.melder_soort == "jongere":
        return "Beoordeel de eigen aanmelding"
    if melding.melder_soort == "duo":
        soort = "vsv-melding" if melding.soort == "vsv" else "verzuimmelding"
        return f"Beoordeel de {soort} van {van}" if van else f"Beoordeel de {soort} van DUO"
    if melding.melder_soort == "onderzoek":
        return "Beoordeel de melding uit eigen onderzoek"
    return f"Beoordeel de melding van {van}" if van else "Beoordeel de melding"


def _informatie(melding: Melding, *, verzuim: str, op: dt.date) -> str:
    """What it is about and how complete it is: '22 uur in 4 weken. Verzuimoverzicht ontbreekt'."""
    over = taal.hoofdletter(verzuim or woorden.onderwerp(melding, verzuim=verzuim))
    mist = volledigheid_van(melding, verzuim=verzuim, op=op).ontbrekend
    if not mist:
        return f"{over}. Informatie is compleet"
    if len(mist) == 1:
        return f"{over}. {mist[0].kort} ontbreekt"
    return f"{over}. {taal.hoofdletter(taal.telwoord(len(mist)))} punten ontbreken"


def wachtregel(melding: Melding, *, op: dt.date) -> Werkregel:
    """The row of a melding that waits for the melder."""
    jongere = melding.jongere
    naam = woorden.naam(melding)
    adres = f"{reverse('meldingen:lijst')}?toon=wacht&melding={melding.sleutel}"
    klok = woorden.klok(melding, op=op)
    van = melding.melder_naam or melding.melder_organisatie or "de melder"
    return Werkregel(
        naam=naam,
        merken=merken_van(jongere, op=op),
        url=adres_van(jongere, melding.werkproces) if jongere is not None else adres,
        onder=wie(jongere, gemeente=melding.gemeente.naam, doelgroep="", op=op),
        wat=f"Wacht op antwoord van {van}",
        waarom=f"Over {woorden.onderwerp(melding, verzuim='')}",
        sinds=f"binnen {taal.datum_kort(timezone.localdate(melding.ontvangen_op), op=op)}",
        te_laat=klok.over < 0,
        klok=klok,
        doe=Actie("Bekijk de melding", adres, bij=naam),
    )


def afspraakregel(afspraak: Afspraak, *, op: dt.date) -> Werkregel:
    """The row of something that somebody else promised and whose day has passed."""
    werkproces = afspraak.plan.werkproces
    jongere = werkproces.jongere
    naam = jongere.naam
    return Werkregel(
        naam=naam,
        merken=merken_van(jongere, op=op),
        url=adres_van(jongere, werkproces),
        onder=wie(jongere, gemeente=jongere.gemeente.naam, doelgroep=werkproces.doelgroep, op=op),
        wat=afspraak.wat,
        waarom=f"{afspraak.wie} zou dit doen",
        wanneer=te_laat_in_woorden(afspraak.voor, op=op),
        sinds=f"sinds {taal.datum_kort(afspraak.voor, op=op)}",
        te_laat=True,
        doe=Actie("Open het plan", actielink("plan-maken", jongere=jongere.sleutel, werkproces=werkproces.sleutel),
                  bij=naam),
    )  # fmt: skip
