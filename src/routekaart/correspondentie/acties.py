"""Writing a letter and marking it as sent. What a letter may hold is decided here, for every path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.correspondentie.models import Brief
from routekaart.correspondentie.pdf import Afzender, Briefbeeld, maak_pdf
from routekaart.dossiers.documenten import bewaar_document
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Contactmoment, Document, Werkproces
from routekaart.inhoud import brieven
from routekaart.inhoud.brieven import PLAATSHOUDERS, Briefsjabloon
from routekaart.personen.models import Jongere, Verzorger
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Gebruiker, Team

_BINNEN = "via een werkproces dat al binnen bereik is"
NIETS_OVER = "In deze brief staat niets over de jongere."
# letters that are part of another act, and where that is
ELDERS = {
    "terugkoppelen": "Deze brief maak je op de pagina Terugkoppelen. Dan staat ook vast wat je deelde.",
    "screening": "Deze brief maak je in de screening. Dan staat ook vast dat de enquête weg is.",
}
# letters that seek contact: sending one counts as an attempt
ZOEKT_CONTACT = frozenset({"uitnodiging-jongere", "aankondiging-huisbezoek", "niet-thuis", "afsluiting-geen-contact"})


@dataclass(frozen=True, slots=True)
class Opgesteld:
    """A letter that was checked and made, and is not stored yet."""

    sjabloon: Briefsjabloon
    aan: str
    adres: str
    onderwerp: str
    tekst: str
    pdf: bytes
    beeld: Briefbeeld


def afzender(werkproces: Werkproces, *, toegang: Toegang) -> Afzender:
    """Who writes about this werkproces. A colleague without a number or address uses that of the team."""
    return afzender_van(werkproces.team, regio=werkproces.regio.naam, toegang=toegang)


def afzender_van(team: Team | None, *, regio: str, toegang: Toegang) -> Afzender:
    """Who writes for this team. A colleague without a number or address of their own uses that of the team."""
    gebruiker = Gebruiker.objects.filter(pk=toegang.gebruiker_id).first()
    return Afzender(
        naam=gebruiker.naam if gebruiker else toegang.naam,
        functie=(gebruiker.functie if gebruiker else "") or "medewerker",
        telefoon=(gebruiker.telefoon if gebruiker else "") or (team.telefoon if team else ""),
        email=(gebruiker.email if gebruiker else "") or (team.email if team else ""),
        team=team.naam if team else "Doorstroompunt",
        regio=regio,
    )


def waarden(
    sjabloon: Briefsjabloon, jongere: Jongere, wie: Afzender, *, aan: str = "", extra: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What the placeholders of this letter stand for. For a letter to parents nothing about the jongere is in it."""
    alle = {
        "aan": aan,
        "voornaam": jongere.aanspreeknaam or jongere.naam,
        "naam": jongere.naam,
        "collega": wie.naam,
        "functie": wie.functie,
        "telefoon": wie.telefoon,
        "email": wie.email,
        "team": wie.team,
    } | dict(extra or {})
    return {naam: waarde for naam, waarde in alle.items() if naam in PLAATSHOUDERS and sjabloon.mag(naam)}


def mogelijke_verzorgers(jongere: Jongere, *, op: dt.date, toegang: Toegang) -> list[Verzorger]:
    """The parents or carers with whom the jongere lives on that day: only they get the general letter (CON-03)."""
    rijen = Verzorger.objects.voor(toegang).filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
    return list(rijen.filter(jongere=jongere, thuis=True).order_by("naam", "pk"))


def stel_op(
    werkproces: Werkproces,
    *,
    sjabloon: str,
    aan: str,
    adres: str,
    onderwerp: str,
    tekst: str,
    gegevens: Mapping[str, str],
    toegang: Toegang,
    nu: dt.datetime,
) -> Opgesteld:
    """Fills the letter in, checks what stands in it and makes the PDF. Changes nothing; raises Geweigerd."""
    return stel_op_aan(
        werkproces.jongere, wie=afzender(werkproces, toegang=toegang), nummer=werkproces.nummer or "",
        sjabloon=sjabloon, aan=aan, adres=adres, onderwerp=onderwerp, tekst=tekst, gegevens=gegevens, toegang=toegang,
        nu=nu,
    )  # fmt: skip


