"""Several colleagues and deliveries at the same moment, on a server that lets them."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.meldingen.acties import (
    DuoMelding,
    Opgave,
    geef_oordeel,
    koppel_jongere,
    neem_duo_melding_aan,
    verklaar_onterecht,
    vraag_informatie,
)
from routekaart.meldingen.models import Informatievraag, Melding
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ALLES: dict[str, Any] = {"reden": "test"}
SCHRIJVERS = 8


def tegelijk(*werken: Callable[[], Any]) -> list[Any]:
    """What each answered, or why it was refused; all begin at the same moment, each on its own connection."""
    hek = threading.Barrier(len(werken))
    antwoorden: list[Any] = [None] * len(werken)

    def doe(plek: int, werk: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            hek.wait(timeout=20)
            antwoorden[plek] = werk()
        except Geweigerd as reden:
            antwoorden[plek] = reden
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(plek, werk)) for plek, werk in enumerate(werken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    assert not any(draad.is_alive() for draad in draden)
    return antwoorden


def test_acht_meldingen_tegelijk_delen_een_werkproces(ontvang: Any, jongere: Any) -> None:
    meldingen = tegelijk(*[lambda: ontvang(jongere)] * SCHRIJVERS)
    assert Werkproces.objects.alles(**ALLES).count() == 1
    assert len({melding.nummer for melding in meldingen}) == SCHRIJVERS
    codes = Counter(Gebeurtenis.objects.alles(**ALLES).values_list("code", flat=True))
    assert codes == {"melding.ontvangen": 1, "melding.aangesloten": SCHRIJVERS - 1}
    assert Taak.objects.alles(**ALLES).open().count() == 1


def test_twee_oordelen_tegelijk_een_telt_en_de_ander_hoort_het(
    ontvang: Any, jongere: Any, coach: Any, collega: Any
) -> None:
    melding = ontvang(jongere)

    def ja() -> str:
        eigen = Melding.objects.alles(**ALLES).get(pk=melding.pk)
        geef_oordeel(eigen, directe_actie=True, motivatie="ja", toegang=fabrieken.toegang(coach), nu=NU)
        return "ja"

    def onterecht() -> str:
        eigen = Melding.objects.alles(**ALLES).get(pk=melding.pk)
        verklaar_onterecht(eigen, motivatie="nee", toegang=fabrieken.toegang(collega), nu=NU)
        return "onterecht"

    antwoorden = tegelijk(ja, onterecht)
    geweigerd = [antwoord for antwoord in antwoorden if isinstance(antwoord, Geweigerd)]
    assert len(geweigerd) == 1
    assert "gaf al een oordeel over deze melding" in geweigerd[0].boodschap
    melding.refresh_from_db()
    assert (melding.oordeel_motivatie == "ja") == ("ja" in antwoorden)
    assert Gebeurtenis.objects.alles(**ALLES).filter(code="oordeel.gegeven").count() == 1


def test_dezelfde_melding_van_duo_in_twee_leveringen_is_er_een(gebied: Any, jongere: Any, school: Any) -> None:
    duo = DuoMelding(meldingsnummer="4711", versie=1, soort="16-uur", begindatum=dt.date(2026, 11, 2))

    def neem() -> str:
        return neem_duo_melding_aan(
            duo, jongere=jongere, instelling=school, gemeente=gebied.gemeente, toegang=fabrieken.systeem(gebied), nu=NU
        )

    assert sorted(tegelijk(*[neem] * 4)) == ["nieuw", "ongewijzigd", "ongewijzigd", "ongewijzigd"]
    assert Melding.objects.alles(**ALLES).count() == Werkproces.objects.alles(**ALLES).count() == 1


def test_twee_keer_vragen_tegelijk_vraagt_een_keer(ontvang: Any, jongere: Any, coach: Any) -> None:
    melding = ontvang(jongere)

    def vraag() -> None:
        eigen = Melding.objects.alles(**ALLES).get(pk=melding.pk)
        vraag_informatie(eigen, punten=["hulptrajecten"], toegang=fabrieken.toegang(coach), nu=NU)

    antwoorden = tegelijk(vraag, vraag)
    assert sum(isinstance(antwoord, Geweigerd) for antwoord in antwoorden) == 1
    assert Informatievraag.objects.alles(**ALLES).count() == 1


def test_twee_keer_koppelen_tegelijk_koppelt_een_keer(gebied: Any, ontvang: Any, jongere: Any, coach: Any) -> None:
    melding = ontvang(None, opgave=Opgave(achternaam="Rooij"))
    ander = fabrieken.maak_jongere(gebied)

    def koppel(aan: Any) -> Callable[[], None]:
        def doe() -> None:
            eigen = Melding.objects.alles(**ALLES).get(pk=melding.pk)
            koppel_jongere(eigen, aan, toegang=fabrieken.toegang(coach), nu=NU)

        return doe

    antwoorden = tegelijk(koppel(jongere), koppel(ander))
    assert sum(isinstance(antwoord, Geweigerd) for antwoord in antwoorden) == 1
    melding.refresh_from_db()
    assert Werkproces.objects.alles(**ALLES).get().jongere == melding.jongere
    assert melding.ontvangen_op.date() == VANDAAG
