"""Addresses of the portal."""

from django.urls import path

from routekaart.portaal import views, views_school

app_name = "portaal"
urlpatterns = [
    path("", views.meldingen, name="meldingen"),
    path("melden/", views.melden, name="melden"),
    path("spiegel/", views_school.spiegel_van_school, name="spiegel"),
    path("<uuid:sleutel>/ontvangen/", views.ontvangen, name="ontvangen"),
    path("<uuid:sleutel>/aanvullen/", views.aanvullen, name="aanvullen"),
]
