"""Kinds whose columns are agreed, but that cannot be taken in yet. They are refused as a whole, never half done."""

from routekaart.leveringen.soorten.soort import Kolom, Soort, tot_na_van
from routekaart.leveringen.soorten.velden import (
    brin,
    bsn,
    datum,
    geboortedatum,
    getal,
    ja_nee,
    keuze,
    maand,
    niveau,
    onderwijsnummer,
    pgn,
    schooljaar,
    tekst,
)

DUO_VSV = Soort(
    code="duo-vsv",
    naam="Vsv-rapportages van DUO",
    wat="Wie volgens DUO zonder startkwalificatie van school ging.",
    nog_niet="Vsv-rapportages van DUO lezen we nog niet in.",
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom("schooljaar", schooljaar, "Schooljaar, zoals 2023-2024", verplicht=True),
        Kolom(
            "rapportage",
            keuze("a01", "a02", "a04", "a05", "a06", "a07", "nenr", "startpopulatie"),
            "Welke rapportage van DUO dit is",
            verplicht=True,
        ),
        Kolom("leverdatum", datum, "Datum van de levering", leeg=None),
        Kolom("brin", brin, "BRIN van de school"),
        Kolom("niveau", niveau, "Niveau van het mbo", leeg=0),
        Kolom("uitgeschreven_op", datum, "Datum van uitschrijven", leeg=None),
    ),
)

INLICHTINGENBUREAU = Soort(
    code="inlichtingenbureau",
    naam="Lijst van het Inlichtingenbureau",
    wat="Jongeren zonder werk, school of uitkering in een maand.",
    nog_niet="Lijsten van het Inlichtingenbureau lezen we nog niet in.",
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer", verplicht=True),
        Kolom("maand", maand, "Maand, zoals 2024-02", verplicht=True),
        Kolom("werk_uren", getal(0, 999), "Uren werk", leeg=None),
        Kolom("inkomen_klasse", tekst(40), "Klasse van het inkomen"),
        Kolom("uitkering", ja_nee, "Ja of nee", leeg=None),
    ),
)

UITSTROOMLIJST = Soort(
    code="uitstroomlijst",
    naam="Uitstroomlijst van pro en vso",
    wat="Wie van school gaat, en waarheen.",
    nog_niet="Uitstroomlijsten lezen we nog niet in.",
    een_van=(("pgn",), ("achternaam", "geboortedatum")),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer"),
        Kolom("achternaam", tekst(200), "Achternaam, als er geen nummer is"),
        Kolom("geboortedatum", geboortedatum, "Geboortedatum, als er geen nummer is"),
        Kolom("brin", brin, "BRIN van de school", verplicht=True),
        Kolom("schooljaar", schooljaar, "Schooljaar, zoals 2023-2024", verplicht=True),
        Kolom("bestemming", tekst(120), "Waar de jongere heen gaat"),
        Kolom("getuigschrift", ja_nee, "Ja of nee", leeg=None),
        Kolom("advies", tekst(240), "Advies van de school"),
        Kolom("contact_school", tekst(160), "Contactpersoon op school"),
    ),
)

VRIJSTELLINGEN = Soort(
    code="vrijstellingen",
    naam="Vrijstellingen",
    wat="Wie is vrijgesteld van de leerplicht, of vervangende leerplicht heeft.",
    nog_niet="Vrijstellingen lezen we nog niet in.",
    controle=tot_na_van(),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom(
            "soort",
            keuze("vervangende leerplicht", "vrijstelling", "artikel 15"),
            "Vervangende leerplicht, vrijstelling of artikel 15",
            verplicht=True,
        ),
        Kolom("grond", tekst(20), "Artikel van de Leerplichtwet"),
        Kolom("van", datum, "Eerste dag", verplicht=True, leeg=None),
        Kolom("tot", datum, "Laatste dag", leeg=None),
    ),
)

KOPPELBESTAND = Soort(
    code="koppelbestand",
    naam="Koppelbestand BSN en onderwijsnummer",
    wat="Welk onderwijsnummer en welk BSN bij een en dezelfde persoon horen.",
    nog_niet="Koppelbestanden lezen we nog niet in: personen samenvoegen kan nog niet.",
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer", verplicht=True),
        Kolom("onderwijsnummer", onderwijsnummer, "Onderwijsnummer", verplicht=True),
    ),
)

SOORTEN = (DUO_VSV, INLICHTINGENBUREAU, UITSTROOMLIJST, VRIJSTELLINGEN, KOPPELBESTAND)
