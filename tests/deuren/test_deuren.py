"""Every address, as everybody, about one's own and about somebody else's: role × route × object, from the resolver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import toegang_van
from routekaart.toegang.rechten import RECHTEN, Recht, Rol
from tests.deuren.adressen import Adres, adres_van, adressen
from tests.deuren.conftest import Schrijver
from tests.deuren.routes import AANGEMELD, MELDING, OPENBAAR, ROUTES, Deur
from tests.deuren.wereld import Persoon, Wereld
from tests.fabrieken import VANDAAG

Bezoek = Callable[..., Client]

ADRESSEN = adressen()
PER_NAAM = {adres.naam: adres for adres in ADRESSEN}
MET_RECHT = {naam: deur for naam, deur in ROUTES.items() if deur.recht is not None}
MET_OBJECT = {naam: deur for naam, deur in MET_RECHT.items() if deur.objecten}
BEWAAKT = MET_RECHT | AANGEMELD
WEG, GEEN_TOEGANG = 302, 404
ZONDER_ROL = ("zonder-rol",)


@pytest.fixture(autouse=True)
def in_de_wereld(wereld: Wereld, db: Any) -> None:
    """Every test of this file stands in the world."""


# -- the table itself


def test_elk_adres_staat_in_de_tabel() -> None:
    nieuw = [adres.regel() for adres in ADRESSEN if adres.naam not in ROUTES]
    assert not nieuw, "zet deze regels in tests/deuren/routes.py, met het recht en de objecten:\n" + "\n".join(nieuw)


def test_elke_regel_van_de_tabel_is_een_adres() -> None:
    assert not set(ROUTES) - set(PER_NAAM), "deze adressen bestaan niet meer"
    assert len(PER_NAAM) == len(ADRESSEN), Counter(adres.naam for adres in ADRESSEN).most_common(1)


@pytest.mark.parametrize("adres", ADRESSEN, ids=lambda adres: adres.naam)
def test_de_tabel_zegt_hetzelfde_als_de_deur(adres: Adres) -> None:
    deur = ROUTES.get(adres.naam)
    if deur is None:
        pytest.fail(adres.regel())
    if adres.naam.startswith("account_"):
        assert deur.recht is None
        return
    assert hasattr(adres.view, "recht") or hasattr(adres.view, "openbaar"), "zet @vereist of @openbaar op de view"
    assert getattr(adres.view, "recht", None) == deur.recht
    assert (adres.naam in OPENBAAR) == bool(getattr(adres.view, "openbaar", ""))
    assert set(deur.objecten) | set(deur.vast) == set(adres.delen)


# -- who may in


def bereikt(wereld: Wereld, wie: str, deur: Deur) -> list[Persoon]:
    """The persons whose object this user reaches through this door."""
    gebruiker = wereld.gebruikers[wie]
    if deur.bereik == "regio":
        return [p for p in wereld.personen.values() if p.gebied.regio == gebruiker.regio]
    if deur.bereik == "school":
        return [p for p in wereld.personen.values() if p.rij(MELDING).melder_id == gebruiker.pk]
    toegang = toegang_van(gebruiker, op=VANDAAG)
    sleutels = set(Jongere.objects.voor(toegang).values_list("pk", flat=True))
    return [p for p in wereld.personen.values() if p.jongere.pk in sleutels]


def een_van(wereld: Wereld, wie: str, deur: Deur, naam: str) -> Persoon:
    """Somebody to try this door on as one who may pass it."""
    if not deur.objecten:
        return wereld.personen["A"]
    personen = bereikt(wereld, wie, deur)
    assert personen, f"{wie} bereikt niemand en kan {naam} dus niet gebruiken"
    return personen[0]


def wie_mag(deur: Deur) -> list[str]:
    assert deur.recht is not None
    rollen = sorted(RECHTEN[deur.recht])
    assert rollen, f"niemand heeft het recht {deur.recht}"
    # the own account is also that of who has no role yet
    return [*rollen, *(ZONDER_ROL if deur.recht is Recht.EIGEN_ACCOUNT else ())]


@pytest.mark.parametrize("naam", MET_RECHT)
def test_wie_het_recht_heeft_komt_binnen(wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str) -> None:
    deur = MET_RECHT[naam]
    for rol in wie_mag(deur):
        persoon = een_van(wereld, rol, deur, naam)
        for vraag in ("", *(vraag.format(achternaam=persoon.jongere.achternaam) for vraag in deur.vragen)):
            client = bezoek(rol)
            schrijver.geschreven.clear()
            antwoord = client.get(adres_van(naam, persoon) + vraag)
            verwacht = {405} if deur.alleen_post else {200, WEG}
            assert antwoord.status_code in verwacht, f"{rol} op {naam}{vraag}: {antwoord.status_code}"
            if antwoord.status_code == WEG:
                assert settings.LOGIN_URL not in antwoord["Location"]
                assert "/account/" not in antwoord["Location"]
            assert not schrijver.onverwacht - {"django_session"}, f"lezen van {naam} schrijft in {schrijver.onverwacht}"


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("naam", MET_RECHT)
def test_wie_het_recht_niet_heeft_ziet_niets(
    wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str, methode: str
) -> None:
    mag_niet = sorted({*Rol, *ZONDER_ROL} - set(wie_mag(MET_RECHT[naam])))
    for rol in mag_niet:
        for letter in ("A", "D"):
            client = bezoek(rol)
            schrijver.geschreven.clear()
            antwoord = getattr(client, methode)(adres_van(naam, wereld.personen[letter]))
            assert antwoord.status_code == GEEN_TOEGANG, f"{rol} op {naam}: {antwoord.status_code}"
            assert not schrijver.onverwacht, f"een geweigerde {methode} op {naam} schrijft in {schrijver.onverwacht}"


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("naam", MET_OBJECT)
def test_van_een_ander_bestaat_het_niet(
    wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str, methode: str
) -> None:
    """Another region, another gemeente, other work: 404, for whoever has the right too."""
    for rol in (*wie_mag(MET_OBJECT[naam]), "elders"):
        eigen = bereikt(wereld, rol, MET_OBJECT[naam])
        vreemd = [persoon for persoon in wereld.personen.values() if persoon not in eigen]
        assert vreemd, f"{rol} ziet iedereen"
        for persoon in vreemd:
            client = bezoek(rol)
            schrijver.geschreven.clear()
            antwoord = getattr(client, methode)(adres_van(naam, persoon))
            verwacht = {GEEN_TOEGANG, 405} if MET_OBJECT[naam].alleen_post and methode == "get" else {GEEN_TOEGANG}
            assert antwoord.status_code in verwacht, f"{rol} op {naam} van {persoon.letter}: {antwoord.status_code}"
            assert not schrijver.onverwacht


@pytest.mark.parametrize("naam", [naam for naam, deur in MET_OBJECT.items() if len(deur.objecten) > 1])
def test_een_deel_van_een_ander_hoort_er_niet_bij(wereld: Wereld, bezoek: Bezoek, naam: str) -> None:
    """One's own dossier with somebody else's contactmoment in the address: 404."""
    for rol in wie_mag(MET_OBJECT[naam]):
        eigen = een_van(wereld, rol, MET_OBJECT[naam], naam)
        for persoon in wereld.personen.values():
            if persoon is eigen:
                continue
            for methode in ("get", "post"):
                antwoord = getattr(bezoek(rol), methode)(adres_van(naam, eigen, met=persoon))
                assert antwoord.status_code in {GEEN_TOEGANG, 405}, f"{rol} op {naam} met {persoon.letter}"


@pytest.mark.parametrize("naam", BEWAAKT)
def test_wie_niet_is_aangemeld_moet_dat_eerst(wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str) -> None:
    adres = adres_van(naam, wereld.personen["A"])
    for methode in ("get", "post"):
        antwoord = getattr(bezoek(None), methode)(adres)
        assert antwoord.status_code == WEG, f"{naam}: {antwoord.status_code}"
        assert antwoord["Location"].startswith(reverse("account_login"))
        assert not schrijver.onverwacht


@pytest.mark.parametrize("naam", OPENBAAR)
def test_wat_openbaar_is_antwoordt_iedereen(wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str) -> None:
    for wie in (None, *wereld.gebruikers):
        client = bezoek(wie)
        schrijver.geschreven.clear()
        antwoord = client.get(adres_van(naam, wereld.personen["A"]))
        assert antwoord.status_code in {200, WEG}, f"{wie} op {naam}"
        assert not schrijver.onverwacht


@pytest.mark.parametrize("naam", MET_RECHT | AANGEMELD)
def test_zonder_bewijs_van_het_formulier_verandert_er_niets(
    wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver, naam: str
) -> None:
    """A POST from another site, with the cookies of somebody who may, is refused."""
    deur = ROUTES[naam]
    rol = wie_mag(deur)[0] if deur.recht else Rol.DOORSTROOMCOACH
    persoon = een_van(wereld, rol, deur, naam)
    client = bezoek(rol, csrf=True)
    schrijver.geschreven.clear()
    antwoord = client.post(adres_van(naam, persoon))
    assert antwoord.status_code == 403, f"{naam}: {antwoord.status_code}"
    assert schrijver.geschreven == []


@pytest.mark.parametrize("naam", MET_RECHT)
def test_een_leeg_formulier_geeft_een_pagina(wereld: Wereld, bezoek: Bezoek, naam: str) -> None:
    """Whoever may and sends nothing gets the form back, or an act that needs nothing; never a failure."""
    deur = MET_RECHT[naam]
    rol = wie_mag(replace(deur, recht=deur.doen or deur.recht))[0]
    persoon = een_van(wereld, rol, deur, naam)
    antwoord = bezoek(rol).post(adres_van(naam, persoon))
    verwacht = {200, WEG, 405, 422} | ({GEEN_TOEGANG} if deur.kiest else set())
    assert antwoord.status_code in verwacht, f"{rol} op {naam}: {antwoord.status_code}"


@pytest.mark.parametrize("pad", ["/bestaat-niet/", "/jongeren/geen-sleutel/", "/admin/", "/static/../settings.py"])
def test_wat_er_niet_is_verraadt_niets(wereld: Wereld, bezoek: Bezoek, pad: str) -> None:
    for wie in (None, "doorstroomcoach"):
        antwoord = bezoek(wie).get(pad)
        assert antwoord.status_code == GEEN_TOEGANG
        assert "Deze pagina is er niet" in antwoord.content.decode()


def test_er_is_genoeg_gezien() -> None:
    """Known names are in the table, and what the tests above walk is as large as the house."""
    assert set(ROUTES) >= {"werkplek:werkvoorraad", "meldingen:lijst", "dossiers:contact", "beheer:logboek"}
    assert set(ROUTES) >= {"portaal:meldingen", "leveringen:lijst", "begeleiding:plan", "account_login"}
    assert len(MET_RECHT) >= 45
    assert len(MET_OBJECT) >= 30
    combinaties = sum(len(wie_mag(deur)) for deur in MET_RECHT.values())
    geweigerd = sum(2 * 2 * (len(Rol) + 1 - len(wie_mag(deur))) for deur in MET_RECHT.values())
    assert combinaties >= 150
    assert geweigerd >= 1000
