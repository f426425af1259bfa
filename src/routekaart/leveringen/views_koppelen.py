"""Which column is which, where a file calls them otherwise; and the mappings that were saved."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.leveringen.acties import bekijk_bewaarde
from routekaart.leveringen.acties_koppelen import TE_KOPPELEN, koppel, stop_koppeling
from routekaart.leveringen.acties_rij import GROOT_BYTES, laat_bekijken
from routekaart.leveringen.forms import KoppelFormulier
from routekaart.leveringen.inlezen import leesfouten
from routekaart.leveringen.koppelingen import lijkt_meest, past_bij, voorbeelden
from routekaart.leveringen.lezen import lees
from routekaart.leveringen.models import Kolomkoppeling, Levering
from routekaart.leveringen.opslag import bewaarde_kopie
from routekaart.leveringen.paginas import adres_van, haal_levering, kruimels, kruimels_van
from routekaart.leveringen.selecties import koppelingen_van, soortnaam
from routekaart.leveringen.soorten import SOORTEN, lijkt_op
from routekaart.personen.nummers import zonder_nummers
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.LEVERINGEN)
def koppelen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Each column of ours with a choice from the file's; kept under a name, and known by itself the next time."""
    levering = haal_levering(request, sleutel)
    if levering.stand not in TE_KOPPELEN:
        return redirect(adres_van(levering))
    try:
        with bewaarde_kopie(levering) as kopie, leesfouten():
            tabel = lees(kopie.pad)
            gezien = voorbeelden(tabel)
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect("leveringen:lijst")
    code = _soort(request, levering, tabel.kolommen)
    form = KoppelFormulier(SOORTEN[code], tabel.kolommen, gezien, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _koppel_en_bekijk(request, levering, code, form)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"We onthouden deze kolommen als ‘{form.cleaned_data['naam']}’.")
            return redirect(adres_van(levering))
    request.inzage.noteer(
        "levering.kolommen-bekeken", onderwerp=f"leveringen.levering:{levering.sleutel}", inhoud={"soort": code}
    )
    context = {
        "levering": levering,
        "soort": soortnaam(code),
        "form": form,
        "kolommen": [(zonder_nummers(kolom) or "zonder naam", gezien.get(kolom, [])) for kolom in tabel.kolommen],
        "niets_herkend": not lijkt_meest(tabel.kolommen),
        "vorm": tabel.vorm,
        "filters": _soortfilters(levering, code),
        "kruimels": kruimels_van(levering, Kruimel("kolommen")) if levering.soort else kruimels(),
    }
    return render(request, "leveringen/koppelen.html", context)


def _soort(request: Verzoek, levering: Levering, kop: tuple[str, ...]) -> str:
    """What was chosen, else what the file was given as, else what its columns look most like."""
    mogelijk = list(SOORTEN)
    lijkt = lijkt_op(kop)
    geraden = lijkt.code if lijkt else lijkt_meest(kop)
    for code in (request.GET.get("soort", ""), levering.soort, past_bij(kop), geraden):
        if code in mogelijk:
            return code
    return mogelijk[0]


def _soortfilters(levering: Levering, gekozen: str) -> list[Filter]:
    adres = reverse("leveringen:koppelen", args=[levering.sleutel])
    return [
        Filter(soort.naam, f"{adres}?soort={soort.code}", gekozen=soort.code == gekozen) for soort in SOORTEN.values()
    ]


def _koppel_en_bekijk(request: Verzoek, levering: Levering, code: str, form: KoppelFormulier) -> None:
    """Saves the mapping and looks at the file with it; a large file is looked at by a process of its own."""
    koppel(
        levering,
        soort=code,
        naam=form.cleaned_data["naam"],
        kolommen=form.kolommen,
        toegang=request.toegang,
        nu=nu(),
    )
    if levering.bestand.size > GROOT_BYTES:
        laat_bekijken(levering)
        return
    try:
        bekijk_bewaarde(levering, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        # the mapping stands; what is wrong is the file
        waarschuw(request, reden.boodschap)


@vereist(Recht.LEVERINGEN)
def koppelingen(request: Verzoek) -> HttpResponse:
    """The mappings that hold, with how often they were used."""
    request.inzage.noteer("koppelingen.bekeken", inhoud={"soort": "koppelingen"})
    rijen = koppelingen_van(request.toegang, op=timezone.localdate(nu()))
    context = {"koppelingen": [(een, soortnaam(een.soort)) for een in rijen], "kruimels": kruimels()}
    return render(request, "leveringen/koppelingen.html", context)


@vereist(Recht.LEVERINGEN)
@require_POST
def koppeling_stoppen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The mapping is not used any more."""
    gevonden = Kolomkoppeling.objects.filter(regio_id=request.toegang.regio_id or 0, sleutel=sleutel).first()
    if gevonden is None:
        request.inzage.weiger(f"leveringen.kolomkoppeling:{sleutel}")
        raise Http404
    try:
        stop_koppeling(gevonden, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"We gebruiken ‘{gevonden.naam}’ niet meer.")
    return redirect("leveringen:koppelingen")
