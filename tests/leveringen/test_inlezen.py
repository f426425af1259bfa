"""All or nothing: a trial changes nothing, a refusal leaves nothing, two readings give one state."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen import acties
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving, Instelling
from routekaart.personen.models import Jongere
from tests.fabrieken import systeem
from tests.leveringen.hulp import Inlezer, inschrijving, persoon, tekst, zet_neer


@pytest.fixture(autouse=True)
def eigen_map(settings: Any, tmp_path: Path) -> Path:
    """Files of this test in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return tmp_path / "bestanden"


def bestanden(map_: Path) -> list[Path]:
    return [pad for pad in map_.rglob("*") if pad.is_file()]


def telt(model: Any) -> int:
    beheer = model.objects
    return int((beheer.alles(reden="test") if hasattr(beheer, "alles") else beheer).count())


ALLES = (Jongere, Inschrijving, Instelling, Levering, Uitvalrij, Logregel)


def test_een_proef_zegt_wat_er_zou_veranderen_en_verandert_niets(inlezer: Inlezer, eigen_map: Path) -> None:
    rijen = [persoon(1), persoon(2), persoon(3, geboortedatum="2004-13-40")]
    uitkomst = inlezer("brp", rijen, proef=True)
    assert uitkomst.telling.als_velden() == {
        "regels": 3, "nieuw": 2, "gewijzigd": 0, "ongewijzigd": 0, "uitval": 1,
    }  # fmt: skip
    assert uitkomst.levering is None
    assert [telt(model) for model in ALLES] == [0] * len(ALLES)
    assert bestanden(eigen_map) == []
    assert inlezer.tel("brp", rijen) == (2, 0, 0, 1)


def test_een_levering_bewaart_het_bestand_de_som_en_de_telling(inlezer: Inlezer, eigen_map: Path) -> None:
    inhoud = tekst([persoon(eigen_kolom="x")]).encode()
    uitkomst = inlezer("brp", inhoud, naam="brp 2026.csv")
    levering = Levering.objects.get()
    assert uitkomst.levering == levering
    assert (levering.nummer, levering.bestandsnaam) == ("L-2026-0001", "brp 2026.csv")
    assert levering.sha256 == hashlib.sha256(inhoud).hexdigest()
    assert default_storage.open(levering.bestand.name).read() == inhoud
    assert (levering.regels, levering.nieuw, levering.onbekende_kolommen) == (1, 1, ["eigen_kolom"])
    assert len(bestanden(eigen_map)) == 1
    regel = Logregel.objects.get()
    assert regel.code == "levering.ingelezen"
    assert persoon()["bsn"] not in (regel.inhoud or "")


def test_elke_levering_krijgt_een_eigen_nummer(inlezer: Inlezer) -> None:
    nummers = [inlezer("brp", [persoon()]).levering for _ in range(3)]
    assert [str(nummer) for nummer in nummers] == ["L-2026-0001", "L-2026-0002", "L-2026-0003"]


GEWEIGERD = {
    "leeg": b"",
    "kolom ontbreekt": b"bsn;achternaam\n1;2\n",
    "alleen kop": b"bsn;achternaam;geboortedatum;gemeentecode\n",
    "pdf": b"%PDF-1.4",
    "nul": b"bsn;achternaam;geboortedatum;gemeentecode\n1;\x00;2;3\n",
}


@pytest.mark.parametrize("geval", GEWEIGERD)
def test_een_geweigerd_bestand_laat_niets_achter(inlezer: Inlezer, eigen_map: Path, geval: str) -> None:
    with pytest.raises(Geweigerd):
        inlezer("brp", GEWEIGERD[geval])
    assert [telt(model) for model in ALLES] == [0] * len(ALLES)
    assert bestanden(eigen_map) == []


@pytest.mark.parametrize(("fout", "zin"), [(IntegrityError, "Iemand anders"), (OperationalError, "bezig")])
def test_wat_halverwege_misgaat_laat_niets_achter(
    inlezer: Inlezer, eigen_map: Path, monkeypatch: pytest.MonkeyPatch, fout: type[Exception], zin: str
) -> None:
    def breek(*args: Any, **opties: Any) -> None:
        raise fout("stuk")

    monkeypatch.setattr(acties, "schrijf", breek)
    with pytest.raises(Geweigerd, match=zin):
        inlezer("brp", [persoon()])
    assert [telt(model) for model in ALLES] == [0] * len(ALLES)
    assert bestanden(eigen_map) == []


