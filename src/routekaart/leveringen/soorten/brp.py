"""Persons from the BRP (REG-02). Own contact data are no part of this: a delivery never touches them."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import (
    bsn,
    datum,
    geboortedatum,
    gemeentecode,
    getal,
    in_onderzoek,
    keuze,
    postcode,
    tekst,
)

SOORT = Soort(
    code="brp",
    naam="Personen uit de BRP",
    wat="Wie er woont: namen, geboortedatum, adres en gemeente. Maakt nieuwe jongeren en werkt bekende jongeren bij.",
    sleutel=("bsn",),
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer, 9 cijfers (8 krijgt een nul ervoor)", verplicht=True),
        Kolom("achternaam", tekst(200), "Geslachtsnaam zonder voorvoegsel", verplicht=True),
        Kolom("voorvoegsel", tekst(20), "Voorvoegsel van de achternaam, zoals van der"),
        Kolom("voornamen", tekst(200), "Alle voornamen, gescheiden door spaties"),
        Kolom("naamgebruik", keuze("E", "N", "P", "V", hoofdletters=True), "E, N, P of V"),
        Kolom("geboortedatum", geboortedatum, "Dag, of maand en dag, mag 00 zijn", verplicht=True),
        Kolom("geslacht", keuze("M", "V", "O", hoofdletters=True), "M, V of O (onbekend)", leeg="O"),
        Kolom("straat", tekst(120), "Straat van het BRP-adres"),
        Kolom("huisnummer", tekst(10), "Huisnummer"),
        Kolom("huisletter", tekst(2), "Huisletter"),
        Kolom("toevoeging", tekst(10), "Toevoeging bij het huisnummer"),
        Kolom("postcode", postcode, "Postcode"),
        Kolom("woonplaats", tekst(80), "Woonplaats"),
        Kolom("functie_adres", keuze("W", "B", hoofdletters=True), "W (woonadres) of B (briefadres)"),
        Kolom("adres_sinds", datum, "Sinds wanneer dit het adres is", leeg=None),
        Kolom("gemeentecode", gemeentecode, "Gemeentecode uit de landelijke lijst, 4 cijfers", verplicht=True),
        Kolom("in_gemeente_sinds", datum, "Sinds wanneer ingeschreven in deze gemeente", leeg=None),
        Kolom("in_nederland_sinds", datum, "Sinds wanneer in Nederland", leeg=None),
        Kolom("geheimhouding", getal(0, 7), "0 (geen) tot 7", leeg=0),
        Kolom("in_onderzoek", in_onderzoek, "Ja of nee: loopt er een onderzoek naar deze gegevens", leeg=False),
        Kolom("overleden_op", datum, "Dag van overlijden", leeg=None),
        Kolom("vertrokken_op", datum, "Dag van vertrek uit Nederland", leeg=None),
        Kolom("land", tekst(80), "Land waarheen iemand vertrok"),
    ),
)