def stel_op_aan(
    jongere: Jongere,
    *,
    wie: Afzender,
    nummer: str = "",
    sjabloon: str,
    aan: str,
    adres: str,
    onderwerp: str,
    tekst: str,
    gegevens: Mapping[str, str],
    toegang: Toegang,
    nu: dt.datetime,
) -> Opgesteld:
    """A letter about somebody, with or without a werkproces (`nummer`). Changes nothing; raises Geweigerd."""
    vorm = brieven.brief(sjabloon)
    vandaag = timezone.localdate(nu)
    if jongere.overleden_op is not None and jongere.overleden_op <= vandaag:
        raise Geweigerd(f"{jongere.naam} is overleden. Er gaat geen brief meer uit.")
    if not aan.strip():
        raise Geweigerd("Schrijf op aan wie de brief is.", veld="aan")
    if vorm.voorwaarde == "thuiswonend":
        _eis_thuiswonend(jongere, aan, op=vandaag, toegang=toegang)
    invulling = waarden(vorm, jongere, wie, aan=aan.strip(), extra=gegevens)
    _eis_ingevuld(vorm, onderwerp, invulling, veld="onderwerp")
    _eis_ingevuld(vorm, tekst, invulling, veld="tekst")
    klaar_onderwerp, klare_tekst = brieven.vul(onderwerp, invulling).strip(), brieven.vul(tekst, invulling).strip()
    if not vorm.mag_persoonlijk:
        _eis_niets_over(jongere, nummer, f"{klaar_onderwerp}\n{klare_tekst}", behalve=aan)
    if vorm.ontvanger in {"school", "partner"}:
        _eis_zonder_adres(jongere, f"{adres}\n{klaar_onderwerp}\n{klare_tekst}")
    beeld = Briefbeeld(
        afzender=wie,
        adressering=(aan.strip(), *[regel.strip() for regel in adres.splitlines() if regel.strip()]),
        datum=taal.datum_voluit(vandaag),
        onderwerp=klaar_onderwerp,
        tekst=klare_tekst,
        voet=" · ".join(deel for deel in (wie.team, wie.telefoon, wie.email) if deel),
        handtekening=vorm.handtekening,
        strook=vorm.strook,
    )
    return Opgesteld(vorm, aan.strip(), adres.strip(), klaar_onderwerp, klare_tekst, maak_pdf(beeld, nu=nu), beeld)


def bewaar_los(jongere: Jongere, brief: Opgesteld, *, op: dt.date, door_id: int | None) -> Document:
    """Stores the PDF of a letter to somebody without a werkproces, within an act."""
    return bewaar_document(jongere, soort="brief", naam=_naam(brief, op), inhoud=brief.pdf, op=op, door_id=door_id)


def _naam(brief: Opgesteld, op: dt.date) -> str:
    return f"{brief.sjabloon.naam}, {taal.datum_voluit(op)}"


def bewaar(h: Handeling, brief: Opgesteld, *, kanaal: str = "brief", verzonden: bool = False) -> Brief:
    """Stores a letter with its PDF, within an act."""
    document = bewaar_document(
        h.werkproces.jongere,
        werkproces=h.werkproces,
        soort="brief",
        naam=_naam(brief, h.vandaag),
        inhoud=brief.pdf,
        op=h.vandaag,
        door_id=h.door_id,
    )
    return Brief.objects.create(
        werkproces=h.werkproces,
        sjabloon=brief.sjabloon.code,
        sjabloon_versie=brief.sjabloon.versie,
        aan=brief.aan[:160],
        soort_ontvanger=brief.sjabloon.ontvanger,
        adres=brief.adres[:240],
        kanaal=kanaal,
        onderwerp=brief.onderwerp[:160],
        tekst=brief.tekst,
        document=document,
        verzonden_op=h.nu if verzonden else None,
        door_id=h.door_id,
    )


