"""Large deliveries and the watched folder, with real processes: claimed once, killed anywhere, never half or twice."""

from __future__ import annotations

import datetime as dt
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.leveringen import acties_map, acties_rij
from routekaart.leveringen.acties import Aanpak, houd_vast, neem_levering_in
from routekaart.leveringen.acties_koppelen import koppel, onthoud_waarde
from routekaart.leveringen.acties_map import neem_map_in
from routekaart.leveringen.acties_rij import neem_volgende, nieuwe_houder, stop, verwerk, zet_in_de_rij
from routekaart.leveringen.acties_vermissing import Besluit, besluit
from routekaart.leveringen.herstel import groep_van, herstel_groep, herstel_rij, laat_vallen
from routekaart.leveringen.models import Levering, Uitvalrij, Vermissing
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import systeem_toegang
from tests import fabrieken
from tests.fabrieken import NU
from tests.leveringen.hulp import inschrijving, persoon, tekst
from tests.schade.proef import DOOD, Proef

REDEN = "de schadeproef leest wat zij zelf maakte"
RIJEN = tekst([persoon(1), persoon(2), persoon(3, gemeentecode="9999")])


@pytest.fixture
def staat(proef: Proef, tmp_path: Path) -> Iterator[Proef]:
    """State `werk` with one region; what is uploaded stands in a folder of this test."""
    was, settings.MEDIA_ROOT = settings.MEDIA_ROOT, str(tmp_path / "bestanden")
    proef.kopie(proef.leeg(), "werk")
    proef.doe("werk", lambda: _niets(fabrieken.maak_gebied()))
    yield proef
    settings.MEDIA_ROOT = was


def _niets(_: object) -> None:
    """What was made stays in the process where it was made."""


def wie() -> dict[str, Any]:
    return {"toegang": systeem_toegang(Regio.objects.get().pk), "nu": NU}


def zet_klaar(soort_naam: str = "groot.csv") -> None:
    """A delivery that was looked at, in line to be taken in."""
    levering = houd_vast("brp", iter([RIJEN.encode()]), naam=soort_naam, regio=Regio.objects.get(), **wie())
    Levering.objects.filter(pk=levering.pk).update(stand=Levering.Stand.PROEF)
    levering.refresh_from_db()
    zet_in_de_rij(levering, **wie())


def werk_af() -> list[str]:
    """What a worker does until nothing waits; gives which files it took."""
    houder, gedaan = nieuwe_houder(), []
    while (levering := neem_volgende(houder, nu=timezone.now())) is not None:
        verwerk(levering, nu=timezone.now())
        gedaan.append(levering.bestandsnaam)
    return gedaan


def beeld() -> dict[str, Any]:
    """What counts afterwards."""
    return {
        "standen": Counter(Levering.objects.values_list("stand", flat=True)),
        "jongeren": Jongere.objects.alles(reden=REDEN).count(),
        "uitval": Uitvalrij.objects.count(),
        "dubbel": len(set(Levering.objects.values_list("nummer", flat=True))),
    }


def lees(proef: Proef, werk: Callable[[], Any], naam: str = "werk") -> Any:
    return proef.doe(naam, werk).antwoord


# -- the line


