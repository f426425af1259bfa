"""Addresses of the deliveries."""

from django.urls import path

from routekaart.leveringen import views, views_uitval

app_name = "leveringen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("inlezen/", views.inlezen, name="inlezen"),
    path("terugmelden/", views.terugmelden, name="terugmelden"),
    path("terugmelden/<uuid:sleutel>/", views.terugmelding, name="terugmelding"),
    path("<uuid:sleutel>/", views.levering, name="levering"),
    path("<uuid:sleutel>/inlezen/", views.levering_inlezen, name="levering-inlezen"),
    path("<uuid:sleutel>/verwerpen/", views.levering_verwerpen, name="levering-verwerpen"),
    path("<uuid:sleutel>/uitval/", views_uitval.uitval, name="uitval"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/", views_uitval.rij, name="rij"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/alle/", views_uitval.rijgroep, name="rijgroep"),
    path("<uuid:sleutel>/uitval/<uuid:rij>/terug/", views_uitval.rij_terug, name="rij-terug"),
]
