"""Making a young person, and numbers that are somebody else's already."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.logboek.models import Logregel
from routekaart.personen.acties import BuitenBereik, geef_persoonsnummer, maak_jongere, soort_werk_voor
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.toegang.bereik import NIEMAND
from routekaart.toegang.models import SoortWerk
from tests import fabrieken
from tests.fabrieken import NU, Gebied


def maak(gebied: Gebied, toegang: Any, **velden: Any) -> Jongere:
    waarden = {"achternaam": "Bos", "voornamen": "Sem", "geboortedatum": "2006-05-00"} | velden
    return maak_jongere(gemeente=gebied.gemeente, toegang=toegang, nu=NU, **waarden)


def test_een_nieuwe_jongere_krijgt_wat_uit_naam_en_geboortedatum_volgt(gebied: Gebied, coach: Any) -> None:
    jongere = maak(gebied, fabrieken.toegang(coach), nummer=fabrieken.test_bsn(7))
    assert (jongere.geboren_vanaf, jongere.geboren_tot) == (dt.date(2006, 5, 1), dt.date(2006, 5, 31))
    assert (jongere.zoeknaam, jongere.soort_werk) == ("bos sem | sem bos", SoortWerk.DOORSTROOMPUNT)
    assert Persoonsnummer.objects.alles(reden="test").get().jongere == jongere
    regel = Logregel.objects.get()
    assert (regel.code, regel.jongere_id) == ("jongere.toegevoegd", jongere.pk)


@pytest.mark.parametrize("nummer", ["", None])
def test_een_jongere_kan_ook_zonder_nummer(gebied: Gebied, coach: Any, nummer: str | None) -> None:
    maak(gebied, fabrieken.toegang(coach), nummer=nummer or "")
    assert not Persoonsnummer.objects.alles(reden="test").exists()


@pytest.mark.parametrize("geboortedatum", ["2006-02-30", "06-05-2006", ""])
def test_een_geboortedatum_die_niet_bestaat_wordt_geweigerd(gebied: Gebied, coach: Any, geboortedatum: str) -> None:
    with pytest.raises(Geweigerd) as fout:
        maak(gebied, fabrieken.toegang(coach), geboortedatum=geboortedatum)
    assert fout.value.veld == "geboortedatum"


def test_een_fout_nummer_laat_geen_halve_jongere_achter(gebied: Gebied, coach: Any) -> None:
    with pytest.raises(Geweigerd):
        maak(gebied, fabrieken.toegang(coach), nummer="123456789")
    assert not Jongere.objects.alles(reden="test").exists()
    assert not Logregel.objects.exists()


def test_een_nummer_dat_al_van_iemand_is_verraadt_niet_van_wie(gebied: Gebied, coach: Any) -> None:
    bsn = fabrieken.test_bsn(8)
    bekend = fabrieken.maak_jongere(gebied, bsn=bsn, gemeente=gebied.andere_gemeente, achternaam="Geheim")
    with pytest.raises(BuitenBereik) as fout:
        maak(gebied, fabrieken.toegang(coach), nummer=bsn)
    assert "Geheim" not in fout.value.boodschap and "bekend" not in fout.value.boodschap
    assert Jongere.objects.alles(reden="test").get() == bekend


def test_een_nummer_is_uniek_binnen_een_regio_niet_daarbuiten(gebied: Gebied) -> None:
    bsn = fabrieken.test_bsn(9)
    fabrieken.maak_jongere(gebied, bsn=bsn)
    elders = fabrieken.maak_jongere(fabrieken.maak_gebied(nummer=2, naam="Regio Elders"), bsn=bsn)
    assert elders.nummers.alles(reden="test").count() == 1
    nog_een = fabrieken.maak_jongere(gebied, bsn=None)
    with pytest.raises(BuitenBereik):
        geef_persoonsnummer(nog_een, bsn)


def test_een_jongere_kan_een_bsn_en_een_onderwijsnummer_hebben(gebied: Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    geef_persoonsnummer(jongere, "101222331")
    soorten = set(jongere.nummers.alles(reden="test").values_list("soort", flat=True))
    assert soorten == {"bsn", "onderwijsnummer"}


def test_zonder_regio_maakt_niemand_een_jongere(gebied: Gebied) -> None:
    with pytest.raises(Geweigerd, match="hoort nog niet bij een regio"):
        maak(gebied, NIEMAND)


@pytest.mark.parametrize(
    ("geboortedatum", "op", "soort"),
    [
        ("2008-11-17", dt.date(2026, 11, 17), SoortWerk.DOORSTROOMPUNT),
        ("2008-11-18", dt.date(2026, 11, 17), SoortWerk.LEERPLICHT),
        ("2008-11-00", dt.date(2026, 11, 29), SoortWerk.LEERPLICHT),
        ("2008-11-00", dt.date(2026, 11, 30), SoortWerk.DOORSTROOMPUNT),
        ("2008-02-29", dt.date(2026, 2, 28), SoortWerk.LEERPLICHT),
        ("2008-02-29", dt.date(2026, 3, 1), SoortWerk.DOORSTROOMPUNT),
    ],
)
def test_vanaf_18_werkt_het_doorstroompunt_ook_bij_een_onvolledige_geboortedatum(
    geboortedatum: str, op: dt.date, soort: SoortWerk
) -> None:
    assert soort_werk_voor(Geboortedatum.lees(geboortedatum), op=op) == soort
