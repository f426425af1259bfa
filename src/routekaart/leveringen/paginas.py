"""What the pages of the deliveries share: the crumbs, the delivery of the address, a file to keep."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import IO

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse

from routekaart.basis.models import Regio
from routekaart.basis.onderdelen import Kruimel
from routekaart.leveringen.models import Levering
from routekaart.leveringen.selecties import leveringen_van, soortnaam
from routekaart.leveringen.uitvoer import als_werkblad
from routekaart.toegang.deuren import Verzoek

_TYPE = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def kruimels(*verder: Kruimel) -> list[Kruimel]:
    """The way up to the list."""
    return [Kruimel("Leveringen", reverse("leveringen:lijst")), *verder]


def kruimels_van(levering: Levering, *verder: Kruimel) -> list[Kruimel]:
    """The way up from a page under one delivery."""
    soort = Kruimel(soortnaam(levering.soort), f"{reverse('leveringen:lijst')}?soort={levering.soort}")
    return kruimels(soort, Kruimel(levering.nummer or levering.bestandsnaam, adres_van(levering)), *verder)


def haal_levering(request: Verzoek, sleutel: uuid.UUID) -> Levering:
    """The delivery of one's own region; else 404, and the log remembers that it was asked."""
    gevonden = leveringen_van(request.toegang).select_related("regio", "koppeling").filter(sleutel=sleutel).first()
    if gevonden is None:
        request.inzage.weiger(f"leveringen.levering:{sleutel}")
        raise Http404
    return gevonden


def eigen_regio_van(request: Verzoek) -> Regio:
    """The region of who asks."""
    regio = Regio.objects.filter(pk=request.toegang.regio_id or 0).first()
    if regio is None:
        raise Http404
    return regio


def adres_van(levering: Levering) -> str:
    """The page of a delivery."""
    return reverse("leveringen:levering", args=[levering.sleutel])


def getal_uit(request: Verzoek, naam: str) -> int:
    """A whole number from the address; 0 for anything else."""
    tekst = request.GET.get(naam, "")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 16 else 0


def als_bestand(naam: str, regels: Iterable[str]) -> HttpResponse:
    """A CSV to keep, with a mark that tells Excel that it is UTF-8."""
    return _bijlage(naam, ("\ufeff" + "".join(regels)).encode(), _TYPE["csv"])


def als_excel(
    naam: str, kop: Iterable[object], rijen: Iterable[Iterable[object]], *, blad: str = "Uitval"
) -> HttpResponse:
    """An .xlsx to keep, with one sheet of this name."""
    return _bijlage(naam, als_werkblad(kop, rijen, blad=blad), _TYPE["xlsx"])


def als_pdf(naam: str, inhoud: bytes) -> HttpResponse:
    """A PDF to keep or to print."""
    return _bijlage(naam, inhoud, "application/pdf")


def als_stroom(naam: str, bestand: IO[bytes]) -> FileResponse:
    """A file to keep, sent in pieces and closed after."""
    antwoord = FileResponse(bestand, as_attachment=True, filename=naam, content_type=_TYPE[naam.rpartition(".")[2]])
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _bijlage(naam: str, inhoud: bytes, soort: str) -> HttpResponse:
    antwoord = HttpResponse(inhoud, content_type=soort)
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    antwoord["Cache-Control"] = "no-store"
    return antwoord
