"""Signals: overview and cases, one case, a selection, the controls, and how many go in per week."""

from django.urls import include, path

from routekaart.signalen import (
    views,
    views_duo,
    views_jikp,
    views_onderzoek,
    views_oud,
    views_volledigheid,
    views_zoeken,
)

app_name = "signalen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("selectie/", views.selectie, name="selectie"),
    path("zoeken/", views_zoeken.zoeken, name="zoeken"),
    path("jikp/", views_jikp.jikp, name="jikp"),
    path("jikp/portaal/", views_jikp.portaal, name="jikp-portaal"),
    path("jikp/portaal/melden/", views_jikp.portaal_melden, name="jikp-portaal-melden"),
    path("onderzoek/", views_onderzoek.onderzoek, name="onderzoek"),
    path("duo-vsv/", views_duo.duo_vsv, name="duo-vsv"),
    path("duo-vsv/melden/", views_duo.duo_vsv_melden, name="duo-vsv-melden"),
    path("oud-vsv/", views_oud.oud, name="oud"),
    path("oud-vsv/overleg/", views_oud.overleg, name="overleg"),
    path("oud-vsv/overleg/<uuid:sleutel>/", views_oud.overleglijst, name="overleglijst"),
    path("controles/", views.controles, name="controles"),
    path("instroom/", views.instroom, name="instroom"),
    path("screening/", include("routekaart.signalen.urls_screening")),
    path("scholen/", views_volledigheid.scholen, name="scholen"),
    path("scholen/<uuid:sleutel>/", views_volledigheid.school, name="school"),
    path("scholen/<uuid:sleutel>/gesprek/", views_volledigheid.gesprek, name="schoolgesprek"),
    path("scholen/<uuid:sleutel>/inspectie/", views_volledigheid.inspectie, name="schoolinspectie"),
    path(
        "scholen/<uuid:sleutel>/<uuid:gesprek>/intrekken/",
        views_volledigheid.intrekken,
        name="schoolgesprek-intrekken",
    ),
    path("<uuid:sleutel>/", views.signaal, name="signaal"),
]
