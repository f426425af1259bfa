"""What a colleague does in the screening of leavers: ask, write down what was heard, pass on; and chase the lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import datum_voluit
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties import Informatie, Melder, ontvang_melding
from routekaart.meldingen.models import Melding
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening import GEVONDEN, Staat
from routekaart.regels.screening_feiten import ANTWOORDEN, Antwoord, Soort
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties import maak_melding as maak_melding_van_signaal
from routekaart.signalen.acties_vertrek import OVERSTAP, herbereken
from routekaart.signalen.models import Lijstvraag, Screeningsfeit, Signaal, Vertrekker
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import Gebruiker
from routekaart.toegang.rechten import Recht
from routekaart.toegang.schrijven import schrijf

_BEREIKT = "de aanroeper bereikte deze jongeren al"
LANGSTE = 400
LANGSTE_NAAM = 160
NIETS_TE_VRAGEN = GEVONDEN | {Staat.BUITEN}
OUD = "De lijst is net bijgewerkt. Open de pagina opnieuw."


@dataclass(frozen=True)
class Gehoord:
    """What was heard of one leaver."""

    vertrekker: Vertrekker
    antwoord: str
    bij: str = ""
    toelichting: str = ""


@contextmanager
def bezig(vertrekkers: Sequence[Vertrekker], *, nu: dt.datetime) -> Iterator[list[Vertrekker]]:
    """One act on the locked rows of one season; afterwards they say how it stands now."""
    with transaction.atomic():
        rijen = Vertrekker.objects.alles(reden=_BEREIKT).select_for_update(of=("self",))
        op_pk = {
            een.pk: een
            for een in rijen.select_related("jongere", "instelling")
            .filter(pk__in=[een.pk for een in vertrekkers])
            .order_by("pk")
        }
        if len(op_pk) != len({een.pk for een in vertrekkers}) or not op_pk:
            raise Geweigerd(OUD)
        vast = [op_pk[een.pk] for een in vertrekkers]
        yield vast
        jaar = Schooljaar.lees(vast[0].schooljaar)
        herbereken(vast[0].regio_id, [een.jongere_id for een in vast], schooljaar=jaar, nu=nu)
    for een in vertrekkers:
        een.refresh_from_db()


def maak_feit(een: Vertrekker, soort: str, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Screeningsfeit:
    feit = Screeningsfeit.objects.create(
        jongere=een.jongere, schooljaar=een.schooljaar, soort=soort, door_id=toegang.gebruiker_id or None, **velden
    )
    schrijf(
        "screening.vastgelegd",
        toegang=toegang,
        nu=nu,
        jongere_id=een.jongere_id,
        onderwerp=feit,
        inhoud={"soort": soort, "antwoord": velden.get("antwoord", "")},
    )
    return feit


def _eis_dag(een: Vertrekker, op: dt.date, nu: dt.datetime) -> None:
    if op > timezone.localdate(nu):
        raise Geweigerd("Deze dag moet nog komen. Kies vandaag of een dag daarvoor.", veld="op")
    if op < Schooljaar.lees(een.schooljaar).begin:
        raise Geweigerd(f"Deze dag ligt voor het schooljaar {een.schooljaar}.", veld="op")


def _eis_binnen(een: Vertrekker) -> None:
    if een.staat == Staat.BUITEN:
        raise Geweigerd(f"{een.jongere.naam} valt buiten de screening: overleden, vertrokken, verhuisd of vrijgesteld.")


def verstuur_enquete(vertrekkers: Sequence[Vertrekker], *, op: dt.date, toegang: Toegang, nu: dt.datetime) -> int:
    """Records that the enquête went to all of these, or to none. Returns how many; raises Geweigerd with the name."""
    with bezig(vertrekkers, nu=nu) as vast:
        uit = openstaande_enquetes(vast)
        for een in vast:
            _eis_dag(een, op, nu)
            _eis_binnen(een)
            if een.staat in NIETS_TE_VRAGEN:
                raise Geweigerd(f"{een.jongere.naam} heeft al een plek. Haal het vinkje weg.")
            if een.jongere_id in uit:
                dag = datum_voluit(uit[een.jongere_id])
                raise Geweigerd(f"De enquête van {een.jongere.naam} is al verstuurd, op {dag}.")
            maak_feit(een, Soort.ENQUETE, op=op, toegang=toegang, nu=nu)
    return len(vertrekkers)


def openstaande_enquetes(vertrekkers: Sequence[Vertrekker]) -> dict[int, dt.date]:
    """Who got an enquête and said nothing since: young person → day."""
    uit: dict[int, dt.date] = {}
    rijen = Screeningsfeit.objects.alles(reden=_BEREIKT).filter(
        jongere_id__in=[een.jongere_id for een in vertrekkers], schooljaar=vertrekkers[0].schooljaar,
        ingetrokken_op__isnull=True,
    )  # fmt: skip
    for jongere_id, soort, op, antwoord in rijen.order_by("op", "pk").values_list(
        "jongere_id", "soort", "op", "antwoord"
    ):
        if soort == Soort.ENQUETE:
            uit[jongere_id] = op
        elif antwoord:
            uit.pop(jongere_id, None)
    return uit


def leg_antwoorden_vast(gehoord: Sequence[Gehoord], *, op: dt.date, toegang: Toegang, nu: dt.datetime) -> int:
    """The answers of a pile of enquêtes, all or none. Returns how many."""
    with bezig([een.vertrekker for een in gehoord], nu=nu) as vast:
        for een, wat in zip(vast, gehoord, strict=True):
            _eis_dag(een, op, nu)
            try:
                _leg_vast(een, Soort.ANTWOORD, op=op, wat=wat, toegang=toegang, nu=nu)
            except Geweigerd as reden:
                raise Geweigerd(f"Bij {een.jongere.naam}: {reden.boodschap}", veld=reden.veld) from None
    return len(gehoord)


def leg_vast(
    vertrekker: Vertrekker,
    soort: Soort,
    *,
    op: dt.date,
    antwoord: str = "",
    bij: str = "",
    toelichting: str = "",
    toegang: Toegang,
    nu: dt.datetime,
) -> Screeningsfeit:
    """One answer, call, visit, aanmelding, uitslag or plaatsing, or that it is rounded off. Raises Geweigerd."""
    with bezig([vertrekker], nu=nu) as (een,):
        _eis_dag(een, op, nu)
        wat = Gehoord(een, antwoord, bij.strip(), toelichting.strip())
        return _leg_vast(een, soort, op=op, wat=wat, toegang=toegang, nu=nu)


def _leg_vast(
    een: Vertrekker, soort: Soort, *, op: dt.date, wat: Gehoord, toegang: Toegang, nu: dt.datetime
) -> Screeningsfeit:
    _eis_binnen(een)
    mag = ANTWOORDEN.get(soort, frozenset())
    if mag and wat.antwoord not in mag:
        raise Geweigerd("Kies wat je hoorde.", veld="antwoord")
    if wat.antwoord == Antwoord.AANGEMELD and not wat.bij:
        raise Geweigerd("Schrijf op bij welke school. Dan kunnen we het op 1 oktober nakijken.", veld="bij")
    if soort in {Soort.AANMELDING, Soort.PLAATSING} and not wat.bij:
        raise Geweigerd("Schrijf op bij wie.", veld="bij")
    if soort is Soort.AFGEROND and not wat.toelichting:
        raise Geweigerd("Schrijf op waarom er verder niets nodig is.", veld="toelichting")
    if len(wat.toelichting) > LANGSTE:
        raise Geweigerd(f"Houd de toelichting korter dan {LANGSTE} tekens.", veld="toelichting")
    if len(wat.bij) > LANGSTE_NAAM:
        raise Geweigerd(f"Houd de naam korter dan {LANGSTE_NAAM} tekens.", veld="bij")
    bij = wat.bij
    if soort is Soort.UITSLAG:
        bij = bij or _aangemeld_bij(een)
    return maak_feit(
        een, soort, op=op, antwoord=wat.antwoord if mag else "", bij=bij, toelichting=wat.toelichting,
        toegang=toegang, nu=nu,
    )  # fmt: skip


def _aangemeld_bij(een: Vertrekker) -> str:
    """With whom somebody was signed up last; an uitslag without that says nothing."""
    rijen = Screeningsfeit.objects.alles(reden=_BEREIKT).filter(
        jongere=een.jongere_id, schooljaar=een.schooljaar, soort=Soort.AANMELDING, ingetrokken_op__isnull=True
    )
    laatste = rijen.order_by("-op", "-pk").first()
    if laatste is None:
        raise Geweigerd("Leg eerst vast bij wie deze jongere is aangemeld.", veld="antwoord")
    return str(laatste.bij)


def trek_in(vertrekker: Vertrekker, feit: Screeningsfeit, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes back what was recorded by mistake; the row stays, struck out."""
    with bezig([vertrekker], nu=nu):
        geraakt = Screeningsfeit.objects.alles(reden=_BEREIKT).filter(
            pk=feit.pk, jongere=vertrekker.jongere_id, schooljaar=vertrekker.schooljaar, ingetrokken_op__isnull=True
        )
        if not geraakt.update(ingetrokken_op=nu, versie=F("versie") + 1):
            raise Geweigerd("Dit was al ingetrokken.")
        schrijf(
            "screening.ingetrokken", toegang=toegang, nu=nu, jongere_id=vertrekker.jongere_id, onderwerp=feit,
            inhoud={"soort": feit.soort},
        )  # fmt: skip


