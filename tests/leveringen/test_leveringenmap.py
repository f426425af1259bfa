"""The watched folder: a file is one delivery, and then lies aside with a text that says how it went."""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties_map import RUSTIG, STIL, Mapverslag, neem_map_in
from routekaart.leveringen.models import Levering
from routekaart.personen.models import Jongere
from routekaart.werkplek.nachtwerk import nacht
from tests.fabrieken import NU, Gebied
from tests.leveringen.hulp import persoon, tekst


@pytest.fixture
def map_(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    leveringen = tmp_path / "leveringen"
    leveringen.mkdir()
    return leveringen


def later() -> float:
    """A clock at which everything that was just written has long been quiet."""
    return time.time() + RUSTIG + 1


def lees_in(map_: Path, gebied: Gebied, **opties: Any) -> Mapverslag:
    return neem_map_in(map_, regio=gebied.regio, nu=NU, **({"klok": later} | opties))


def zet(map_: Path, naam: str, inhoud: str | None = None) -> Path:
    pad = map_ / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst([persoon()]) if inhoud is None else inhoud)
    return pad


def liggen(map_: Path, waar: str) -> list[str]:
    """Names without the moment and the mark in front."""
    return sorted(pad.name.split("-", 3)[-1] for pad in (map_ / waar).rglob("*") if pad.is_file())


def uitleg(map_: Path, waar: str) -> str:
    return "\n".join(pad.read_text() for pad in sorted((map_ / waar).rglob("*.txt")))


def test_een_bestand_is_een_levering_en_ligt_daarna_apart(map_: Path, gebied: Gebied) -> None:
    assert lees_in(map_, gebied).zinnen == []
    assert (map_ / "inschrijvingen").is_dir()
    zet(map_, "brp/nieuw.csv", tekst([persoon(1), persoon(2, gemeentecode="9999")]))
    verslag = lees_in(map_, gebied)
    levering = Levering.objects.get()
    assert verslag.ingelezen == [f"brp/nieuw.csv als {levering.nummer}"]
    assert (levering.herkomst, levering.bestandsnaam, levering.nieuw, levering.uitval) == ("map", "nieuw.csv", 1, 1)
    assert liggen(map_, "verwerkt") == ["nieuw.csv", "nieuw.csv.txt"]
    assert "2 rijen: 1 nieuw" in uitleg(map_, "verwerkt") and "uitval staat in Routekaart" in uitleg(map_, "verwerkt")
    assert not liggen(map_, "brp") and not liggen(map_, "bezig")


def test_wat_geweigerd_is_ligt_apart_met_de_reden(map_: Path, gebied: Gebied) -> None:
    zet(map_, "brp/foto.csv", "%PDF-1.7 hallo")
    zet(map_, "diplomas/anders.csv", "een;twee\n1;2\n")
    verslag = lees_in(map_, gebied)
    assert len(verslag.geweigerd) == 2 and not verslag.ingelezen
    assert liggen(map_, "geweigerd") == ["anders.csv", "anders.csv.txt", "foto.csv", "foto.csv.txt"]
    assert "Dit is een pdf" in uitleg(map_, "geweigerd") and "deze kolommen ontbreken" in uitleg(map_, "geweigerd")
    assert set(Levering.objects.values_list("bestandsnaam", "stand")) == {
        ("foto.csv", "geweigerd"), ("anders.csv", "geweigerd"),
    }  # fmt: skip


def test_een_volledig_bestand_zegt_in_de_naam_welke_dag_en_welk_gebied(map_: Path, gebied: Gebied) -> None:
    zet(map_, "brp/eerst.csv", tekst([persoon(1), persoon(2), persoon(3, gemeentecode="9102")]))
    lees_in(map_, gebied)
    zet(map_, "brp/brp_volledig_2026-11-01_9101.csv", tekst([persoon(1)]))
    lees_in(map_, gebied)
    levering = Levering.objects.latest("pk")
    assert (levering.aard, levering.gebied, levering.vermist) == ("volledig", ["9101"], 1)
    assert levering.peildatum == dt.date(2026, 11, 1) and levering.herkomst == "map"
    assert "1 staan niet in het bestand" in uitleg(map_, "verwerkt")
    zet(map_, "brp/Leerplicht_VOLLEDIG_2026-11-01.csv", tekst([persoon(1)]))
    lees_in(map_, gebied)
    assert Levering.objects.latest("pk").vermist == 2


