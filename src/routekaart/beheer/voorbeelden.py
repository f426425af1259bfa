"""What the example page shows: invented people of the invented region, one example per component and state."""

from datetime import date
from typing import Any

from routekaart.basis.onderdelen import (
    Actie,
    Bewijs,
    Domein,
    Dossierkop,
    Etiket,
    Fase,
    Filter,
    Gegeven,
    Halte,
    Kaart,
    Klok,
    Kruimel,
    MenuItem,
    Padregel,
    Padstap,
    Persoon,
    Puntenbeeld,
    Raster,
    Stand,
    Uitleg,
    Waarom,
    Werkgroep,
    Werkregel,
)
from routekaart.basis.tijdlijn import Baan, Balk, Mijlpaal, Staven, Stip, Tijdlijn
from routekaart.beheer.voorbeeldformulieren import ContactFormulier, gewijzigd

HIER = "#voorbeeld"


def kaart() -> Kaart:
    """The map half way, with a skipped step."""
    uitleg = Uitleg(
        "Stap 4 overgeslagen",
        "Yara had op 27 oktober een driegesprek bij Werkplein Veldermeer waar ik bij zat."
        " Een tweede intake helpt haar niet.",
        "Noor Haverkamp, 27 okt.",
        Actie("Doe stap 4 alsnog", HIER),
    )
    klaar, nu, open_ = Stand.VERVULD, Stand.NU, Stand.OPEN
    return Kaart(
        fasen=(
            Fase(
                1,
                "Waarnemen",
                (
                    Halte(1, "Signaal", klaar, "Melding van school", "12 okt", HIER),
                    Halte(2, "Dossier", klaar, "Yara en school", "14 okt", HIER),
                    Halte(3, "Doelgroep", klaar, "Directe actie nodig", "16 okt", HIER),
                ),
            ),
            Fase(
                2,
                "Analyseren",
                (
                    Halte(4, "Intake plannen", Stand.OVERGESLAGEN, "Overgeslagen met uitleg", "27 okt", HIER, uitleg),
                    Halte(5, "Leefdomeinen", klaar, "9 van 13 besproken", "3 nov", HIER),
                    Halte(6, "Privacy", klaar, "Gesprek gehouden", "3 nov", HIER),
                    Halte(7, "Vooronderzoek", nu, "3 van 4 inzichten", "", HIER),
                ),
            ),
            Fase(3, "Plannen", (Halte(8, "Plan van aanpak", open_, "Gepland", "1 dec", HIER),)),
            Fase(
                4,
                "Handelen",
                (
                    Halte(9, "Uitvoeren", open_, url=HIER),
                    Halte(10, "Monitoren", open_, url=HIER),
                    Halte(11, "Afsluiten, nazorg", open_, url=HIER),
                ),
            ),
            Fase(
                5,
                "Evalueren",
                (Halte(12, "Terugkoppelen", open_, url=HIER), Halte(13, "Evalueren", open_, url=HIER)),
            ),
        ),
        wie="Yara",
        stand="Dreigend vsv’er, fase 2 van 5. Vijf stappen vervuld, één overgeslagen.",
        bron="Landelijke route 2023 met regels van Veldermeer.",
        bron_actie=Actie("Bekijk de route", HIER),
    )


def korte_kaart() -> Kaart:
    """A route that an uitkomst ended early: the other steps were not needed."""
    niet = Stand.NIET_NODIG
    return Kaart(
        titel="Korte route",
        wie="Lars",
        stand="Na het oordeel was geen actie nodig.",
        fasen=(
            Fase(
                1,
                "Waarnemen",
                (
                    Halte(1, "Signaal", Stand.VERVULD, "Melding van school", "3 sep"),
                    Halte(2, "Dossier", Stand.VERVULD, "Gelezen", "4 sep"),
                    Halte(3, "Doelgroep", Stand.VERVULD, "Geen doelgroep", "4 sep"),
                ),
            ),
            Fase(2, "Handelen", (Halte(9, "Uitvoeren", niet), Halte(10, "Monitoren", niet))),
            Fase(
                3,
                "Evalueren",
                (Halte(12, "Terugkoppelen", Stand.NU, "Vandaag"), Halte(13, "Evalueren", Stand.OPEN)),
            ),
        ),
    )


