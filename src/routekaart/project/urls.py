"""All addresses. Each app stands under its own word; the test in tests/deuren walks every one of them."""

from django.urls import include, path

urlpatterns = [
    path("", include("routekaart.werkplek.urls")),
    path("meldingen/", include("routekaart.meldingen.urls")),
    path("personen/", include("routekaart.personen.urls")),
    path("jongeren/", include("routekaart.werkplek.dossier_urls")),
    path("jongeren/", include("routekaart.werkplek.loopbaan_urls")),
    path("jongeren/", include("routekaart.delen.urls")),
    path("jongeren/", include("routekaart.correspondentie.urls")),
    path("jongeren/", include("routekaart.samenwerking.urls")),
    path("jongeren/", include("routekaart.begeleiding.urls")),
    path("leveringen/", include("routekaart.leveringen.urls")),
    path("signalen/", include("routekaart.signalen.urls")),
    path("portaal/", include("routekaart.portaal.urls")),
    path("beheer/", include("routekaart.beheer.urls")),
    path("account/", include("routekaart.toegang.urls")),
    path("gezond/", include("routekaart.project.gezond")),
]

handler400 = "routekaart.project.fouten.onbegrepen"
handler403 = "routekaart.project.fouten.geweigerd"
handler404 = "routekaart.project.fouten.niet_gevonden"
handler500 = "routekaart.project.fouten.storing"
