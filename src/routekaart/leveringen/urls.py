"""Addresses of the deliveries."""

from django.urls import path

from routekaart.leveringen import (
    views,
    views_bezig,
    views_geschiedenis,
    views_koppelen,
    views_scholen,
    views_uitval,
    views_uitwisselen,
    views_vermist,
)

app_name = "leveringen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("inlezen/", views.inlezen, name="inlezen"),
    path("terugmelden/", views.terugmelden, name="terugmelden"),
    path("terugmelden/<uuid:sleutel>/", views.terugmelding, name="terugmelding"),
    path("scholen/", views_scholen.scholen, name="scholen"),
    path("koppelingen/", views_koppelen.koppelingen, name="koppelingen"),
    path("koppelingen/<uuid:sleutel>/stoppen/", views_koppelen.koppeling_stoppen, name="koppeling-stoppen"),
    path("uitwisselen/", views_uitwisselen.uitwisselen, name="uitwisselen"),
    path("uitwisselen/nieuw/", views_uitwisselen.nieuw, name="uitwisseling-nieuw"),
    path("uitwisselen/<uuid:sleutel>/", views_uitwisselen.uitwisseling, name="uitwisseling"),
    path("uitwisselen/<uuid:sleutel>/bestand/", views_uitwisselen.maken, name="uitwisseling-maken"),
    path("uitwisselen/<uuid:sleutel>/stoppen/", views_uitwisselen.stoppen, name="uitwisseling-stoppen"),
    path("<uuid:sleutel>/", views.levering, name="levering"),
    path("<uuid:sleutel>/inlezen/", views.levering_inlezen, name="levering-inlezen"),
    path("<uuid:sleutel>/bestand/", views_geschiedenis.bestand, name="bestand"),
    path("<uuid:sleutel>/wijzigingen/", views_geschiedenis.wijzigingen, name="wijzigingen"),
    path("<uuid:sleutel>/vermist/", views_vermist.vermist, name="vermist"),
    path("<uuid:sleutel>/vermist/<uuid:vermissing>/", views_vermist.vermissing, name="vermissing"),
    path("<uuid:sleutel>/voortgang/", views_bezig.voortgang, name="voortgang"),
    path("<uuid:sleutel>/stoppen/", views_bezig.stoppen, name="stoppen"),
    path("<uuid:sleutel>/kolommen/", views_koppelen.koppelen, name="koppelen"),
    path("<uuid:sleutel>/verwerpen/", views.levering_verwerpen, name="levering-verwerpen"),
    path("<uuid:sleutel>/uitval/", views_uitval.uitval, name="uitval"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/", views_uitval.rij, name="rij"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/alle/", views_uitval.rijgroep, name="rijgroep"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/terug/", views_uitval.rij_terug, name="rij-terug"),
]
