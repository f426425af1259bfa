"""Feedback (step 12): what a school, another melder or the jongere is told, and the proof of exactly what that was.

A school hears what was decided about the absence or the leaving; somebody else that the melding was handled. Nothing
of the intake, the life domains, the plan, help or notes is ever prepared for it (000 §5.1; TKP-01, TKP-05, PRV-11).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.correspondentie.acties import Opgesteld, afzender, bewaar, stel_op
from routekaart.delen.acties import leg_verstrekking_vast
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud import brieven
from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.handeling import meldinghandeling
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import soort_van
from routekaart.regels.delen import vind_woorden
from routekaart.samenwerking.duo import Duoterug, staat_klaar, zet_duo
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.toegang.bereik import Toegang

_BINNEN = "binnen een handeling"
GRONDSLAG = "wettelijke taak"
DOEL = "terugkoppeling over verzuim of schoolverlaten"
SCHOOL = "school"
ONTVANGERS = (SCHOOL, "partner", "jongere")
VAN_MELDER = {"duo": SCHOOL, "school": SCHOOL, "jongere": "jongere"}
Kanaal = Terugkoppeling.Kanaal
ZONDER_INHOUD = (
    "Er is naar de melding gekeken en zij is afgehandeld. Vanwege de privacy vertellen we niet wat er is gedaan."
)
GEEN_NUMMER = (
    "Op een brief staat een telefoonnummer, maar we kennen er geen van jou of van je team. Mail of bel deze keer, en "
    "vraag de functioneel beheerder om je nummer in te vullen."
)
AAN_JONGERE = "Je melding is afgehandeld. Wil je weten wat er is vastgelegd? Vraag het ons gerust."


@dataclass(frozen=True, slots=True)
class Voorbereid:
    """The feedback as the system would send it."""

    ontvanger: str
    soort_ontvanger: str
    kanaal: str
    tekst: str
    vast: bool  # this text may not be changed: the receiver is no school
    duo: Duoterug | None = None


def soort_ontvanger(melding: Melding | None) -> str:
    """school, jongere or partner; without a melding a school is meant."""
    return SCHOOL if melding is None else VAN_MELDER.get(melding.melder_soort, "partner")


def bereid_voor(werkproces: Werkproces | None, melding: Melding | None) -> Voorbereid:
    """Prepares what may be told, to whom and how. Reads nothing but the uitkomst; no query."""
    soort = soort_ontvanger(melding)
    via_duo = melding is not None and melding.duo_nummer is not None
    return Voorbereid(
        ontvanger=_naam_ontvanger(melding),
        soort_ontvanger=soort,
        kanaal=Kanaal.DUO if via_duo else Kanaal.EMAIL if soort == SCHOOL else Kanaal.TELEFOON,
        tekst=vaste_tekst(soort) or _besluit(werkproces, melding),
        vast=soort != SCHOOL,
        duo=staat_klaar(melding) if melding is not None and via_duo else None,
    )


def vaste_tekst(soort: str) -> str:
    """The notice without content for who is no school; empty for a school."""
    return {"partner": ZONDER_INHOUD, "jongere": AAN_JONGERE}.get(soort, "")


def _naam_ontvanger(melding: Melding | None) -> str:
    if melding is None:
        return ""
    organisatie = melding.melder_organisatie or (melding.instelling.naam if melding.instelling else "")
    return ", ".join(deel for deel in (melding.melder_naam, organisatie) if deel)


def _besluit(werkproces: Werkproces | None, melding: Melding | None) -> str:
    """What a school may hear of the uitkomst; while there is none, that somebody is on it."""
    eigen = melding.uitkomst if melding is not None else ""
    code = eigen or (werkproces.uitkomst if werkproces is not None else "")
    soort = soort_van(melding) if melding is not None else werkproces.soort if werkproces is not None else ""
    jongere = werkproces.jongere if werkproces is not None else melding.jongere if melding is not None else None
    voornaam = (jongere.aanspreeknaam or jongere.naam) if jongere is not None else "de leerling"
    zin = brieven.terugkoppelzin(soort, code) if code else "We zijn met {voornaam} aan de slag."
    return taal.hoofdletter(brieven.vul(zin, {"voornaam": voornaam}))


def let_op(tekst: str) -> tuple[str, ...]:
    """Words in the text that point at help, health, money, justice or home."""
    return vind_woorden(tekst, codelijst("gevoelige-woorden").codes)


def koppel_terug(
    werkproces: Werkproces,
    *,
    ontvanger: str,
    soort: str,
    kanaal: str,
    tekst: str = "",
    melding: Melding | None = None,
    adres: str = "",
    duo: Duoterug | None = None,
    gecontroleerd: bool = False,
    toegang: Toegang,
    nu: dt.datetime,
) -> Terugkoppeling:
    """Tells who reported, or the school, how it ended, and keeps what was told.

    `soort`: school, partner or jongere; only a school gets a text of our own making. `gecontroleerd`: the text has
    words that seldom belong in feedback, and the colleague looked at them. Through DUO go a status, a reason and a
    remark, no text; with status B it does not count as the feedback of step 12 yet. A letter becomes a PDF.
    """
    if melding is not None and melding.werkproces_id != werkproces.pk:
        raise Geweigerd("Deze melding hoort niet bij dit werkproces.", veld="melding")
    tekst = _tekst(soort, kanaal, tekst, gecontroleerd=gecontroleerd)
    ontvanger = _eis_ontvanger(ontvanger, soort, kanaal)
    brief = None
    if kanaal == Kanaal.BRIEF:
        brief = _schrijf(werkproces, melding, soort, ontvanger, adres, tekst, toegang=toegang, nu=nu)
    with handeling(werkproces, "terugkoppeling.verzonden", toegang=toegang, nu=nu) as h:
        vast = _op_slot(melding) if melding is not None else None
        return _leg_vast(
            vast, werkproces=h.werkproces, h=h, ontvanger=ontvanger, soort=soort, kanaal=kanaal, tekst=tekst,
            duo=duo, brief=brief, door_id=h.door_id, nu=nu,
        )  # fmt: skip


def koppel_melding_terug(
    melding: Melding,
    *,
    ontvanger: str,
    soort: str,
    kanaal: str,
    tekst: str = "",
    duo: Duoterug | None = None,
    gecontroleerd: bool = False,
    toegang: Toegang,
    nu: dt.datetime,
) -> Terugkoppeling:
    """The same for a melding that was handled without a werkproces (under 18). A letter is not possible there."""
    if melding.werkproces_id is not None:
        raise ValueError("Deze melding hoort bij een werkproces: gebruik koppel_terug")
    tekst = _tekst(soort, kanaal, tekst, gecontroleerd=gecontroleerd)
    ontvanger = _eis_ontvanger(ontvanger, soort, kanaal)
    if kanaal == Kanaal.BRIEF:
        raise Geweigerd("Zonder werkproces kun je geen brief maken. Bel, mail of gebruik DUO.", veld="kanaal")
    with meldinghandeling(melding, "terugkoppeling.verzonden", toegang=toegang, nu=nu) as m:
        return _leg_vast(
            m.melding, werkproces=None, h=None, ontvanger=ontvanger, soort=soort, kanaal=kanaal, tekst=tekst,
            duo=duo, brief=None, door_id=m.door_id, nu=nu,
        )  # fmt: skip


def _tekst(soort: str, kanaal: str, tekst: str, *, gecontroleerd: bool) -> str:
    if soort not in ONTVANGERS:
        raise Geweigerd("Kies aan wie je terugkoppelt.", veld="soort")
    if kanaal not in Kanaal.values:
        raise Geweigerd("Kies hoe je terugkoppelt.", veld="kanaal")
    if kanaal == Kanaal.DUO:
        return ""
    if soort != SCHOOL:
        return vaste_tekst(soort)
    if not tekst.strip():
        raise Geweigerd("Schrijf op wat je school vertelt.", veld="tekst")
    woorden = let_op(tekst)
    if woorden and not gecontroleerd:
        zin = (
            f"Kijk nog eens naar: {taal.opsomming(woorden)}. School mag alleen weten wat over het verzuim of het "
            "schoolverlaten gaat. Haal het weg, of zet een vinkje als het toch klopt."
        )
        raise Geweigerd(zin, veld="gecontroleerd")
    return tekst.strip()


def _eis_ontvanger(ontvanger: str, soort: str, kanaal: str) -> str:
    if kanaal == Kanaal.DUO:
        if soort != SCHOOL:
            raise Geweigerd("Via DUO hoort alleen school iets.", veld="kanaal")
        return ontvanger.strip() or "school, via DUO"
    if not ontvanger.strip():
        raise Geweigerd("Schrijf op aan wie je terugkoppelt.", veld="ontvanger")
    return ontvanger.strip()


def _schrijf(
    werkproces: Werkproces,
    melding: Melding | None,
    soort: str,
    ontvanger: str,
    adres: str,
    tekst: str,
    *,
    toegang: Toegang,
    nu: dt.datetime,
) -> Opgesteld:
    if soort == "jongere":
        raise Geweigerd("Schrijf de jongere een brief op de pagina Brieven, of bel even.", veld="kanaal")
    if soort != SCHOOL and melding is None:
        raise Geweigerd("Zonder melding is er niemand om terug te schrijven.", veld="melding")
    if not afzender(werkproces, toegang=toegang).telefoon:
        raise Geweigerd(GEEN_NUMMER, veld="kanaal")
    code = "bericht-melder" if soort != SCHOOL else "terugkoppeling-school" if melding is not None else "bericht-school"
    vorm = brieven.brief(code)
    gegevens = {"besluit": tekst}
    if melding is not None:
        gegevens |= {
            "melding_datum": taal.datum_voluit(timezone.localtime(melding.ontvangen_op)),
            "melding_nummer": melding.duo_nummer or melding.nummer or "",
        }
    return stel_op(
        werkproces, sjabloon=code, aan=ontvanger, adres=adres, onderwerp=vorm.onderwerp, tekst=vorm.tekst,
        gegevens=gegevens, toegang=toegang, nu=nu,
    )  # fmt: skip


def _op_slot(melding: Melding) -> Melding:
    rijen = Melding.objects.alles(reden=_BINNEN).select_for_update(of=("self",))
    vast: Melding = rijen.select_related("jongere").get(pk=melding.pk)
    return vast


def _leg_vast(
    melding: Melding | None,
    *,
    werkproces: Werkproces | None,
    h: Handeling | None,
    ontvanger: str,
    soort: str,
    kanaal: str,
    tekst: str,
    duo: Duoterug | None,
    brief: Opgesteld | None,
    door_id: int | None,
    nu: dt.datetime,
) -> Terugkoppeling:
    """Stores what was told: the DUO fields, the letter, the snapshot, the feedback and its fact. Within an act."""
    inhoud: dict[str, Any] = {}
    gaat = None
    if kanaal == Kanaal.DUO:
        gaat = _zet_duo(melding, duo)
        tekst = gaat.in_woorden
        inhoud["duo"] = gaat.als_gegevens()
    inhoud["tekst"] = tekst
    bewaard = bewaar(h, brief, verzonden=True) if brief is not None and h is not None else None
    if bewaard is not None:
        inhoud |= {"brief": bewaard.tekst, "onderwerp": bewaard.onderwerp}
    jongere = werkproces.jongere if werkproces is not None else melding.jongere if melding is not None else None
    verstrekking = None
    if jongere is not None and soort != "jongere":
        verstrekking = leg_verstrekking_vast(
            jongere, ontvanger=ontvanger, doel=DOEL, grondslag=GRONDSLAG, kanaal=kanaal, inhoud=inhoud,
            werkproces=werkproces, door_id=door_id, nu=nu,
        )  # fmt: skip
    waar = werkproces if werkproces is not None else melding
    assert waar is not None  # one of the two, by both callers
    terugkoppeling = Terugkoppeling.objects.create(
        regio_id=waar.regio_id,
        gemeente_id=waar.gemeente_id,
        soort_werk=waar.soort_werk,
        jongere=jongere,
        werkproces=werkproces,
        melding=melding,
        ontvanger=ontvanger[:160],
        soort_ontvanger=soort,
        kanaal=kanaal,
        tekst=tekst,
        op=nu,
        door_id=door_id,
        brief=bewaard,
        verstrekking=verstrekking,
    )
    if h is not None:
        if gaat is None or gaat.status != Melding.DuoStatus.BEHANDELING:
            h.feit("terugkoppeling.verzonden", herkomst=terugkoppeling, toelichting=f"Aan {soort}, {kanaal}")
        h.inhoud.update(terugkoppeling=str(terugkoppeling.sleutel), kanaal=kanaal, soort=soort)
    return terugkoppeling


def _zet_duo(melding: Melding | None, duo: Duoterug | None) -> Duoterug:
    if melding is None:
        raise Geweigerd("Kies over welke melding je via DUO terugkoppelt.", veld="melding")
    if melding.ingetrokken_op is not None:
        raise Geweigerd("School heeft deze melding ingetrokken. Er gaat niets meer terug via DUO.", veld="melding")
    gaat = duo or staat_klaar(melding) or Duoterug()
    velden = zet_duo(melding, gaat)
    if velden:
        melding.save(update_fields=[*velden, "updated"])
    return gaat
