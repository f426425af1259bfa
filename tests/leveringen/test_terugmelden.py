"""What goes back to the schools through DUO: once, whole, and again only when there is something else to tell."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Taak
from routekaart.leveringen.models import Terugmelding
from routekaart.leveringen.terugmelden import meld_terug, wachtende_meldingen
from routekaart.leveringen.uitvoer import veilig
from routekaart.meldingen.models import Melding
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.leveringen.hulp import Inlezer

G, B, K = Melding.DuoStatus.GESLOTEN, Melding.DuoStatus.BEHANDELING, Melding.DuoStatus.KENNIS


@pytest.fixture
def melding(gebied: Gebied, coach: Any) -> Melding:
    """A judged melding of DUO in a werkproces of the coach."""
    type(coach).objects.filter(pk=coach.pk).update(functie="doorstroomcoach", telefoon="+31612345678")
    jongere = fabrieken.maak_jongere(gebied)
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=coach)
    return fabrieken.maak_melding(
        gebied, jongere=jongere, werkproces=werkproces, duo_nummer="700001", duo_versie=2, duo_status=B, kanaal="A.I"
    )


def stuur(gebied: Gebied, uit: Path | None = None) -> list[Terugmelding]:
    return meld_terug(regio=gebied.regio, toegang=fabrieken.systeem(gebied), nu=NU, uit=uit)


def verander(melding: Melding, **velden: Any) -> None:
    """As an act does it: the row is saved, and `updated` moves."""
    melding.refresh_from_db()
    for naam, waarde in velden.items():
        setattr(melding, naam, waarde)
    melding.save(update_fields=[*velden, "updated"])


def rijen_van(pad: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pad.read_text(encoding="utf-8")), delimiter=";"))


def test_het_bestand_heeft_de_kolommen_van_het_contract(gebied: Gebied, melding: Melding, tmp_path: Path) -> None:
    verander(melding, duo_status=G, duo_afsluitreden=1, duo_opmerking=3)
    stuur(gebied, tmp_path / "terug.csv")
    assert rijen_van(tmp_path / "terug.csv") == [
        {
            "meldingsnummer": "700001",
            "versie": "2",
            "status": "G",
            "afsluitreden": "1",
            "opmerking": "3",
            "contact_naam": "Coach",
            "contact_functie": "doorstroomcoach",
            "contact_telefoon": "'+31612345678",
            "contact_email": "coach@veldermeer.example",
        }
    ]


def test_een_afsluitreden_gaat_alleen_mee_met_afgesloten(gebied: Gebied, melding: Melding) -> None:
    verander(melding, duo_status=K, duo_afsluitreden=4)
    (gestuurd,) = stuur(gebied)
    assert (gestuurd.status, gestuurd.afsluitreden) == ("K", None)


def test_wat_verstuurd_is_gaat_niet_nog_eens(gebied: Gebied, melding: Melding, tmp_path: Path) -> None:
    assert len(stuur(gebied, tmp_path / "een.csv")) == 1
    melding.refresh_from_db()
    assert melding.duo_terug_op == NU
    assert stuur(gebied, tmp_path / "twee.csv") == []
    assert rijen_van(tmp_path / "twee.csv") == []
    assert (tmp_path / "twee.csv").read_text(encoding="utf-8").startswith("meldingsnummer;versie;status;")


def test_wat_er_anders_te_vertellen_is_gaat_wel_en_heen_en_terug_ook(gebied: Gebied, melding: Melding) -> None:
    for status, reden in ((B, None), (G, 3), (B, None)):
        verander(melding, duo_status=status, duo_afsluitreden=reden)
        assert [rij.status for rij in stuur(gebied)] == [status]
    assert stuur(gebied) == []


def test_een_wijziging_die_niemand_hoeft_te_weten_gaat_niet(gebied: Gebied, melding: Melding) -> None:
    stuur(gebied)
    verander(melding, reden="aangevuld na een gesprek", duo_terug_op=None)
    assert wachtende_meldingen(gebied.regio.pk) == []


def test_alleen_wat_van_duo_kwam_een_status_heeft_en_niet_is_ingetrokken_gaat_terug(gebied: Gebied) -> None:
    fabrieken.maak_melding(gebied, duo_status=B)
    fabrieken.maak_melding(gebied, duo_nummer="1")
    fabrieken.maak_melding(gebied, duo_nummer="2", duo_status=B, ingetrokken_op=NU)
    fabrieken.maak_melding(fabrieken.maak_gebied(nummer=2, naam="Elders"), duo_nummer="3", duo_status=B)
    assert wachtende_meldingen(gebied.regio.pk) == []


def test_zonder_werkproces_is_het_contact_wie_oordeelde_en_anders_het_team(gebied: Gebied, coach: Any) -> None:
    type(gebied.doorstroompunt).objects.filter(pk=gebied.doorstroompunt.pk).update(telefoon="0475 111111")
    fabrieken.maak_melding(gebied, duo_nummer="1", duo_status=K, oordeel_door=coach)
    fabrieken.maak_melding(gebied, duo_nummer="2", duo_status=K)
    wie = [(rij.contact_naam, rij.contact_telefoon) for rij in stuur(gebied)]
    assert wie == [("Coach", "0475 111111"), ("Doorstroompunt", "0475 111111")]


def test_een_bestand_dat_niet_af_komt_telt_niet_als_verstuurd(
    gebied: Gebied, melding: Melding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vol(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(Geweigerd, match="Er is niets verstuurd"):
        stuur(gebied, tmp_path / "terug.csv")
    assert list(tmp_path.iterdir()) == []
    assert not Terugmelding.objects.alles(reden="test").exists()
    monkeypatch.undo()
    assert len(stuur(gebied, tmp_path / "terug.csv")) == 1


def test_een_map_die_er_niet_is_wordt_gezegd(gebied: Gebied, melding: Melding, tmp_path: Path) -> None:
    with pytest.raises(Geweigerd, match="kan niet worden geschreven"):
        stuur(gebied, tmp_path / "weg" / "terug.csv")
    assert len(stuur(gebied)) == 1


@pytest.mark.parametrize("cel", ["=1+1", "+31", "-5", "@som", "\tx"])
def test_geen_cel_begint_als_een_formule(cel: str) -> None:
    assert veilig(cel) == f"'{cel}"
    assert veilig("gewoon") == "gewoon"
    assert veilig(None) == ""


def test_de_opdracht_schrijft_het_bestand_en_zegt_hoeveel(gebied: Gebied, melding: Melding, tmp_path: Path) -> None:
    uit = io.StringIO()
    call_command("terugmelden", "--uit", str(tmp_path / "a.csv"), stdout=uit)
    assert "1 meldingen staan in" in uit.getvalue()
    uit = io.StringIO()
    call_command("terugmelden", "--uit", str(tmp_path / "a.csv"), "--json", stdout=uit)
    assert json.loads(uit.getvalue()) == {"partij": None, "regels": 0}
    with pytest.raises(CommandError) as fout:
        call_command("terugmelden", "--uit", str(tmp_path / "weg" / "a.csv"), stdout=uit)
    assert fout.value.returncode == 1


def antwoord(**velden: str) -> list[dict[str, str]]:
    return [{"meldingsnummer": "700001", "versie": "2", "reden": "Status past niet bij de melding"} | velden]


def test_een_geweigerd_antwoord_wordt_een_taak_bij_de_behandelaar(
    inlezer: Inlezer, melding: Melding, coach: Any
) -> None:
    stuur(inlezer.gebied)
    assert inlezer.tel("duo-antwoord", antwoord()) == (1, 0, 0, 0)
    taak = Taak.objects.alles(reden="test").get(soort="terugmelding")
    assert (taak.werkproces, taak.eigenaar, taak.actie) == (melding.werkproces, coach, "terugkoppelen")
    assert "Status past niet bij de melding" in taak.waarom
    assert inlezer.tel("duo-antwoord", antwoord()) == (0, 0, 1, 0)
    assert inlezer.tel("duo-antwoord", antwoord(reden="Iets anders")) == (0, 1, 0, 0)
    assert Taak.objects.alles(reden="test").filter(soort="terugmelding").count() == 1


def test_een_geweigerd_antwoord_zonder_werkproces_wordt_een_taak_van_het_team(inlezer: Inlezer) -> None:
    los = fabrieken.maak_melding(inlezer.gebied, duo_nummer="700001", duo_status=K)
    stuur(inlezer.gebied)
    assert inlezer.tel("duo-antwoord", antwoord(versie="")) == (1, 0, 0, 0)
    taak = Taak.objects.alles(reden="test").get()
    assert (taak.werkproces, taak.team, taak.actie) == (None, inlezer.gebied.doorstroompunt, "oordeel-geven")
    assert taak.herkomst == f"terugmelding:{los.pk}"


def test_een_antwoord_op_wat_we_niet_stuurden_is_uitval(inlezer: Inlezer, melding: Melding) -> None:
    assert inlezer.tel("duo-antwoord", antwoord()) == (0, 0, 0, 1)
    stuur(inlezer.gebied)
    assert inlezer.tel("duo-antwoord", antwoord(versie="1")) == (0, 0, 0, 1)


def test_wat_geweigerd_is_gaat_pas_weer_als_het_anders_is(inlezer: Inlezer, melding: Melding) -> None:
    stuur(inlezer.gebied)
    inlezer("duo-antwoord", antwoord())
    assert stuur(inlezer.gebied) == []
    verander(melding, duo_status=K)
    assert len(stuur(inlezer.gebied)) == 1
