"""The acts that are killed, in the order in which one young person meets them. Add yours at its place in a scenario.

A scenario goes on from the one it names in `na`; each act reads what it needs through its `Spel`, for it runs in a
process of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from routekaart.begeleiding.acties import (
    Bericht,
    Bevinding,
    Gesprek,
    NieuwDoel,
    NieuweAfspraak,
    Regiekeuze,
    beleg_regie,
    handel_melding_af,
    heropen_uit_nazorg,
    leg_big5_vast,
    leg_inzicht_vast,
    leg_nazorgmoment_vast,
    rond_afspraak_af,
    verzet_start,
)
from routekaart.begeleiding.acties.leefdomeinen import rond_leefdomeinen_af
from routekaart.begeleiding.models import Traject
from routekaart.correspondentie.acties import maak_brief, markeer_verstuurd
from routekaart.delen.acties import Antwoord, trek_toestemming_in, vraag_toestemming
from routekaart.dossiers import acties as dossier
from routekaart.dossiers.aantekeningen import schrijf_aantekening
from routekaart.inhoud import brieven
from routekaart.loopbaan.acties import leg_hulp_vast, leg_werk_vast, stel_startkwalificatie_vast
from routekaart.meldingen.acties import (
    Afsluiting,
    Informatie,
    Melder,
    Opgave,
    beantwoord,
    draag_over,
    geef_oordeel,
    koppel_jongere,
    koppel_terug_zonder_actie,
    maak_jongere_van_melding,
    ontvang_melding,
    ontvang_over_nieuwe,
    sluit_melding,
    verklaar_onterecht,
    vraag_informatie,
    vul_aan,
)
from routekaart.netwerk.acties import leg_betrokkene_vast, leg_verzorger_vast, wijzig_betrokkene, wijzig_verzorger
from routekaart.personen.acties import maak_jongere, wijzig_contactgegevens
from routekaart.personen.acties_dubbelen import haal_besluit_weg, leg_verschillend_vast, zoek_dubbelen
from routekaart.personen.acties_samenvoegen import maak_ongedaan, voeg_samen
from routekaart.personen.acties_terugmelden import meld_terug, werk_bij
from routekaart.personen.models import Verzorger
from routekaart.samenwerking.acties import koppel_melding_terug
from routekaart.werkplek.herzien import herzie_doelgroep
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG
from tests.schade.handelingen_leveringen import LEVERINGEN
from tests.schade.handelingen_screening import SCREENING
from tests.schade.handelingen_signalen import SIGNALEN
from tests.schade.spel import Doen, Spel, beginstand

LATER = NU + dt.timedelta(minutes=30)
SCHOOL = Melder(soort="school", naam="Karin Slot", functie="mentor")


@dataclass(frozen=True)
class Scenario:
    """Acts by name, after those of another scenario."""

    handelingen: Mapping[str, Doen]
    na: str = ""

    def vooraf(self) -> list[Doen]:
        """Everything that happened before it."""
        if not self.na:
            return []
        eerder = SCENARIOS[self.na]
        return [*eerder.vooraf(), *eerder.handelingen.values()]


# -- meldpunt


def jongere_toevoegen(s: Spel) -> None:
    maak_jongere(
        gemeente=s.jongere.gemeente,
        nummer=fabrieken.test_bsn(99),
        achternaam="Bakker",
        voornamen="Sem",
        geboortedatum="2006-02-03",
        **s.wie,
    )


def werkproces_starten(s: Spel) -> None:
    """As an act frames it: open, and the number as the last statement."""
    with transaction.atomic():
        nieuw = dossier.open_werkproces(
            s.jongere, soort="jikp", route="jikp-volgen", soort_werk="doorstroompunt", op=VANDAAG, **s.wie
        )
        dossier.geef_nummer(nieuw)


def melding_ontvangen(s: Spel) -> None:
    ontvang_melding(
        kanaal="A.II",
        soort="vsv",
        melder=SCHOOL,
        jongere=s.jongere,
        informatie=Informatie(reden="Stage liep vast"),
        **s.wie,
    )


def contact(met: str, resultaat: str = "contact", **meer: Any) -> Doen:
    def doe(s: Spel) -> None:
        dossier.leg_contact_vast(
            s.werkproces, met=met, kanaal="telefoon", moment=s.nu, resultaat=resultaat, **meer, **s.wie
        )

    return doe


def doelgroep(s: Spel) -> None:
    dossier.stel_doelgroep_vast(
        s.werkproces,
        doelgroep="oud-vsv",
        voorstel="nieuwe-vsv",
        uitleg={"reden": "proef"},
        motivatie="Ging vorig schooljaar al van school.",
        **s.wie,
    )


def oordeel(s: Spel) -> None:
    geef_oordeel(
        s.melding,
        directe_actie=True,
        motivatie="School komt er alleen niet meer uit.",
        onvolledig_omdat="De jongere vertelde de rest zelf.",
        **s.wie,
    )


def uitleg(zin: str) -> dict[str, str]:
    return {"motivatie": zin}


MELDPUNT: dict[str, Doen] = {
    "jongere toevoegen": jongere_toevoegen,
    "contactgegevens wijzigen": lambda s: wijzig_contactgegevens(
        s.jongere, versie=s.jongere.versie, velden={"telefoon": "06 12345678"}, begin={"telefoon": ""}, **s.wie
    ),
    "werkproces starten": werkproces_starten,
    "melding ontvangen": melding_ontvangen,
    "informatie vragen": lambda s: vraag_informatie(s.melding, punten=["hulptrajecten", "acties-partners"], **s.wie),
    "informatie krijgen": lambda s: beantwoord(s.melding, antwoorden={"hulptrajecten": "Geen"}, **s.wie),
    "melding aanvullen": lambda s: vul_aan(
        s.melding, velden={"reactie_jongere": "Wil wel praten"}, versie=s.melding.versie, **s.wie
    ),
    "dossieronderzoek": lambda s: dossier.leg_dossieronderzoek_vast(
        s.werkproces, bevinding="Gelezen", op=VANDAAG, **s.wie
    ),
    "contact met school": contact("school"),
    "contact met ketenpartner": contact("ketenpartner"),
    "geen gehoor": contact("jongere", "geen-contact", volgende=NU + dt.timedelta(days=2)),
    "contact intrekken": lambda s: dossier.trek_contact_in(s.contactmoment, **s.wie),
    "contact met jongere": contact("jongere"),
    "oordeel": oordeel,
    "doelgroep": doelgroep,
    "toewijzen": lambda s: dossier.wijs_toe(s.werkproces, behandelaar=s.collega, **s.wie),
    "stap overslaan": lambda s: dossier.sla_stap_over(s.werkproces, stap=4, **uitleg("Vertelde dit al."), **s.wie),
    "stap heropenen": lambda s: dossier.heropen_stap(s.werkproces, stap=4, **uitleg("Er kwam iets bij."), **s.wie),
}

# -- the ends of a melding that needs no action


def handel_af(s: Spel) -> None:
    handel_melding_af(
        s.melding,
        gesprek=Gesprek(met="school", met_naam="Karin Slot", moment=s.nu, verslag="Is er weer elke dag."),
        uitkomst="geen-actie-na-school",
        terugkoppeling=Bericht(kanaal="e-mail", ontvanger="Karin Slot"),
        nazorg_op=VANDAAG + dt.timedelta(days=30),
        **s.wie,
    )


def verzuim_ontvangen(s: Spel) -> None:
    ontvang_melding(kanaal="A.II", soort="16-uur", melder=SCHOOL, jongere=s.jongere, informatie=Informatie(), **s.wie)


ZONDER_ACTIE: dict[str, Doen] = {
    "verzuimmelding ontvangen": verzuim_ontvangen,
    "afhandelen na een gesprek": handel_af,
    "tweede verzuimmelding": verzuim_ontvangen,
    "onterecht": lambda s: verklaar_onterecht(s.melding, motivatie="Was met verlof.", **s.wie),
    "derde verzuimmelding": verzuim_ontvangen,
    "geen actie": lambda s: koppel_terug_zonder_actie(
        s.melding,
        motivatie="School lost het zelf op.",
        afsluiting=Afsluiting(uitkomst="geen-actie-na-school"),
        onvolledig_omdat="School weet genoeg.",
        **s.wie,
    ),
    "vierde verzuimmelding": verzuim_ontvangen,
    "overdragen": lambda s: draag_over(
        s.melding, gemeente=s.gemeente_elders, motivatie="Woont daar sinds kort.", **s.wie
    ),
}

ONDER_18: dict[str, Doen] = {
    "leerling erbij": lambda s: maak_jongere(
        gemeente=s.jongere.gemeente, achternaam="Jansen", geboortedatum="2012-03-04", **s.wie
    ),
    "verzuim van een leerling": verzuim_ontvangen,
    "oordeel over een leerling": lambda s: geef_oordeel(
        s.melding, directe_actie=True, motivatie="Gesprek nodig", onvolledig_omdat="School weet genoeg.", **s.wie
    ),
    "melding sluiten": lambda s: sluit_melding(
        s.melding, afsluiting=Afsluiting(uitkomst="gesprek"), toelichting="Gesproken", **s.wie
    ),
    "melding terugkoppelen": lambda s: koppel_melding_terug(
        s.melding, ontvanger="School", soort="school", kanaal="telefoon", tekst="Er is een gesprek geweest.", **s.wie
    ),
}

# the same act as one that was tried already: only there for what comes after it
AL_BEPROEFD = {
    "leerling erbij",
    "verzuim van een leerling",
    "tweede dossier",
    "tweede verzuimmelding",
    "derde verzuimmelding",
    "vierde verzuimmelding",
}

# -- guidance


def inzicht(punt: str, code: str = "") -> Doen:
    def doe(s: Spel) -> None:
        leg_inzicht_vast(s.werkproces, punt=punt, tekst="Dit weten we", bron="Sem", op=VANDAAG, redencode=code, **s.wie)

    return doe


def nieuw_plan(s: Spel) -> None:
    stappen.plan(
        s.werkproces,
        s.coach,
        versie=s.afspraak.plan.versie,
        doelen=[NieuwDoel("Een dag meelopen"), NieuwDoel("Vroeg naar bed")],
        afspraken=[NieuweAfspraak("Bel het bedrijf", "Coach", VANDAAG + dt.timedelta(days=9), van_ons=True, doel=0)],
        regie=None,
    )


def brief(s: Spel) -> None:
    vorm = brieven.brief("uitnodiging-jongere")
    maak_brief(
        s.werkproces,
        sjabloon="uitnodiging-jongere",
        aan="Sem Bakker",
        onderwerp=vorm.onderwerp,
        tekst=vorm.tekst,
        gegevens={"datum": "dinsdag 24 november", "tijd": "10:00", "plaats": "Markt 1, Veldermeer"},
        **s.wie,
    )


def betrokkene_wijzigen(s: Spel) -> None:
    rij = s.betrokkene
    wijzig_betrokkene(rij, versie=rij.versie, velden={"rol": "studiecoach"}, begin={"rol": rij.rol}, **s.wie)


def stap(doen: Any, **velden: Any) -> Doen:
    return lambda s: doen(s.werkproces, s.coach, **velden)


BEGELEIDING: dict[str, Doen] = {
    "verzorger": lambda s: leg_verzorger_vast(s.jongere, naam="Petra Bakker", van=dt.date(2006, 2, 3), **s.wie),
    "betrokkene": lambda s: leg_betrokkene_vast(s.jongere, naam="Karin Slot", rol="mentor", **s.wie),
    "betrokkene wijzigen": betrokkene_wijzigen,
    "aantekening": lambda s: schrijf_aantekening(
        s.jongere, aard="observatie", tekst="Woont bij haar oma.", op=VANDAAG, **s.wie
    ),
    "brief maken": brief,
    "brief versturen": lambda s: markeer_verstuurd(s.brief, **s.wie),
    "intake plannen": stap(stappen.intake_plannen),
    "intake houden": stap(stappen.intake),
    "leefdomein": stap(stappen.leefdomein),
    "big 5": lambda s: leg_big5_vast(s.werkproces, standen={"wonen": ("ja", "Woont thuis")}, op=VANDAAG, **s.wie),
    "privacygesprek": stap(stappen.privacy),
    "toestemming vragen": lambda s: vraag_toestemming(
        s.werkproces, Antwoord("Werkgever", "stage", True), op=VANDAAG, **s.wie
    ),
    "toestemming intrekken": lambda s: trek_toestemming_in(s.toestemming, op=VANDAAG, **s.wie),
    "inzicht in redenen": inzicht("redenen", "studiekeuze"),
    "inzicht in wat nodig is": inzicht("wat-nodig"),
    "inzicht in eerdere acties": inzicht("eerdere-acties"),
    "inzicht in hulpverlening": inzicht("hulpverlening"),
    "plan maken": stap(stappen.plan),
    "afspraak afronden": lambda s: rond_afspraak_af(s.afspraak, op=VANDAAG, **s.wie),
    "plan herzien": nieuw_plan,
    "regie beleggen": lambda s: beleg_regie(
        s.werkproces,
        Regiekeuze("Marleen Vos", "Wijkteam", gevraagd=True, reden="Kent het gezin"),
        van=VANDAAG,
        versie=s.regie.versie,
        **s.wie,
    ),
    "uitvoering starten": stap(stappen.uitvoering),
    "werk vastleggen": lambda s: leg_werk_vast(
        s.jongere, werkgever="Garage Blom", van=VANDAAG, bron="jongere", **s.wie
    ),
    "hulp vastleggen": lambda s: leg_hulp_vast(
        s.jongere,
        aanbieder="Wijkteam",
        waarvoor="Geldzaken",
        van=VANDAAG,
        bron="jongere",
        met_toestemming=True,
        **s.wie,
    ),
    "startkwalificatie vaststellen": lambda s: stel_startkwalificatie_vast(
        s.jongere, op=VANDAAG, bewijs="Diploma gezien", bron="jongere", **s.wie
    ),
    "voortgang": stap(stappen.voortgang),
    "fase opnieuw": lambda s: dossier.doe_fase_opnieuw(
        s.werkproces, fase=3, **uitleg("Het traject liep vast."), **s.wie
    ),
    "afsluiten": stap(stappen.afsluiten, uitleg=dict.fromkeys(range(4, 11), "Deed hij al in de vorige ronde")),
    "terugkoppelen": stap(stappen.terugkoppelen),
    "nazorg": lambda s: leg_nazorgmoment_vast(
        s.werkproces, Bevinding(gehouden_op=VANDAAG, aan_werk=True, tekst="Gaat goed"), **s.wie
    ),
    "evaluatie": stap(stappen.evalueren),
    "heropenen uit nazorg": lambda s: heropen_uit_nazorg(
        s.werkproces,
        Bevinding(gehouden_op=VANDAAG, aan_werk=False),
        motivatie="Gestopt met werk",
        toegang=s.toegang,
        nu=LATER,
    ),
}

# -- what goes on elsewhere, and who is known only later

SEM = Opgave(voornamen="Sem", achternaam="Bakker", geboortedatum="2006-02-03")


def onbekende_gemeld(s: Spel) -> None:
    ontvang_melding(
        kanaal="A.II", soort="vsv", melder=SCHOOL, opgave=SEM, gemeente=s.jongere.gemeente, informatie=Informatie(),
        **s.wie,
    )  # fmt: skip


def over_een_nieuwe(s: Spel) -> None:
    ontvang_over_nieuwe(
        opgave=SEM, nummer=fabrieken.test_bsn(99), gemeente=s.jongere.gemeente, kanaal="A.II", soort="vsv",
        melder=SCHOOL, informatie=Informatie(), **s.wie,
    )  # fmt: skip


def werkproces_vsv(s: Spel) -> None:
    koppel_terug_zonder_actie(
        s.melding,
        motivatie="Is uitgeschreven.",
        afsluiting=Afsluiting(uitkomst="werkproces-vsv"),
        onvolledig_omdat="School weet niet meer.",
        **s.wie,
    )


def start_verzetten(s: Spel) -> None:
    traject = Traject.objects.alles(reden="de schadeproef leest wat zij zelf maakte").latest("pk")
    verzet_start(traject, start_op=VANDAAG + dt.timedelta(days=9), versie=traject.versie, **s.wie)


def verzorger_wijzigen(s: Spel) -> None:
    rij = Verzorger.objects.alles(reden="de schadeproef leest wat zij zelf maakte").latest("pk")
    wijzig_verzorger(rij, versie=rij.versie, velden={"telefoon": "06 1"}, begin={"telefoon": rij.telefoon}, **s.wie)


VERDER: dict[str, Doen] = {
    "vijfde verzuimmelding": verzuim_ontvangen,
    "doelgroep herzien": lambda s: herzie_doelgroep(
        s.werkproces, doelgroep="verzuim-18-plus", doelgroep_motivatie="", **s.wie
    ),
    "sluiten en een werkproces vsv beginnen": werkproces_vsv,
    "tweede leefdomein": stap(stappen.leefdomein, besproken=False),
    "leefdomeinen afronden": lambda s: rond_leefdomeinen_af(s.werkproces, op=VANDAAG, **s.wie),
    "tweede start": stap(stappen.uitvoering, start_op=VANDAAG + dt.timedelta(days=7)),
    "start verzetten": start_verzetten,
    "tweede afsluiting": stap(stappen.afsluiten, uitkomst="verhuisd"),
    "heropenen": lambda s: dossier.heropen(s.werkproces, **uitleg("Woont toch nog hier."), **s.wie),
    "tweede verzorger": lambda s: leg_verzorger_vast(s.jongere, naam="Petra", van=dt.date(2006, 2, 3), **s.wie),
    "verzorger wijzigen": verzorger_wijzigen,
    "melding over een onbekende": onbekende_gemeld,
    "koppelen": lambda s: koppel_jongere(s.melding, s.jongere, **s.wie),
    "nog een onbekende": onbekende_gemeld,
    "jongere van een melding": lambda s: maak_jongere_van_melding(s.melding, **s.wie),
    "melding over een nieuwe": over_een_nieuwe,
}
AL_BEPROEFD |= {
    "vijfde verzuimmelding", "tweede leefdomein", "tweede start", "tweede afsluiting", "tweede verzorger",
    "melding over een onbekende", "nog een onbekende",
}  # fmt: skip

# -- who is who


def tweede_dossier(s: Spel) -> None:
    maak_jongere(
        gemeente=s.jongere.gemeente,
        achternaam="Backer",
        voornamen="Sem",
        geboortedatum="2006-02-03",
        telefoon="06 11111111",
        **s.wie,
    )


PERSONEN: dict[str, Doen] = {
    "brp terugmelden": lambda s: meld_terug(s.jongere, wat="naam", volgens_ons="Bakkers", waaruit="Paspoort", **s.wie),
    "terugmelding bijwerken": lambda s: werk_bij(s.brp_terugmelding, stand="doorgegeven", **s.wie),
    "tweede dossier": tweede_dossier,
    "dubbelen zoeken": lambda s: zoek_dubbelen(s.jongere.regio_id, alles=True, **s.wie),
    "samenvoegen": lambda s: voeg_samen(s.dubbel.ander, s.dubbel.een, waarom="School belde", op=VANDAAG, **s.wie),
    "samenvoegen ongedaan": lambda s: maak_ongedaan(s.samenvoeging, **s.wie),
    "zijn niet dezelfde": lambda s: leg_verschillend_vast(s.dubbel, toelichting="Neven", **s.wie),
    "besluit weghalen": lambda s: haal_besluit_weg(s.dubbel, **s.wie),
}

AL_BEPROEFD |= {"oud-vsvers", "vertrekkers"}

SCENARIOS: dict[str, Scenario] = {
    "meldpunt": Scenario(MELDPUNT),
    "zonder actie": Scenario(ZONDER_ACTIE),
    "onder 18": Scenario(ONDER_18),
    "begeleiding": Scenario(BEGELEIDING, na="meldpunt"),
    "personen": Scenario(PERSONEN, na="meldpunt"),
    "verder": Scenario(VERDER),
    "leveringen": Scenario(LEVERINGEN),
    "signalen": Scenario(SIGNALEN),
    "screening": Scenario(SCREENING),
}


def speel_alles(scenario: str) -> None:
    """Every act once, in order: so that what comes from files has been read before the trials begin."""
    beginstand()
    for doen in (*SCENARIOS[scenario].vooraf(), *SCENARIOS[scenario].handelingen.values()):
        doen(Spel())
