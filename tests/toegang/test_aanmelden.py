"""Signing in: by address and password, in Dutch, with a limit on guessing, and always logged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from routekaart.logboek.models import Logregel
from routekaart.project import settings as productie
from tests.fabrieken import Gebied, maak_gebruiker

GOED = "een-lang-wachtwoord"
AANMELDEN = "/account/aanmelden/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lege_tellers(db: Any) -> None:
    """Limits on signing in are counted in the database; each test begins at zero."""
    cache.clear()


@pytest.fixture
def coach(gebied: Gebied) -> Any:
    return maak_gebruiker(gebied, "coach", "doorstroomcoach")


def meld_aan(client: Client, adres: str = "coach@veldermeer.example", wachtwoord: str = GOED, **extra: Any) -> Any:
    return client.post(AANMELDEN, {"login": adres, "password": wachtwoord}, **extra)


def codes() -> list[str]:
    return list(Logregel.objects.order_by("pk").values_list("code", flat=True))


def test_meldt_aan_met_adres_en_wachtwoord(client: Client, coach: Any) -> None:
    antwoord = meld_aan(client)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(coach.pk)


def test_hoofdletters_in_het_adres_maken_niet_uit(client: Client, coach: Any) -> None:
    assert meld_aan(client, "Coach@Veldermeer.Example").status_code == 302


def test_komt_terug_op_de_pagina_die_je_vroeg(client: Client, coach: Any) -> None:
    antwoord = client.get("/account/wachtwoord/")
    assert antwoord["Location"] == f"{AANMELDEN}?next=/account/wachtwoord/"
    terug = client.post(antwoord["Location"], {"login": "coach@veldermeer.example", "password": GOED})
    assert terug["Location"] == "/account/wachtwoord/"


def test_gaat_nooit_naar_een_ander_huis(client: Client, coach: Any) -> None:
    url = f"{AANMELDEN}?next=https://elders.example/"
    assert client.post(url, {"login": "coach@veldermeer.example", "password": GOED})["Location"] == "/"


def test_weigert_een_verkeerd_wachtwoord(client: Client, coach: Any) -> None:
    antwoord = meld_aan(client, wachtwoord="verkeerd-wachtwoord")
    assert antwoord.status_code == 200
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar" in antwoord.content.decode()
    assert "_auth_user_id" not in client.session


def zonder_toeval(html: bytes) -> str:
    """The page without what differs at every request."""
    return re.sub(r"(csrfmiddlewaretoken\" value=|x-csrftoken\": |nonce=)\"[\w-]+\"", "", html.decode())


def test_verraadt_niet_of_een_adres_bestaat(client: Client, coach: Any) -> None:
    bekend = meld_aan(client, wachtwoord="verkeerd-wachtwoord")
    onbekend = meld_aan(Client(), adres="niemand@veldermeer.example", wachtwoord="verkeerd-wachtwoord")
    gelijk = zonder_toeval(onbekend.content).replace("niemand@veldermeer", "coach@veldermeer")
    assert zonder_toeval(bekend.content) == gelijk
    url = reverse("account_reset_password")
    een, ander = (Client().post(url, {"email": f"{wie}@veldermeer.example"}) for wie in ("coach", "niemand"))
    assert (een.status_code, een["Location"]) == (ander.status_code, ander["Location"])


def test_een_onbekend_adres_kost_evenveel_tijd(client: Client, coach: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured in work, not in seconds: the password is hashed once, known address or not."""
    gehasht: list[str] = []
    hasher = type(identify_hasher(coach.password))
    origineel = hasher.encode

    def tel(zelf: Any, password: str, *args: Any) -> str:
        gehasht.append(password)
        return str(origineel(zelf, password, *args))

    monkeypatch.setattr(hasher, "encode", tel)
    meld_aan(client, wachtwoord="verkeerd-wachtwoord")
    bekend = len(gehasht)
    meld_aan(client, adres="niemand@veldermeer.example", wachtwoord="verkeerd-wachtwoord")
    assert (bekend, len(gehasht)) == (1, 2)


