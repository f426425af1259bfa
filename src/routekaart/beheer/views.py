"""The pages of the functioneel beheerder."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from routekaart.beheer import voorbeelden
from routekaart.beheer.voorbeeldformulieren import ContactFormulier
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.COMPONENTEN)
def componenten(request: Verzoek) -> HttpResponse:
    """Every component in every state, with invented people: for who builds pages and who judges the look."""
    vandaag = timezone.localdate()
    formulier = ContactFormulier(request.POST if request.method == "POST" else None)
    klaar = request.method == "POST" and formulier.is_valid()
    gegevens = voorbeelden.context(vandaag) | {"formulier": formulier, "klaar": klaar}
    return render(request, "beheer/componenten.html", gegevens)
