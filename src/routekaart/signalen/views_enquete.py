"""A pile of written enquêtes: what was made, for whom not and what one does then, and the PDF to print (SCR-03)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.berichten import meld, waarschuw
from routekaart.leveringen.paginas import als_pdf
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Soort
from routekaart.signalen.acties_enquete import Verstuurd, druk_af, schrijf_enquetes, verder_zonder_brief
from routekaart.signalen.models import Enquetestapel, Screeningsbrief, Screeningsfeit, Vertrekker
from routekaart.signalen.screening import Vraag
from routekaart.signalen.views_screening import kruimels
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

HOEVEEL_NAMEN = 10


def verstuur(request: Verzoek, rijen: Sequence[Vertrekker]) -> HttpResponse:
    """Makes the letters for these and goes to their pile. Raises Geweigerd."""
    gedaan = schrijf_enquetes(rijen, toegang=request.toegang, nu=nu())
    if gedaan.brieven:
        staan = taal.meervoud(gedaan.brieven, "brief staat", "brieven staan")
        meld(request, f"{staan} klaar om af te drukken, en als verstuurd vastgelegd.")
    if gedaan.overgeslagen:
        waarschuw(request, _overgeslagen(gedaan))
    return redirect("signalen:screening-stapel", gedaan.stapel.sleutel)


def _overgeslagen(gedaan: Verstuurd) -> str:
    over = gedaan.overgeslagen
    if len(over) > HOEVEEL_NAMEN:
        return f"{len(over)} jongeren zijn overgeslagen: zij hebben al een enquête of een plek, of vallen erbuiten."
    return "Overgeslagen: " + "; ".join(f"{een.vertrekker.jongere.naam} ({_klein(een.reden)})" for een in over) + "."


def _klein(zin: str) -> str:
    return f"{zin[0].lower()}{zin[1:]}".rstrip(".")


def _haal(request: Verzoek, sleutel: uuid.UUID) -> tuple[Enquetestapel, list[Screeningsbrief], list[Screeningsfeit]]:
    """A pile with what of it lies within scope: letters, and for whom there is none. 404 for nothing."""
    stapel = Enquetestapel.objects.filter(sleutel=sleutel, regio_id=request.toegang.regio_id or 0).first()
    brieven: list[Screeningsbrief] = []
    zonder: list[Screeningsfeit] = []
    if stapel is not None:
        rijen = Screeningsbrief.objects.voor(request.toegang).filter(stapel=stapel)
        brieven = list(rijen.select_related("jongere", "feit", "document").order_by("jongere__zoeknaam", "pk"))
        feiten = Screeningsfeit.objects.voor(request.toegang).filter(stapel=stapel, soort=Soort.GEEN_BRIEF)
        zonder = list(feiten.select_related("jongere").order_by("jongere__zoeknaam", "pk"))
    if stapel is None or not (brieven or zonder):
        request.inzage.weiger(f"signalen.enquetestapel:{sleutel}")
        raise Http404
    return stapel, brieven, zonder


def _adres(jongere_sleutel: uuid.UUID, schooljaar: str) -> str:
    return f"{reverse('signalen:screening-jongere', args=[jongere_sleutel])}?schooljaar={schooljaar}"


@vereist(Recht.SIGNALEN_WERKEN)
def stapel(request: Verzoek, stapel: uuid.UUID) -> HttpResponse:
    """The letters of one pile, and for whom there is none, with the next step."""
    deze, brieven, zonder = _haal(request, stapel)
    for jongere_id in dict.fromkeys([*(rij.jongere_id for rij in brieven), *(rij.jongere_id for rij in zonder)]):
        request.inzage.noteer("screening.brieven-bekeken", jongere_id=jongere_id)
    jaar = Schooljaar.lees(deze.schooljaar)
    geldig = [rij for rij in brieven if rij.feit.ingetrokken_op is None]
    context = {
        "jaar": jaar,
        "stapel": deze,
        "zin": _zin(len(geldig), len(zonder)),
        "brieven": [
            {
                "naam": rij.jongere.naam,
                "aan": rij.aan if rij.aan != rij.jongere.naam else "",
                "url": _adres(rij.jongere.sleutel, deze.schooljaar),
                "download": reverse("correspondentie:document", args=[rij.jongere.sleutel, rij.document.sleutel]),
                "weg": rij.feit.ingetrokken_op is not None,
            }
            for rij in brieven
        ],
        "zonder": [
            {
                "naam": rij.jongere.naam,
                "waarom": rij.toelichting,
                "verder": verder_zonder_brief(rij.jongere),
                "url": _adres(rij.jongere.sleutel, deze.schooljaar),
                "weg": rij.ingetrokken_op is not None,
            }
            for rij in zonder
        ],
        "pdf": reverse("signalen:screening-stapel-pdf", args=[deze.sleutel]) if geldig else "",
        "mag_dossier": request.toegang.mag(Recht.DOSSIER_ZIEN),
        "bellen": Vraag(schooljaar=deze.schooljaar).adres(stap="telefoon"),
        "kruimels": kruimels(jaar),
    }
    return render(request, "signalen/screening_stapel.html", context)


def _zin(brieven: int, zonder: int) -> str:
    delen = [
        f"{taal.meervoud(brieven, 'brief', 'brieven')} om af te drukken." if brieven else "Niets om af te drukken."
    ]
    if zonder:
        delen.append(f"{taal.meervoud(zonder, 'jongere vraag', 'jongeren vraag')} je op een andere manier.")
    return " ".join(delen)


@vereist(Recht.SIGNALEN_WERKEN)
def stapel_pdf(request: Verzoek, stapel: uuid.UUID) -> HttpResponse:
    """Every letter of the pile that still holds, as one PDF to print; each person is logged."""
    deze, brieven, _ = _haal(request, stapel)
    geldig = [rij for rij in brieven if rij.feit.ingetrokken_op is None]
    if not geldig:
        waarschuw(request, "In deze stapel is geen brief meer om af te drukken.")
        return redirect("signalen:screening-stapel", deze.sleutel)
    for rij in geldig:
        request.inzage.noteer(
            "screening.brieven-opgehaald",
            jongere_id=rij.jongere_id,
            onderwerp=f"signalen.screeningsbrief:{rij.sleutel}",
        )
    return als_pdf(f"enquetes-{timezone.localdate(deze.created)}.pdf", druk_af(geldig, nu=deze.created))