def wijs_toe(vertrekkers: Sequence[Vertrekker], *, aan: Gebruiker | None, toegang: Toegang, nu: dt.datetime) -> int:
    """Gives these to a colleague who may reach them all, or with None back to the team."""
    op = timezone.localdate(nu)
    if aan is not None:
        bereik = toegang_van(aan, op=op)
        kan = Vertrekker.objects.voor(bereik).filter(pk__in=[een.pk for een in vertrekkers]).count()
        if kan != len(vertrekkers) or not bereik.mag(Recht.SIGNALEN_WERKEN):
            raise Geweigerd("Deze collega werkt niet voor al deze gemeenten of dit soort werk.", veld="aan")
    with bezig(vertrekkers, nu=nu) as vast:
        for een in vast:
            maak_feit(een, Screeningsfeit.Soort.TOEGEWEZEN, op=op, aan=aan, toegang=toegang, nu=nu)
    return len(vertrekkers)


def wat_we_deden(een: Vertrekker) -> str:
    """What was tried and heard in the screening, for who judges the melding: so that nobody asks it again."""
    rijen = Screeningsfeit.objects.alles(reden=_BEREIKT).filter(
        jongere=een.jongere_id, schooljaar=een.schooljaar, ingetrokken_op__isnull=True
    )
    zinnen = []
    for feit in rijen.exclude(soort=Screeningsfeit.Soort.TOEGEWEZEN).order_by("op", "pk"):
        wat = ": ".join(deel for deel in (feit.get_soort_display(), feit.get_antwoord_display(), feit.bij) if deel)
        zinnen.append(f"{datum_voluit(feit.op)} {wat}.")
    return f"Uit de screening: {' '.join(zinnen)}" if zinnen else ""


