"""Addresses of the deliveries."""

from django.urls import path

from routekaart.leveringen import views

app_name = "leveringen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("inlezen/", views.inlezen, name="inlezen"),
    path("terugmelden/", views.terugmelden, name="terugmelden"),
    path("terugmelden/<uuid:sleutel>/", views.terugmelding, name="terugmelding"),
    path("<uuid:sleutel>/", views.levering, name="levering"),
    path("<uuid:sleutel>/inlezen/", views.levering_inlezen, name="levering-inlezen"),
    path("<uuid:sleutel>/verwerpen/", views.levering_verwerpen, name="levering-verwerpen"),
    path("<uuid:sleutel>/uitval/", views.uitval, name="uitval"),
]
