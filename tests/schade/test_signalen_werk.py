"""The detection dies anywhere and is finished by the next; two nodes run the night at once; with real processes."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from routekaart.dossiers.models import Taak
from routekaart.leveringen import acties_map
from routekaart.leveringen.acties_rij import nieuwe_houder
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.logboek import acties as logboek
from routekaart.logboek.models import Logregel, Zegel
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import Dubbel, Jongere
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.acties_zoeken import neem_volgende, voer_uit, vraag_aan
from routekaart.signalen.models import Beurt, Detectie, Meldaanleiding, Signaal, Zoekopdracht
from routekaart.toegang.models import SoortWerk
from routekaart.werkplek.nachtwerk import nacht
from tests.fabrieken import NU, VANDAAG
from tests.leveringen.hulp import inschrijving, persoon, tekst
from tests.schade.handelingen import melding_ontvangen
from tests.schade.handelingen_signalen import oud_vsvers
from tests.schade.proef import Proef
from tests.schade.spel import REDEN, Spel, beginstand

MENSEN = 40
SPEL = Spel(nu=NU)


def _niets(_: object) -> None:
    """What was made stays in the process where it was made."""


def bevolking() -> None:
    """Three whom the detection finds, a werkproces, somebody who turns 18, and a search that was asked for."""
    beginstand()
    melding_ontvangen(SPEL)
    oud_vsvers(SPEL)
    Signaal.objects.alles(reden=REDEN).delete()
    Detectie.objects.all().delete()
    Jongere.objects.alles(reden=REDEN).filter(achternaam="Cas").update(soort_werk=SoortWerk.LEERPLICHT)


@pytest.fixture
def staat(proef: Proef) -> Proef:
    proef.kopie(proef.leeg(), "signalen")
    proef.doe("signalen", bevolking)
    return proef


def lees(proef: Proef, werk: Callable[[], Any], naam: str = "signalen") -> Any:
    return proef.doe(naam, werk).antwoord


def gevonden() -> dict[str, Any]:
    """What stands there after a run, without what is chance."""
    rijen = Signaal.objects.alles(reden=REDEN).values_list(
        "soort", "jongere_id", "aanleiding", "stand", "in_voorraad_op"
    )
    return {
        "signalen": sorted(map(str, rijen)),
        "gelopen": sorted(Detectie.objects.values_list("soort", "treffers")),
        "vrij": set(Beurt.objects.values_list("houder", flat=True)) == {""},
    }


def zoek() -> None:
    _niets(signaleer(SPEL.jongere.regio_id, nu=NU))


def test_een_zoektocht_die_ergens_sterft_maakt_de_volgende_af(staat: Proef) -> None:
    """The turn of a process that is gone is taken over at once; nothing is found twice, and nothing is missed."""
    staat.kopie("signalen", "heel")
    opdrachten = staat.doe("heel", zoek).opdrachten
    heel = lees(staat, gevonden, "heel")
    assert len(heel["signalen"]) >= 3 and len(heel["gelopen"]) == len(SIGNAALREGELS) and heel["vrij"]
    gestorven = 0
    for nummer in range(2, opdrachten, max(1, opdrachten // 12)):
        staat.kopie("signalen", "half")
        gestorven += staat.doe("half", zoek, sterf_na=nummer).dood
        staat.doe("half", zoek)
        assert lees(staat, gevonden, "half") == heel, f"na opdracht {nummer} van {opdrachten}"
    assert gestorven >= 10


def test_een_gevraagde_zoektocht_die_sterft_neemt_de_volgende_over(staat: Proef) -> None:
    def vraag() -> None:
        _niets(vraag_aan(peildatum=VANDAAG, **SPEL.wie))

    def werk() -> None:
        while (opdracht := neem_volgende(nieuwe_houder(), nu=NU)) is not None:
            voer_uit(opdracht, nu=NU)

    staat.doe("signalen", vraag)
    opdrachten = staat.doe(staat.kopie("signalen", "heel"), werk).opdrachten
    for nummer in (5, opdrachten // 2, opdrachten - 2):
        staat.kopie("signalen", "half")
        assert staat.doe("half", werk, sterf_na=nummer).dood
        staat.doe("half", werk)
        assert lees(staat, lambda: Zoekopdracht.objects.get().stand, "half") == "klaar"
        assert lees(staat, gevonden, "half")["signalen"] == lees(staat, gevonden, "heel")["signalen"]


# -- two nodes


@pytest.fixture
def map_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The watched folder that two nodes share, with persons and their enrolments in files of their own."""
    map_ = tmp_path / "leveringen"
    monkeypatch.setattr(settings, "LEVERINGEN_MAP", str(map_))
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path / "bestanden"))
    monkeypatch.setattr(acties_map, "RUSTIG", -1.0)
    for deel in range(2):
        mensen = range(1 + deel * MENSEN, 1 + (deel + 1) * MENSEN)
        zet_neer(map_ / "brp" / f"deel-{deel}.csv", [persoon(nummer) for nummer in mensen])
        zet_neer(map_ / "inschrijvingen" / f"deel-{deel}.csv", [inschrijving(nummer) for nummer in mensen])
    yield map_


