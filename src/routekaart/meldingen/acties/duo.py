"""Meldingen of the DUO-verzuimloket: new ones, later versions, withdrawn ones (MEL-03; contracten.md, section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from django.db import IntegrityError, transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties.ontvangst import bewaar_verzuim, ontvang_melding
from routekaart.meldingen.gegevens import DuoMelding, Informatie, Melder, Opgave
from routekaart.meldingen.handeling import Meldinghandeling, meldinghandeling
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from routekaart.meldingen.versies import Inhoud, geldend, vingerafdruk
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang

KANAAL = "A.I"
_VERSIES = "versies van een melding die al bereikt is"
# what the school writes, and where it stands with us: a colleague may have added to these
TEKSTEN = {"reden": "reden", "ondernomen_actie": "partneracties", "gewenste_actie": "verwachte_inzet"}
# what only the school says: the version that holds says it
VELDEN = {
    "soort": "soort", "berichtcode": "berichtcode", "begindatum": "begindatum", "einddatum": "einddatum",
    "prioriteit": "prioriteit", "contact_naam": "melder_naam", "contact_functie": "melder_functie",
    "contact_telefoon": "melder_telefoon", "contact_email": "melder_email", "telefoon_deelnemer": "opgegeven_telefoon",
    "verblijfadres": "opgegeven_adres", "postcode": "opgegeven_postcode", "gemeld_op": "duo_gemeld_op",
}  # fmt: skip
# who it is about, as the last version says that names somebody
NAMEN = ("achternaam", "voorvoegsel", "voornamen", "geboortedatum", "geslacht")
OVERIG = ("alle_lessen_gemist", "leslocatie", "opleiding", "niveau", "leerweg", "startkwalificatie")

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
        with meldinghandeling(melding, "melding.ingetrokken", toegang=toegang, nu=nu) as m:
            _trek_in(m)
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
    if jongere is not None and melding.jongere_id not in (None, jongere.pk):
        raise Geweigerd("Deze melding gaat bij ons over iemand anders. Kijk welke van de twee klopt.", veld="pgn")
    nieuw = _komt_te_gelden(inhoud, versies)
    if nieuw is None:
        with transaction.atomic():
            _bewaar_versie(melding, duo, nu=nu, levering_id=levering_id)
            _schrijf_gevolgen(melding, [*versies, inhoud])
        return "ongewijzigd"
    code = "melding.ingetrokken" if nieuw["status"] == "ingetrokken" else "melding.gewijzigd"
    try:
        with meldinghandeling(melding, code, toegang=toegang, nu=nu) as m:
            versies = _versies(m.melding)
            nieuw = _komt_te_gelden(inhoud, versies)
            if nieuw is None:
                raise _Verouderd
            _bewaar_versie(m.melding, duo, nu=nu, levering_id=levering_id)
            vorige = geldend(versies) if versies else {}
            _neem_over(m.melding, DuoMelding.van_gegevens(nieuw), vorige, levering_id=levering_id)
            _schrijf_gevolgen(m.melding, [*versies, inhoud])
            if nieuw["status"] == "ingetrokken":
                _trek_in(m)
            else:
                _meld_wijziging(m)
    except _Verouderd:
        return werk_melding_bij(melding, duo, jongere=jongere, toegang=toegang, nu=nu, levering_id=levering_id)
    return "gewijzigd"


class _Verouderd(Exception):
    """Another delivery brought a newer version between reading and locking."""


def _komt_te_gelden(inhoud: Inhoud, versies: Sequence[Inhoud]) -> Inhoud | None:
    """What holds now that this version came, where that is not what held before."""
    nieuw = geldend([*versies, inhoud])
    return nieuw if not versies or nieuw != geldend(versies) else None


def _versies(melding: Melding) -> list[dict[str, Any]]:
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


def _neem_over(melding: Melding, duo: DuoMelding, vorige: Inhoud, *, levering_id: int | None) -> None:
    velden: dict[str, Any] = {hier: getattr(duo, daar) for daar, hier in VELDEN.items()}
    for daar, hier in TEKSTEN.items():
        wordt, was, staat = getattr(duo, daar), vorige.get(daar, ""), getattr(melding, hier)
        velden[hier] = wordt if staat == was else _voeg_toe(staat, wordt, was)
    velden |= {"overig": {naam: getattr(duo, naam) for naam in OVERIG}, "levering_id": levering_id}
    instelling = Instelling.objects.filter(brin=duo.brin).first() if duo.brin else None
    if instelling is not None and instelling.pk != melding.instelling_id:
        velden |= {"instelling": instelling, "melder_organisatie": instelling.naam}
    for naam, waarde in velden.items():
        setattr(melding, naam, waarde)
    melding.versie += 1
    melding.save(update_fields=[*velden, "versie", "updated"])
    bewaar_verzuim(melding, duo.uren)


def _schrijf_gevolgen(melding: Melding, versies: Sequence[Inhoud]) -> None:
    """What follows from all versions together: the number that goes back to DUO, the name, and days that were
    reported once and are not any more (0 minutes).
    """
    velden: dict[str, Any] = {"duo_versie": geldend(versies)["versie"] or max(v["versie"] or 0 for v in versies)}
    genoemd = [inhoud for inhoud in versies if inhoud["achternaam"]]
    staat = {naam: getattr(melding, f"opgegeven_{naam}") for naam in NAMEN}
    # a name that no version ever said was put right by a colleague
    if genoemd and (not staat["achternaam"] or any(staat.items() <= inhoud.items() for inhoud in versies)):
        laatst = geldend(genoemd)
        velden |= {f"opgegeven_{naam}": laatst[naam] for naam in NAMEN}
    anders = [naam for naam, waarde in velden.items() if getattr(melding, naam) != waarde]
    for naam in anders:
        setattr(melding, naam, velden[naam])
    if anders:
        melding.save(update_fields=[*anders, "updated"])
    dagen = {dag for inhoud in versies for dag, *_ in inhoud["uren"]}
    Verzuimregel.objects.bulk_create(
        [Verzuimregel(melding=melding, datum=dt.date.fromisoformat(dag), minuten=0) for dag in sorted(dagen)],
        ignore_conflicts=True,
    )


def _voeg_toe(staat: str, wordt: str, was: str) -> str:
    """The text of a colleague, with the new words of the school under it where there are any."""
    return staat if wordt in ("", was) else f"{staat}\n{wordt}"


def _trek_in(m: Meldinghandeling) -> None:
    """The school takes the melding back. What was done stays; a colleague decides whether the werkproces can end."""
    m.bewaar(ingetrokken_op=m.nu, stand=Melding.Stand.INGETROKKEN)
    if m.in_werkproces is not None:
        wat = "School trok de melding in. Kijk of je kunt afsluiten."
        m.taak("melding", soort="melding", wat=wat, waarom=f"Melding {m.melding}", due=m.vandaag)


def _meld_wijziging(m: Meldinghandeling) -> None:
    """A new version: a melding that was withdrawn is back; one that was judged gets a task to read it again."""
    if m.melding.ingetrokken_op is not None:
        stand = Melding.Stand.BEOORDEELD if m.melding.oordeel else Melding.Stand.TE_BEOORDELEN
        m.bewaar(ingetrokken_op=None, stand=stand)
    if m.melding.oordeel and m.in_werkproces is not None:
        wat = "School wijzigde de melding. Lees wat er anders is."
        m.taak("melding", soort="melding", wat=wat, waarom=f"Melding {m.melding}", due=m.vandaag)
