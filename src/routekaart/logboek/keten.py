"""The hashes of the log, as pure functions over plain values."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable

VASTE_VELDEN = (
    "moment",
    "soort",
    "code",
    "regio_id",
    "gebruiker_id",
    "rol",
    "doel",
    "jongere_id",
    "onderwerp",
    "verzoek",
)
# the columns of a line, in the order in which it is made
KOLOMMEN = (*VASTE_VELDEN, "inhoud", "zout", "inhoud_vinger", "vinger")
BEGIN = "0" * 64


def inhoud_vinger(zout: str, inhoud: str) -> str:
    """sha256(salt ‖ content), both text."""
    return hashlib.sha256(f"{zout}{inhoud}".encode()).hexdigest()


def regel_vinger(velden: dict[str, object], inhoud_hash: str) -> str:
    """sha256 over the fixed fields, each with its length so that no two lines read the same, and the content's hash."""
    delen = []
    for naam in VASTE_VELDEN:
        waarde = velden[naam]
        if isinstance(waarde, dt.datetime):
            waarde = waarde.astimezone(dt.UTC).isoformat(timespec="microseconds")
        tekst = "" if waarde is None else str(waarde)
        delen.append(f"{len(tekst)}:{tekst}")
    return hashlib.sha256(f"{'|'.join(delen)}‖{inhoud_hash}".encode()).hexdigest()


def schakel(vorige: str, vingers: Iterable[str]) -> tuple[str, int]:
    """The hash of these lines, in order, on top of the previous seal; and how many there were."""
    som = hashlib.sha256(vorige.encode())
    aantal = 0
    for vinger in vingers:
        som.update(vinger.encode())
        aantal += 1
    return som.hexdigest(), aantal


def bewijs(sleutel: str, keten: str, aantal: int, moment: dt.datetime) -> str:
    """HMAC of a seal with the key that is not in the database."""
    tekst = f"{keten}|{aantal}|{moment.astimezone(dt.UTC).isoformat(timespec='microseconds')}"
    return hmac.new(bytes.fromhex(sleutel), tekst.encode(), hashlib.sha256).hexdigest()
