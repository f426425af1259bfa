"""Meldingen of the DUO-verzuimloket: new ones, later versions, withdrawn ones (MEL-03; contracten.md, section 2)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.db import IntegrityError, transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties.ontvangst import ontvang_melding
from routekaart.meldingen.bijwerking import (
    INGETROKKEN,
    OVERIG,
    Bijwerking,
    Dag,
    Meldingstand,
    eis_zelfde_persoon,
    komt_te_gelden,
    logcode,
    pas_toe,
    trek_in,
)
from routekaart.meldingen.gegevens import DuoMelding, Informatie, Melder, Opgave
from routekaart.meldingen.handeling import Meldinghandeling, meldinghandeling
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from routekaart.meldingen.versies import Inhoud, vingerafdruk
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang

KANAAL = "A.I"
TAAK = "melding"
_VERSIES = "versies van een melding die al bereikt is"

type Resultaat = Literal["nieuw", "gewijzigd", "ongewijzigd"]


def neem_duo_melding_aan(
    duo: DuoMelding,
    *,
    jongere: Jongere | None,
    instelling: Instelling,
    gemeente: Gemeente,
    gemeente_onbekend: bool = False,
    toegang: Toegang,
    nu: dt.datetime,
    levering_id: int | None = None,
) -> Resultaat:
    """Takes one row of a delivery in. The same row twice changes nothing; an older version is kept and changes nothing
    of how the melding stands. In whatever order versions come, the end is the same.

    `jongere` None: nobody is found yet, and a colleague links the melding; `gemeente` is where she lives as far
    as known (of a known jongere her own is used); where it is only a guess, a task asks to find out.
    Raises Geweigerd for a known melding about somebody else.
    """
    bekend = _zoek(duo, toegang)
    if bekend is None:
        try:
            with transaction.atomic():
                melding = _ontvang(duo, jongere, instelling, gemeente, toegang=toegang, nu=nu, levering_id=levering_id)
                if gemeente_onbekend:
                    _vraag_gemeente(melding, gemeente, toegang=toegang, nu=nu)
        except (IntegrityError, Geweigerd):  # another delivery brought the same number in the same moment
            bekend = _zoek(duo, toegang)
            if bekend is None:
                raise
        else:
            return "nieuw"
    return werk_melding_bij(bekend, duo, jongere=jongere, toegang=toegang, nu=nu, levering_id=levering_id)


def _zoek(duo: DuoMelding, toegang: Toegang) -> Melding | None:
    rijen = Melding.objects.alles(reden="een levering geldt voor de hele regio")
    gevonden: Melding | None = rijen.filter(regio_id=toegang.regio_id, duo_nummer=duo.meldingsnummer).first()
    return gevonden


def _ontvang(
    duo: DuoMelding,
    jongere: Jongere | None,
    instelling: Instelling,
    gemeente: Gemeente,
    *,
    toegang: Toegang,
    nu: dt.datetime,
    levering_id: int | None,
) -> Melding:
    melding = ontvang_melding(
        **zoals_gestuurd(duo, instelling=instelling, levering_id=levering_id),
        verzuim=duo.uren,
        jongere=jongere,
        gemeente=gemeente,
        toegang=toegang,
        nu=nu,
    )
    _bewaar_versie(melding, duo, nu=nu, levering_id=levering_id)
    if duo.status == "ingetrokken":
        with meldinghandeling(melding, INGETROKKEN, toegang=toegang, nu=nu) as m:
            gedaan = Bijwerking()
            trek_in(m.melding, gedaan, nu=nu)
            m.melding.save(update_fields=[*gedaan.velden, "updated"])
            _vraag_te_kijken(m, gedaan)
    return melding


def zoals_gestuurd(duo: DuoMelding, *, instelling: Instelling, levering_id: int | None) -> dict[str, Any]:
    """What a row tells, in the words of the meldpunt: the arguments of `zoals_gemeld`."""
    return {
        "kanaal": KANAAL,
        "soort": duo.soort,
        "melder": Melder(
            soort="duo",
            naam=duo.contact_naam,
            functie=duo.contact_functie,
            telefoon=duo.contact_telefoon,
            email=duo.contact_email,
            instelling=instelling,
        ),
        "opgave": Opgave(
            achternaam=duo.achternaam,
            voorvoegsel=duo.voorvoegsel,
            voornamen=duo.voornamen,
            geboortedatum=duo.geboortedatum,
            geslacht=duo.geslacht,
            adres=duo.verblijfadres,
            postcode=duo.postcode,
            telefoon=duo.telefoon_deelnemer,
        ),
        "informatie": Informatie(
            reden=duo.reden, partneracties=duo.ondernomen_actie, verwachte_inzet=duo.gewenste_actie
        ),
        "begindatum": duo.begindatum,
        "einddatum": duo.einddatum,
        "extra": {
            "duo_nummer": duo.meldingsnummer,
            "duo_versie": duo.versie or 0,
            "duo_gemeld_op": duo.gemeld_op,
            "berichtcode": duo.berichtcode,
            "prioriteit": duo.prioriteit,
            "overig": {naam: getattr(duo, naam) for naam in OVERIG},
            "levering_id": levering_id,
        },
    }


def _vraag_gemeente(melding: Melding, gemeente: Gemeente, *, toegang: Toegang, nu: dt.datetime) -> None:
    """An open question: neither the school nor we know where she lives, and that decides which team goes on."""
    with meldinghandeling(melding, "melding.gemeente-onbekend", toegang=toegang, nu=nu) as m:
        wat = "Zoek uit in welke gemeente de jongere woont. School noemde die niet."
        waarom = f"Voorlopig staat {gemeente} erbij"
        m.taak("gemeente", soort="melding", wat=wat, waarom=waarom, due=m.vandaag, actie="oordeel-geven")


def werk_melding_bij(
    melding: Melding,
    duo: DuoMelding,
    *,
    jongere: Jongere | None = None,
    toegang: Toegang,
    nu: dt.datetime,
    levering_id: int | None = None,
) -> Resultaat:
    """Changes a known melding where this version comes to hold; every version is kept beside it.

    What a colleague added to a text of the school stays: the new words of the school come under it.
    Raises Geweigerd where the version is about somebody else than the melding.
    """
    inhoud = duo.als_gegevens()
    versies = _versies(melding)
    if inhoud in versies:
        return "ongewijzigd"
    eis_zelfde_persoon(melding, jongere)
    nieuw = komt_te_gelden(inhoud, versies)
    if nieuw is None:
        with transaction.atomic():
            _werk_bij(melding, duo, nu=nu, levering_id=levering_id)
        return "ongewijzigd"
    code = logcode(nieuw)
    try:
        with meldinghandeling(melding, code, toegang=toegang, nu=nu) as m:
            gedaan = _werk_bij(m.melding, duo, nu=nu, levering_id=levering_id)
            if gedaan.code != code:
                raise _Verouderd
            _vraag_te_kijken(m, gedaan)
    except _Verouderd:
        return werk_melding_bij(melding, duo, jongere=jongere, toegang=toegang, nu=nu, levering_id=levering_id)
    return "gewijzigd"


class _Verouderd(Exception):
    """Another delivery brought a newer version between reading and locking."""


def _werk_bij(melding: Melding, duo: DuoMelding, *, nu: dt.datetime, levering_id: int | None) -> Bijwerking:
    """Writes the version, and what it changes of the melding and its days."""
    regels = {regel.datum: regel for regel in _regels().filter(melding=melding)}
    dagen = {datum: Dag(regel.minuten, regel.hele_dag, regel.geoorloofd) for datum, regel in regels.items()}
    stand = Meldingstand(melding, _versies(melding), dict(dagen))
    gedaan = pas_toe(stand, duo.als_gegevens(), school=_school, nu=nu, levering_id=levering_id)
    _bewaar_versie(melding, duo, nu=nu, levering_id=levering_id)
    if gedaan.velden:
        melding.save(update_fields=[*gedaan.velden, "updated"])
    anders = [regel for datum, regel in regels.items() if stand.dagen[datum] != dagen[datum]]
    for regel in anders:
        regel.minuten, regel.hele_dag, regel.geoorloofd = stand.dagen[regel.datum]
    _regels().bulk_update(anders, Dag._fields)
    nieuw = [
        Verzuimregel(melding=melding, datum=datum, **dag._asdict())
        for datum, dag in stand.dagen.items()
        if datum not in regels
    ]
    # where the version changes nothing the melding is not locked: another delivery may bring the same day
    Verzuimregel.objects.bulk_create(nieuw, ignore_conflicts=not gedaan.code)
    return gedaan


def _regels() -> Any:
    return Verzuimregel.objects.alles(reden=_VERSIES)


def _school(brin: str) -> Instelling | None:
    return Instelling.objects.filter(brin=brin).first()


def _versies(melding: Melding) -> list[Inhoud]:
    """What every version of this melding said, in the order in which they came."""
    rijen = Meldingversie.objects.alles(reden=_VERSIES).filter(melding=melding)
    return list(rijen.order_by("pk").values_list("inhoud", flat=True))


def _bewaar_versie(melding: Melding, duo: DuoMelding, *, nu: dt.datetime, levering_id: int | None) -> None:
    inhoud = duo.als_gegevens()
    versie = Meldingversie(
        melding=melding,
        duo_versie=duo.versie or 0,
        inhoud=inhoud,
        vingerafdruk=vingerafdruk(inhoud),
        ontvangen_op=nu,
        levering_id=levering_id,
    )
    # another delivery may bring the very same version in the same moment
    Meldingversie.objects.bulk_create([versie], ignore_conflicts=True)


def _vraag_te_kijken(m: Meldinghandeling, gedaan: Bijwerking) -> None:
    """A task in the running werkproces, where there is something to look at."""
    if gedaan.taak and m.in_werkproces is not None:
        m.taak(TAAK, soort=TAAK, wat=gedaan.taak, waarom=f"Melding {m.melding}", due=m.vandaag)
