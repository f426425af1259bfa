from django.urls import URLPattern, path

from routekaart.beheer import views

app_name = "beheer"
urlpatterns: list[URLPattern] = [
    path("componenten/", views.componenten, name="componenten"),
]
