"""Every act that a route names has a place where it is done."""

from __future__ import annotations

import uuid

import pytest
from django.urls import resolve, reverse

from routekaart.dossiers.actielinks import IN_DOSSIER, OP_MELDING, actielink
from routekaart.dossiers.dossier import TABS
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst

JONGERE = uuid.UUID(int=1)


@pytest.mark.parametrize("code", sorted(codelijst("acties").codes))
def test_elke_actie_heeft_een_adres(code: str) -> None:
    assert code in IN_DOSSIER or code in OP_MELDING
    resolve(actielink(code, jongere=JONGERE).partition("?")[0])


def test_elke_route_noemt_alleen_acties_die_er_zijn() -> None:
    codes = {
        actie.code
        for route in routes.codes()
        for versie in routes.versies(route)
        for stap in routes.laad(route, versie)
        for actie in stap.acties
    }
    assert len(codes) > 10
    assert codes <= set(IN_DOSSIER) | set(OP_MELDING)


def test_een_actie_van_een_oude_route_leidt_naar_de_route() -> None:
    assert actielink("bestaat-niet-meer", jongere=JONGERE) == reverse("dossiers:route", args=[JONGERE])


def test_een_oordeel_geef_je_bij_de_melding() -> None:
    melding = uuid.UUID(int=2)
    adres = actielink("oordeel-geven", jongere=JONGERE, melding=melding)
    assert adres == f"{reverse('meldingen:lijst')}?melding={melding}"


def test_een_gekozen_werkproces_en_wat_je_invult_gaan_mee() -> None:
    werkproces = uuid.UUID(int=3)
    adres = actielink("contact-vastleggen", jongere=JONGERE, werkproces=werkproces, met="school")
    assert adres == f"{reverse('dossiers:contact', args=[JONGERE])}?werkproces={werkproces}&met=school"


@pytest.mark.parametrize("naam", [naam for _, naam in TABS.values()])
def test_elke_tab_heeft_een_adres(naam: str) -> None:
    assert reverse(naam, args=[JONGERE]).startswith(f"/jongeren/{JONGERE}/")
