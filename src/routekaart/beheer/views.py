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
    verstuurd = "datum" in request.POST  # the confirmation on this page posts too, and does nothing
    formulier = ContactFormulier(request.POST if verstuurd else None)
    klaar = verstuurd and formulier.is_valid()
    gegevens = voorbeelden.context(vandaag) | {"formulier": formulier, "klaar": klaar}
    return render(request, "beheer/componenten.html", gegevens)