def werkgroepen() -> list[Werkgroep]:
    """Rows of work: too late, and meldingen with their clock."""
    laat = Werkregel(
        "Ruben Tersteeg",
        HIER,
        "Leg de uitkomst van het huisbezoek vast",
        "Contactprotocol, stap 3. Bezoek was vr 13 nov",
        "18 · Oosterwaard · dreigend vsv’er",
        "2 werkdagen te laat",
        "sinds vr 13 nov",
        te_laat=True,
        doe=Actie("Leg huisbezoek vast", HIER, "primair", bij="Ruben Tersteeg"),
    )
    vandaag = Werkregel(
        "Kevin Poelstra",
        HIER,
        "Bel of app: geen reactie op de brief",
        "Contactprotocol, stap 2. Brief van 6 nov",
        "20 · Oosterwaard · nieuwe vsv’er",
        "vandaag",
        "sinds vr 6 nov",
        doe=Actie("Leg contact vast", HIER, bij="Kevin Poelstra"),
        ook=Actie("Geprobeerd, geen gehoor", HIER, bij="Kevin Poelstra"),
    )

    def melding(naam: str, wat: str, onder: str, over: int, sinds: str) -> Werkregel:
        return Werkregel(
            naam,
            HIER,
            wat,
            onder,
            "18 · Veldermeer",
            sinds=sinds,
            klok=Klok(over),
            doe=Actie("Beoordeel", HIER, bij=naam),
        )

    meldingen = (
        melding("Sem van Rooij", "Beoordeel de melding van ROC De Waarden", "22 uur in 4 weken", 0, "binnen di 10 nov"),
        melding("Lotte Aarden", "Beoordeel de melding van Vakcollege", "Wil stoppen", 1, "binnen wo 11 nov"),
        melding("Naomi Plasman", "Beoordeel de vsv-melding van DUO", "Uitgeschreven op 6 nov", 2, "binnen do 12 nov"),
        melding("Jayden Molenaar", "Beoordeel zijn eigen aanmelding", "Via het jongerenloket", 4, "binnen ma 16 nov"),
        melding("Mees Hollander", "Beoordeel de melding van het wijkteam", "Overleg van 9 nov", -2, "binnen vr 6 nov"),
    )
    return [
        Werkgroep("laat", "Te laat", (laat,), 1, rechts="oudste eerst", gevaar=True),
        Werkgroep("nu", "Vandaag", (vandaag,), 1, rechts="dinsdag 17 november"),
        Werkgroep("meld", "Meldingen om te beoordelen", meldingen, 5, meer=Actie("Toon alle 5", HIER)),
    ]


def pad() -> list[Padstap]:
    """The contact protocol with attempts."""
    return [
        Padstap(
            1,
            "Brief",
            "klaar",
            "aan Ruben, en een algemene brief aan zijn ouders",
            Etiket("gedaan", "goed"),
            (
                Padregel("brief", "ma 19 okt", "Uitnodiging voor gesprek op kantoor", "niet verschenen", "etiket"),
                Padregel("brief", "ma 19 okt", "Brief aan ouders, zonder gegevens van Ruben", "verstuurd"),
            ),
        ),
        Padstap(
            2,
            "Bellen, appen of mailen",
            "klaar",
            "en het wijkteam vragen mee te kijken",
            Etiket("gedaan", "goed"),
            (
                Padregel("telefoon", "wo 28 okt, 11:10", "Gebeld op zijn mobiel", "geen contact", "etiket"),
                Padregel("app", "do 29 okt, 14:25", "App gestuurd", "gelezen, geen antwoord"),
                Padregel("map", "di 3 nov", "Wijkteam Oosterwaard gevraagd", "kent Ruben niet"),
            ),
        ),
        Padstap(
            3,
            "Aangekondigd huisbezoek",
            "nu",
            "in de brief van 6 nov",
            Etiket("2 werkdagen te laat", "gevaar"),
            (
                Padregel(
                    "huisbezoek",
                    "vr 13 nov, 16:00",
                    "Huisbezoek met Joris Kuipers",
                    "uitkomst nog niet vastgelegd",
                    "gevaar",
                ),
            ),
        ),
        Padstap(
            4,
            "Herhaald huisbezoek",
            "open",
            "nodig voordat je mag afsluiten zonder contact",
            Etiket("voorstel: do 26 nov, 19:00", "lijn"),
        ),
    ]


