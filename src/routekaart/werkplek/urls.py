"""The work of everybody: what to do, whom to find, the doelgroepwijzer, and the pages that explain."""

from django.urls import path

from routekaart.werkplek import views_afhandelen, views_jongeren, views_uitleg, views_werkvoorraad, views_wijzer

app_name = "werkplek"
urlpatterns = [
    path("", views_werkvoorraad.werkvoorraad, name="werkvoorraad"),
    path("zoeken/", views_jongeren.zoeken, name="zoeken"),
    path("jongeren/", views_jongeren.jongeren, name="jongeren"),
    path("doelgroepwijzer/", views_wijzer.doelgroepwijzer, name="doelgroepwijzer"),
    path("meldingen/<uuid:sleutel>/afhandelen/", views_afhandelen.afhandelen, name="afhandelen"),
    path("meldingen/<uuid:sleutel>/afhandelen/gevolg/", views_afhandelen.gevolg, name="afhandelen-gevolg"),
    path("hulp/", views_uitleg.hulp, name="hulp"),
    path("toegankelijkheid/", views_uitleg.toegankelijkheid, name="toegankelijkheid"),
    path("wat-wij-vastleggen/", views_uitleg.wat_wij_vastleggen, name="wat-wij-vastleggen"),
]
