"""Loading many rows at once gives what the ORM would have given, on both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from routekaart.basis.lading import Json, laad, met_streepjes, nieuwe_sleutels, reserveer, wijzig_velen
from routekaart.leveringen.models import Feitwijziging, Levering
from routekaart.loopbaan.models import Inschrijving, Instelling
from tests.fabrieken import NU, Gebied, maak_jongere

REDEN = "de test leest wat er staat"
VELDEN = ("jongere_id", "instelling_id", "onderwijssoort", "niveau", "van", "tot", "bron")


def velden_van(rij: Any, *, behalve: set[str]) -> dict[str, Any]:
    return {
        veld.attname: getattr(rij, veld.attname) for veld in rij._meta.concrete_fields if veld.attname not in behalve
    }


@pytest.mark.django_db
def test_een_geladen_rij_is_gelijk_aan_een_die_gewoon_werd_bewaard(gebied: Gebied) -> None:
    jongere, school = maak_jongere(gebied), Instelling.objects.create(brin="25LX", naam="25LX")
    waarden = (jongere.pk, school.pk, "mbo", 2, dt.date(2023, 8, 1), None, "DUO")
    gewoon = Inschrijving.objects.create(**dict(zip(VELDEN, waarden, strict=True)))
    anders = (*waarden[:4], dt.date(2024, 8, 1), dt.date(2025, 7, 31), "DUO")
    assert laad(Inschrijving, VELDEN, [anders], nu=NU) == 1
    geladen = Inschrijving.objects.alles(reden=REDEN).get(van=dt.date(2024, 8, 1))
    verschilt = {"id", "sleutel", "created", "updated", "van", "tot"}
    assert velden_van(geladen, behalve=verschilt) == velden_van(gewoon, behalve=verschilt)
    assert (geladen.van, geladen.tot, geladen.created, geladen.updated) == (anders[4], anders[5], NU, NU)
    assert geladen.sleutel != gewoon.sleutel and geladen.sleutel.version == 4


@pytest.mark.django_db
def test_wat_een_lijst_en_een_moment_is_komt_er_zo_weer_uit(gebied: Gebied) -> None:
    jongere = maak_jongere(gebied)
    levering = Levering.objects.create(regio=gebied.regio, soort="brp", sha256="0" * 64, gestart_op=NU)
    spoor: tuple[Any, ...] = (jongere.pk, levering.pk, "diploma", {"soort": "mbo", "naam": "José ☃"}, {}, NU)
    laad(Feitwijziging, ("jongere_id", "levering_id", "soort", "was", "wordt", "vastgelegd_op"), [spoor], nu=NU)
    rij = Feitwijziging.objects.alles(reden=REDEN).get()
    assert (rij.was, rij.wordt, rij.vastgelegd_op) == (spoor[3], {}, NU)


@pytest.mark.django_db
def test_wat_al_als_json_is_opgeschreven_gaat_zo_mee(gebied: Gebied) -> None:
    jongere = maak_jongere(gebied)
    levering = Levering.objects.create(regio=gebied.regio, soort="brp", sha256="0" * 64, gestart_op=NU)
    spoor = (jongere.pk, levering.pk, "diploma", Json('{"naam": "José ☃"}'), "geen json", NU)
    laad(Feitwijziging, ("jongere_id", "levering_id", "soort", "was", "wordt", "vastgelegd_op"), [spoor], nu=NU)
    rij = Feitwijziging.objects.alles(reden=REDEN).get()
    assert (rij.was, rij.wordt) == ({"naam": "José ☃"}, "geen json")


def test_een_sleutel_met_streepjes_is_dezelfde() -> None:
    sleutel = next(nieuwe_sleutels())
    assert met_streepjes(sleutel) == str(uuid.UUID(sleutel))


@pytest.mark.django_db
def test_wijzigen_raakt_alleen_de_genoemde_velden_en_rijen(gebied: Gebied) -> None:
    jongere, school = maak_jongere(gebied), Instelling.objects.create(brin="25LX", naam="25LX")
    dagen = [dt.date(jaar, 8, 1) for jaar in (2021, 2022, 2023)]
    laad(Inschrijving, VELDEN, [(jongere.pk, school.pk, "mbo", 2, dag, None, "DUO") for dag in dagen], nu=NU)
    eerste, tweede, derde = Inschrijving.objects.alles(reden=REDEN).order_by("van")
    later = timezone.now()
    einde = dt.date(2024, 1, 31)
    wijzig_velen(Inschrijving, ("tot", "leerjaar"), [(eerste.pk, einde, "2"), (derde.pk, einde, "4")], nu=later)
    na = list(Inschrijving.objects.alles(reden=REDEN).order_by("van"))
    assert [(rij.tot, rij.leerjaar, rij.versie) for rij in na] == [(einde, "2", 2), (None, "", 1), (einde, "4", 2)]
    assert na[0].updated == later and na[1].updated == NU and na[2].niveau == 2
    assert na[1].sleutel == tweede.sleutel


@pytest.mark.django_db
def test_gereserveerde_nummers_krijgt_niemand_anders(gebied: Gebied) -> None:
    school = Instelling.objects.create(brin="25LX", naam="25LX")
    ids = list(reserveer(Instelling, 3))
    assert len(set(ids)) == 3 and min(ids) > school.pk
    laad(Instelling, ("id", "brin", "naam"), [(pk, f"2{pk % 10}AB", "x") for pk in ids], nu=NU)
    assert Instelling.objects.create(brin="99ZZ", naam="99ZZ").pk > max(ids)
