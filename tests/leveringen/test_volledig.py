"""Full deliveries: what we know and the file does not hold is listed, and never ended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties import Aanpak
from routekaart.leveringen.models import Vermissing
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import Jongere, Verzorger
from tests.leveringen.hulp import Inlezer, inschrijving, persoon, relatie

VOLLEDIG = Aanpak(aard="volledig", peildatum=dt.date(2026, 11, 1))


def vermist() -> list[tuple[str, str]]:
    rijen = Vermissing.objects.alles(reden="test").order_by("wat")
    return list(rijen.values_list("jongere__voornamen", "wat"))


def test_wie_er_woont_en_niet_in_het_bestand_staat_komt_op_een_lijst(inlezer: Inlezer) -> None:
    inlezer("brp", [
        persoon(1), persoon(2, voornamen="Esra"), persoon(3, overleden_op="2026-01-01"),
        persoon(4, vertrokken_op="2026-10-31"), persoon(5, gemeentecode="0518"),
    ])  # fmt: skip
    uitkomst = inlezer("brp", [persoon(1)], aanpak=VOLLEDIG)
    assert uitkomst.vermist == 1
    assert vermist() == [("Esra", "woont volgens ons in Gemeente 1-1")]
    assert Jongere.objects.alles(reden="test").filter(vertrokken_op=None, overleden_op=None).count() == 3


def test_een_rij_die_uitval_is_noemt_de_persoon_wel(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    uitkomst = inlezer("brp", [persoon(1), persoon(2, geboortedatum="2004-13-40")], aanpak=VOLLEDIG)
    assert (uitkomst.vermist, uitkomst.telling.uitval) == (0, 1)


def test_het_gebied_beperkt_wie_vermist_kan_zijn(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2, gemeentecode="9102"), persoon(3, gemeentecode="9102")])
    gebied = Aanpak(aard="volledig", peildatum=dt.date(2026, 11, 1), gebied=("9102",))
    assert inlezer("brp", [persoon(2, gemeentecode="9102")], aanpak=gebied).vermist == 1


def test_een_inschrijving_die_liep_en_er_niet_in_staat_wordt_niet_beeindigd(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2, voornamen="Esra")])
    inlezer("inschrijvingen", [inschrijving(1), inschrijving(2), inschrijving(1, van="2020-08-01", tot="2023-07-31")])
    rijen = [inschrijving(1), inschrijving(2, onderwijssoort="vwo", tot="2020-01-01")]
    assert inlezer("inschrijvingen", rijen, aanpak=VOLLEDIG).vermist == 0
    uitkomst = inlezer("inschrijvingen", [inschrijving(1)], aanpak=VOLLEDIG)
    assert uitkomst.vermist == 1
    assert vermist() == [("Esra", "havo bij 99VA00 sinds 01-08-2023")]
    assert Inschrijving.objects.alles(reden="test").filter(tot=None).count() == 2


def test_een_dag_die_nog_komt_wordt_geweigerd_en_vandaag_mag(inlezer: Inlezer) -> None:
    vandaag = timezone.localdate(inlezer.nu)
    assert inlezer("brp", [persoon(1)], aanpak=Aanpak(aard="volledig", peildatum=vandaag)).vermist == 0
    with pytest.raises(Geweigerd, match="18 november 2026 ligt in de toekomst") as reden:
        inlezer("brp", [persoon(2)], aanpak=Aanpak(aard="volledig", peildatum=vandaag + dt.timedelta(days=1)))
    assert reden.value.veld == "peildatum"
    assert Jongere.objects.alles(reden="test").count() == 1


def test_een_gemeente_van_een_andere_regio_wordt_geweigerd(inlezer: Inlezer) -> None:
    gebied = Aanpak(aard="volledig", peildatum=dt.date(2026, 11, 1), gebied=("9101", "0518"))
    with pytest.raises(Geweigerd, match="Gemeente 0518 hoort niet bij Regio Veldermeer"):
        inlezer("brp", [persoon(1)], aanpak=gebied)


def test_een_levering_van_mutaties_kent_geen_vermisten(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    assert inlezer("brp", [persoon(1)]).vermist is None
    assert vermist() == []


def test_andere_soorten_kunnen_niet_volledig(inlezer: Inlezer) -> None:
    with pytest.raises(Geweigerd, match="Alleen brp, brp-relaties, inschrijvingen en vrijstellingen"):
        inlezer("diplomas", "pgn;soort;behaald_op\n1;2;3\n", aanpak=VOLLEDIG)


def test_een_ouder_die_er_niet_in_staat_wordt_voorgesteld_en_niet_beeindigd(inlezer: Inlezer) -> None:
    kinderen = [persoon(1), persoon(2, voornamen="Esra"), persoon(3, overleden_op="2026-01-01")]
    inlezer("brp", [*kinderen, persoon(4, gemeentecode="9102")])
    namen = ["A. Bos", "B. Bos", "C. Bos"]
    inlezer("brp-relaties", [relatie(nummer, naam=naam, van="2010-01-01") for nummer in (1, 2, 3, 4) for naam in namen])
    inlezer("brp-relaties", [relatie(2, naam="Oud Adres", van="2010-01-01", tot="2020-01-01")])
    kind = Jongere.objects.alles(reden="test").get(voornamen="Esra")
    Verzorger.objects.create(jongere=kind, naam="Oma van buiten", van=dt.date(2020, 1, 1))
    # of the second child one parent is missing and one cannot be read; nobody of the third and the fourth is named
    rijen = [relatie(1, naam=naam, van="2010-01-01") for naam in namen]
    rijen += [relatie(2, naam="A. Bos", van="2010-01-01"), relatie(2, naam="b. bos", van="2010-01-01")]
    gebied = Aanpak(aard="volledig", peildatum=dt.date(2026, 11, 1), gebied=("9101",))
    assert inlezer("brp-relaties", rijen, aanpak=gebied).vermist == 1
    assert vermist() == [("Esra", "ouder sinds 01-01-2010: C. Bos")]
    assert not Verzorger.objects.alles(reden="test").filter(tot__gte="2025-01-01").exists()
    slecht = [*rijen[:-1], relatie(2, naam="B. Bos", van="2010-01-01", gezag="misschien")]
    assert inlezer("brp-relaties", slecht, aanpak=gebied).vermist == 0
