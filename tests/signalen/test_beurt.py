"""Two nodes at once: one does the work, the other sees that; who is taken for dead writes nothing any more."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from routekaart.personen.models import Jongere
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.beurt import VERLOOPT, BeurtKwijt, Bezet, beurt
from routekaart.signalen.models import Beurt
from tests.fabrieken import NU, Gebied
from tests.signalen.conftest import signalen

pytestmark = pytest.mark.django_db


def test_een_tweede_krijgt_geen_beurt_tot_de_eerste_klaar_is() -> None:
    with beurt("werk"), pytest.raises(Bezet, match="loopt al op een andere computer"), beurt("werk"):
        pytest.fail("twee hadden tegelijk de beurt")
    with beurt("werk") as houder:
        assert Beurt.objects.get(werk="werk").houder == houder.wie
    assert Beurt.objects.get(werk="werk").houder == ""


def test_ander_werk_gaat_gewoon_door() -> None:
    with beurt("werk"), beurt("ander werk"):
        assert Beurt.objects.exclude(houder="").count() == 2


def test_ook_na_een_fout_is_de_beurt_weer_vrij() -> None:
    with pytest.raises(ZeroDivisionError), beurt("werk"):
        raise ZeroDivisionError
    with beurt("werk"):
        pass


def test_wie_niets_laat_horen_verliest_de_beurt_en_schrijft_niet_meer() -> None:
    with time_machine.travel(NU, tick=False), beurt("werk") as eerste:
        with time_machine.travel(NU + VERLOOPT, tick=False), pytest.raises(Bezet), beurt("werk"):
            pytest.fail("te vroeg overgenomen")
        later = NU + VERLOOPT + dt.timedelta(seconds=1)
        with time_machine.travel(later, tick=False), beurt("werk") as tweede:
            with pytest.raises(BeurtKwijt):
                eerste.klop()
            tweede.klop()
    assert Beurt.objects.get(werk="werk").houder == ""


def test_een_hartslag_houdt_de_beurt_vast() -> None:
    with time_machine.travel(NU, tick=False) as klok, beurt("werk") as houder:
        klok.shift(VERLOOPT)
        houder.klop()
        klok.shift(VERLOOPT)
        with pytest.raises(Bezet), beurt("werk"):
            pytest.fail("overgenomen van wie nog werkt")


def test_zoeken_wacht_op_de_beurt_van_zijn_regio(gebied: Gebied, thuis: Jongere) -> None:
    with beurt(f"signaleer:{gebied.regio.pk}"), pytest.raises(Bezet):
        signaleer(gebied.regio.pk, nu=NU)
    assert signalen() == []
    signaleer(gebied.regio.pk, nu=NU)
    assert signalen() != []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_van_acht_tegelijk_zoekt_er_een_en_staat_alles_er_een_keer(gebied: Gebied, thuis: Jongere) -> None:
    """Real connections: the others are told that it runs already, or come after it and find nothing new."""
    samen = threading.Barrier(8)

    def zoek_mee(_: int) -> int | None:
        try:
            samen.wait(timeout=20)
            return signaleer(gebied.regio.pk, nu=NU).nieuw
        except Bezet:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as draden:
        uitkomsten = list(draden.map(zoek_mee, range(8)))
    assert sorted(nieuw for nieuw in uitkomsten if nieuw) == [2]
    assert len(signalen()) == 2
    assert Beurt.objects.get().houder == ""
