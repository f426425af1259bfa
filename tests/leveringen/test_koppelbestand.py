"""A BSN and an onderwijsnummer of one person: the number is added, or two dossiers become one."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import transaction

from routekaart.dossiers.models import Werkproces
from routekaart.leveringen.models import Uitvalrij
from routekaart.leveringen.publiceren import koppelbestand
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.acties import geef_persoonsnummer
from routekaart.personen.acties_samenvoegen import maak_ongedaan
from routekaart.personen.models import Dubbel, Jongere, Persoonsnummer, Samenvoeging
from tests import fabrieken
from tests.fabrieken import NU, Gebied, maak_inschrijving, maak_jongere, maak_werkproces, systeem
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon

TEST = "de proef leest wat zij maakte"
ONDERWIJS = ("101000000", "101000012", "101000024")
BSN = fabrieken.test_bsn(50_001)


def rij(bsn: str = BSN, nummer: str = ONDERWIJS[0]) -> dict[str, str]:
    return {"bsn": bsn, "onderwijsnummer": nummer}


def redenen() -> list[tuple[str, str]]:
    return list(Uitvalrij.objects.order_by("pk").values_list("kolom", "reden"))


@pytest.fixture
def met_bsn(inlezer: Inlezer) -> Jongere:
    """Somebody whom the BRP brought."""
    inlezer("brp", [persoon()])
    return inlezer.jongere(BSN)


@pytest.fixture
def met_onderwijsnummer(gebied: Gebied) -> Jongere:
    """Somebody whom a school reported under an onderwijsnummer."""
    return maak_jongere(gebied, bsn=ONDERWIJS[0], achternaam="Bakker", telefoon="06 12345678")


def test_twee_dossiers_worden_een_en_het_bsn_blijft(
    inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    maak_inschrijving(met_onderwijsnummer)
    assert inlezer.tel("koppelbestand", [rij()]) == (0, 1, 0, 0)
    assert Jongere.objects.alles(reden=TEST).get() == met_bsn
    assert Jongere.objects.alles(reden=TEST).get().telefoon == "06 12345678"
    assert Inschrijving.objects.alles(reden=TEST).get().jongere_id == met_bsn.pk
    samenvoeging = Samenvoeging.objects.alles(reden=TEST).get()
    assert samenvoeging.verdwijnt_id == met_onderwijsnummer.pk
    assert samenvoeging.levering_id is not None and samenvoeging.waarom.startswith("Volgens het koppelbestand")
    assert Logregel.objects.filter(code="jongere.samengevoegd").count() == 1


def test_nog_eens_inlezen_verandert_niets(inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere) -> None:
    rijen = [rij(), rij(), rij(fabrieken.test_bsn(9), ONDERWIJS[1])]
    assert inlezer.tel("koppelbestand", rijen) == (0, 1, 1, 1)
    assert redenen() == [("bsn", "persoon onbekend")]
    assert inlezer.tel("koppelbestand", rijen) == (0, 0, 2, 1)
    assert Samenvoeging.objects.alles(reden=TEST).count() == 1


def test_een_nummer_dat_nog_niemand_had_komt_erbij(inlezer: Inlezer, met_bsn: Jongere) -> None:
    assert inlezer.tel("koppelbestand", [rij()]) == (1, 0, 0, 0)
    nummers = Persoonsnummer.objects.alles(reden=TEST).filter(jongere=met_bsn)
    assert set(nummers.values_list("soort", flat=True)) == {"bsn", "onderwijsnummer"}
    assert inlezer.tel("koppelbestand", [rij()]) == (0, 0, 1, 0)


def test_ook_een_bsn_komt_erbij(inlezer: Inlezer, met_onderwijsnummer: Jongere) -> None:
    assert inlezer.tel("koppelbestand", [rij()]) == (1, 0, 0, 0)
    assert inlezer.jongere(BSN) == met_onderwijsnummer


def test_rijen_die_op_het_nummer_wachtten_worden_alsnog_ingelezen(inlezer: Inlezer, met_bsn: Jongere) -> None:
    inlezer("inschrijvingen", [inschrijving(pgn=ONDERWIJS[0])])
    assert redenen() == [("pgn", "persoon onbekend")]
    assert inlezer("koppelbestand", [rij()]).opgelost == 1
    assert Inschrijving.objects.alles(reden=TEST).get().jongere_id == met_bsn.pk


def test_ook_wat_eerder_kwam_dan_de_koppeling_en_de_persoon_komt_binnen(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving(pgn=ONDERWIJS[0])])
    inlezer("koppelbestand", [rij()])
    assert inlezer("brp", [persoon()]).opgelost == 2
    assert Inschrijving.objects.alles(reden=TEST).get().jongere == inlezer.jongere(BSN)


def test_een_koppeling_wacht_op_wie_van_de_twee_het_eerst_komt(inlezer: Inlezer) -> None:
    inlezer("koppelbestand", [rij()])
    inlezer("duo-verzuim", [melding(pgn=ONDERWIJS[0], achternaam="Bos", geboortedatum="2007-03-04")])
    assert Persoonsnummer.objects.alles(reden=TEST).filter(jongere=inlezer.jongere(BSN)).count() == 2
    assert not Uitvalrij.objects.filter(opgelost_op=None).exists()


def test_een_tweede_nummer_van_dezelfde_soort_is_uitval(
    inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    inlezer("koppelbestand", [rij()])
    assert inlezer.tel("koppelbestand", [rij(nummer=ONDERWIJS[1])]) == (0, 0, 0, 1)
    assert redenen() == [
        ("onderwijsnummer", "Deze jongere heeft al een ander onderwijsnummer. Kijk welk van de twee klopt")
    ]
    assert inlezer.tel("koppelbestand", [rij(bsn=fabrieken.test_bsn(9))]) == (0, 0, 0, 1)
    assert redenen()[1] == ("bsn", "Deze jongere heeft al een ander BSN. Kijk welk van de twee klopt")


def test_twee_mensen_met_elk_een_bsn_gaan_niet_samen(
    inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    geef_persoonsnummer(met_onderwijsnummer, fabrieken.test_bsn(9))
    assert inlezer.tel("koppelbestand", [rij()]) == (0, 0, 0, 1)
    assert redenen()[0][1].startswith("Elk heeft een eigen BSN")
    assert not Samenvoeging.objects.alles(reden=TEST).exists()


def test_wat_een_mens_moet_beslissen_is_uitval_tot_dat_gebeurd_is(
    inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    for jongere in (met_bsn, met_onderwijsnummer):
        maak_werkproces(jongere)
    goed = rij(fabrieken.test_bsn(50_002), ONDERWIJS[2])
    inlezer("brp", [persoon(2)])
    assert inlezer.tel("koppelbestand", [rij(), goed]) == (1, 0, 0, 1)
    assert redenen()[0][1].startswith("Allebei hebben een lopend werkproces van dezelfde soort")
    Werkproces.objects.alles(reden=TEST).filter(jongere=met_bsn).update(afgesloten_op="2026-11-01", uitkomst="x")
    assert inlezer.tel("koppelbestand", [rij(), goed]) == (0, 1, 1, 0)


def test_een_besluit_dat_het_twee_mensen_zijn_gaat_voor(
    inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    Dubbel.objects.create(een=met_bsn, ander=met_onderwijsnummer, punten=90, gevonden_op=NU, verschillend_op=NU)
    assert inlezer.tel("koppelbestand", [rij()]) == (0, 0, 0, 1)
    assert "dat dit twee mensen zijn" in redenen()[0][1]


def test_een_proef_voegt_niets_samen(inlezer: Inlezer, met_bsn: Jongere, met_onderwijsnummer: Jongere) -> None:
    assert inlezer.tel("koppelbestand", [rij()], proef=True) == (0, 1, 0, 0)
    assert Jongere.objects.alles(reden=TEST).count() == 2


def test_een_samenvoeging_door_een_bestand_kan_terug(
    inlezer: Inlezer, gebied: Gebied, met_bsn: Jongere, met_onderwijsnummer: Jongere
) -> None:
    inlezer("koppelbestand", [rij()])
    maak_ongedaan(Samenvoeging.objects.alles(reden=TEST).get(), toegang=systeem(gebied), nu=NU)
    wie: Any = Persoonsnummer.objects.alles(reden=TEST).values_list("soort", "jongere_id")
    assert dict(wie) == {"bsn": met_bsn.pk, "onderwijsnummer": met_onderwijsnummer.pk}


@pytest.mark.parametrize("zaad", range(4))
def test_rijen_samen_geven_hetzelfde_als_rij_voor_rij(
    inlezer: Inlezer, gebied: Gebied, monkeypatch: pytest.MonkeyPatch, zaad: int
) -> None:
    """Chains, repetitions, numbers of nobody and persons who may not be merged, in any order."""
    rng = random.Random(zaad)
    bsns, onderwijs = [fabrieken.test_bsn(50_001 + i) for i in range(5)], [f"10100{n:04d}" for n in (0, 12, 24, 36, 48)]
    for nummer in (*bsns[:4], *onderwijs[:4]):
        jongere = maak_jongere(gebied, bsn=nummer, achternaam=f"Bos {nummer}")
        if rng.random() < 0.5:
            maak_werkproces(jongere)
    rijen = [rij(rng.choice(bsns), rng.choice(onderwijs)) for _ in range(12)]

    def lees(samen: int) -> Any:
        monkeypatch.setattr(koppelbestand, "SAMEN", samen)
        with transaction.atomic():
            telling = inlezer.tel("koppelbestand", rijen)
            wie = Persoonsnummer.objects.alles(reden=TEST).values_list("blinde_index", "jongere_id")
            weg = Jongere.objects.met_verwijzingen(reden=TEST).values_list("pk", "samengevoegd_met_id")
            gezien = (
                telling,
                redenen(),
                sorted(wie),
                sorted(weg, key=str),
                Samenvoeging.objects.alles(reden=TEST).count(),
            )
            transaction.set_rollback(True)
        return gezien

    assert lees(4_000) == lees(-1)