@pytest.mark.parametrize(
    ("pad", "zin"),
    [
        ("brp/brp_volledig.csv", "Noem een volledig bestand zo"),
        ("brp/volledig-2026-11-01.csv", "Noem een volledig bestand zo"),
        ("brp/brp_volledig_2026-11-31.csv", "bestaat niet"),
        ("brp/brp_volledig_2027-01-01.csv", "toekomst"),
        ("brp/brp_volledig_2026-11-01_0518.csv", "hoort niet bij"),
        ("diplomas/volledig_2026-11-01.csv", "alleen bij brp, brp-relaties, inschrijvingen en vrijstellingen"),
    ],
)
def test_een_naam_die_het_half_zegt_ligt_apart_en_staat_in_de_browser(
    map_: Path, gebied: Gebied, als: Any, administratie: Any, pad: str, zin: str
) -> None:
    zet(map_, pad)
    assert len(lees_in(map_, gebied).geweigerd) == 1
    assert zin in uitleg(map_, "geweigerd")
    levering = Levering.objects.get()
    assert (levering.stand, levering.herkomst, levering.nummer) == ("geweigerd", "map", None)
    venster = als(administratie)
    assert pad.split("/")[1] in venster.get(reverse("leveringen:lijst")).content.decode()
    pagina = venster.get(reverse("leveringen:levering", args=[levering.sleutel])).content.decode()
    assert zin in pagina and "Probeer opnieuw" not in pagina
    venster.post(reverse("leveringen:levering-verwerpen", args=[levering.sleutel]))
    assert not Levering.objects.exists()


def test_een_bestand_dat_onvolledig_heet_is_een_gewone_levering(map_: Path, gebied: Gebied) -> None:
    zet(map_, "brp/onvolledige_adressen.csv")
    assert lees_in(map_, gebied).geweigerd == []
    assert Levering.objects.get().aard == "mutaties"


@pytest.mark.parametrize("naam", ["brp/.nieuw.csv", "brp/nieuw.csv.part", "brp/~nieuw.csv", "brp/nieuw.csv.TMP"])
def test_een_tijdelijke_naam_blijft_staan(map_: Path, gebied: Gebied, naam: str) -> None:
    pad = zet(map_, naam)
    assert lees_in(map_, gebied).later == [f"{naam} wordt nog geschreven"]
    assert pad.exists()


def test_een_bestand_dat_net_veranderde_of_leeg_is_blijft_staan(map_: Path, gebied: Gebied) -> None:
    zet(map_, "brp/groeit.csv")
    zet(map_, "brp/leeg.csv", "")
    assert len(lees_in(map_, gebied, klok=time.time).later) == 2
    assert not Levering.objects.exists()
    assert lees_in(map_, gebied).ingelezen


def test_hetzelfde_bestand_nog_eens_doet_geen_kwaad_en_zegt_dat(map_: Path, gebied: Gebied) -> None:
    for _ in range(2):
        zet(map_, "brp/nieuw.csv")
        lees_in(map_, gebied)
    eerste, tweede = Levering.objects.order_by("pk")
    assert (tweede.nieuw, tweede.ongewijzigd) == (0, 1)
    assert f"al ingelezen als {eerste.nummer}" in uitleg(map_, "verwerkt")
    assert liggen(map_, "verwerkt").count("nieuw.csv") == 2


def test_personen_gaan_voor_inschrijvingen(map_: Path, gebied: Gebied) -> None:
    zet(map_, "inschrijvingen/a.csv", f"pgn;brin;onderwijssoort;van\n{persoon()['bsn']};99VA00;havo;2024-08-01\n")
    zet(map_, "brp/z.csv")
    lees_in(map_, gebied)
    assert list(Levering.objects.order_by("pk").values_list("soort", "uitval")) == [("brp", 0), ("inschrijvingen", 0)]


def test_wat_niet_in_een_map_van_een_soort_ligt_wordt_genoemd(map_: Path, gebied: Gebied) -> None:
    zet(map_, "los.csv")
    zet(map_, "onzin/x.csv")
    assert "los.csv, onzin" in lees_in(map_, gebied).zinnen[0]
    assert (map_ / "los.csv").exists()


def test_een_koppeling_verwijst_niet_naar_buiten(map_: Path, gebied: Gebied, tmp_path: Path) -> None:
    geheim = zet(tmp_path, "geheim.csv")
    (map_ / "brp").mkdir(parents=True)
    (map_ / "brp" / "sluw.csv").symlink_to(geheim)
    assert lees_in(map_, gebied).zinnen == []
    assert geheim.exists()


def test_een_lange_naam_houdt_niemand_tegen(map_: Path, gebied: Gebied) -> None:
    zet(map_, f"brp/{'x' * 240}.csv")
    assert len(lees_in(map_, gebied).ingelezen) == 1


# -- claims


def claim(map_: Path, wie: str, *, sinds: float | None = None) -> Path:
    """A file that somebody claimed and did not finish."""
    return zet(map_, f"bezig/brp/{sinds or time.time():.6f}~{wie}~abcd~nieuw.csv")


def test_wat_een_dood_proces_liet_liggen_wordt_meteen_ingelezen(map_: Path, gebied: Gebied) -> None:
    claim(map_, f"{socket.gethostname()[:40]}~999999999")
    assert len(lees_in(map_, gebied).ingelezen) == 1
    assert not liggen(map_, "bezig")


