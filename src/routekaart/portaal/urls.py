"""Addresses of the portal."""

from django.urls import path

from routekaart.portaal import views, views_school, views_vertrek

app_name = "portaal"
urlpatterns = [
    path("", views.meldingen, name="meldingen"),
    path("melden/", views.melden, name="melden"),
    path("spiegel/", views_school.spiegel_van_school, name="spiegel"),
    path("van-school/", views_vertrek.vertrek, name="vertrek"),
    path("van-school/<uuid:sleutel>/", views_vertrek.leerling, name="vertrek-leerling"),
    path("<uuid:sleutel>/ontvangen/", views.ontvangen, name="ontvangen"),
    path("<uuid:sleutel>/aanvullen/", views.aanvullen, name="aanvullen"),
]
