"""Files in a dossier: stored once, never changed, and proven to be the same when they are fetched."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.core.files.base import ContentFile

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Document, Werkproces
from routekaart.personen.models import Jongere

# what may be added by hand: first bytes of the file → (mime, suffix). The name that the browser gives is not believed.
TOEGESTAAN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
GROOTSTE = 10 * 1024 * 1024


class Veranderd(RuntimeError):
    """The bytes in storage are not the ones that were stored: somebody or something changed the file."""


def soort_bestand(inhoud: bytes) -> tuple[str, str]:
    """(mime, suffix) of a file that may be added; raises Geweigerd for what is empty, too big or of another kind."""
    if not inhoud:
        raise Geweigerd("Dit bestand is leeg. Kies een ander bestand.", veld="bestand")
    if len(inhoud) > GROOTSTE:
        raise Geweigerd("Dit bestand is groter dan 10 MB. Maak het kleiner, of voeg het in delen toe.", veld="bestand")
    for begin, mime, achtervoegsel in TOEGESTAAN:
        if inhoud.startswith(begin):
            return mime, achtervoegsel
    raise Geweigerd("Alleen een pdf, een jpg of een png kan in het dossier.", veld="bestand")


def bewaar_document(
    jongere: Jongere,
    *,
    soort: str,
    naam: str,
    inhoud: bytes,
    op: dt.date,
    door_id: int | None,
    werkproces: Werkproces | None = None,
    afzender: str = "",
) -> Document:
    """Stores a file with its hash, within an act. Its name on disk says nothing about the person."""
    mime, achtervoegsel = soort_bestand(inhoud)
    document = Document(
        jongere=jongere,
        werkproces=werkproces,
        soort=soort,
        naam=naam[:160],
        mime=mime,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        afzender=afzender[:120],
        op=op,
        door_id=door_id,
    )
    document.bestand.save(f"{uuid.uuid4().hex}{achtervoegsel}", ContentFile(inhoud), save=False)
    document.save(force_insert=True)
    return document


def lees_document(document: Document) -> bytes:
    """The bytes as they were stored; raises Veranderd where they are not."""
    with document.bestand.open("rb") as bestand:
        inhoud: bytes = bestand.read()
    if hashlib.sha256(inhoud).hexdigest() != document.sha256:
        raise Veranderd(f"document {document.sleutel}")
    return inhoud


def bestandsnaam(document: Document) -> str:
    """The name that a download gets: of the document, with the suffix of what it is."""
    achtervoegsel = next((rest for _, mime, rest in TOEGESTAAN if mime == document.mime), "")
    kaal = "".join(teken for teken in document.naam if teken.isalnum() or teken in " -_,.()").strip() or "document"
    return kaal if kaal.lower().endswith(achtervoegsel) else f"{kaal}{achtervoegsel}"
