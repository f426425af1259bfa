"""However many rows are held or published at once: the outcome is that of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from routekaart.leveringen import inlezen
from routekaart.leveringen.models import Feitwijziging, Uitvalrij
from routekaart.loopbaan.models import Inschrijving
from tests.fabrieken import test_bsn as bsn_met_volgnummer
from tests.leveringen.hulp import melding

REDEN = "de test leest wat er staat"
PERSONEN = [
    {"bsn": bsn_met_volgnummer(i), "achternaam": "Bakker", "geboortedatum": "2005-03-04", "gemeentecode": "0957"}
    for i in range(4)
]


def rij(persoon: int, van: str, tot: str = "", **anders: str) -> dict[str, str]:
    pgn = bsn_met_volgnummer(persoon)
    return {"pgn": pgn, "brin": "25LX", "onderwijssoort": "mbo", "niveau": "2", "van": van, "tot": tot, **anders}


EERDER = [rij(0, "2021-08-01"), rij(1, "2021-08-01", "2022-07-31")]
BESTAND = [
    rij(0, "2021-08-01", "2023-01-31"),
    rij(2, "2022-08-01"),
    rij(1, "2021-08-01", mutatie="verwijderd"),
    rij(3, "2022-08-01", "2021-01-01"),
    rij(0, "2021-08-01", "2023-02-28"),
    rij(9, "2022-08-01"),
    rij(2, "2022-08-01"),
    rij(3, "2022-02-30"),
    rij(3, "2022-08-01"),
    rij(0, "2023-08-01"),
]


@pytest.fixture(params=[(1, 1), (2, 3000), (3, 5000), (5_000, 150 << 20)], ids=str)
def stukken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many rows at once, and so many bytes held: nothing, one round, and all of it."""
    stuk, bewaard = request.param
    monkeypatch.setattr(inlezen, "STUK", stuk)
    monkeypatch.setattr(inlezen, "MAX_BEWAARD", bewaard)


@pytest.mark.django_db
@pytest.mark.usefixtures("stukken")
def test_de_uitkomst_hangt_niet_van_de_stukken_af(inlezer: Callable[..., Any]) -> None:
    inlezer("brp", PERSONEN)
    inlezer("inschrijvingen", EERDER)
    gedaan: list[int] = []
    uitkomst = inlezer("inschrijvingen", BESTAND, voortgang=lambda klaar, totaal: gedaan.append(klaar if totaal else 0))
    assert uitkomst.telling.als_velden() == {
        "regels": 10, "nieuw": 3, "gewijzigd": 3, "ongewijzigd": 1, "uitval": 3,
    }  # fmt: skip
    staat = Inschrijving.objects.alles(reden=REDEN).order_by("jongere__nummers__blinde_index", "van")
    assert sorted((str(i.van), str(i.tot)) for i in staat) == [
        ("2021-08-01", "2023-02-28"),
        ("2022-08-01", "None"),
        ("2022-08-01", "None"),
        ("2023-08-01", "None"),
    ]
    assert Feitwijziging.objects.alles(reden=REDEN).count() == 2
    assert sorted(Uitvalrij.objects.values_list("rij", flat=True)) == [5, 7, 9]
    assert gedaan == sorted(gedaan) and gedaan[-1] == 10
    opnieuw = inlezer("inschrijvingen", BESTAND).telling.als_velden()
    assert (opnieuw["nieuw"], opnieuw["gewijzigd"], opnieuw["ongewijzigd"], opnieuw["uitval"]) == (0, 0, 7, 3)


@pytest.mark.django_db
@pytest.mark.usefixtures("stukken")
def test_wie_met_twee_nummers_genoemd_wordt_is_een_persoon(inlezer: Callable[..., Any]) -> None:
    """However far apart the rows stand, a second reading changes nothing."""
    inlezer("brp", PERSONEN)
    inlezer("koppelbestand", [{"bsn": PERSONEN[0]["bsn"], "onderwijsnummer": "101000000"}])
    bestand = [rij(0, "2021-08-01"), *(rij(i, "2022-08-01") for i in (1, 2, 3, 2))]
    bestand.append({**rij(0, "2021-08-01", "2023-01-31"), "pgn": "101000000"})
    assert inlezer("inschrijvingen", bestand).telling.als_velden() == {
        "regels": 6, "nieuw": 4, "gewijzigd": 1, "ongewijzigd": 1, "uitval": 0,
    }  # fmt: skip
    assert inlezer("inschrijvingen", bestand).telling.als_velden()["ongewijzigd"] == 6


@pytest.mark.django_db
@pytest.mark.usefixtures("stukken")
def test_ook_waar_de_sleutel_geen_persoon_noemt(inlezer: Callable[..., Any]) -> None:
    inlezer("brp", PERSONEN)
    wie = [bsn_met_volgnummer(i) for i in (0, 1)]
    rijen = [melding(pgn=wie[0]), melding(pgn=wie[0], versie="2"), melding(pgn=wie[1], meldingsnummer="700002")]
    assert inlezer("duo-verzuim", rijen).telling.als_velden()["uitval"] == 0