def test_de_zesde_mislukte_poging_wordt_geweigerd(coach: Any) -> None:
    """Also from other machines and other browsers: counted in the database, per address."""
    for poging in range(5):
        antwoord = meld_aan(Client(), wachtwoord="verkeerd-wachtwoord", REMOTE_ADDR=f"10.0.0.{poging}")
        assert "horen niet bij elkaar" in antwoord.content.decode()
    antwoord = meld_aan(Client(), wachtwoord=GOED, REMOTE_ADDR="10.0.0.99")
    assert antwoord.status_code == 200
    assert "Het lukte te vaak niet. Wacht vijf minuten" in antwoord.content.decode()
    assert codes()[-2:] == ["aanmelden.mislukt", "aanmelden.geblokkeerd"]


def test_de_tellers_staan_in_de_database(coach: Any) -> None:
    meld_aan(Client(), wachtwoord="verkeerd-wachtwoord")
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    cache.close()
    for _ in range(5):
        meld_aan(Client(), wachtwoord="verkeerd-wachtwoord")
    assert "aanmelden.geblokkeerd" in codes()


def test_een_ander_account_heeft_daar_geen_last_van(gebied: Gebied, coach: Any) -> None:
    maak_gebruiker(gebied, "collega", "doorstroomcoach")
    for _ in range(6):
        meld_aan(Client(), wachtwoord="verkeerd-wachtwoord")
    assert meld_aan(Client(), "collega@veldermeer.example").status_code == 302


def test_veel_pogingen_vanaf_een_machine_lopen_vast(coach: Any) -> None:
    for nummer in range(10):
        meld_aan(Client(), f"iemand{nummer}@veldermeer.example", "verkeerd-wachtwoord")
    assert "Het lukte te vaak niet" in meld_aan(Client()).content.decode()


def test_dertig_keer_per_minuut_is_genoeg(coach: Any) -> None:
    statussen = [meld_aan(Client(), f"x{nummer}@veldermeer.example", "").status_code for nummer in range(31)]
    assert statussen[-1] == 429
    assert "Even wachten" in meld_aan(Client()).content.decode()


