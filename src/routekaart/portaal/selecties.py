"""What a school sees: its own meldingen with how they are handled, and nothing that was written inside (MEL-23).

`eigen_meldingen` is the one door. What the page shows is a `Schoolmelding`, filled from a fixed list of fields:
no motivation, no notes, no doelgroep, no other school.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.bladeren import Bladzijde, blader
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.netwerk.models import Contactpersoon
from routekaart.regels.schooljaar import Schooljaar
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.signalen.models import Meldaanleiding
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 6
ZELF_GEMELD = ("school", "duo")
STANDEN = {"alle": "Alle", "u": "Wacht op u", "open": "Loopt", "klaar": "Afgerond"}
PUBLIEK = (
    "pk",
    "sleutel",
    "nummer",
    "ontvangen_op",
    "opgepakt_op",
    "soort",
    "soort_werk",
    "stand",
    "oordeel",
    "uitkomst",
    "ingetrokken_op",
    "voorgenomen_uitschrijving",
    "opgegeven_voornamen",
    "opgegeven_voorvoegsel",
    "opgegeven_achternaam",
    "jongere__voornamen",
    "jongere__roepnaam",
    "jongere__voorvoegsel",
    "jongere__achternaam",
    "werkproces__route",
    "werkproces__route_versie",
    "werkproces__stap",
    "werkproces__afgesloten_op",
    "werkproces__behandelaar__naam",
    "instelling__naam",
)
_WACHT = Q(stand=Melding.Stand.WACHT, oordeel="", ingetrokken_op__isnull=True)
_KLAAR = (
    Q(ingetrokken_op__isnull=False)
    | ~Q(uitkomst="")
    | Q(werkproces__afgesloten_op__isnull=False)
    | Q(oordeel__in=[Melding.Oordeel.ONTERECHT, Melding.Oordeel.OVERDRACHT])
)


def scholen_van(toegang: Toegang) -> QuerySet[Instelling]:
    """The schools for which this user is contactpersoon in the own regio."""
    return (
        Instelling.objects.filter(
            ketenpartners__regio_id=toegang.regio_id or 0,
            ketenpartners__contactpersonen__gebruiker_id=toegang.gebruiker_id,
        )
        .distinct()
        .order_by("naam")
    )


def eigen_meldingen(toegang: Toegang) -> Any:
    """The meldingen that the school of this user made itself, through DUO or directly. Nothing of other schools, and
    nothing that somebody else reported about the same jongere.
    """
    scholen = list(scholen_van(toegang).values_list("pk", flat=True))
    rijen = Melding.objects.alles(reden="alleen wat de eigen school zelf meldde")
    return rijen.filter(regio_id=toegang.regio_id, instelling_id__in=scholen, melder_soort__in=ZELF_GEMELD)


@dataclass(frozen=True)
class Schoolmelding:
    """One melding as the school sees it. `fase` counts the five phases; None before the oordeel and after the end."""

    sleutel: str
    nummer: str
    naam: str
    over: str
    gemeld_op: dt.datetime
    status: str
    kleur: str
    fase: int | None
    zin: str
    wacht: bool
    vragen: Sequence[str]
    gevraagd_op: dt.datetime | None
    gevraagd_door: str
    terug: str
    terug_op: dt.datetime | None


@dataclass(frozen=True)
class Schoollijst:
    """One page of the meldingen of a school, with the counters of all."""

    stand: str
    regels: Sequence[Schoolmelding]
    jongere_ids: Sequence[int]
    tellers: dict[str, int]
    bladzijde: Bladzijde


def schoollijst(toegang: Toegang, *, stand: str, plaats: str, op: dt.date) -> Schoollijst:
    """The meldingen of this schooljaar and what still runs, newest first. Five queries."""
    begin = dt.datetime.combine(Schooljaar.van(op).begin, dt.time.min, tzinfo=timezone.get_current_timezone())
    alle = eigen_meldingen(toegang).filter(Q(ontvangen_op__gte=begin) | ~_KLAAR)
    keuze = {"u": _WACHT, "open": ~_KLAAR & ~_WACHT, "klaar": _KLAAR}
    tellers = alle.aggregate(alle=Count("pk"), **{code: Count("pk", filter=q) for code, q in keuze.items()})
    gekozen = alle.filter(keuze[stand]) if stand in keuze else alle
    bladzijde = blader(
        gekozen.only("sleutel", "jongere_id"), plaats, veld="ontvangen_op", aflopend=True, per=PER_PAGINA
    )
    return Schoollijst(
        stand=stand,
        regels=_regels(toegang, [melding.pk for melding in bladzijde.rijen]),
        jongere_ids=[melding.jongere_id for melding in bladzijde.rijen if melding.jongere_id is not None],
        tellers=tellers,
        bladzijde=bladzijde,
    )


def _regels(toegang: Toegang, pks: Iterable[int]) -> list[Schoolmelding]:
    volgorde = list(pks)
    rijen = {rij["pk"]: rij for rij in eigen_meldingen(toegang).filter(pk__in=volgorde).values(*PUBLIEK)}
    vragen: dict[int, list[Mapping[str, Any]]] = {}
    open_ = Informatievraag.objects.alles(reden="vragen bij meldingen van de eigen school").filter(
        melding_id__in=volgorde, beantwoord_op__isnull=True
    )
    for vraag in open_.order_by("pk").values("melding_id", "punt", "gevraagd_op", "gevraagd_door__naam"):
        vragen.setdefault(vraag["melding_id"], []).append(vraag)
    terug = Terugkoppeling.objects.alles(reden="wat de eigen school is teruggekoppeld").filter(
        melding_id__in=volgorde, soort_ontvanger="school"
    )
    verteld = {rij["melding_id"]: rij for rij in terug.order_by("op").values("melding_id", "tekst", "op")}
    return [_regel(rijen[pk], vragen.get(pk, []), verteld.get(pk)) for pk in volgorde if pk in rijen]


def _regel(
    rij: Mapping[str, Any], vragen: Sequence[Mapping[str, Any]], terug: Mapping[str, Any] | None
) -> Schoolmelding:
    status, kleur, zin = _status(rij)
    wacht = status == "wacht op u" and bool(vragen)
    punten = codelijst("minimale-informatie")
    return Schoolmelding(
        sleutel=str(rij["sleutel"]),
        nummer=rij["nummer"] or "",
        naam=_naam(rij),
        over=_over(rij),
        gemeld_op=rij["ontvangen_op"],
        status=status,
        kleur=kleur,
        fase=_fase(rij) if status == "loopt" else None,
        zin=zin,
        wacht=wacht,
        vragen=[str(punten.waarde(vraag["punt"])["kort"]) for vraag in vragen] if wacht else [],
        gevraagd_op=vragen[0]["gevraagd_op"] if wacht else None,
        gevraagd_door=(vragen[0]["gevraagd_door__naam"] or "") if wacht else "",
        terug=terug["tekst"] if terug else "",
        terug_op=terug["op"] if terug else None,
    )


def _naam(rij: Mapping[str, Any]) -> str:
    """As the school gave it; where it gave only a number, as the register has it."""
    if rij["opgegeven_achternaam"]:
        delen = (rij["opgegeven_voornamen"].split(" ")[0], rij["opgegeven_voorvoegsel"], rij["opgegeven_achternaam"])
    else:
        voornaam = rij["jongere__roepnaam"] or (rij["jongere__voornamen"] or "").split(" ")[0]
        delen = (voornaam, rij["jongere__voorvoegsel"], rij["jongere__achternaam"])
    return " ".join(deel for deel in delen if deel) or "Naam onbekend"


def _over(rij: Mapping[str, Any]) -> str:
    if codelijst("meldingsoorten").waarde(rij["soort"])["verzuim"]:
        return "verzuim 18+" if rij["soort_werk"] == "doorstroompunt" else "verzuim"
    if rij["soort"] != "vsv":
        return "zorg"
    return "dreigt te stoppen" if rij["voorgenomen_uitschrijving"] else "uitgeschreven"


def _status(rij: Mapping[str, Any]) -> tuple[str, str, str]:
    """The word, its colour and one sentence."""
    contact = rij["werkproces__behandelaar__naam"]
    bij = f"Uw contact bij ons is {contact}." if contact else ""
    if rij["ingetrokken_op"] is not None:
        return "ingetrokken", "rustig", "Uw school trok deze melding in."
    klaar = rij["uitkomst"] or rij["werkproces__afgesloten_op"] or rij["oordeel"] in {"onterecht", "overdracht"}
    if klaar:
        return "afgerond", "goed", "Wij zijn klaar met deze melding."
    if rij["oordeel"]:
        return "loopt", "accent", f"Opgepakt. {bij}".strip()
    if rij["stand"] == Melding.Stand.WACHT:
        return "wacht op u", "letop", ""
    if rij["opgepakt_op"] is not None:
        return "opgepakt", "accent", f"Wij kijken ernaar. {bij}".strip()
    return "ontvangen", "rustig", "Wij hebben uw melding. Binnen vijf werkdagen kijken wij ernaar."


def _fase(rij: Mapping[str, Any]) -> int | None:
    """In which of the five phases it is; None without a route."""
    if not rij["werkproces__route"] or rij["werkproces__stap"] is None:
        return None
    stap = routes.laad(rij["werkproces__route"], rij["werkproces__route_versie"]).stap(rij["werkproces__stap"])
    return stap.fase if stap is not None else None


def contact_van(toegang: Toegang) -> Contactpersoon | None:
    """Who this user is at school: name, function, telephone."""
    rijen = Contactpersoon.objects.filter(
        gebruiker_id=toegang.gebruiker_id, ketenpartner__regio_id=toegang.regio_id or 0
    )
    return rijen.select_related("ketenpartner").order_by("-vast", "pk").first()


LAAT_HOOGSTENS = 100


@dataclass(frozen=True)
class Latemelding:
    """One own melding that took longer than the term, with the name as the school knows it."""

    naam: str
    over: str
    nummer: str
    sinds: dt.date
    gemeld_op: dt.date
    werkdagen: int
    jongere_id: int | None


def late_meldingen(toegang: Toegang, school: Instelling, schooljaar: str) -> list[Latemelding]:
    """The own meldingen of this schooljaar that came later than the term, the longest first. One query."""
    rijen = Meldaanleiding.objects.alles(reden="alleen wat de eigen school zelf meldde")
    eigen = rijen.filter(melding__in=eigen_meldingen(toegang), instelling=school, schooljaar=schooljaar, op_tijd=False)
    velden = [f"melding__{naam}" for naam in PUBLIEK]
    lijst = []
    for rij in eigen.order_by("-werkdagen", "pk").values(
        "sinds", "gemeld_op", "werkdagen", "melding__jongere_id", *velden
    )[:LAAT_HOOGSTENS]:
        melding = {naam: rij[f"melding__{naam}"] for naam in PUBLIEK}
        lijst.append(
            Latemelding(
                naam=_naam(melding),
                over=_over(melding),
                nummer=melding["nummer"] or "",
                sinds=rij["sinds"],
                gemeld_op=rij["gemeld_op"],
                werkdagen=rij["werkdagen"],
                jongere_id=rij["melding__jongere_id"],
            )
        )
    return lijst
