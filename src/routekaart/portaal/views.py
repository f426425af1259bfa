"""The portal for the school contact: own meldingen, a new one, an answer to what we asked."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Filter
from routekaart.meldingen.acties import Melder, beantwoord, ontvang_melding
from routekaart.meldingen.informatie import open_vragen
from routekaart.meldingen.models import Melding
from routekaart.portaal.forms import AntwoordFormulier, MeldFormulier
from routekaart.portaal.selecties import STANDEN, contact_van, eigen_meldingen, scholen_van, schoollijst
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

KANAAL = "A.II"


@vereist(Recht.PORTAAL_SCHOOL)
def meldingen(request: Verzoek) -> HttpResponse:
    """The meldingen of the own school with how they are handled, and the form for a new one."""
    moment = nu()
    op = timezone.localdate(moment)
    stand = request.GET.get("stand", "alle")
    stand = stand if stand in STANDEN else "alle"
    lijst = schoollijst(request.toegang, stand=stand, plaats=request.GET.get("pagina", "")[:60], op=op)
    request.inzage.noteer("portaal.bekeken", inhoud={"stand": stand})
    for jongere_id in lijst.jongere_ids:
        request.inzage.noteer("portaal.bekeken", jongere_id=jongere_id)
    context = {
        "hier": "meldingen",
        "lijst": lijst,
        "filters": [
            Filter(tekst, f"?stand={code}", lijst.tellers[code], gekozen=code == stand)
            for code, tekst in STANDEN.items()
        ],
        "schooljaar": str(Schooljaar.van(op)),
        "vorige": f"?stand={stand}&pagina={lijst.bladzijde.vorige}" if lijst.bladzijde.vorige else "",
        "volgende": f"?stand={stand}&pagina={lijst.bladzijde.volgende}" if lijst.bladzijde.volgende else "",
        "form": _formulier(request, moment),
        "contact": contact_van(request.toegang),
    }
    return render(request, "portaal/meldingen.html", context)


def _formulier(request: Verzoek, moment: dt.datetime) -> MeldFormulier:
    gemeenten = Gemeente.objects.filter(regio_id=request.toegang.regio_id or 0).geldig_op(timezone.localdate(moment))
    return MeldFormulier(
        request.POST or None, scholen=scholen_van(request.toegang), gemeenten=gemeenten.order_by("volgorde", "naam")
    )


@vereist(Recht.PORTAAL_SCHOOL)
def melden(request: Verzoek) -> HttpResponse:
    """A new melding; afterwards the number to quote."""
    moment = nu()
    form = _formulier(request, moment)
    contact = contact_van(request.toegang)
    if request.method == "POST" and form.is_valid():
        try:
            if form.school is None:
                raise Geweigerd("Uw account hoort nog niet bij een school. Bel ons, dan maken wij dat in orde.")
            gegevens = form.gegevens
            melder = Melder(
                soort="school",
                naam=request.user.naam,
                functie=contact.functie if contact is not None else "",
                telefoon=contact.telefoon if contact is not None else "",
                email=request.user.email,
                gebruiker=request.user,
                instelling=form.school,
            )
            melding = ontvang_melding(kanaal=KANAAL, melder=melder, toegang=request.toegang, nu=moment, **gegevens)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return redirect("portaal:ontvangen", melding.sleutel)
    return render(request, "portaal/melden.html", {"hier": "melden", "form": form, "contact": contact})


def _eigen(request: Verzoek, sleutel: uuid.UUID) -> Melding:
    """One melding of the own school; else 404, and the log remembers that it was asked."""
    melding: Melding | None = eigen_meldingen(request.toegang).filter(sleutel=sleutel).first()
    if melding is None:
        request.inzage.weiger(f"meldingen.melding:{sleutel}")
        raise Http404
    request.inzage.noteer("portaal.bekeken", jongere_id=melding.jongere_id, onderwerp=f"meldingen.melding:{sleutel}")
    return melding


@vereist(Recht.PORTAAL_SCHOOL)
def ontvangen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The acknowledgement: number, date, and when the school hears from us."""
    melding = _eigen(request, sleutel)
    context = {
        "nummer": melding.nummer,
        "ontvangen_op": melding.ontvangen_op,
        "termijn": melding.termijn,
        "contact": contact_van(request.toegang),
    }
    return render(request, "portaal/ontvangen.html", context)


@vereist(Recht.PORTAAL_SCHOOL)
def aanvullen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Answers to what we asked; shows the questions, never what was written inside."""
    melding = _eigen(request, sleutel)
    punten = list(open_vragen(melding).values_list("punt", flat=True))
    if not punten or melding.ingetrokken_op is not None:
        meld(request, f"Bij melding {melding.nummer} is alles beantwoord. Dank u wel.")
        return redirect("portaal:meldingen")
    form = AntwoordFormulier(request.POST or None, punten=punten)
    if request.method == "POST" and form.is_valid():
        try:
            beantwoord(melding, antwoorden=form.antwoorden, toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"Dank u wel. Uw antwoord staat bij melding {melding.nummer}.")
            return redirect("portaal:meldingen")
    context = {
        "form": form,
        "nummer": melding.nummer,
        "gemeld_op": melding.ontvangen_op,
        "terug": reverse("portaal:meldingen"),
        "contact": contact_van(request.toegang),
    }
    return render(request, "portaal/aanvullen.html", context)
