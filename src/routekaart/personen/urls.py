"""Addresses about who is who; doubles, merging, the BRP."""

from django.urls import path

from routekaart.personen import views

app_name = "personen"
urlpatterns = [
    path("", views.dubbelen, name="dubbelen"),
    path("dubbelen/zoeken/", views.zoeken, name="zoeken"),
    path("dubbelen/<uuid:sleutel>/", views.dubbel, name="dubbel"),
    path("dubbelen/<uuid:sleutel>/verschillend/", views.verschillend, name="verschillend"),
    path("<uuid:sleutel>/dubbel/", views.tweede, name="tweede"),
    path("samengevoegd/", views.samengevoegd, name="samengevoegd"),
    path("samengevoegd/<uuid:sleutel>/", views.samenvoeging, name="samenvoeging"),
    path("terugmeldingen/", views.terugmeldingen, name="terugmeldingen"),
    path("terugmeldingen/<uuid:sleutel>/", views.terugmelding, name="terugmelding"),
]
