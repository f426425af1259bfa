"""The addresses of a dossier under one name: what is recorded in it (`dossiers`), and what shows all of it."""

from django.urls import path

from routekaart.dossiers.urls import urlpatterns as vastleggen
from routekaart.werkplek import views_dossier

app_name = "dossiers"
urlpatterns = [
    *vastleggen,
    path("<uuid:sleutel>/", views_dossier.overzicht, name="overzicht"),
    path("<uuid:sleutel>/route/", views_dossier.route, name="route"),
    path("<uuid:sleutel>/route/uitleg/", views_dossier.over_de_route, name="over-de-route"),
    path("<uuid:sleutel>/doelgroep/", views_dossier.doelgroep, name="doelgroep"),
    path("<uuid:sleutel>/netwerk/", views_dossier.netwerk, name="netwerk"),
    path("<uuid:sleutel>/geschiedenis/", views_dossier.geschiedenis, name="geschiedenis"),
]
