"""Signals: overview and cases, one case, a selection, the controls, and how many go in per week."""

from django.urls import path

from routekaart.signalen import views

app_name = "signalen"
urlpatterns = [
    path("", views.lijst, name="lijst"),
    path("selectie/", views.selectie, name="selectie"),
    path("controles/", views.controles, name="controles"),
    path("instroom/", views.instroom, name="instroom"),
    path("<uuid:sleutel>/", views.signaal, name="signaal"),
]
