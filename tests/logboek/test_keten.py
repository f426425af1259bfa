"""The chain of the log verifies, and every way to tamper with it is found."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from routekaart.logboek import acties, keten
from routekaart.logboek.models import Logregel, Zegel
from tests.fabrieken import NU
from tests.logboek.conftest import Sql


def fouten(**opties: Any) -> str:
    uitslag = acties.controleer(**opties)
    assert uitslag.klopt is (not uitslag.fouten)
    return "\n".join(uitslag.fouten)


def test_een_ongeschonden_logboek_klopt(logboek: list[Logregel]) -> None:
    uitslag = acties.controleer()
    assert uitslag.fouten == []
    assert (uitslag.regels, uitslag.zegels, uitslag.open, uitslag.gewist) == (14, 3, 2, 0)
    assert uitslag.kop == acties.kop() == Zegel.objects.get(pk=Zegel.objects.latest("pk").pk).keten


def test_een_leeg_logboek_klopt(db: Any) -> None:
    assert acties.controleer().klopt
    assert acties.kop() == keten.BEGIN
    assert acties.verzegel(nu=NU) is None


@pytest.mark.parametrize(
    ("kolom", "waarde"),
    [
        ("moment", "2026-11-16 00:00:00+00:00"),
        ("soort", "lezen"),
        ("code", "dossier.onderzocht"),
        ("regio_id", 9),
        ("gebruiker_id", 8),
        ("rol", "privacy"),
        ("doel", "iets anders"),
        ("jongere_id", 1),
        ("onderwerp", "dossiers.werkproces:2"),
        ("verzoek", "abc"),
    ],
)
def test_een_ander_veld_valt_op(logboek: list[Logregel], vervals: Sql, kolom: str, waarde: Any) -> None:
    vervals(f"UPDATE logboek_logregel SET {kolom} = %s WHERE id = %s", waarde, logboek[5].pk)
    assert f"Regel {logboek[5].pk} is veranderd" in fouten()


def test_elk_vast_veld_wordt_beproefd() -> None:
    beproefd = {kolom for kolom, _ in test_een_ander_veld_valt_op.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert beproefd == set(keten.VASTE_VELDEN)
    assert beproefd | {"id", "inhoud", "zout", "inhoud_vinger", "vinger", "zegel_id"} == {
        veld.attname for veld in Logregel._meta.concrete_fields
    }


@pytest.mark.parametrize("kolom", ["inhoud", "zout"])
def test_andere_inhoud_valt_op(logboek: list[Logregel], vervals: Sql, kolom: str) -> None:
    vervals(f"UPDATE logboek_logregel SET {kolom} = %s WHERE id = %s", "{}", logboek[2].pk)
    assert f"De inhoud van regel {logboek[2].pk} is veranderd" in fouten()


def test_een_regel_die_weer_sluitend_is_gerekend_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    """Who also recomputes the hashes of the line, still breaks its seal."""
    regel = logboek[5]
    velden = {naam: getattr(regel, naam) for naam in keten.VASTE_VELDEN} | {"jongere_id": 1}
    vinger = keten.regel_vinger(velden, regel.inhoud_vinger)
    vervals("UPDATE logboek_logregel SET jongere_id = 1, vinger = %s WHERE id = %s", vinger, regel.pk)
    zegel = Zegel.objects.order_by("pk")[1]
    assert fouten() == f"De regels van zegel {zegel.pk} zijn veranderd"


def test_een_regel_weghalen_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    vervals("DELETE FROM logboek_logregel WHERE id = %s", logboek[0].pk)
    assert "telde 4 regels, nu zijn het er 3" in fouten()


def test_een_regel_tussenvoegen_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    nieuw = acties.noteer("contact.vastgelegd", nu=NU, gebruiker_id=7)
    vervals("UPDATE logboek_logregel SET zegel_id = %s WHERE id = %s", Zegel.objects.earliest("pk").pk, nieuw.pk)
    assert "telde 4 regels, nu zijn het er 5" in fouten()


def test_regels_verwisselen_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    een, ander = logboek[0].pk, logboek[1].pk
    for oud, nieuw in ((een, 10**9), (ander, een), (10**9, ander)):
        vervals("UPDATE logboek_logregel SET id = %s WHERE id = %s", nieuw, oud)
    assert "zijn veranderd" in fouten()


def test_een_regel_van_zegel_wisselen_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    vervals("UPDATE logboek_logregel SET zegel_id = NULL WHERE id = %s", logboek[4].pk)
    assert "telde 4 regels, nu zijn het er 3" in fouten()


def test_een_zegel_zonder_sleutel_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    """Somebody changes a line and forges every hash after it, but does not have the key of the seals."""
    laatste = Zegel.objects.latest("pk")
    regels = list(Logregel.objects.filter(zegel_id=laatste.pk).order_by("pk"))
    velden = {naam: getattr(regels[0], naam) for naam in keten.VASTE_VELDEN} | {"gebruiker_id": 1}
    vingers = [keten.regel_vinger(velden, regels[0].inhoud_vinger), *(regel.vinger for regel in regels[1:])]
    som, aantal = keten.schakel(laatste.vorige, vingers)
    bewijs = keten.bewijs("ab" * 32, som, aantal, laatste.moment)
    vervals("UPDATE logboek_logregel SET gebruiker_id = 1, vinger = %s WHERE id = %s", vingers[0], regels[0].pk)
    vervals("UPDATE logboek_zegel SET keten = %s, bewijs = %s WHERE id = %s", som, bewijs, laatste.pk)
    assert fouten() == f"Het bewijs van zegel {laatste.pk} klopt niet"


def test_een_zegel_weghalen_valt_op(logboek: list[Logregel], vervals: Sql) -> None:
    midden = Zegel.objects.order_by("pk")[1].pk
    vervals("DELETE FROM logboek_zegel WHERE id = %s", midden)
    assert "sluit niet aan op het vorige zegel" in fouten()
    assert "4 regels hebben een zegel dat niet bestaat" in fouten()


def test_het_einde_afknippen_valt_op_met_een_bewaarde_kop(logboek: list[Logregel], vervals: Sql) -> None:
    """What is left is a whole chain; only the head that left the house betrays it."""
    bewaard = acties.kop()
    laatste = Zegel.objects.latest("pk").pk
    vervals("DELETE FROM logboek_logregel WHERE zegel_id = %s OR zegel_id IS NULL", laatste)
    vervals("DELETE FROM logboek_zegel WHERE id = %s", laatste)
    assert fouten() == ""
    assert fouten(koppen=[bewaard]) == f"Het zegel met kop {bewaard} is er niet meer"


def test_een_oudere_kop_hoort_er_nog_bij(logboek: list[Logregel]) -> None:
    eerste = Zegel.objects.earliest("pk").keten
    assert fouten(koppen=[eerste, acties.kop()]) == ""


def test_wissen_laat_de_keten_heel(logboek: list[Logregel]) -> None:
    jongere_id = logboek[0].jongere_id
    assert jongere_id is not None
    assert acties.wis(jongere_id=jongere_id, nu=NU) == 1
    regel = Logregel.objects.get(pk=logboek[0].pk)
    assert (regel.inhoud, regel.zout) == (None, None)
    uitslag = acties.controleer()
    assert uitslag.fouten == []
    assert uitslag.gewist == 1
    assert Logregel.objects.filter(code="logboek.gewist", jongere_id=jongere_id).count() == 1
    assert acties.wis(jongere_id=987654, nu=NU) == 0


def test_met_een_andere_sleutel_klopt_geen_zegel(logboek: list[Logregel]) -> None:
    with override_settings(ZEGELSLEUTEL="cd" * 32):
        assert fouten().count("Het bewijs van zegel") == 3


def test_een_onbekende_code_wordt_niet_geschreven(db: Any) -> None:
    with pytest.raises(ValueError, match="heeft geen zin"):
        acties.noteer("iets.onbekends", nu=NU)


def test_wat_de_regel_zegt_kan_niet_in_een_ander_veld_lopen() -> None:
    leeg = dict.fromkeys(keten.VASTE_VELDEN)
    een = keten.regel_vinger(leeg | {"rol": "ab", "doel": "c"}, "")
    ander = keten.regel_vinger(leeg | {"rol": "a", "doel": "bc"}, "")
    assert een != ander


def _opdracht(*args: str) -> tuple[str, str]:
    uit, fout = io.StringIO(), io.StringIO()
    call_command("logboek", *args, stdout=uit, stderr=fout)
    return uit.getvalue(), fout.getvalue()


def test_opdracht_controleer_is_klaar_als_het_klopt(logboek: list[Logregel]) -> None:
    uit, fout = _opdracht("controleer", "--kop", acties.kop())
    assert "14 regels, 3 zegels, 2 nog niet verzegeld" in uit
    assert fout == ""


def test_opdracht_controleer_weigert_met_code_1(logboek: list[Logregel], vervals: Sql) -> None:
    vervals("UPDATE logboek_logregel SET rol = 'x' WHERE id = %s", logboek[0].pk)
    uit, fout = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as weigering:
        call_command("logboek", "controleer", "--json", stdout=uit, stderr=fout)
    assert weigering.value.returncode == 1
    uitslag = json.loads(uit.getvalue())
    assert uitslag["klopt"] is False
    assert uitslag["fouten"] == [f"Regel {logboek[0].pk} is veranderd"]


def test_opdracht_verzegel_en_kop(logboek: list[Logregel]) -> None:
    assert "2 regels verzegeld" in _opdracht("verzegel")[0]
    assert "Niets te verzegelen" in _opdracht("verzegel")[0]
    assert _opdracht("kop")[0].strip() == acties.kop()
    assert acties.controleer().open == 0


def test_het_logboek_wijst_nergens_naar(db: Any) -> None:
    """A line outlives what it tells about: no foreign keys, not in Django and not in the database."""
    assert not [veld for model in (Logregel, Zegel) for veld in model._meta.get_fields() if veld.is_relation]
    with connection.cursor() as cursor:
        for tabel in ("logboek_logregel", "logboek_zegel"):
            beperkingen = connection.introspection.get_constraints(cursor, tabel)
            assert beperkingen
            assert not [naam for naam, eis in beperkingen.items() if eis["foreign_key"]]
