from django.urls import URLPattern, path

from routekaart.beheer import views, views_instellingen, views_logboek

app_name = "beheer"
urlpatterns: list[URLPattern] = [
    path("componenten/", views.componenten, name="componenten"),
    path("instellingen/", views_instellingen.instellingen, name="instellingen"),
    path("instellingen/<slug:code>/", views_instellingen.instelling, name="instelling"),
    path("logboek/", views_logboek.logboek, name="logboek"),
]
