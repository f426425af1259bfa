"""Settings come from the environment, and a bad value stops the program with a sentence that says what to do."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Every setting that exists, with what it does; docs/beheer/instellingen.md is kept equal to this by a test.
INSTELLINGEN: dict[str, str] = {
    "ROUTEKAART_VAR": "Map voor database, bestanden en sleutels. Standaard `var` in de huidige map.",
    "ROUTEKAART_DATABASE_URL": "Database, bijvoorbeeld `postgresql://naam:wachtwoord@host:5432/routekaart`. "
    "Standaard SQLite in de map `ROUTEKAART_VAR`.",
    "ROUTEKAART_SLEUTELS": "Map met de sleutels. Standaard `sleutels` in `ROUTEKAART_VAR`. Zet hem in productie "
    "elders, niet naast de database.",
    "ROUTEKAART_HOSTS": "Namen waarop de site bereikbaar is, gescheiden door komma's. Standaard `localhost,127.0.0.1`.",
    "ROUTEKAART_HTTPS": "`ja` of `nee`: alleen over https bereikbaar. Standaard `ja`.",
    "ROUTEKAART_DEMO": "`ja` of `nee`: proefomgeving met verzonnen gegevens, ook over http. Standaard `nee`.",
    "ROUTEKAART_EMAIL_URL": "Mailserver, bijvoorbeeld `smtp://naam:wachtwoord@host:587`. "
    "Standaard: berichten naar de uitvoer.",
    "ROUTEKAART_PROXYS": "Hoeveel vertrouwde proxy's er tussen de bezoeker en het programma staan. Standaard `0`.",
    "ROUTEKAART_AFZENDER": "Afzender van e-mail. Standaard `routekaart@localhost`.",
    "ROUTEKAART_LEVERINGEN_MAP": "Map waarin anderen bestanden neerzetten, met een map per soort levering. `routekaart "
    "nacht` leest ze in. Standaard leeg: geen map.",
    "ROUTEKAART_LOGNIVEAU": "Hoeveel het programma over zichzelf meldt: `DEBUG`, `INFO`, `WARNING` of `ERROR`. "
    "Standaard `INFO`.",
}


def waarde(naam: str, standaard: str) -> str:
    """The text of one setting. Only names in `INSTELLINGEN` exist."""
    if naam not in INSTELLINGEN:
        raise ImproperlyConfigured(f"{naam} is geen bekende instelling")
    return os.environ.get(naam, "").strip() or standaard


def ja_nee(naam: str, standaard: bool) -> bool:
    """A setting that is `ja` or `nee`."""
    tekst = waarde(naam, "ja" if standaard else "nee").lower()
    if tekst in {"ja", "1", "true"}:
        return True
    if tekst in {"nee", "0", "false"}:
        return False
    raise ImproperlyConfigured(f"{naam} is '{tekst}', maar moet `ja` of `nee` zijn")


def keuze(naam: str, standaard: str, mogelijk: set[str]) -> str:
    """A setting out of a fixed set."""
    tekst = waarde(naam, standaard)
    if tekst not in mogelijk:
        raise ImproperlyConfigured(f"{naam} is '{tekst}', maar moet een van {', '.join(sorted(mogelijk))} zijn")
    return tekst


def getal(naam: str, standaard: int) -> int:
    """A setting that is a whole number, zero or more."""
    tekst = waarde(naam, str(standaard))
    if not tekst.isascii() or not tekst.isdigit():
        raise ImproperlyConfigured(f"{naam} is '{tekst}', maar moet een heel getal zijn, nul of meer")
    return int(tekst)


def map_van(naam: str, standaard: Path) -> Path:
    """A folder; made when it is not there yet."""
    map_ = Path(waarde(naam, str(standaard))).expanduser().absolute()
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise ImproperlyConfigured(f"{naam}: de map {map_} kan niet worden gemaakt ({fout.strerror})") from fout
    return map_


def sleutel(map_: Path, naam: str) -> str:
    """A secret of 64 hexadecimal characters from its own file; made at first use, readable by the owner only.

    Two processes that start at once agree: whoever loses the race reads what the winner wrote.
    """
    bestand = map_ / naam
    if not bestand.exists():
        eigen = map_ / f".{naam}.{secrets.token_hex(4)}"
        eigen.touch(mode=0o600)
        eigen.write_text(secrets.token_hex(32))
        try:
            os.link(eigen, bestand)
        except FileExistsError:
            pass
        finally:
            eigen.unlink()
    tekst = bestand.read_text().strip()
    if len(tekst) != 64:
        raise ImproperlyConfigured(f"De sleutel {bestand} is beschadigd: er horen 64 tekens in te staan")
    return tekst


SQLITE_OPTIES = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;PRAGMA cache_size=-64000;"
        "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
        # without these two, erased text stays in the file and INSERT OR REPLACE slips by the log's triggers
        "PRAGMA secure_delete=ON;PRAGMA recursive_triggers=ON;"
    ),
}


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's database settings for `sqlite:///pad` or `postgresql://…`; empty means SQLite in `var`."""
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": var / "routekaart.sqlite3", "OPTIONS": SQLITE_OPTIES}
    delen = urlsplit(url)
    if delen.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(delen.path[1:]), "OPTIONS": SQLITE_OPTIES}
    if delen.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"ROUTEKAART_DATABASE_URL begint met '{delen.scheme}'; gebruik postgresql:// of sqlite:///"
        )
    naam = unquote(delen.path.lstrip("/"))
    if not naam:
        raise ImproperlyConfigured("ROUTEKAART_DATABASE_URL noemt geen database: zet de naam achter de laatste /")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": naam,
        "USER": unquote(delen.username or ""),
        "PASSWORD": unquote(delen.password or ""),
        "HOST": delen.hostname or "",
        "PORT": str(delen.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(delen.query)),
    }


def email(url: str) -> dict[str, Any]:
    """Django's mailer for `smtp://` or `smtps://`; empty writes messages to the output."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    delen = urlsplit(url)
    if delen.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("ROUTEKAART_EMAIL_URL begint met smtp:// of smtps://")
    if not delen.hostname:
        raise ImproperlyConfigured("ROUTEKAART_EMAIL_URL noemt geen mailserver")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": delen.hostname,
            "port": delen.port or (465 if delen.scheme == "smtps" else 587),
            "username": unquote(delen.username or ""),
            "password": unquote(delen.password or ""),
            "use_ssl": delen.scheme == "smtps",
            "use_tls": delen.scheme == "smtp" and bool(delen.username),
        },
    }
