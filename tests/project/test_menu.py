"""The main menu holds what this user has a right to, and every entry leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from routekaart.project.menu import ONDER_SIGNALEN, PUNTEN, VOETLINKS
from routekaart.toegang.rechten import RECHTEN, Rol
from tests.fabrieken import Gebied, maak_gebruiker


@pytest.mark.parametrize(("naam", "recht"), [(naam, recht) for naam, _, recht in PUNTEN])
def test_elk_punt_leidt_naar_een_pagina_die_dat_recht_opent(naam: str, recht: Any) -> None:
    view: Any = resolve(reverse(naam)).func
    assert RECHTEN[recht] <= RECHTEN[view.recht]


def test_elke_link_in_de_voet_bestaat() -> None:
    assert all(reverse(naam) for naam, _ in VOETLINKS)
    assert len(VOETLINKS) >= 3


@pytest.mark.parametrize("rol", Rol.values)
def test_het_menu_toont_wat_je_mag(gebied: Gebied, als: Callable[[Any], Client], rol: str) -> None:
    client = als(maak_gebruiker(gebied, "iemand", rol))
    html = client.get(reverse("account_change_password")).content.decode()
    getoond = {naam for naam, _, _ in PUNTEN if f'<a href="{reverse(naam)}"' in html}
    mag = {naam for naam, _, recht in PUNTEN if rol in RECHTEN[recht]}
    if "signalen:lijst" in mag:
        mag -= set(ONDER_SIGNALEN)
    assert getoond == mag
