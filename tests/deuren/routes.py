"""Every address with the right that opens it and the objects it is about. A route that is not here fails the build.

A line: `"app:naam": Deur(Recht.X, {"sleutel": JONGERE})`. `objecten` says for each part of the address from which
table its key comes; `vast` gives the other parts; `vragen` are query strings under which the page also stands, in
which `{achternaam}` is replaced; `alleen_post` where reading does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from routekaart.toegang.rechten import Recht

Bereik = Literal["jongere", "regio", "school"]

JONGERE = "personen.Jongere"
WERKPROCES = "dossiers.Werkproces"
MELDING = "meldingen.Melding"


@dataclass(frozen=True)
class Deur:
    """One address. `recht` None: open to everybody; `aangemeld`: to everybody who has signed in."""

    recht: Recht | None
    objecten: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, Any] = field(default_factory=dict)
    vragen: tuple[str, ...] = ()
    alleen_post: bool = False
    # the form chooses something that exists: without a choice there is nothing (404)
    kiest: bool = False
    aangemeld: bool = False
    # the right that sending the form needs, where looking needs less
    doen: Recht | None = None
    # what decides who reaches the object: the scope of the jongere, the regio, or the school that reported
    bereik: Bereik = "jongere"


OPENBAAR: dict[str, Deur] = {
    "gezond:levend": Deur(None),
    "gezond:klaar": Deur(None),
    "account_login": Deur(None),
    "account_inactive": Deur(None),
    "account_reset_password": Deur(None),
    "account_reset_password_done": Deur(None),
    "account_reset_password_from_key": Deur(None, vast={"uidb36": "1", "key": "set-password"}),
    "account_reset_password_from_key_done": Deur(None),
    # who has already left is sent on to the page to sign in
    "account_logout": Deur(None),
}

AANGEMELD: dict[str, Deur] = {
    "account_change_password": Deur(None, aangemeld=True),
    "account_reauthenticate": Deur(None, aangemeld=True),
}

DOSSIER: dict[str, Deur] = {
    "dossiers:overzicht": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "dossiers:route": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, vragen=("?aandacht=3",)),
    "dossiers:over-de-route": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "dossiers:doelgroep": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:netwerk": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "dossiers:geschiedenis": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "loopbaan:loopbaan": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, vragen=("?toon=alles&tabel=alles",)),
    "loopbaan:werk": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "loopbaan:hulp": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "loopbaan:vaststelling": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:contact": Deur(
        Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, vragen=("?met=school&kanaal=telefoon",), doen=Recht.DOSSIER_WERKEN
    ),
    "dossiers:geen-gehoor": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}, alleen_post=True),
    "dossiers:contact-intrekken": Deur(
        Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "contact": "dossiers.Contactmoment"}, alleen_post=True
    ),
    "dossiers:dossieronderzoek": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:stap-overslaan": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}, {"nummer": 2}),
    "dossiers:stap-heropenen": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}, {"nummer": 1}),
    "dossiers:fase-opnieuw": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:toewijzen": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:heropenen": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:aantekening": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:contactgegevens": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:brp-terugmelden": Deur(Recht.BRP_MELDEN, {"sleutel": JONGERE}),
    "dossiers:verzorger-nieuw": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:verzorger": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "verzorger": "personen.Verzorger"}),
    "dossiers:betrokkene-nieuw": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "dossiers:betrokkene": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "betrokkene": "netwerk.Betrokkene"}),
}

BEHEER: dict[str, Deur] = {
    "beheer:componenten": Deur(Recht.COMPONENTEN),
    "beheer:instellingen": Deur(Recht.BEHEER),
    "beheer:instelling": Deur(Recht.BEHEER, vast={"code": "signaal_jib_van"}),
    "beheer:logboek": Deur(Recht.LOGBOEK, vragen=("?soort=lezen", "?van=niets", "?dossier=x")),
}

WERKPLEK: dict[str, Deur] = {
    # the first page is everybody's: who has no work list is sent on to a page of their own
    "werkplek:werkvoorraad": Deur(
        Recht.EIGEN_ACCOUNT,
        vragen=(
            "?toon=te-laat", "?toon=meldingen", "?toon=week", "?toon=later", "?toon=wacht-jongere",
            "?toon=wacht-partner", "?toon=wacht-melder", "?voor=team", "?voor=administratie",
        ),
    ),
    "werkplek:zoeken": Deur(Recht.DOSSIER_ZIEN, vragen=("?q={achternaam}", "?q=4-3-2007", "?q=2026-000001")),
    "werkplek:jongeren": Deur(
        Recht.DOSSIER_ZIEN, vragen=("?stand=afgesloten", "?stand=zonder", "?behandelaar=geen", "?plaats=f1&school=roc")
    ),
    "werkplek:doelgroepwijzer": Deur(Recht.WIJZER),
}  # fmt: skip
UITLEG: dict[str, Deur] = {
    "werkplek:hulp": Deur(None),
    "werkplek:toegankelijkheid": Deur(None),
    "werkplek:wat-wij-vastleggen": Deur(None),
}
OPENBAAR |= UITLEG

MELDINGEN: dict[str, Deur] = {
    "meldingen:lijst": Deur(
        Recht.MELDINGEN_ZIEN,
        vragen=("?toon=wacht", "?toon=beoordeeld", "?volgorde=nieuwste", "?kanaal=A.II"),
    ),
    "meldingen:nieuw": Deur(Recht.MELDINGEN_AANNEMEN),
    "meldingen:melding": Deur(Recht.MELDINGEN_ZIEN, {"sleutel": MELDING}),
    "meldingen:aanvullen": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}),
    "meldingen:vragen": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}, alleen_post=True),
    "meldingen:wie": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}, vragen=("?q={achternaam}",)),
    "meldingen:koppelen": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}, alleen_post=True, kiest=True),
    "meldingen:nieuwe-jongere": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}, alleen_post=True),
    "meldingen:oordeel": Deur(Recht.MELDINGEN_BEOORDELEN, {"sleutel": MELDING}, {"weg": "ja"}),
    "meldingen:verhuizen": Deur(Recht.MELDINGEN_AANNEMEN, {"sleutel": MELDING}, alleen_post=True),
    "meldingen:sluiten": Deur(Recht.MELDINGEN_BEOORDELEN, {"sleutel": MELDING}),
    "werkplek:afhandelen": Deur(Recht.MELDINGEN_BEOORDELEN, {"sleutel": MELDING}),
    "werkplek:afhandelen-gevolg": Deur(Recht.MELDINGEN_BEOORDELEN, {"sleutel": MELDING}),
}

BEGELEIDING: dict[str, Deur] = {
    "delen:delen": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "delen:toestemming": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "delen:intrekken": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "toestemming": "delen.Toestemming"}),
    "correspondentie:brieven": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}),
    "correspondentie:brief-schrijven": Deur(
        Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}, {"sjabloon": "uitnodiging-jongere"}
    ),
    "correspondentie:versturen": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "brief": "correspondentie.Brief"}),
    "correspondentie:document": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE, "document": "dossiers.Document"}),
    "samenwerking:terugkoppelen": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:intake": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:intake-plannen": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "begeleiding:leefdomeinen": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:leefdomeinen-besproken": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}, alleen_post=True),
    "begeleiding:big5": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:privacy": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:inzicht": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:plan": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:regie": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "begeleiding:afspraak-gedaan": Deur(
        Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "afspraak": "begeleiding.Afspraak"}, alleen_post=True
    ),
    "begeleiding:uitvoering": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:start-verzetten": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE, "traject": "begeleiding.Traject"}),
    "begeleiding:voortgang": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:afsluiten": Deur(Recht.DOSSIER_WERKEN, {"sleutel": JONGERE}),
    "begeleiding:gevolg": Deur(Recht.DOSSIER_WERKEN, {"werkproces": WERKPROCES}),
    "begeleiding:nazorg": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:evaluatie": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
    "begeleiding:in-beeld": Deur(Recht.DOSSIER_ZIEN, {"sleutel": JONGERE}, doen=Recht.DOSSIER_WERKEN),
}

DUBBEL: dict[str, str] = {"sleutel": "personen.Dubbel"}
PERSONEN: dict[str, Deur] = {
    "personen:dubbelen": Deur(Recht.PERSONEN, vragen=("?toon=verschillend",)),
    "personen:zoeken": Deur(Recht.PERSONEN, alleen_post=True),
    "personen:dubbel": Deur(Recht.PERSONEN, DUBBEL),
    "personen:verschillend": Deur(Recht.PERSONEN, DUBBEL, alleen_post=True),
    "personen:tweede": Deur(Recht.PERSONEN, {"sleutel": JONGERE}),
    "personen:samengevoegd": Deur(Recht.PERSONEN, vragen=("?pagina=2",)),
    "personen:samenvoeging": Deur(Recht.PERSONEN, {"sleutel": "personen.Samenvoeging"}),
    "personen:terugmeldingen": Deur(Recht.PERSONEN),
    "personen:terugmelding": Deur(Recht.PERSONEN, {"sleutel": "personen.BrpTerugmelding"}, alleen_post=True),
}

LEVERING: dict[str, str] = {"sleutel": "leveringen.Levering"}
KOPPELING: dict[str, str] = {"sleutel": "leveringen.Kolomkoppeling"}
UITWISSELING: dict[str, str] = {"sleutel": "leveringen.Uitwisseling"}
VERMISSING: dict[str, str] = {**LEVERING, "vermissing": "leveringen.Vermissing"}
UITVALRIJ: dict[str, str] = {**LEVERING, "rij": "leveringen.Uitvalrij"}
LEVERINGEN: dict[str, Deur] = {
    "leveringen:lijst": Deur(Recht.LEVERINGEN, vragen=("?soort=duo-verzuim",)),
    "leveringen:inlezen": Deur(Recht.LEVERINGEN),
    "leveringen:terugmelden": Deur(Recht.LEVERINGEN),
    "leveringen:terugmelding": Deur(Recht.LEVERINGEN, {"sleutel": "leveringen.Terugmelding"}, bereik="regio"),
    "leveringen:levering": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", vragen=("?kolom=achternaam",)),
    "leveringen:levering-inlezen": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", alleen_post=True),
    "leveringen:levering-verwerpen": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", alleen_post=True),
    "leveringen:uitval": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", vragen=("?vorm=xlsx",)),
    "leveringen:bestand": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio"),
    "leveringen:wijzigingen": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", vragen=("?toon=weg", "?toon=gewijzigd")),
    "leveringen:vermist": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", vragen=("?toon=klaar",)),
    "leveringen:vermissing": Deur(Recht.LEVERINGEN, VERMISSING),
    "leveringen:voortgang": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio"),
    "leveringen:stoppen": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", alleen_post=True),
    "leveringen:koppelen": Deur(Recht.LEVERINGEN, LEVERING, bereik="regio", vragen=("?soort=diplomas",)),
    "leveringen:koppelingen": Deur(Recht.LEVERINGEN),
    "leveringen:scholen": Deur(Recht.LEVERINGEN, vragen=("?toon=alle", "?toon=alle&q=roc")),
    "leveringen:koppeling-stoppen": Deur(Recht.LEVERINGEN, KOPPELING, bereik="regio", alleen_post=True),
    "leveringen:uitwisselen": Deur(Recht.LEVERINGEN),
    "leveringen:uitwisseling-nieuw": Deur(Recht.LEVERINGEN, vragen=("?soort=brp", "?soort=diplomas")),
    "leveringen:uitwisseling": Deur(
        Recht.LEVERINGEN,
        UITWISSELING,
        bereik="regio",
        vragen=("?gemeenten=9101&wie=lopend", "?gemeenten=9101&wie=alle&van=1-1-2020"),
    ),
    "leveringen:uitwisseling-maken": Deur(Recht.LEVERINGEN, UITWISSELING, bereik="regio", alleen_post=True),
    "leveringen:uitwisseling-stoppen": Deur(Recht.LEVERINGEN, UITWISSELING, bereik="regio", alleen_post=True),
    "leveringen:rij": Deur(Recht.LEVERINGEN, UITVALRIJ, bereik="regio"),
    "leveringen:rijgroep": Deur(Recht.LEVERINGEN, UITVALRIJ, bereik="regio"),
    "leveringen:rij-terug": Deur(Recht.LEVERINGEN, UITVALRIJ, bereik="regio", alleen_post=True),
}

SIGNALEN: dict[str, Deur] = {
    "signalen:lijst": Deur(
        Recht.SIGNALEN_ZIEN,
        vragen=("?soort=thuiszitter", "?soort=thuiszitter&toon=weggelegd", "?soort=vsv-oud&toon=mijn&gemeente=9101"),
    ),
    "signalen:signaal": Deur(Recht.SIGNALEN_ZIEN, {"sleutel": "signalen.Signaal"}, doen=Recht.SIGNALEN_WERKEN),
    "signalen:selectie": Deur(Recht.SIGNALEN_WERKEN, alleen_post=True),
    "signalen:onderzoek": Deur(Recht.SIGNALEN_ZIEN, doen=Recht.SIGNALEN_WERKEN),
    "signalen:duo-vsv": Deur(
        Recht.SIGNALEN_ZIEN, vragen=("?toon=alleen-ons", "?lijst=2025-2026:A01&toon=beide&gemeente=9101")
    ),
    "signalen:duo-vsv-melden": Deur(Recht.MELDINGEN_AANNEMEN, alleen_post=True),
    "signalen:oud": Deur(Recht.SIGNALEN_ZIEN, vragen=("?toon=over-tijd", "?toon=zonder-regie", "?toon=herbeoordeling")),
    "signalen:overleg": Deur(Recht.DOSSIER_WERKEN, alleen_post=True),
    "signalen:overleglijst": Deur(Recht.DOSSIER_WERKEN, {"sleutel": "delen.Verstrekking"}),
    "signalen:jikp": Deur(
        Recht.SIGNALEN_ZIEN, vragen=("?herkomst=vso&aandacht=extra", "?toon=te-laat&pagina=2", "?bestemming=werk")
    ),
    "signalen:jikp-portaal": Deur(
        Recht.SIGNALEN_ZIEN, vragen=("?toon=alleen-ons", "?toon=anders", "?lijst=2025-2026&toon=gelijk&gemeente=9101")
    ),
    "signalen:jikp-portaal-melden": Deur(Recht.MELDINGEN_AANNEMEN, alleen_post=True),
    "signalen:zoeken": Deur(Recht.SIGNALEN_ZOEKEN),
    "signalen:controles": Deur(Recht.SIGNALEN_ZIEN),
    "signalen:instroom": Deur(Recht.TOEWIJZEN),
}

SCHOOL: dict[str, str] = {"sleutel": "loopbaan.Instelling"}
SCHOLEN: dict[str, Deur] = {
    "signalen:scholen": Deur(
        Recht.SCHOLEN_TELLEN, vragen=("?toon=alle&schooljaar=2026-2027&sorteer=naam", "?sorteer=dagen&pagina=2")
    ),
    "signalen:school": Deur(
        Recht.SIGNALEN_ZIEN, SCHOOL, vragen=("?toon=zonder", "?toon=ontvangen&schooljaar=2026-2027", "?vorm=druk")
    ),
    "signalen:schoolgesprek": Deur(Recht.SCHOLEN_BESPREKEN, SCHOOL, alleen_post=True),
    "signalen:schoolinspectie": Deur(Recht.SCHOLEN_INSPECTIE, SCHOOL, alleen_post=True),
    "signalen:schoolgesprek-intrekken": Deur(
        Recht.SCHOLEN_BESPREKEN, {**SCHOOL, "gesprek": "signalen.Schoolgesprek"}, alleen_post=True
    ),
}

LIJSTVRAAG: dict[str, str] = {**SCHOOL, "vraag": "signalen.Lijstvraag"}
SCREENING: dict[str, Deur] = {
    "signalen:screening": Deur(Recht.SIGNALEN_ZIEN, vragen=("?vorm=druk", "?vorm=csv&schooljaar=2025-2026")),
    "signalen:screening-jongeren": Deur(
        Recht.SIGNALEN_ZIEN,
        vragen=("?stap=te-doen&wie=mij", "?toon=gemist-open&gemeente=9101", "?vorm=csv", "?vorm=xlsx"),
    ),
    "signalen:screening-school": Deur(Recht.SIGNALEN_ZIEN, SCHOOL, vragen=("?vorm=druk", "?stap=enquete")),
    "signalen:screening-lijstvraag": Deur(Recht.SIGNALEN_WERKEN, SCHOOL, alleen_post=True),
    "signalen:screening-lijstvraag-intrekken": Deur(Recht.SIGNALEN_WERKEN, LIJSTVRAAG, alleen_post=True),
    "signalen:screening-selectie": Deur(Recht.SIGNALEN_WERKEN, alleen_post=True),
    "signalen:screening-antwoorden": Deur(Recht.SIGNALEN_WERKEN),
    "signalen:screening-stapel": Deur(Recht.SIGNALEN_WERKEN, {"stapel": "signalen.Enquetestapel"}),
    "signalen:screening-stapel-pdf": Deur(Recht.SIGNALEN_WERKEN, {"stapel": "signalen.Enquetestapel"}),
    "signalen:screening-jongere": Deur(
        Recht.SIGNALEN_ZIEN, {"sleutel": JONGERE}, vragen=("?waarom=ja",), doen=Recht.SIGNALEN_WERKEN
    ),
    "signalen:screening-intrekken": Deur(
        Recht.SIGNALEN_WERKEN, {"sleutel": JONGERE, "feit": "signalen.Screeningsfeit"}, alleen_post=True
    ),
}

PORTAAL: dict[str, Deur] = {
    "portaal:meldingen": Deur(Recht.PORTAAL_SCHOOL, vragen=("?stand=u", "?stand=open", "?stand=klaar")),
    "portaal:melden": Deur(Recht.PORTAAL_SCHOOL),
    "portaal:spiegel": Deur(Recht.PORTAAL_SCHOOL),
    "portaal:vertrek": Deur(Recht.PORTAAL_SCHOOL, vragen=("?stand=klaar", "?stand=open&pagina=x")),
    "portaal:vertrek-leerling": Deur(Recht.PORTAAL_SCHOOL, {"sleutel": "signalen.Vertrekker"}, bereik="school"),
    "portaal:ontvangen": Deur(Recht.PORTAAL_SCHOOL, {"sleutel": MELDING}, bereik="school"),
    "portaal:aanvullen": Deur(Recht.PORTAAL_SCHOOL, {"sleutel": MELDING}, bereik="school"),
}

ROUTES: dict[str, Deur] = (
    OPENBAAR
    | AANGEMELD
    | WERKPLEK
    | MELDINGEN
    | DOSSIER
    | PERSONEN
    | BEGELEIDING
    | LEVERINGEN
    | SIGNALEN
    | SCHOLEN
    | SCREENING
    | PORTAAL
    | BEHEER
)