def maak_melding(vertrekker: Vertrekker, *, toelichting: str = "", toegang: Toegang, nu: dt.datetime) -> Melding:
    """A melding of level c, from the signal about this leaving where there is one: it goes on to who judges it, of
    leerplicht or of the Doorstroompunt (SCR-05).
    """
    with bezig([vertrekker], nu=nu) as (een,):
        _eis_binnen(een)
        if een.staat == Staat.BEGELEIDING:
            raise Geweigerd(f"Over {een.jongere.naam} is al een melding of loopt al een werkproces.")
        if een.staat in GEVONDEN:
            raise Geweigerd(f"{een.jongere.naam} heeft al een plek. Een melding is niet nodig.")
        toelichting = "\n".join(deel for deel in (toelichting.strip(), wat_we_deden(een)) if deel)
        teldatum = Schooljaar.lees(een.schooljaar).volgende.teldatum
        signalen = Signaal.objects.alles(reden=_BEREIKT).openstaand()
        signaal = signalen.filter(
            jongere=een.jongere_id, soort=OVERSTAP, aanleiding__startswith=f"{teldatum.year}:"
        ).first()
        if signaal is not None:
            melding = maak_melding_van_signaal(signaal, toelichting=toelichting, toegang=toegang, nu=nu)
        else:
            regel = SIGNAALREGELS[OVERSTAP]
            melding = ontvang_melding(
                kanaal=regel.kanaal,
                soort=regel.meldingsoort,
                melder=Melder(soort="onderzoek", naam=toegang.naam[:120], instelling=een.instelling),
                jongere=een.jongere,
                informatie=Informatie(reden=f"{regel.naam}. Screening {een.schooljaar}.", partneracties=toelichting),
                toegang=toegang,
                nu=nu,
            )
        schrijf("screening.melding", toegang=toegang, nu=nu, jongere_id=een.jongere_id, onderwerp=melding)
    return melding


# -- the lists of the schools


def leg_lijstvraag_vast(
    instelling: Instelling,
    *,
    schooljaar: Schooljaar,
    soort: str,
    op: dt.date,
    met: str,
    toegang: Toegang,
    nu: dt.datetime,
) -> Lijstvraag:
    """Records that the school was asked for its list of leavers, or that it says that nobody leaves (SCR-01)."""
    met = met.strip()
    if not met:
        raise Geweigerd("Schrijf op met wie je contact had.", veld="met")
    if op > timezone.localdate(nu):
        raise Geweigerd("Deze dag moet nog komen. Kies vandaag of een dag daarvoor.", veld="op")
    if soort not in Lijstvraag.Soort.values:
        raise Geweigerd("Kies wat er is afgesproken.", veld="soort")
    with transaction.atomic():
        vraag = Lijstvraag.objects.create(
            regio_id=toegang.regio_id or 0, instelling=instelling, schooljaar=str(schooljaar), soort=soort, op=op,
            met=met[:LANGSTE_NAAM], door_id=toegang.gebruiker_id or None,
        )  # fmt: skip
        schrijf("screening.lijst-gevraagd", toegang=toegang, nu=nu, onderwerp=vraag, inhoud={"soort": soort})
    return vraag


def trek_lijstvraag_in(vraag: Lijstvraag, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes back what was recorded by mistake."""
    with transaction.atomic():
        rijen = Lijstvraag.objects.filter(pk=vraag.pk, ingetrokken_op__isnull=True)
        if not rijen.update(ingetrokken_op=nu, versie=F("versie") + 1):
            raise Geweigerd("Dit was al ingetrokken.")
        schrijf("screening.lijstvraag-ingetrokken", toegang=toegang, nu=nu, onderwerp=vraag)