def test_een_database_die_op_slot_blijft_wordt_gezegd(
    inlezer: Inlezer, eigen_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def op_slot() -> Iterator[None]:
        raise OperationalError("database is locked")
        yield

    monkeypatch.setattr(acties.transaction, "atomic", op_slot)
    with pytest.raises(Geweigerd, match="De database is bezig"):
        inlezer("brp", [persoon()])
    monkeypatch.undo()
    assert telt(Levering) == 0
    assert bestanden(eigen_map) == []


def test_een_volle_schijf_wordt_gezegd_en_verandert_niets(
    inlezer: Inlezer, eigen_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vol(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", vol)
    with pytest.raises(Geweigerd, match="kan niet worden bewaard"):
        inlezer("brp", [persoon()])
    assert [telt(model) for model in ALLES] == [0] * len(ALLES)
    assert bestanden(eigen_map) == []


def test_een_bestand_dat_er_niet_is_wordt_geweigerd(inlezer: Inlezer, tmp_path: Path) -> None:
    with pytest.raises(Geweigerd, match="kan niet worden geopend"):
        acties.neem_levering_in(
            "brp", tmp_path / "weg.csv", regio=inlezer.gebied.regio, toegang=systeem(inlezer.gebied), nu=inlezer.nu
        )


def test_kopieen_die_een_gestopt_proces_achterliet_worden_opgeruimd(inlezer: Inlezer, eigen_map: Path) -> None:
    oud = eigen_map / "tijdelijk" / "oud.csv"
    oud.parent.mkdir(parents=True)
    oud.write_text("bsn")
    os.utime(oud, (0, 0))
    inlezer("brp", [persoon()], proef=True)
    assert not oud.exists()


def test_de_voortgang_telt_op_tot_alle_regels(inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.leveringen.inlezen.STUK", 2)
    gezien: list[tuple[int, int]] = []
    acties.neem_levering_in(
        "brp",
        zet_neer(inlezer.pad, [persoon(nummer) for nummer in range(5)]),
        regio=inlezer.gebied.regio,
        toegang=systeem(inlezer.gebied),
        nu=inlezer.nu,
        voortgang=lambda gedaan, totaal: gezien.append((gedaan, totaal)),
    )
    assert gezien == [(0, 0), (2, 0), (4, 0), (0, 5), (2, 5), (4, 5), (5, 5)]


def test_het_aantal_vragen_aan_de_database_groeit_niet_met_de_rijen(
    inlezer: Inlezer, django_assert_max_num_queries: Any
) -> None:
    inlezer("brp", [persoon(nummer) for nummer in range(200)])
    with django_assert_max_num_queries(30):
        inlezer("inschrijvingen", [inschrijving(nummer) for nummer in range(200)])
    with django_assert_max_num_queries(30):
        inlezer("brp", [persoon(nummer, huisnummer="99") for nummer in range(200)])


RIJ = st.fixed_dictionaries(
    {
        "pgn": st.sampled_from([persoon(1)["bsn"], persoon(2)["bsn"], persoon(3)["bsn"], "123456789", ""]),
        "brin": st.sampled_from(["99VA00", "99VB00", "99"]),
        "onderwijssoort": st.sampled_from(["havo", "mbo", "gymnasium"]),
        "niveau": st.sampled_from(["", "2", "9"]),
        "van": st.sampled_from(["2022-08-01", "2023-08-01", "2023-02-30"]),
        "tot": st.sampled_from(["", "2024-07-31", "2020-01-01"]),
        "mutatie": st.sampled_from(["", "gewijzigd", "verwijderd"]),
    }
)


@pytest.fixture
def opnieuw(inlezer: Inlezer) -> Iterator[Inlezer]:
    inlezer("brp", [persoon(1), persoon(2)])
    return inlezer  # type: ignore[return-value]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RIJ, min_size=1, max_size=12))
def test_welke_rijen_ook_de_telling_klopt_en_nog_eens_lezen_verandert_niets(
    opnieuw: Inlezer, rijen: list[dict[str, str]]
) -> None:
    nieuw, gewijzigd, ongewijzigd, uitval = opnieuw.tel("inschrijvingen", rijen)
    goed = nieuw + gewijzigd + ongewijzigd
    voor = list(Inschrijving.objects.alles(reden="test").order_by("pk").values())
    assert opnieuw.tel("inschrijvingen", rijen) == (0, 0, goed, uitval)
    assert list(Inschrijving.objects.alles(reden="test").order_by("pk").values()) == voor
    redenen = [
        list(levering.uitvalrijen.order_by("rij").values_list("rij", "kolom", "waarde", "reden"))
        for levering in Levering.objects.order_by("-pk")[:2]
    ]
    assert redenen[0] == redenen[1]
    Inschrijving.objects.alles(reden="test").delete()
