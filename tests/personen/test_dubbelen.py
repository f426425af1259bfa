"""Looking for doubles in the register: who stands near is compared, and what was decided does not come back."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from routekaart.basis.fouten import Geweigerd
from routekaart.personen import kandidaten
from routekaart.personen.acties_dubbelen import (
    Zoekverslag,
    haal_besluit_weg,
    leg_verschillend_vast,
    stel_dubbel_voor,
    zoek_dubbelen,
)
from routekaart.personen.acties_samenvoegen import voeg_samen
from routekaart.personen.beelden import beeld_van
from routekaart.personen.models import Dubbel, Jongere
from routekaart.regels.dubbelen import vergelijk
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied, maak_jongere, systeem

TEST = "de proef leest wat zij maakte"
ADRES = {"straat": "Kade", "huisnummer": "1", "postcode": "9901 AB", "woonplaats": "Veldermeer"}


def noor(gebied: Gebied, **anders: Any) -> Jongere:
    return maak_jongere(gebied, **{"achternaam": "Bakker", "voornamen": "Noor", "bsn": None} | anders)


def zoek(gebied: Gebied) -> Zoekverslag:
    return zoek_dubbelen(gebied.regio.pk, toegang=systeem(gebied), nu=NU)


def paren() -> set[frozenset[int]]:
    return {frozenset((d.een_id, d.ander_id)) for d in Dubbel.objects.alles(reden=TEST)}


@pytest.mark.parametrize(
    "anders",
    [
        {"achternaam": "Backer"},
        {"geboortedatum": "2007-04-03"},
        {"voornamen": "Noor Maria", "bsn": ""},
        {"geboortedatum": "2006-03-04"},
        {"geboortedatum": "2007-03-00"},
        {"voorvoegsel": "de", **ADRES},
    ],
)
def test_vindt_iemand_die_er_twee_keer_in_staat(gebied: Gebied, anders: dict[str, Any]) -> None:
    een, ander = noor(gebied), noor(gebied, **anders)
    maak_jongere(gebied, achternaam="Westra", voornamen="Tim")
    assert zoek(gebied) == Zoekverslag(1, 0, 1)
    assert paren() == {frozenset((een.pk, ander.pk))}


def test_vindt_op_adres_wie_onder_een_andere_naam_bekend_is(gebied: Gebied) -> None:
    een, ander = noor(gebied, **ADRES), noor(gebied, achternaam="Zwart", **ADRES)
    zoek(gebied)
    assert paren() == {frozenset((een.pk, ander.pk))}


def test_twee_mensen_met_elk_een_bsn_worden_nooit_voorgesteld(gebied: Gebied) -> None:
    noor(gebied, bsn="")
    noor(gebied, bsn="")
    assert zoek(gebied).open == 0


def test_wie_in_een_andere_regio_staat_telt_niet_mee(gebied: Gebied) -> None:
    noor(gebied)
    noor(fabrieken.maak_gebied(nummer=2, naam="Regio Elders"))
    assert zoek(gebied).open == 0


def test_zijn_niet_dezelfde_komt_niet_terug(gebied: Gebied) -> None:
    noor(gebied)
    noor(gebied)
    zoek(gebied)
    wie = {"toegang": systeem(gebied), "nu": NU}
    dubbel = Dubbel.objects.alles(reden=TEST).get()
    leg_verschillend_vast(dubbel, toelichting="Nichten, allebei gesproken", **wie)
    assert zoek(gebied) == Zoekverslag(0, 0, 0)
    with pytest.raises(Geweigerd, match="al besloten"):
        leg_verschillend_vast(dubbel, toelichting="x", **wie)
    haal_besluit_weg(dubbel, **wie)
    assert zoek(gebied) == Zoekverslag(0, 0, 1)
    with pytest.raises(Geweigerd, match="nog niet besloten"):
        haal_besluit_weg(dubbel, **wie)


def test_wie_niet_meer_lijkt_verdwijnt_uit_de_lijst(gebied: Gebied) -> None:
    noor(gebied)
    ander = noor(gebied)
    zoek(gebied)
    ander.achternaam, ander.voornamen, ander.zoeknaam = "Oosterhuis", "Pim", "oosterhuis pim"
    ander.save()
    assert zoek(gebied) == Zoekverslag(0, 1, 0)
    assert not paren()


def test_een_volgende_keer_telt_alleen_wie_sindsdien_wijzigde(gebied: Gebied) -> None:
    een, ander = noor(gebied), noor(gebied, achternaam="Oosterhuis", voornamen="Pim")
    morgen = timezone.now() + dt.timedelta(days=1)
    assert zoek_dubbelen(gebied.regio.pk, toegang=systeem(gebied), nu=morgen).open == 0
    Jongere.objects.alles(reden=TEST).filter(pk=ander.pk).update(achternaam="Bakker", voornamen="Noor")
    overmorgen = {"toegang": systeem(gebied), "nu": morgen + dt.timedelta(days=1)}
    assert zoek_dubbelen(gebied.regio.pk, **overmorgen).open == 0, "niemand wijzigde sinds de vorige keer"
    assert zoek_dubbelen(gebied.regio.pk, alles=True, **overmorgen).open == 1
    assert paren() == {frozenset((een.pk, ander.pk))}
    een.save()
    assert zoek_dubbelen(gebied.regio.pk, **overmorgen) == Zoekverslag(0, 0, 1), "wie er al stond, blijft staan"


def test_na_samenvoegen_is_het_paar_weg(gebied: Gebied) -> None:
    een, ander = noor(gebied), noor(gebied)
    zoek(gebied)
    voeg_samen(een, ander, waarom="x", toegang=systeem(gebied), nu=NU, op=VANDAAG)
    assert not paren()
    assert zoek(gebied) == Zoekverslag(0, 0, 0)


def test_een_eigen_vondst_wordt_een_paar(gebied: Gebied) -> None:
    een, ander = noor(gebied), noor(gebied, achternaam="Heel Anders", geboortedatum="2009-09-09")
    wie = {"toegang": systeem(gebied), "nu": NU}
    dubbel = stel_dubbel_voor(ander, een, **wie)
    assert stel_dubbel_voor(een, ander, **wie) == dubbel
    with pytest.raises(Geweigerd, match="hetzelfde dossier"):
        stel_dubbel_voor(een, een, **wie)


def test_het_werk_groeit_met_het_aantal_mensen_en_niet_met_het_kwadraat(gebied: Gebied) -> None:
    """Everybody born on one day, at one address, with one name: still each is compared with a few."""

    def aantal(mensen: int) -> int:
        jongeren = [
            Jongere(
                regio=gebied.regio, gemeente=gebied.gemeente, soort_werk="doorstroompunt", achternaam="Bakker",
                voornamen="Noor", zoeknaam="bakker noor", geboortedatum="2007-03-04",
                geboren_vanaf=dt.date(2007, 3, 4), geboren_tot=dt.date(2007, 3, 4), **ADRES,
            )
            for _ in range(mensen)
        ]  # fmt: skip
        Jongere.objects.bulk_create(jongeren)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            gevonden = sum(1 for _ in kandidaten.kandidaatparen(systeem(gebied)))
        assert len(vragen) == 3
        return gevonden

    eerst, daarna = aantal(200), aantal(200)
    assert daarna < 2.5 * eerst
    assert daarna <= 400 * 3 * kandidaten.VENSTER


wie = st.fixed_dictionaries(
    {
        "achternaam": st.sampled_from(["Bakker", "Backer", "de Bakker", "Westra", "Çelik", "Celik"]),
        "voornamen": st.sampled_from(["Noor", "Noor Maria", "Maria Noor", "N.", "Tim", ""]),
        "geboortedatum": st.sampled_from(["2007-03-04", "2007-04-03", "2007-03-00", "2007-00-00", "2006-03-04"]),
        "postcode": st.sampled_from(["", "9901 AB", "9902 CD"]),
        "huisnummer": st.sampled_from(["", "1", "2"]),
    }
)


@settings(
    max_examples=25, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(mensen=st.lists(wie, min_size=2, max_size=10))
def test_wie_de_regel_waarschijnlijk_dezelfde_vindt_wordt_gevonden(db: Any, mensen: list[dict[str, str]]) -> None:
    """The search compares only who stands near; of a likely pair nobody is missed."""
    with transaction.atomic():
        gebied = fabrieken.maak_gebied()
        jongeren = [maak_jongere(gebied, bsn=None, **mens) for mens in mensen]
        zoek(gebied)
        gezien = paren()
        for een, ander in combinations(jongeren, 2):
            uitkomst = vergelijk(beeld_van(een), beeld_van(ander))
            paar = frozenset((een.pk, ander.pk))
            assert paar in gezien or not uitkomst.waarschijnlijk, (een.naam, ander.naam, uitkomst)
            assert paar not in gezien or uitkomst.mogelijk
        transaction.set_rollback(True)