def test_wat_een_ander_vasthoudt_blijft_van_haar_tot_zij_stil_is(map_: Path, gebied: Gebied) -> None:
    pad = claim(map_, "elders~1")
    assert not lees_in(map_, gebied).zinnen
    assert not lees_in(map_, gebied, klok=lambda: pad.stat().st_mtime + STIL - 1).zinnen
    assert lees_in(map_, gebied, klok=lambda: time.time() + STIL + 1).ingelezen


def test_wat_al_was_ingelezen_voor_de_val_wordt_niet_nog_eens_gedaan(map_: Path, gebied: Gebied) -> None:
    zet(map_, "brp/nieuw.csv")
    voor = time.time()
    lees_in(map_, gebied)
    claim(map_, f"{socket.gethostname()[:40]}~999999999", sinds=voor)
    assert len(lees_in(map_, gebied).ingelezen) == 1
    assert Levering.objects.count() == 1
    assert liggen(map_, "verwerkt").count("nieuw.csv") == 2


def test_een_bestand_met_een_vreemde_naam_in_bezig_blijft_liggen(map_: Path, gebied: Gebied) -> None:
    zet(map_, "bezig/brp/zomaar.csv")
    zet(map_, "bezig/brp/x~y~z~w~nieuw.csv")
    assert lees_in(map_, gebied).zinnen == []


def test_een_database_die_bezig_is_laat_het_bestand_voor_de_volgende_keer(
    map_: Path, gebied: Gebied, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet(map_, "brp/nieuw.csv")

    def bezig(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as even:
        even.setattr("routekaart.leveringen.acties.publiceer", bezig)
        assert "De database is bezig" in lees_in(map_, gebied).later[0]
    monkeypatch.setattr("routekaart.leveringen.acties_map.leeft_hier", lambda houder: False)
    assert lees_in(map_, gebied).ingelezen


def test_een_map_die_er_niet_mag_zijn_zegt_dat(gebied: Gebied) -> None:
    with pytest.raises(Geweigerd, match="niet te gebruiken"):
        lees_in(Path("/dev/null/map"), gebied)


# -- the commands


def oud(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it was dropped an hour ago."""
    os.utime(pad, (time.time() - 3600,) * 2)
    monkeypatch.setattr("routekaart.leveringen.acties_map.RUSTIG", 0.0)


def test_de_opdracht_leest_de_map_in(
    map_: Path, gebied: Gebied, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="geen leveringenmap"):
        call_command("inlezen", "--map")
    settings.LEVERINGEN_MAP = str(map_)
    call_command("inlezen", "--map", str(map_))
    assert "Er staat niets klaar" in capsys.readouterr().out
    oud(zet(map_, "brp/nieuw.csv"), monkeypatch)
    call_command("inlezen", "--map", str(map_), "--json")
    assert '"ingelezen": ["brp/nieuw.csv als L-' in capsys.readouterr().out
    oud(zet(map_, "brp/fout.csv", "%PDF-1.7"), monkeypatch)
    with pytest.raises(CommandError, match="zijn geweigerd"):
        call_command("inlezen", "--map", str(map_))
    for verkeerd in (["brp", "--map", str(map_)], ["--map", str(map_), "--proef"], [], ["brp"]):
        with pytest.raises(CommandError) as fout:
            call_command("inlezen", *verkeerd)
        assert fout.value.returncode == 2


def test_de_nacht_leest_de_map_in(map_: Path, gebied: Gebied, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nacht(nu=NU).leveringen == []
    settings.LEVERINGEN_MAP = str(map_)
    oud(zet(map_, "brp/nieuw.csv"), monkeypatch)
    assert nacht(nu=NU).leveringen[0].startswith("Ingelezen: brp/nieuw.csv als L-")
    assert Jongere.objects.alles(reden="test").count() == 1


def test_met_meer_regios_heeft_elke_regio_haar_eigen_map(
    map_: Path, gebied: Gebied, buitenstaander: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEVERINGEN_MAP = str(map_)
    oud(zet(map_, "regio-2/brp/nieuw.csv"), monkeypatch)
    nacht(nu=NU)
    assert Levering.objects.get().regio == buitenstaander.regio


def test_een_map_die_er_niet_is_wordt_niet_stil_aangemaakt(tmp_path: Path, gebied: Gebied) -> None:
    with pytest.raises(CommandError, match="is er niet"):
        call_command("inlezen", "--map", str(tmp_path / "tikfout"))
    assert not (tmp_path / "tikfout").exists()


def test_een_map_die_niet_kan_houdt_de_nacht_niet_tegen(gebied: Gebied, settings: Any) -> None:
    settings.LEVERINGEN_MAP = "/dev/null/map"
    assert "niet te gebruiken" in nacht(nu=NU).leveringen[0]
