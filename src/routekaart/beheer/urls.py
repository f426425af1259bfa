from django.urls import URLPattern, path

from routekaart.beheer import views, views_logboek

app_name = "beheer"
urlpatterns: list[URLPattern] = [
    path("componenten/", views.componenten, name="componenten"),
    path("logboek/", views_logboek.logboek, name="logboek"),
]
