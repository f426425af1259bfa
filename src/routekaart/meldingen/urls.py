"""Addresses of the meldpunt."""

from django.urls import path

from routekaart.meldingen import views, views_nieuw

app_name = "meldingen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("nieuw/", views_nieuw.nieuw, name="nieuw"),
    path("<uuid:sleutel>/", views.melding, name="melding"),
    path("<uuid:sleutel>/aanvullen/", views.aanvullen, name="aanvullen"),
    path("<uuid:sleutel>/vragen/", views.vragen, name="vragen"),
    path("<uuid:sleutel>/wie/", views.wie, name="wie"),
    path("<uuid:sleutel>/koppelen/", views.koppelen, name="koppelen"),
    path("<uuid:sleutel>/nieuwe-jongere/", views.nieuwe_jongere, name="nieuwe-jongere"),
    path("<uuid:sleutel>/oordeel/<slug:weg>/", views.oordeel, name="oordeel"),
    path("<uuid:sleutel>/verhuizen/", views.verhuizen, name="verhuizen"),
    path("<uuid:sleutel>/sluiten/", views.sluiten, name="sluiten"),
]
