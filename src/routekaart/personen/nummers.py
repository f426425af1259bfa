"""BSN and onderwijsnummer: checked, encrypted at rest, found by a keyed hash (ontwerp.md, section 4)."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import re

from cryptography.fernet import Fernet
from django.conf import settings
from stdnum.nl import bsn as stdnum_bsn
from stdnum.nl import onderwijsnummer as stdnum_onderwijsnummer

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import Persoonsnummer

SLEUTELVERSIE = 1


def lees_nummer(tekst: str) -> tuple[Persoonsnummer.Soort, str]:
    """The kind and the nine digits of a PGN; eight digits get a leading zero (contracten.md, section 2).

    Raises Geweigerd for what is neither a BSN nor an onderwijsnummer; all zeros is no number.
    """
    cijfers = re.sub(r"[\s.-]", "", tekst)
    if not re.fullmatch(r"[0-9]{8,9}", cijfers):
        raise Geweigerd("Een BSN of onderwijsnummer heeft negen cijfers.")
    cijfers = cijfers.zfill(9)
    if set(cijfers) == {"0"}:
        raise Geweigerd("Alleen nullen is geen nummer.")
    if stdnum_bsn.is_valid(cijfers):
        return Persoonsnummer.Soort.BSN, cijfers
    if stdnum_onderwijsnummer.is_valid(cijfers):
        return Persoonsnummer.Soort.ONDERWIJSNUMMER, cijfers
    raise Geweigerd("Dit is geen geldig BSN of onderwijsnummer: de controle klopt niet.")


def blinde_index(soort: str, cijfers: str) -> str:
    """The keyed hash by which a number is found without being readable."""
    sleutel = bytes.fromhex(settings.NUMMERSLEUTEL)
    return hmac.new(sleutel, f"index:{soort}:{cijfers}".encode(), hashlib.sha256).hexdigest()


@functools.cache
def _fernet(sleutel: str) -> Fernet:
    afgeleid = hmac.new(bytes.fromhex(sleutel), b"versleutel", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(afgeleid))


def versleutel(cijfers: str) -> bytes:
    """The number, encrypted and authenticated."""
    return _fernet(settings.NUMMERSLEUTEL).encrypt(cijfers.encode())


def ontsleutel(cijfertekst: bytes | memoryview) -> str:
    """The nine digits again."""
    return _fernet(settings.NUMMERSLEUTEL).decrypt(bytes(cijfertekst)).decode()


def gemaskeerd(cijfers: str) -> str:
    """How a number is shown in lists: the last three digits only."""
    return f"••••••{cijfers[-3:]}"
