"""Addresses of the portal."""

from django.urls import path

from routekaart.portaal import views

app_name = "portaal"
urlpatterns = [
    path("", views.meldingen, name="meldingen"),
    path("melden/", views.melden, name="melden"),
    path("<uuid:sleutel>/ontvangen/", views.ontvangen, name="ontvangen"),
    path("<uuid:sleutel>/aanvullen/", views.aanvullen, name="aanvullen"),
]
