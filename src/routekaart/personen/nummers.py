"""BSN and onderwijsnummer: checked, encrypted at rest, found by a keyed hash (ontwerp.md, section 4)."""

from __future__ import annotations

import functools
import hmac
import os
import re

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import Persoonsnummer

SLEUTELVERSIE = 1
NONCE = 12  # bytes
_TUSSEN = re.compile(r"[\s.-]")
_REEKS = re.compile(r"(?<![0-9])[0-9](?:[\s.-]?[0-9]){7,8}(?![0-9])")
_DATUM = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]|(?:19|20)[0-9]{2}[\s.-]?[01][0-9][\s.-]?[0-3][0-9]"
    r"|[0-3]?[0-9][\s.-]?[01]?[0-9][\s.-]?(?:19|20)[0-9]{2}"
)


def lees_nummer(tekst: str) -> tuple[Persoonsnummer.Soort, str]:
    """The kind and the nine digits of a PGN; eight digits get a leading zero (contracten.md, section 2).

    Raises Geweigerd for what is neither a BSN nor an onderwijsnummer; all zeros is no number.
    """
    cijfers = tekst if tekst.isdecimal() else _TUSSEN.sub("", tekst)
    if not (8 <= len(cijfers) <= 9 and cijfers.isascii() and cijfers.isdecimal()):
        raise Geweigerd("Een BSN of onderwijsnummer heeft negen cijfers.")
    cijfers = cijfers.zfill(9)
    if cijfers == "000000000":
        raise Geweigerd("Alleen nullen is geen nummer.")
    rest = elfproef(cijfers)
    if rest == 0:
        return Persoonsnummer.Soort.BSN, cijfers
    if rest == 5 and cijfers.startswith("10"):
        return Persoonsnummer.Soort.ONDERWIJSNUMMER, cijfers
    raise Geweigerd("Dit is geen geldig BSN of onderwijsnummer: de controle klopt niet.")


def elfproef(cijfers: str) -> int:
    """What is left of nine digits after the eleven-test: 0 for a BSN, 5 for an onderwijsnummer.

    The weights are 9 to 2 and, for the last digit, -1.
    """
    a, b, c, d, e, f, g, h, i = map(int, cijfers)
    return (9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i) % 11


def blinde_index(soort: str, cijfers: str) -> str:
    """The keyed hash by which a number is found without being readable."""
    bericht = f"index:{soort}:{cijfers}".encode()
    return hmac.digest(_ruwe_sleutel(settings.NUMMERSLEUTEL), bericht, "sha256").hex()


@functools.cache
def _ruwe_sleutel(sleutel: str) -> bytes:
    return bytes.fromhex(sleutel)


@functools.cache
def _slot(sleutel: str) -> AESGCM:
    return AESGCM(hmac.digest(_ruwe_sleutel(sleutel), b"versleutel", "sha256"))


def versleutel(tekst: str) -> bytes:
    """A number or a text, encrypted and authenticated (AES-256-GCM; a new nonce of 12 bytes stands in front)."""
    nonce = os.urandom(NONCE)
    return nonce + _slot(settings.NUMMERSLEUTEL).encrypt(nonce, tekst.encode(), None)


def ontsleutel(cijfertekst: bytes | memoryview) -> str:
    """The text again. Raises InvalidTag where it was encrypted with another key or tampered with."""
    ruw = bytes(cijfertekst)
    return _slot(settings.NUMMERSLEUTEL).decrypt(ruw[:NONCE], ruw[NONCE:], None).decode()


def gemaskeerd(cijfers: str) -> str:
    """How a number is shown in lists: the last three digits only."""
    return f"••••••{cijfers[-3:]}"


def zonder_nummers(tekst: str) -> str:
    """A text as it may be shown: what may be a number of a person is masked, also between other words; dates stay."""
    return _REEKS.sub(lambda reeks: reeks[0] if _DATUM.fullmatch(reeks[0]) else gemaskeerd(reeks[0]), tekst)
