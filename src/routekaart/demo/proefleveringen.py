"""Small deliveries of every kind to try out, about people of the demo and one newcomer; each with a row that is wrong.

Which files there are, in which order they are best read in: `PROEFLEVERINGEN`.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Mens
from routekaart.demo.namen import testnummers
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.nummers import ontsleutel
from routekaart.regels.schooljaar import Schooljaar

# file → kind; the newcomer is in the first one
PROEFLEVERINGEN = {
    "brp.csv": "brp",
    "brp-relaties.csv": "brp-relaties",
    "inschrijvingen.csv": "inschrijvingen",
    "diplomas.parquet": "diplomas",
    "vrijstellingen.csv": "vrijstellingen",
    "duo-vsv.csv": "duo-vsv",
    "inlichtingenbureau-vorige-maand.csv": "inlichtingenbureau",
    "inlichtingenbureau.csv": "inlichtingenbureau",
    "uitstroomlijst.csv": "uitstroomlijst",
    "jikp.csv": "jikp",
    "koppelbestand.csv": "koppelbestand",
}
ONDERWIJSNUMMER = "101222331"
TIKFOUT = "123456789"

type Rij = Mapping[str, str]


def schrijf_proefleveringen(map_: Path, *, mensen: Sequence[Mens], gebied: Demogebied, vandaag: dt.date) -> None:
    """Writes all files. The same day and the same people give the same files."""
    nieuwkomer = testnummers(random.Random("nieuwkomer"), 1)[0]
    for naam, rijen in _leveringen(mensen, gebied, vandaag, nieuwkomer).items():
        schrijf_bestand(map_ / naam, rijen)


def _leveringen(
    mensen: Sequence[Mens], gebied: Demogebied, vandaag: dt.date, nieuwkomer: str
) -> dict[str, Sequence[Rij]]:
    wie: defaultdict[str, list[Jongere]] = defaultdict(list)
    for mens in mensen:
        wie[mens.profiel].append(mens.jongere)
    kind, leerling = wie["kind"][0], wie["leerling"][0]
    uitgevallen, oud, jikp = wie["nieuwe-vsv"][0], wie["oud-vsv"][:2], wie["jikp"][0]
    roc, praktijk = gebied.scholen["ROC De Waarden"].brin, gebied.scholen["Praktijkschool De Brink"].brin
    nu = Schooljaar.van(vandaag)
    jaar, dit_jaar, vorig_jaar = nu.beginjaar, str(nu), str(nu.vorige)
    begin, geboren = nu.begin.isoformat(), f"{vandaag.year - 19}-01-15"
    deze_maand = vandaag.replace(day=1)
    vorige_maand = (deze_maand - dt.timedelta(days=1)).replace(day=1)
    nieuw = {
        "voornamen": "Sanne",
        "voorvoegsel": "",
        "achternaam": "Vermeer",
        "geboortedatum": geboren,
        "geslacht": "V",
    }
    adres = {"straat": "Kerkstraat", "huisnummer": "7", "postcode": "9901 AB", "woonplaats": "Veldermeer"}
    return {
        "brp.csv": [
            {"bsn": nieuwkomer, **nieuw, **adres, "gemeentecode": "9901", "adres_sinds": deze_maand.isoformat()},
            {"bsn": bsn_van(leerling), **naam_van(leerling), **adres, "gemeentecode": "9902", "adres_sinds": begin},
            {"bsn": TIKFOUT, **nieuw, **adres, "gemeentecode": "9901", "adres_sinds": begin},
        ],
        "brp-relaties.csv": [
            {"bsn": nieuwkomer, "relatie": "moeder", "naam": "J. Bos", **adres, "gezag": "nee", "van": geboren},
            {"bsn": bsn_van(kind), "relatie": "voogd", "naam": "P. Hofstra", **adres, "gezag": "ja", "van": begin},
            {"bsn": bsn_van(kind), "relatie": "oom", "naam": "R. Tuinstra", **adres, "gezag": "soms", "van": begin},
        ],
        "inschrijvingen.csv": [
            # a location that we do not know yet: it comes along with its number as name
            _inschrijving(nieuwkomer, f"{roc[:4]}09", "mbo", "2", begin),
            _inschrijving(bsn_van(uitgevallen), roc, "mbo", "2", deze_maand.isoformat()),
            _inschrijving(bsn_van(leerling), roc, "mbo", "2", begin) | {"tot": f"{jaar}-07-31"},
        ],
        "diplomas.parquet": [
            {"pgn": nieuwkomer, "soort": "vmbo", "niveau": "", "behaald_op": f"{jaar}-06-12", "brin": ""},
            {"pgn": bsn_van(oud[0]), "soort": "mbo", "niveau": "2", "behaald_op": f"{jaar}-07-01", "brin": roc},
            {"pgn": bsn_van(oud[1]), "soort": "gymnasium", "niveau": "", "behaald_op": f"{jaar}-06-12", "brin": ""},
        ],
        "vrijstellingen.csv": [
            {"pgn": bsn_van(kind), "soort": "vrijstelling", "grond": "5b", "van": begin, "tot": f"{jaar + 1}-07-31"},
            {"pgn": bsn_van(wie["kind"][1]), "soort": "artikel 15", "grond": "15", "van": begin, "tot": ""},
            {"pgn": bsn_van(wie["kind"][2]), "soort": "vrijstelling", "grond": "5a", "van": f"{jaar}-02-30", "tot": ""},
        ],
        "duo-vsv.csv": [
            _opgave(bsn_van(uitgevallen), vorig_jaar, roc, f"{jaar}-05-20"),
            _opgave(bsn_van(oud[0]), vorig_jaar, roc, f"{jaar}-03-02"),
            _opgave(bsn_van(oud[1]), str(jaar), roc, f"{jaar}-03-02"),
        ],
        "inlichtingenbureau-vorige-maand.csv": [
            _op_lijst(bsn_van(oud[0]), vorige_maand, "0"),
            _op_lijst(bsn_van(oud[1]), vorige_maand, "6"),
            _op_lijst(bsn_van(uitgevallen), vorige_maand, "weinig"),
        ],
        "inlichtingenbureau.csv": [
            _op_lijst(bsn_van(oud[0]), deze_maand, "0"),
            _op_lijst(nieuwkomer, deze_maand, ""),
            _op_lijst(bsn_van(uitgevallen), deze_maand, "weinig"),
        ],
        "uitstroomlijst.csv": [
            _vertrek(praktijk, dit_jaar, "dagbesteding") | {"pgn": bsn_van(jikp)},
            _vertrek(praktijk, dit_jaar, "mbo 1") | {"achternaam": "Hofland", "geboortedatum": f"{jaar - 17}-04-02"},
            _vertrek(praktijk, dit_jaar, "werk") | {"achternaam": "Zonder datum"},
        ],
        "jikp.csv": [
            _in_portaal(nieuwkomer, str(nu.vorige.vorige), "vmbo-bb", praktijk),
            _in_portaal(bsn_van(jikp), str(nu.vorige.vorige), "praktijkonderwijs", praktijk),
            _in_portaal(bsn_van(uitgevallen), str(nu.vorige.vorige), "havo", roc),
        ],
        "koppelbestand.csv": [
            {"bsn": bsn_van(leerling), "onderwijsnummer": ONDERWIJSNUMMER},
            {"bsn": bsn_van(kind), "onderwijsnummer": TIKFOUT},
        ],
    }  # fmt: skip


def bsn_van(jongere: Jongere) -> str:
    """The BSN of somebody of the demo."""
    rij = Persoonsnummer.objects.alles(reden="de proefleveringen van de demo").get(jongere=jongere)
    return ontsleutel(rij.cijfertekst)


def naam_van(jongere: Jongere) -> dict[str, str]:
    """Her names and birth date as a delivery holds them."""
    velden = ("voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geslacht")
    return {veld: getattr(jongere, veld) for veld in velden}


def _inschrijving(pgn: str, brin: str, soort: str, niveau: str, van: str) -> dict[str, str]:
    return {
        "pgn": pgn,
        "brin": brin,
        "onderwijssoort": soort,
        "niveau": niveau,
        "leerweg": "bol",
        "van": van,
        "tot": "",
    }


def _opgave(pgn: str, schooljaar: str, brin: str, op: str) -> dict[str, str]:
    vast = {"rapportage": "A01", "niveau": "2"}
    return {"pgn": pgn, "schooljaar": schooljaar, **vast, "brin": brin, "uitgeschreven_op": op}


def _op_lijst(bsn: str, maand: dt.date, uren: str) -> dict[str, str]:
    return {"bsn": bsn, "maand": f"{maand:%Y-%m}", "werk_uren": uren, "inkomen_klasse": "tot 500", "uitkering": "nee"}


def _in_portaal(pgn: str, schooljaar: str, herkomst: str, brin: str) -> dict[str, str]:
    vast = {"ingeschreven": "nee", "diploma": "ja", "werk": "nee", "uitkering": "nee"}
    return {"pgn": pgn, "schooljaar": schooljaar, "herkomst": herkomst, "brin": brin, **vast}


def _vertrek(brin: str, schooljaar: str, bestemming: str) -> dict[str, str]:
    leeg = {"pgn": "", "achternaam": "", "geboortedatum": ""}
    vast = {"getuigschrift": "ja", "advies": "Rustig beginnen, met begeleiding", "contact_school": "Wendy Dijkman"}
    return {**leeg, "brin": brin, "schooljaar": schooljaar, "bestemming": bestemming, **vast}


def schrijf_bestand(pad: Path, rijen: Sequence[Rij], *, codering: str = "cp1252") -> None:
    """As such files come: Windows-1252 with semicolons, or Parquet."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    doel = pad.with_suffix(".csv")
    with doel.open("w", encoding=codering, newline="") as bestand:
        schrijver = csv.DictWriter(bestand, list(rijen[0]), delimiter=";", restval="")
        schrijver.writeheader()
        schrijver.writerows(rijen)
    if pad.suffix == ".parquet":
        with duckdb.connect() as db:
            gelezen = db.read_csv(str(doel), delimiter=";", all_varchar=True)
            gelezen.project("* REPLACE (behaald_op::DATE AS behaald_op)").write_parquet(str(pad))
        doel.unlink()
