"""Large files wait in line for a process of their own: claimed once, seen while it works, stopped, resumed."""

from __future__ import annotations

import datetime as dt
import io
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen import voortgang
from routekaart.leveringen.acties_rij import (
    MAX_POGINGEN,
    STIL_NA,
    leeft_hier,
    neem_volgende,
    nieuwe_houder,
    stop,
    verwerk,
    zet_in_de_rij,
)
from routekaart.leveringen.models import Levering
from routekaart.leveringen.voortgang import Bord, Gestopt, Stap, hoever, resttijd, ruim_op, vraag_om_te_stoppen
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import toegang_van
from tests.fabrieken import NU, VANDAAG
from tests.leveringen.hulp import Inlezer, persoon, tekst

Als = Callable[[Any], Client]
DOOD = f"{socket.gethostname()[:40]}:999999999:oud"


@pytest.fixture
def venster(als: Als, administratie: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of the administration, for which every file is large."""
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    for module in ("views", "views_koppelen"):
        monkeypatch.setattr(f"routekaart.leveringen.{module}.GROOT_BYTES", 10)
    monkeypatch.setattr("routekaart.leveringen.views.GROOT_REGELS", 1)
    return als(administratie)


@pytest.fixture
def wie(administratie: Any) -> dict[str, Any]:
    return {"toegang": toegang_van(administratie, op=VANDAAG), "nu": NU}


def upload(venster: Client, inhoud: str | None = None, soort: str = "") -> Levering:
    inhoud = inhoud or tekst([persoon(1), persoon(2, gemeentecode="9999")])
    bestand = SimpleUploadedFile("groot.csv", inhoud.encode())
    venster.post(reverse("leveringen:inlezen"), {"bestand": bestand, "soort": soort, "aard": "mutaties"})
    return Levering.objects.latest("pk")


def werk(aantal: int = 1) -> None:
    """What a worker does."""
    for _ in range(aantal):
        levering = neem_volgende(nieuwe_houder(), nu=NU)
        assert levering is not None
        verwerk(levering, nu=NU)


def pagina(venster: Client, levering: Levering) -> str:
    return str(venster.get(reverse("leveringen:levering", args=[levering.sleutel]), follow=True).content.decode())


def aantal_jongeren() -> int:
    return Jongere.objects.alles(reden="test").count()


def test_een_groot_bestand_gaat_van_wacht_naar_proef_naar_wacht_naar_ingelezen(
    venster: Client, administratie: Any
) -> None:
    levering = upload(venster)
    assert (levering.stand, levering.taak, levering.regels) == ("wacht", "bekijken", 0)
    assert "Staat in de rij" in pagina(venster, levering)
    werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.taak, levering.houder) == ("proef", "", "")
    assert (levering.regels, levering.nieuw, levering.uitval, levering.soort) == (2, 1, 1, "brp")
    assert aantal_jongeren() == 0 and "Er is nog niets ingelezen" in pagina(venster, levering)
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    levering.refresh_from_db()
    assert (levering.stand, levering.taak) == ("wacht", "inlezen")
    werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.houder, levering.hartslag) == ("ingelezen", "", None)
    assert (levering.nieuw, levering.uitval, levering.door) == (1, 1, administratie)
    assert aantal_jongeren() == 1
    regel = Logregel.objects.get(code="levering.ingelezen")
    assert (regel.gebruiker_id, regel.rol) == (administratie.pk, "administratie")
    assert neem_volgende("iemand", nu=NU) is None


def test_de_pagina_toont_hoever_het_is_ook_zonder_javascript(venster: Client) -> None:
    levering = upload(venster)
    assert neem_volgende("elders:1:x", nu=NU) is not None
    assert "Het bestand wordt geopend" in pagina(venster, levering)
    Bord(levering.sleutel)(12_000, 0)
    tekst_ = pagina(venster, levering)
    assert "12.000 rijen gelezen" in tekst_ and "0%" not in tekst_
    Bord(levering.sleutel)(78_214, 100_000)
    tekst_ = pagina(venster, levering)
    assert "78.214 van 100.000 rijen bekeken" in tekst_ and "78%" in tekst_
    assert '<noscript><meta http-equiv="refresh"' in tekst_ and 'hx-trigger="every 2s"' in tekst_
    deel = venster.get(reverse("leveringen:voortgang", args=[levering.sleutel]), headers={"HX-Request": "true"})
    assert "78.214" in deel.content.decode() and "<html" not in deel.content.decode()


def test_als_het_klaar_is_gaat_de_pagina_verder(venster: Client) -> None:
    levering = upload(venster)
    werk()
    adres = reverse("leveringen:voortgang", args=[levering.sleutel])
    antwoord = venster.get(adres, headers={"HX-Request": "true"})
    assert (antwoord.status_code, antwoord["HX-Redirect"]) == (
        204,
        reverse("leveringen:levering", args=[levering.sleutel]),
    )
    assert venster.get(adres).status_code == 302


def test_wie_lang_wacht_zonder_werker_leest_wat_te_doen(venster: Client) -> None:
    levering = upload(venster)
    Levering.objects.update(updated=NU - dt.timedelta(minutes=5))
    assert "routekaart werker" in pagina(venster, levering)


def test_een_levering_heeft_een_houder_en_de_oudste_gaat_eerst(venster: Client) -> None:
    eerste, tweede = upload(venster), upload(venster)
    assert "1 bestand gaat eerst" in pagina(venster, tweede)
    assert neem_volgende("elders:1:a", nu=NU) == eerste
    assert neem_volgende("elders:1:b", nu=NU) == tweede
    assert neem_volgende("elders:1:c", nu=NU) is None


def test_wie_geen_hartslag_meer_heeft_wordt_opgevolgd(venster: Client) -> None:
    levering = upload(venster)
    neem_volgende("elders:1:a", nu=NU)
    assert neem_volgende("hier:2:b", nu=NU + STIL_NA) is None
    gevonden = neem_volgende("hier:2:b", nu=NU + STIL_NA + dt.timedelta(seconds=1))
    assert gevonden == levering and gevonden.pogingen == 2


def test_een_dood_proces_van_deze_machine_wordt_meteen_opgevolgd(venster: Client) -> None:
    levering = upload(venster)
    neem_volgende(DOOD, nu=NU)
    assert not leeft_hier(DOOD) and leeft_hier(nieuwe_houder()) and leeft_hier("elders:1:x")
    assert leeft_hier(f"{socket.gethostname()[:40]}:{os.getppid()}:x")
    assert neem_volgende(nieuwe_houder(), nu=NU) == levering


def test_wie_haar_levering_kwijt_is_verandert_niets_meer(venster: Client) -> None:
    levering = upload(venster)
    werk()
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    traag = neem_volgende("elders:1:a", nu=NU)
    assert traag is not None
    ander = neem_volgende("hier:2:b", nu=NU + STIL_NA * 2)
    assert ander is not None
    verwerk(traag, nu=NU)
    levering.refresh_from_db()
    assert (levering.stand, levering.houder, aantal_jongeren()) == ("bezig", "hier:2:b", 0)
    verwerk(ander, nu=NU)
    levering.refresh_from_db()
    assert (levering.stand, aantal_jongeren()) == ("ingelezen", 1)


def test_na_drie_keer_halverwege_wordt_zij_geweigerd_en_kan_zij_opnieuw(venster: Client) -> None:
    levering = upload(venster)
    for _ in range(MAX_POGINGEN):
        neem_volgende(DOOD, nu=NU)
    werk()
    levering.refresh_from_db()
    assert levering.stand == "geweigerd" and "drie keer halverwege" in levering.reden
    assert "Dit bestand is niet ingelezen" in pagina(venster, levering)
    assert "Geweigerd" in venster.get(reverse("leveringen:lijst")).content.decode().title()
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    werk()
    levering.refresh_from_db()
    assert levering.stand == "proef"


def test_een_onleesbaar_groot_bestand_wordt_geweigerd_met_de_reden(venster: Client) -> None:
    levering = upload(venster, "%PDF-1.7 " + "x" * 50)
    werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.reden[:15]) == ("geweigerd", "Dit is een pdf,")
    assert Logregel.objects.filter(code="levering.geweigerd").count() == 1
    venster.post(reverse("leveringen:levering-verwerpen", args=[levering.sleutel]))
    assert not Levering.objects.exists()


def test_andere_kolommen_in_een_groot_bestand_vragen_om_een_keuze(venster: Client) -> None:
    levering = upload(venster, "nummer;wat;dag\n1;havo;2024-07-01\n", "diplomas")
    werk()
    levering.refresh_from_db()
    assert levering.stand == "koppelen"
    assert "Welke kolom is welke?" in pagina(venster, levering)
    kolommen = {"naam": "Lijst", "kolom-pgn": "nummer", "kolom-soort": "wat", "kolom-behaald_op": "dag"}
    venster.post(reverse("leveringen:koppelen", args=[levering.sleutel]), kolommen)
    levering.refresh_from_db()
    assert (levering.stand, levering.taak) == ("wacht", "bekijken")
    werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.uitval) == ("proef", 1)


def test_een_database_die_bezig_is_laat_haar_wachten(venster: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    levering = upload(venster)

    def bezig(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as even:
        even.setattr("routekaart.leveringen.acties.publiceer", bezig)
        werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.taak, levering.houder) == ("wacht", "bekijken", "")
    werk()
    levering.refresh_from_db()
    assert levering.stand == "proef"


def test_een_werker_die_moet_stoppen_laat_haar_voor_de_volgende(
    venster: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    levering = upload(venster)

    def weg(*args: Any, **kwargs: Any) -> None:
        raise SystemExit(0)

    monkeypatch.setattr("routekaart.leveringen.acties.publiceer", weg)
    with pytest.raises(SystemExit):
        werk()
    levering.refresh_from_db()
    assert (levering.stand, levering.pogingen) == ("wacht", 0)


# -- stop


def test_wat_wacht_is_te_stoppen(venster: Client) -> None:
    levering = upload(venster)
    werk()
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    venster.post(reverse("leveringen:stoppen", args=[levering.sleutel]))
    levering.refresh_from_db()
    assert (levering.stand, aantal_jongeren()) == ("proef", 0)
    assert neem_volgende("iemand", nu=NU) is None
    antwoord = venster.post(reverse("leveringen:stoppen", args=[levering.sleutel]), follow=True)
    assert "al ingelezen of weggegooid" in antwoord.content.decode()


def test_wat_bezig_is_stopt_en_draait_terug(venster: Client, wie: Any) -> None:
    levering = upload(venster)
    werk()
    zet_in_de_rij(levering, **wie)
    bezig = neem_volgende("elders:1:a", nu=NU)
    assert bezig is not None
    stop(bezig, **wie)
    verwerk(bezig, nu=NU)
    levering.refresh_from_db()
    assert (levering.stand, levering.houder, aantal_jongeren()) == ("proef", "", 0)
    zet_in_de_rij(levering, **wie)
    werk()
    levering.refresh_from_db()
    assert levering.stand == "ingelezen"


@pytest.mark.parametrize("al_bezig", [False, True])
def test_wie_het_bekijken_stopt_kan_opnieuw_of_het_weggooien(venster: Client, wie: Any, al_bezig: bool) -> None:
    levering = upload(venster)
    bezig = neem_volgende("elders:1:a", nu=NU) if al_bezig else None
    venster.post(reverse("leveringen:stoppen", args=[levering.sleutel]))
    if bezig is not None:
        verwerk(bezig, nu=NU)
    assert "Het bekijken is gestopt." in pagina(venster, levering)
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    werk()
    levering.refresh_from_db()
    assert levering.stand == "proef"


def test_wat_ingelezen_is_gaat_niet_meer_in_de_rij(inlezer: Inlezer, wie: Any) -> None:
    levering = inlezer("brp", [persoon()]).levering
    assert levering is not None
    with pytest.raises(Geweigerd, match="al ingelezen"):
        zet_in_de_rij(levering, **wie)


# -- the note and the command


def test_het_bord_zegt_hoever_en_hoelang_nog(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    klok = iter([100.0, 100.1, 160.0, 160.0, 160.0, 600.0])
    monkeypatch.setattr(voortgang.time, "time", lambda: next(klok))
    sleutel = Levering().sleutel
    bord = Bord(sleutel)
    bord(1000, 10_000)
    bord(2000, 10_000)  # too soon to note
    bord(6000, 10_000)
    gezien = hoever(sleutel)
    assert gezien == Stap(6000, 10_000, 100.0, 160.0)
    assert gezien.over == pytest.approx(40)
    vraag_om_te_stoppen(sleutel)
    with pytest.raises(Gestopt):
        bord(10_000, 10_000)
    assert hoever(sleutel) is None  # nobody renewed it
    ruim_op(sleutel)
    assert not list((tmp_path / "voortgang").iterdir())


@pytest.mark.parametrize(
    ("seconden", "zin"),
    [
        (None, ""),
        (3, "bijna klaar"),
        (41, "nog ongeveer 40 seconden"),
        (130, "nog ongeveer 2 minuten"),
        (3000, "nog ongeveer 50 minuten"),
        (7300, "nog ongeveer 2 uur"),
    ],
)
def test_de_resttijd_is_een_zin(seconden: float | None, zin: str) -> None:
    assert resttijd(seconden) == zin


def test_de_opdracht_werkt_de_rij_af(venster: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.werkplek.management.commands.werker.signal.signal", lambda *_: None)
    een, twee = upload(venster), upload(venster)
    uit = io.StringIO()
    call_command("werker", "--eenmalig", stdout=uit)
    assert {levering.stand for levering in Levering.objects.filter(pk__in=[een.pk, twee.pk])} == {"proef"}
    assert uit.getvalue().count("groot.csv: bekijken") == 2


def test_een_werker_stopt_met_wie_haar_startte(monkeypatch: pytest.MonkeyPatch, db: Any) -> None:
    monkeypatch.setattr("routekaart.werkplek.management.commands.werker.signal.signal", lambda *_: None)
    call_command("werker", "--bij", "999999999")
