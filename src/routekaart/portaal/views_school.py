"""What a school sees of its own reporting: counts, the way they go, and its own meldingen that took long (REG-18)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.onderdelen import Filter
from routekaart.basis.parameters import parameters
from routekaart.loopbaan.models import Instelling
from routekaart.portaal.selecties import contact_van, late_meldingen, scholen_van
from routekaart.regels import meldgedrag
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.volledigheid import (
    afspraken_met,
    geteld_op,
    uitkomsten_voor_school,
    verloop_van_school,
)
from routekaart.signalen.volledigheid_beeld import PRECIES, kerncijfers, spiegel, verloopbeeld
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.PORTAAL_SCHOOL)
def spiegel_van_school(request: Verzoek) -> HttpResponse:
    """The numbers of the own school; a contact of more schools chooses one."""
    op = timezone.localdate(nu())
    regio_id = request.toegang.regio_id or 0
    scholen = list(scholen_van(request.toegang))
    school = _gekozen(request, scholen)
    jaar = Schooljaar.van(op)
    context: dict[str, Any] = {
        "hier": "spiegel",
        "contact": contact_van(request.toegang),
        "school": school,
        "voor_school": True,
    }
    if school is not None:
        cijfers = verloop_van_school(regio_id, school, op=op)
        laat = late_meldingen(request.toegang, school, str(jaar))
        for jongere_id in sorted({regel.jongere_id for regel in laat if regel.jongere_id is not None}):
            request.inzage.noteer("portaal.bekeken", jongere_id=jongere_id)
        context |= {
            "jaar": jaar,
            "vorig": jaar.vorige,
            "dit": cijfers[str(jaar)],
            "kern": kerncijfers(cijfers[str(jaar)], cijfers[str(jaar.vorige)], zicht=PRECIES, adres=""),
            "verloop": verloopbeeld(cijfers),
            "spiegel": spiegel(uitkomsten_voor_school(regio_id, school, jaar), klein_weg=True),
            "laat": laat,
            "afspraken": afspraken_met(regio_id, school),
            "schoolfilters": [
                Filter(een.naam, f"{reverse('portaal:spiegel')}?school={een.sleutel}", gekozen=een == school)
                for een in scholen
            ]
            if len(scholen) > 1
            else [],
            "telling": geteld_op(request.toegang),
            "definitie": meldgedrag.DEFINITIE,
            "geldig_vanaf": meldgedrag.GELDIG_VANAF,
            "normen": parameters(regio_id, op=op),
        }
    request.inzage.noteer("portaal.bekeken", inhoud={"school": school.brin if school is not None else ""})
    return render(request, "portaal/spiegel.html", context)


def _gekozen(request: Verzoek, scholen: Sequence[Instelling]) -> Instelling | None:
    """The school of the address, or the first of the own ones; 404 for somebody else's."""
    tekst = request.GET.get("school", "")
    if not tekst:
        return scholen[0] if scholen else None
    try:
        sleutel = uuid.UUID(tekst)
    except ValueError:
        raise Http404 from None
    gevonden = next((school for school in scholen if school.sleutel == sleutel), None)
    if gevonden is None:
        request.inzage.weiger(f"loopbaan.instelling:{sleutel}")
        raise Http404
    return gevonden