def zet_neer(pad: Path, rijen: list[dict[str, Any]]) -> None:
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst(rijen))


def uitkomst() -> dict[str, Any]:
    """Everything that a night leaves behind."""
    logboek.verzegel(nu=NU)
    leerplichtig = Jongere.objects.alles(reden=REDEN).filter(soort_werk=SoortWerk.LEERPLICHT, geboren_tot__year=2006)
    return {
        **gevonden(),
        "jongeren": Jongere.objects.alles(reden=REDEN).count(),
        "inschrijvingen": Inschrijving.objects.alles(reden=REDEN).count(),
        "leveringen": Counter(Levering.objects.values_list("soort", "stand")),
        "nummers": len(set(Levering.objects.values_list("nummer", flat=True))),
        "wacht nog": Uitvalrij.objects.filter(opgelost_op__isnull=True).count(),
        "niet 18": leerplichtig.count(),
        "paren": Dubbel.objects.alles(reden=REDEN).count(),
        "taken": Taak.objects.alles(reden=REDEN).open().count(),
        "per school": Meldaanleiding.objects.alles(reden=REDEN).count(),
        "keten": logboek.controleer().fouten,
        "niet verzegeld": Logregel.objects.filter(zegel_id__isnull=True).count(),
        "dubbel verzegeld": sum(Zegel.objects.values_list("aantal", flat=True)) - Logregel.objects.count(),
    }


def test_twee_nachten_tegelijk_zijn_samen_een_nacht(staat: Proef, map_: Path) -> None:
    """Two nodes run everything nightly at once: each file once, each signal once, one chain; nobody falls over."""
    start = time.time() + 0.8

    def nachtwerk() -> list[str]:
        Jongere.objects.alles(reden=REDEN).exists()  # opens the connection before the start
        time.sleep(max(0.0, start - time.time()))
        verslag = nacht(nu=NU + dt.timedelta(hours=1))
        return [*verslag.leveringen, *verslag.bezet]

    begonnen = [staat.begin("signalen", nachtwerk) for _ in range(2)]
    zinnen = [zin for een in begonnen for zin in staat.wacht(een).antwoord]
    gelezen = [zin for zin in zinnen if zin.startswith("Ingelezen")]
    assert len(gelezen) == 4, zinnen
    assert not [zin for zin in zinnen if zin.startswith(("Geweigerd", "Later"))]
    # whoever came second left some work to the first; the next night finds what it brought in meanwhile
    staat.doe("signalen", lambda: _niets(nacht(nu=NU + dt.timedelta(hours=2))))
    samen = lees(staat, uitkomst)
    assert samen["leveringen"] == Counter({("brp", "ingelezen"): 2, ("inschrijvingen", "ingelezen"): 2})
    assert (samen["nummers"], samen["wacht nog"], samen["niet 18"]) == (4, 0, 0)
    assert (samen["jongeren"], samen["inschrijvingen"]) == (4 + 2 * MENSEN, 4 + 2 * MENSEN)
    assert (samen["keten"], samen["niet verzegeld"], samen["dubbel verzegeld"]) == ([], 0, 0)
    assert samen["vrij"] and len(samen["gelopen"]) == len(SIGNAALREGELS)
    assert len(samen["signalen"]) == len(set(samen["signalen"])) >= 3
    # one node alone, on the same files, leaves the same
    for pad in (map_ / "verwerkt").rglob("*.csv"):
        pad.rename(map_ / pad.parent.name / pad.name)
    staat.doe(staat.kopie(staat.leeg(), "alleen"), bevolking)
    for uur in (1, 2):
        staat.doe("alleen", lambda uur=uur: _niets(nacht(nu=NU + dt.timedelta(hours=uur))))
    assert lees(staat, uitkomst, "alleen") == samen
