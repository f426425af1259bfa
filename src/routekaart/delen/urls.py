from django.urls import path

from routekaart.delen import views

app_name = "delen"
urlpatterns = [
    path("<uuid:sleutel>/delen/", views.delen, name="delen"),
    path("<uuid:sleutel>/delen/toestemming/", views.toestemming, name="toestemming"),
    path("<uuid:sleutel>/delen/toestemming/<uuid:toestemming>/intrekken/", views.intrekken, name="intrekken"),
]