def leefdomeinen() -> Puntenbeeld:
    """Better, the same, less and not discussed."""
    return Puntenbeeld(
        (
            Domein("Werk en opleiding", 3, 1, "Elke week 3 dagen naar de werkplaats", HIER),
            Domein("Financiën en schulden", 3, 1, "Vast bedrag per week, geen nieuwe schuld", HIER, gekozen=True),
            Domein("Tijd en vrije tijd", 4, 2, "Voor 9 uur op, ook in het weekend", HIER),
            Domein("Gezondheid", 3, 3, "Kennismaken met de praktijkondersteuner", HIER),
            Domein("Gezin", 4, None, "", HIER),
            Domein("Huisvesting", 3, 4, "Op 1 december weten waar hij woont", HIER),
            Domein("Justitie", None),
            Domein("Motivatie", None),
        ),
        start_op="12 mei 2026",
        nu_op="10 november 2026",
    )


def tijdlijn() -> Tijdlijn:
    """Four years of school, work, care, absence and contact."""
    uren = (
        (2025, 9, 3), (2025, 10, 5), (2025, 11, 4), (2025, 12, 8), (2026, 1, 7), (2026, 2, 11), (2026, 3, 13),
        (2026, 4, 17), (2026, 5, 22), (2026, 6, 20), (2026, 9, 34), (2024, 11, 19), (2024, 12, 24), (2025, 1, 31),
        (2025, 2, 4), (2025, 3, 6), (2025, 4, 18), (2025, 5, 21), (2025, 6, 10), (2023, 10, 3), (2024, 1, 2),
        (2024, 3, 5), (2024, 5, 7), (2024, 6, 9),
    )  # fmt: skip
    contact = Baan(
        "Contact",
        (
            Balk("Leerplicht", date(2024, 11, 18), date(2025, 3, 3), soort="rand"),
            Balk("18+", date(2025, 5, 2), date(2025, 7, 18), soort="rand"),
            Balk("Nu", date(2026, 10, 12), None, soort="nu"),
        ),
        (
            Stip(date(2024, 11, 20)),
            Stip(date(2024, 12, 8), gelukt=False),
            Stip(date(2025, 1, 20)),
            Stip(date(2025, 5, 5), gelukt=False),
            Stip(date(2025, 5, 26)),
            Stip(date(2026, 10, 14)),
            Stip(date(2026, 11, 3)),
        ),
    )
    return Tijdlijn(
        van=date(2023, 1, 1),
        tot=date(2026, 12, 31),
        vandaag=date(2026, 11, 17),
        titel="Tijdlijn van Yara Dekkers, 2023 tot en met 2026",
        banen=(
            Baan(
                "School",
                (
                    Balk("Vakcollege", date(2023, 1, 1), date(2023, 7, 12), "vmbo-kader"),
                    Balk("ROC De Waarden", date(2023, 8, 1), date(2025, 1, 31), "mbo 3 Verzorgende-IG"),
                    Balk("ROC De Waarden", date(2025, 2, 3), date(2026, 10, 9), "mbo 2 Dienstverlening"),
                    Balk("geen", date(2026, 10, 10), None, "school", "leeg"),
                ),
                ruiten=(date(2023, 7, 12),),
            ),
            Baan(
                "Werk",
                (
                    Balk("Supermarkt, 12 uur per week", date(2023, 9, 1), date(2024, 6, 8), soort="donker"),
                    Balk("Bezorgdienst, 20 uur per week", date(2026, 4, 6), None, soort="donker"),
                ),
            ),
            Baan(
                "Zorg",
                (
                    Balk("Gesprekken wijkteam", date(2024, 10, 1), date(2025, 4, 14), soort="zacht"),
                    Balk("Schuldhulp, Stadsbank", date(2026, 6, 2), None, soort="zacht"),
                ),
            ),
            Staven("Verzuim", tuple((date(j, m, 1), u) for j, m, u in uren), 16, "norm: 16 uur in 4 weken"),
            contact,
        ),
        mijlpalen=(
            Mijlpaal(date(2025, 3, 4), "18 jaar, 4 maart 2025"),
            Mijlpaal(date(2026, 10, 9), "uitgeschreven, 9 okt"),
        ),
    )


