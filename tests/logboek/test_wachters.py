"""The database itself refuses to change the log: only sealing and erasing pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from routekaart.logboek import acties
from routekaart.logboek.models import Logregel, Zegel
from tests.fabrieken import NU

VERBODEN = {
    "een regel weg": "DELETE FROM logboek_logregel WHERE id = {regel}",
    "alle regels weg": "DELETE FROM logboek_logregel",
    "een zegel weg": "DELETE FROM logboek_zegel WHERE id = {zegel}",
    "een ander veld": "UPDATE logboek_logregel SET rol = 'privacy' WHERE id = {regel}",
    "een andere maker": "UPDATE logboek_logregel SET gebruiker_id = NULL WHERE id = {regel}",
    "een ander moment": "UPDATE logboek_logregel SET moment = '2020-01-01 00:00:00+00:00' WHERE id = {regel}",
    "een ander nummer": "UPDATE logboek_logregel SET id = 999999 WHERE id = {regel}",
    "andere inhoud": "UPDATE logboek_logregel SET inhoud = '{{}}' WHERE id = {regel}",
    "ander zout": "UPDATE logboek_logregel SET zout = 'x' WHERE id = {regel}",
    "andere vinger": "UPDATE logboek_logregel SET vinger = 'x' WHERE id = {regel}",
    "andere vinger van de inhoud": "UPDATE logboek_logregel SET inhoud_vinger = 'x' WHERE id = {regel}",
    "van zegel wisselen": "UPDATE logboek_logregel SET zegel_id = 999 WHERE id = {regel}",
    "het zegel eraf": "UPDATE logboek_logregel SET zegel_id = NULL WHERE id = {regel}",
    "een ander zegel": "UPDATE logboek_zegel SET bewijs = 'x' WHERE id = {zegel}",
}
ALLEEN_SQLITE = {
    "vervangen": "INSERT OR REPLACE INTO logboek_logregel SELECT * FROM logboek_logregel WHERE id = {regel}",
    "een zegel vervangen": "REPLACE INTO logboek_zegel SELECT * FROM logboek_zegel WHERE id = {zegel}",
}
ALLEEN_POSTGRESQL = {
    "leegmaken": "TRUNCATE logboek_logregel",
    "zegels leegmaken": "TRUNCATE logboek_zegel",
    "invoegen over bestaand": "INSERT INTO logboek_logregel SELECT * FROM logboek_logregel WHERE id = {regel} "
    "ON CONFLICT (id) DO UPDATE SET rol = 'privacy'",
}
PER_DATABASE = {"sqlite": ALLEEN_SQLITE, "postgresql": ALLEEN_POSTGRESQL}
MANIEREN = VERBODEN | PER_DATABASE[connection.vendor]


@pytest.mark.parametrize("manier", MANIEREN)
def test_de_database_weigert(logboek: list[Logregel], manier: str) -> None:
    regel, zegel = logboek[5].pk, Zegel.objects.latest("pk").pk
    voor = list(Logregel.objects.order_by("pk").values()), list(Zegel.objects.order_by("pk").values())
    with (
        pytest.raises(DatabaseError, match="alleen om bij te schrijven"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(MANIEREN[manier].format(regel=regel, zegel=zegel))
    assert voor == (list(Logregel.objects.order_by("pk").values()), list(Zegel.objects.order_by("pk").values()))


def test_ook_door_django_heen_weigert_de_database(logboek: list[Logregel]) -> None:
    for doe in (
        lambda: Logregel.objects.all().delete(),
        lambda: logboek[0].delete(),
        lambda: Logregel.objects.filter(pk=logboek[0].pk).update(rol="privacy"),
        lambda: Zegel.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="alleen om bij te schrijven"), transaction.atomic():
            doe()
    assert Logregel.objects.count() == 14


def test_verzegelen_en_wissen_mogen(logboek: list[Logregel]) -> None:
    assert acties.verzegel(nu=NU) is not None
    assert acties.wis(jongere_id=logboek[0].jongere_id or 0, nu=NU) == 1
    assert acties.controleer().klopt


def test_gewist_blijft_gewist(logboek: list[Logregel]) -> None:
    acties.wis(jongere_id=logboek[0].jongere_id or 0, nu=NU)
    with pytest.raises(DatabaseError, match="alleen om bij te schrijven"), transaction.atomic():
        Logregel.objects.filter(pk=logboek[0].pk).update(inhoud="{}")


def test_sqlite_wist_ook_in_het_bestand(db: Any) -> None:
    """Without these two, erased text stays in the file and INSERT OR REPLACE slips by."""
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        for naam in ("recursive_triggers", "secure_delete"):
            cursor.execute(f"PRAGMA {naam}")
            assert cursor.fetchone() == (1,)