def maak_brief(
    werkproces: Werkproces,
    *,
    sjabloon: str,
    aan: str,
    adres: str = "",
    onderwerp: str,
    tekst: str,
    gegevens: Mapping[str, str] | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Brief:
    """Makes a letter and its PDF. It is not sent yet: that is `markeer_verstuurd`.

    A letter that belongs to another act (the feedback to a school) is refused here: it would go out unrecorded.
    """
    if via := brieven.brief(sjabloon).via:
        raise Geweigerd(ELDERS[via])
    opgesteld = stel_op(
        werkproces, sjabloon=sjabloon, aan=aan, adres=adres, onderwerp=onderwerp, tekst=tekst,
        gegevens=gegevens or {}, toegang=toegang, nu=nu,
    )  # fmt: skip
    with handeling(werkproces, "brief.gemaakt", toegang=toegang, nu=nu, inhoud={"sjabloon": sjabloon}) as h:
        brief = bewaar(h, opgesteld)
        h.inhoud["brief"] = str(brief.sleutel)
    return brief


def markeer_verstuurd(brief: Brief, *, toegang: Toegang, nu: dt.datetime) -> None:
    """The letter is on its way; what seeks contact counts as an attempt. Refuses a letter that was sent already."""
    with handeling(brief.werkproces, "brief.verstuurd", toegang=toegang, nu=nu) as h:
        rij = Brief.objects.alles(reden=_BINNEN).filter(pk=brief.pk, verzonden_op__isnull=True)
        if not rij.update(verzonden_op=nu):
            raise Geweigerd("Deze brief is al verstuurd.")
        h.inhoud.update(brief=str(brief.sleutel), sjabloon=brief.sjabloon)
        if brief.sjabloon in ZOEKT_CONTACT and h.werkproces.open:
            naam = brieven.brief(brief.sjabloon).naam if brief.sjabloon in brieven.codes() else brief.onderwerp
            contact = Contactmoment.objects.create(
                werkproces=h.werkproces,
                met=brief.soort_ontvanger,
                met_naam=brief.aan[:120],
                kanaal="brief",
                moment=nu,
                verslag=f"Verstuurd: {naam.lower()}",
                door_id=h.door_id,
            )
            h.feit("contact.poging", herkomst=contact, toelichting=naam)
    brief.refresh_from_db(fields=["verzonden_op"])


def _eis_ingevuld(vorm: Briefsjabloon, tekst: str, invulling: Mapping[str, str], *, veld: str) -> None:
    if not tekst.strip():
        zin = "Er staat nog niets in de brief." if veld == "tekst" else "Geef de brief een onderwerp."
        raise Geweigerd(zin, veld=veld)
    if vreemd := brieven.onbekende(tekst):
        raise Geweigerd(f"Dit kunnen we niet invullen: {_haakjes(vreemd)}.", veld=veld)
    if te_veel := [naam for naam in brieven.PLAATSHOUDER.findall(tekst) if not vorm.mag(naam)]:
        raise Geweigerd(f"{NIETS_OVER} Haal {_haakjes(te_veel)} weg.", veld=veld)
    if leeg := brieven.leeg(tekst, invulling):
        vragen = [naam for naam in leeg if PLAATSHOUDERS[naam].vraag]
        wat = taal.opsomming(PLAATSHOUDERS[naam].wat for naam in vragen or leeg)
        if vragen:
            raise Geweigerd(f"Vul nog in: {wat}.", veld=vragen[0])
        raise Geweigerd(f"Dit weten we niet: {wat}. Typ het zelf in de brief.", veld=veld)


def _haakjes(namen: tuple[str, ...] | list[str]) -> str:
    return taal.opsomming(f"{{{naam}}}" for naam in dict.fromkeys(namen))


def _eis_thuiswonend(jongere: Jongere, aan: str, *, op: dt.date, toegang: Toegang) -> None:
    if aan.strip() not in {verzorger.naam for verzorger in mogelijke_verzorgers(jongere, op=op, toegang=toegang)}:
        raise Geweigerd(
            "Deze brief gaat alleen naar een ouder of verzorger bij wie de jongere nu woont. Kijk bij Netwerk.",
            veld="aan",
        )


def _over(jongere: Jongere, nummer: str) -> dict[str, str]:
    """Everything by which the jongere can be recognised in a text: what it is → the words."""
    geboren = jongere.geboren
    dag = f"{geboren.dag} {taal.MAANDEN[geboren.maand - 1]}" if geboren.dag and geboren.maand else ""
    delen = {
        "de voornaam": jongere.voornamen.split(" ")[0],
        "de roepnaam": jongere.roepnaam,
        "de naam": jongere.naam,
        "de achternaam": jongere.achternaam,
        "de geboortedatum": jongere.geboortedatum,
        "de geboortedag": dag,
        "de straat": jongere.straat,
        "de postcode": jongere.postcode,
        "het verblijfadres": jongere.verblijfadres,
        "het telefoonnummer": jongere.telefoon,
        "het e-mailadres": jongere.email,
        "het nummer van het werkproces": nummer,
    }
    return {wat: woorden for wat, woorden in delen.items() if len(woorden.strip()) > 1}


def _staat_in(woorden: str, tekst: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(woorden.casefold())}(?!\w)", tekst.casefold()) is not None


def _eis_niets_over(jongere: Jongere, nummer: str, tekst: str, *, behalve: str) -> None:
    """Refuses a text with anything of the jongere in it; a surname shared with the receiver may stand in their name."""
    kaal = tekst.replace(behalve.strip(), " ") if behalve.strip() else tekst
    for wat, woorden in _over(jongere, nummer).items():
        if _staat_in(woorden, kaal):
            raise Geweigerd(f"{NIETS_OVER} Nu staat {wat} erin: ‘{woorden}’.", veld="tekst")


def _eis_zonder_adres(jongere: Jongere, tekst: str) -> None:
    """Where the address is secret, it never stands on what goes to others."""
    if not jongere.geheimhouding:
        return
    for woorden in (jongere.straat, jongere.postcode, jongere.verblijfadres):
        if len(woorden.strip()) > 1 and _staat_in(woorden, tekst):
            raise Geweigerd(f"Het adres is geheim. Haal ‘{woorden}’ weg.", veld="tekst")