def waarom() -> Waarom:
    """A decision with facts that hold, that do not and that we do not know."""
    return Waarom(
        (
            Bewijs("Yara is 19 jaar. De grens is 18 tot 27 jaar.", "BRP, 17 nov 2026"),
            Bewijs("Zij heeft geen startkwalificatie. Hoogste diploma: vmbo-kader, 2023.", "DUO, 15 nov 2026"),
            Bewijs("Zij heeft een vrijstelling.", "Register, 15 nov 2026", klopt=False),
            Bewijs("Of zij werk heeft, weten we niet.", "niemand gaf dit door", klopt=None),
        ),
        "Regel ‘doelgroep’, versie 2026-1, bekeken op 17 nov 2026.",
        (Actie("Verbeter een feit", HIER), Actie("kies een andere doelgroep met uitleg", HIER)),
        open=True,
    )


def dossierkop() -> Dossierkop:
    """Name, markers, facts and tabs."""
    namen = (
        "Overzicht",
        "Route",
        "Loopbaan",
        "Contact",
        "Intake",
        "Plan",
        "Netwerk",
        "Delen",
        "Brieven",
        "Geschiedenis",
    )
    return Dossierkop(
        "Yara Dekkers",
        (
            Gegeven("Leeftijd", "19 jaar", "(4 maart 2007)"),
            Gegeven("Gemeente", "Veldermeer"),
            Gegeven("School", "ROC De Waarden", "tot 9 okt 2026"),
            Gegeven("Nummer", "2026-004182"),
            Gegeven("Behandelaar", "Noor Haverkamp"),
        ),
        (Etiket("Geheimhouding: deel het adres niet", "letop", "slot"), Etiket("JIKP")),
        tuple(MenuItem(naam, HIER, actief=naam == "Route") for naam in namen),
        (Actie("Leg contact vast", HIER),),
        (Actie("Wijzig de doelgroep", HIER), Actie("Draag over aan een collega", HIER)),
    )


def context(vandaag: date) -> dict[str, Any]:
    """Everything the example page needs."""
    fout = ContactFormulier(
        {"datum": "31-02-2026", "tijd": "half vier", "notitie": "Niemand deed open."}, auto_id="kapot_%s"
    )
    return {
        "vandaag": vandaag,
        "hier": HIER,
        "kleuren": ("rustig", "lijn", "accent", "goed", "letop", "gevaar"),
        "staal": ("inkt", "inkt2", "rand", "lijn", "grond", "accent", "zacht", "gevaar", "letop", "goed"),
        "filters": [
            Filter("Alles", HIER, 15, gekozen=True),
            Filter("Te laat", HIER, 2, gevaar=True),
            Filter("Vandaag", HIER, 4),
            Filter("Meldingen", HIER, 3),
        ],
        "klokken": [Klok(5), Klok(4), Klok(2), Klok(1), Klok(0), Klok(-2), Klok(0, tekst="laatste dag is vandaag")],
        "werkgroepen": werkgroepen(),
        "kaart": kaart(),
        "korte_kaart": korte_kaart(),
        "pad": pad(),
        "raster": Raster(
            (
                ("ochtend", (1, 0, 1, 0, 0, 0, 0)),
                ("middag", (0, 0, 0, 2, 1, 0, 0)),
                ("avond", (0, 0, 0, 0, 0, 0, 0)),
            ),
            voorstel=(2, 3),
        ),
        "beeld": leefdomeinen(),
        "tijdlijn": tijdlijn(),
        "waarom": waarom(),
        "dossier": dossierkop(),
        "gewijzigd": gewijzigd(),
        "kapot": fout,
        "gegevens": [
            Gegeven("Adres", "Lindelaan 14, Veldermeer", "sinds 2019"),
            Gegeven("E-mail", "yara@voorbeeld.nl", url="mailto:yara@voorbeeld.nl"),
            Gegeven("BSN", "eindigt op 482"),
        ],
        "personen": [
            Persoon(
                "Wouter Blom",
                "Schuldhulp, Stadsbank",
                "Gekozen door Yara, 3 nov",
                HIER,
                Etiket("casusregie", "accent"),
            ),
            Persoon("Noor Haverkamp", "Doorstroomcoach", rol=Etiket("procesregie", "lijn"), ik=True),
            Persoon("Petra Dekkers", "Moeder. Bel alleen als Yara ja zegt", url=HIER),
        ],
        "kruimels_voorbeeld": [
            Kruimel("Leveringen", HIER),
            Kruimel("Inschrijvingen", HIER),
            Kruimel("L-2026-0418"),
        ],
        "stappen": ("Ontvangen", "Gelezen", "Kolommen herkend", "Verwerken", "Signalen bepalen"),
        "getallen": (30246, 0, None, -5),
    }