def test_achter_een_proxy_telt_de_bezoeker(coach: Any) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for nummer in range(10):
            meld_aan(Client(), f"x{nummer}@x.example", "verkeerd-wachtwoord", HTTP_X_FORWARDED_FOR="203.0.113.7")
        assert meld_aan(Client(), HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 302


def test_wie_niet_meer_werkt_komt_er_niet_in(client: Client, coach: Any) -> None:
    coach.is_active = False
    coach.save()
    antwoord = meld_aan(client)
    assert antwoord["Location"] == reverse("account_inactive")
    assert "Je account staat uit" in client.get(antwoord["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_wie_uitgezet_wordt_is_meteen_weg(client: Client, coach: Any) -> None:
    meld_aan(client)
    coach.is_active = False
    coach.save()
    assert client.get("/account/wachtwoord/")["Location"].startswith(AANMELDEN)


def test_afmelden_vraagt_een_post(client: Client, coach: Any) -> None:
    client.force_login(coach)
    vraag = client.get(reverse("account_logout"))
    assert "Wil je je afmelden?" in vraag.content.decode()
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_aanmelden_en_afmelden_staan_in_het_logboek(client: Client, coach: Any) -> None:
    meld_aan(client, wachtwoord="verkeerd-wachtwoord")
    meld_aan(client)
    client.post(reverse("account_logout"))
    mislukt, gelukt, afgemeld = Logregel.objects.filter(code__startswith="aanmelden.").order_by("pk")
    assert [mislukt.code, gelukt.code, afgemeld.code] == ["aanmelden.mislukt", "aanmelden.gelukt", "aanmelden.afgemeld"]
    assert (mislukt.gebruiker_id, mislukt.regio_id) == (None, coach.regio_id)
    assert mislukt.onderwerp == f"toegang.gebruiker:{coach.sleutel}"
    assert (gelukt.gebruiker_id, gelukt.rol) == (coach.pk, "doorstroomcoach")
    assert afgemeld.gebruiker_id == coach.pk


def test_wat_iemand_intypte_staat_niet_in_het_logboek(client: Client, coach: Any) -> None:
    meld_aan(client, adres="mijn-geheime-wachtwoord@x.example", wachtwoord="nog-een-geheim")
    (regel,) = Logregel.objects.filter(code="aanmelden.mislukt")
    assert "geheim" not in f"{regel.onderwerp}{regel.inhoud}"
    assert regel.regio_id is None


def test_een_nieuw_wachtwoord_met_een_link(client: Client, coach: Any, mailoutbox: list[Any]) -> None:
    client.post(reverse("account_reset_password"), {"email": "coach@veldermeer.example"})
    (bericht,) = mailoutbox
    assert bericht.subject == "Routekaart: Nieuw wachtwoord kiezen"
    gevonden = re.search(r"https?://testserver(/\S+)", bericht.body)
    assert gevonden is not None
    stap = client.get(gevonden[1])
    antwoord = client.post(
        stap["Location"], {"password1": "paard-batterij-nietje", "password2": "paard-batterij-nietje"}
    )
    assert antwoord["Location"] == reverse("account_reset_password_from_key_done")
    assert "Je wachtwoord is gewijzigd" in client.get(antwoord["Location"]).content.decode()
    assert meld_aan(Client(), wachtwoord="paard-batterij-nietje").status_code == 302
    assert "Deze link werkt niet meer" in Client().get(gevonden[1]).content.decode()
    assert mailoutbox[-1].subject == "Routekaart: Je wachtwoord is gewijzigd"
    assert "aanmelden.wachtwoord" in codes()


def test_een_onbekend_adres_krijgt_geen_bericht(client: Client, coach: Any, mailoutbox: list[Any]) -> None:
    client.post(reverse("account_reset_password"), {"email": "niemand@veldermeer.example"})
    assert mailoutbox == []


def test_een_nieuw_wachtwoord_meldt_andere_apparaten_af(client: Client, coach: Any) -> None:
    thuis = Client()
    for apparaat in (client, thuis):
        apparaat.force_login(coach)
    velden = {"oldpassword": GOED, "password1": "paard-batterij-nietje", "password2": "paard-batterij-nietje"}
    assert client.post(reverse("account_change_password"), velden).status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 200
    assert thuis.get(reverse("account_change_password")).status_code == 302


@pytest.mark.parametrize(
    ("nieuw", "zin"),
    [("kort", "te kort"), ("1q2w3e4r5t6y", "komt te vaak voor"), ("coach@veldermeer.example", "lijkt te veel op")],
)
def test_een_zwak_wachtwoord_wordt_geweigerd(client: Client, coach: Any, nieuw: str, zin: str) -> None:
    client.force_login(coach)
    velden = {"oldpassword": GOED, "password1": nieuw, "password2": nieuw}
    antwoord = client.post(reverse("account_change_password"), velden)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()


@pytest.mark.parametrize(
    "naam", ["account_signup", "account_email", "account_request_login_code", "account_set_password"]
)
def test_wat_we_niet_gebruiken_bestaat_niet(naam: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(naam)


@pytest.mark.parametrize(
    "pad", ["signup", "registreren", "email", "confirm-email", "login/code", "password/set", "login"]
)
def test_wat_allauth_verder_kan_is_er_niet(client: Client, pad: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/account/{pad}/")
    assert client.get(f"/account/{pad}/").status_code == 404


def test_alle_paginas_van_aanmelden_zijn_van_ons(client: Client, coach: Any) -> None:
    """In Dutch and with our page shell: none of the templates of the package shows through."""
    ingelogd = Client()
    ingelogd.force_login(coach)
    paginas = {
        "account_login": client,
        "account_inactive": client,
        "account_reset_password": client,
        "account_reset_password_done": client,
        "account_reset_password_from_key_done": client,
        "account_logout": ingelogd,
        "account_change_password": ingelogd,
        "account_reauthenticate": ingelogd,
    }
    for naam, wie in paginas.items():
        antwoord = wie.get(reverse(naam))
        assert antwoord.status_code == 200, naam
        html = antwoord.content.decode()
        assert 'class="voorbeeld-theme rk-thema"' in html, naam
        assert html.count("<h1") == 1, naam
        assert not re.search(r"\b(password|Sign|email address)\b", re.sub(r"<[^>]+>", " ", html)), naam


def test_in_productie_worden_wachtwoorden_met_argon2_bewaard() -> None:
    bron = Path(productie.__file__).read_text()
    (regel,) = [regel for regel in bron.splitlines() if regel.startswith("PASSWORD_HASHERS")]
    assert regel == 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]'
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        from django.contrib.auth.hashers import make_password

        assert make_password(GOED).startswith("argon2$argon2id$")


def test_een_pagina_van_wie_is_aangemeld_blijft_niet_in_de_browser(client: Client, coach: Any) -> None:
    client.force_login(coach)
    assert client.get(reverse("account_change_password"))["Cache-Control"].count("no-store")
    assert client.get("/")["Cache-Control"].count("no-store")
    assert client.get(AANMELDEN).status_code == 302