def test_een_werker_die_ergens_sterft_wordt_door_de_volgende_afgemaakt(staat: Proef) -> None:
    staat.doe("werk", zet_klaar)
    staat.kopie("werk", "heel")
    opdrachten = staat.doe("heel", werk_af).opdrachten
    heel = lees(staat, beeld, "heel")
    assert heel == {"standen": Counter(ingelezen=1), "jongeren": 2, "uitval": 1, "dubbel": 1}
    gestorven = 0
    for nummer in range(1, opdrachten, max(1, opdrachten // 25)):
        staat.kopie("werk", "half")
        gestorven += staat.doe("half", werk_af, sterf_na=nummer).dood
        tussen = lees(staat, beeld, "half")
        assert tussen["jongeren"] in {0, 2}, f"na opdracht {nummer} half: {tussen}"
        staat.doe("half", werk_af)
        assert lees(staat, beeld, "half") == heel, f"na opdracht {nummer} van {opdrachten}"
    assert gestorven >= 20


def test_acht_werkers_nemen_elke_levering_een_keer(staat: Proef) -> None:
    for nummer in range(4):
        staat.doe("werk", lambda nummer=nummer: zet_klaar(f"groot-{nummer}.csv"))
    begonnen = [staat.begin("werk", werk_af) for _ in range(8)]
    gedaan = [naam for een in begonnen for naam in staat.wacht(een).antwoord]
    assert sorted(gedaan) == [f"groot-{nummer}.csv" for nummer in range(4)]
    uitkomst = lees(staat, beeld)
    assert (uitkomst["standen"], uitkomst["jongeren"], uitkomst["dubbel"]) == (Counter(ingelezen=4), 2, 4)


def test_een_werker_met_kill_9_halverwege_laat_niets_achter_en_wordt_opgevolgd(
    staat: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staat.doe("werk", zet_klaar)
    teken = tmp_path / "bezig"
    echt = acties_rij.lees_bewaarde_in

    def traag(*args: Any, voortgang: Any, **opties: Any) -> Any:
        def wacht(gedaan: int, totaal: int) -> None:
            teken.touch()
            time.sleep(30)

        return echt(*args, voortgang=wacht, **opties)

    with monkeypatch.context() as even:
        even.setattr(acties_rij, "lees_bewaarde_in", traag)
        dood_met_kill_9(staat, werk_af, teken)
    assert lees(staat, beeld)["standen"] == Counter(bezig=1)
    assert lees(staat, werk_af) == ["groot.csv"]
    assert lees(staat, beeld) == {"standen": Counter(ingelezen=1), "jongeren": 2, "uitval": 1, "dubbel": 1}


def test_wat_bezig_is_stopt_terwijl_de_database_bezet_is(
    staat: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staat.doe("werk", zet_klaar)
    teken = tmp_path / "bezig"
    echt = acties_rij.lees_bewaarde_in

    def traag(*args: Any, voortgang: Any, **opties: Any) -> Any:
        def blijf(gedaan: int, totaal: int) -> None:
            voortgang(gedaan, totaal)
            if totaal:  # within the transaction that holds the database
                teken.touch()
                for _ in range(100):
                    time.sleep(0.1)
                    voortgang(gedaan, totaal)

        return echt(*args, voortgang=blijf, **opties)

    with monkeypatch.context() as even:
        even.setattr(acties_rij, "lees_bewaarde_in", traag)
        werker = staat.begin("werk", werk_af)
    wacht_op(teken)
    begin = time.monotonic()
    lees(staat, lambda: stop(Levering.objects.get(), **wie()))
    assert staat.wacht(werker).antwoord == ["groot.csv"]
    assert time.monotonic() - begin < 5
    assert lees(staat, beeld) == {"standen": Counter(proef=1), "jongeren": 0, "uitval": 0, "dubbel": 1}


def dood_met_kill_9(staat: Proef, werk: Callable[[], Any], teken: Path) -> None:
    """Starts the work, waits until it says that it is under way, and kills it as the system does."""
    kind, pijp = staat.begin("werk", werk)
    wacht_op(teken)
    os.kill(kind, signal.SIGKILL)
    _, status = os.waitpid(kind, 0)
    os.close(pijp)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def wacht_op(teken: Path) -> None:
    einde = time.time() + 20
    while not teken.exists():
        assert time.time() < einde, "het werk begon niet"
        time.sleep(0.02)


def test_een_hartslag_houdt_een_trage_werker_aan_het_werk(staat: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    """The beat itself: a thread of its own writes it, by the connection of this state."""
    staat.doe("werk", zet_klaar)

    def klop() -> bool:
        levering = neem_volgende(nieuwe_houder(), nu=NU)
        assert levering is not None
        with acties_rij._hartslag(levering, levering.houder):
            time.sleep(0.5)
        levering.refresh_from_db()
        return levering.hartslag is not None and levering.hartslag > NU

    monkeypatch.setattr(acties_rij, "SLAG", 0.1)
    assert klop_in_kind(staat, klop)


def klop_in_kind(staat: Proef, werk: Callable[[], bool]) -> bool:
    """A thread opens its own connection by the settings: in the child those are of this state."""
    verbinding = staat._verbinding("werk")

    def met_eigen_instellingen() -> bool:
        connections.settings["default"] = {**connections.settings["default"], "NAME": verbinding.settings_dict["NAME"]}
        return werk()

    return bool(lees(staat, met_eigen_instellingen))


# -- the folder


def lees_map(map_: Path) -> list[str]:
    return neem_map_in(map_, regio=Regio.objects.get(), nu=timezone.now(), klok=lambda: time.time() + 60).ingelezen


def leg_klaar(map_: Path, aantal: int) -> None:
    (map_ / "brp").mkdir(parents=True)
    for nummer in range(aantal):
        (map_ / "brp" / f"bestand-{nummer:02}.csv").write_text(tekst([persoon(nummer + 1)]))


def namen(map_: Path, waar: str) -> list[str]:
    return sorted(pad.name.split("-", 3)[-1] for pad in (map_ / waar).rglob("*.csv"))


def test_acht_machines_nemen_elk_bestand_een_keer(staat: Proef, tmp_path: Path) -> None:
    map_ = tmp_path / "map"
    leg_klaar(map_, 12)
    begonnen = [staat.begin("werk", lambda: lees_map(map_)) for _ in range(8)]
    gedaan = [zin for een in begonnen for zin in staat.wacht(een).antwoord]
    verwacht = [f"bestand-{nummer:02}.csv" for nummer in range(12)]
    assert sorted(zin.split(" ")[0] for zin in gedaan) == [f"brp/{naam}" for naam in verwacht]
    assert namen(map_, "verwerkt") == verwacht and not namen(map_, "bezig") and not namen(map_, "brp")
    uitkomst = lees(staat, beeld)
    assert (uitkomst["standen"], uitkomst["jongeren"]) == (Counter(ingelezen=12), 12)


def test_een_machine_die_ergens_sterft_laat_geen_bestand_liggen(staat: Proef, tmp_path: Path) -> None:
    leg_klaar(tmp_path / "heel", 1)
    staat.kopie("werk", "heel")
    opdrachten = staat.doe("heel", lambda: lees_map(tmp_path / "heel")).opdrachten
    heel = lees(staat, beeld, "heel")
    gestorven = 0
    for nummer in range(1, opdrachten + 1, max(1, opdrachten // 20)):
        map_ = tmp_path / f"map-{nummer}"
        leg_klaar(map_, 1)
        staat.kopie("werk", "half")
        gestorven += staat.doe("half", lambda map_=map_: lees_map(map_), sterf_na=nummer).dood
        staat.doe("half", lambda map_=map_: lees_map(map_))
        assert lees(staat, beeld, "half") == heel, f"na opdracht {nummer} van {opdrachten}"
        assert namen(map_, "verwerkt") == ["bestand-00.csv"] and not namen(map_, "bezig")
    assert gestorven >= 15


def test_wie_sterft_tussen_inlezen_en_wegleggen_leest_niet_dubbel_in(staat: Proef, tmp_path: Path) -> None:
    map_ = tmp_path / "map"
    leg_klaar(map_, 1)

    def sterf(*args: Any) -> None:
        os._exit(DOOD)

    def half() -> None:
        acties_map._leg_weg = sterf
        lees_map(map_)

    assert staat.doe("werk", half).dood
    assert len(namen(map_, "bezig")) == 1
    staat.doe("werk", lambda: lees_map(map_))
    assert namen(map_, "verwerkt") == ["bestand-00.csv"] and not namen(map_, "bezig")
    assert lees(staat, beeld)["standen"] == Counter(ingelezen=1)


def test_een_machine_met_kill_9_halverwege_wordt_opgevolgd(staat: Proef, tmp_path: Path) -> None:
    map_, teken = tmp_path / "map", tmp_path / "bezig"
    leg_klaar(map_, 1)

    def traag() -> list[str]:
        def wacht(gedaan: int, totaal: int) -> None:
            teken.touch()
            time.sleep(30)

        regio = Regio.objects.get()
        klok = lambda: time.time() + 60  # noqa: E731
        return neem_map_in(map_, regio=regio, nu=timezone.now(), klok=klok, voortgang=wacht).ingelezen

    dood_met_kill_9(staat, traag, teken)
    assert len(namen(map_, "bezig")) == 1
    assert len(lees(staat, lambda: lees_map(map_))) == 1
    assert lees(staat, beeld)["jongeren"] == 1


# -- what somebody does with a delivery


def met_uitval() -> None:
    """Rows that could not be taken, a file whose columns nobody knows yet, and somebody who was not in a full file."""
    regio = Regio.objects.get()

    def neem(soort: str, rijen: str, **aanpak: Any) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as bestand:
            bestand.write(rijen)
            bestand.flush()
            neem_levering_in(soort, Path(bestand.name), regio=regio, aanpak=Aanpak(**aanpak), **wie())

    neem("brp", tekst([persoon(nummer) for nummer in range(1, 5)]))
    neem("inschrijvingen", tekst([inschrijving(1), inschrijving(2)]))
    neem("inschrijvingen", tekst([inschrijving(1)]), aard="volledig", peildatum=dt.date(2026, 11, 1))
    neem("inschrijvingen", tekst([inschrijving(nummer, onderwijssoort="gymnasium") for nummer in (1, 3, 4)]))
    houd_vast("inschrijvingen", iter([b"nr;school;soort;begin\n1;99VA00;havo;2024-08-01\n"]), naam="x.csv", regio=regio,
              **wie())  # fmt: skip


def rij() -> Uitvalrij:
    gevonden = Uitvalrij.objects.select_related("levering").filter(opgelost_op=None).order_by("pk").first()
    assert gevonden is not None
    return gevonden


def koppel_kolommen() -> None:
    kolommen = {"pgn": "nr", "brin": "school", "onderwijssoort": "soort", "van": "begin"}
    levering = Levering.objects.get(stand="koppelen")
    koppel(levering, soort="inschrijvingen", naam="Bron", kolommen=kolommen, **wie())


def beeindig() -> None:
    gemist = Vermissing.objects.alles(reden=REDEN).select_related("levering").get()
    besluit(gemist, Besluit(besluit="beeindigd", tot=dt.date(2026, 10, 31)), versie=1, **wie())


DADEN: dict[str, Callable[[], Any]] = {
    "rij herstellen": lambda: _niets(herstel_rij(rij(), {"onderwijssoort": "vwo"}, versie=1, **wie())),
    "groep herstellen": lambda: _niets(herstel_groep(rij(), "vwo", **wie())),
    "laten vallen": lambda: _niets(laat_vallen(list(groep_van(rij())), "Hoort niet bij ons", **wie())),
    "waarde onthouden": lambda: _niets(onthoud_waarde(rij().levering, "onderwijssoort", "gymnasium", "vwo", **wie())),
    "kolommen koppelen": koppel_kolommen,
    "vermissing beëindigen": beeindig,
}


@pytest.mark.parametrize("naam", DADEN)
def test_een_daad_is_heel_of_niet_gedaan(staat: Proef, naam: str) -> None:
    staat.doe("werk", met_uitval)
    voor = staat.stand("werk")
    staat.kopie("werk", "straks")
    opdrachten = staat.doe("straks", DADEN[naam]).opdrachten
    na = staat.stand("straks")
    assert voor != na and opdrachten >= 4
    for nummer in range(opdrachten):
        staat.kopie("werk", "half")
        assert staat.doe("half", DADEN[naam], sterf_na=nummer).dood
        assert staat.stand("half") in (voor, na), f"{naam}: half na opdracht {nummer} van {opdrachten}"


def test_twee_die_tegelijk_een_rij_oplossen_doen_dat_een_keer(staat: Proef) -> None:
    staat.doe("werk", met_uitval)

    def los_op(manier: int) -> Callable[[], bool]:
        def doe() -> bool:
            mijn = Uitvalrij.objects.select_related("levering").order_by("pk").get(rij=2, opgelost_op=None)
            time.sleep(0.5)
            try:
                if manier:
                    laat_vallen([mijn], "Dubbel", **wie())
                else:
                    herstel_rij(mijn, {"onderwijssoort": "vwo"}, versie=mijn.versie, **wie())
            except Geweigerd:
                return False
            return True

        return doe

    begonnen = [staat.begin("werk", los_op(nummer % 2)) for nummer in range(6)]
    assert sum(staat.wacht(een).antwoord for een in begonnen) == 1
    assert lees(staat, lambda: Uitvalrij.objects.exclude(opgelost_op=None).count()) == 1
