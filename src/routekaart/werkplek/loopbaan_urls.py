"""The addresses of the loopbaan in a dossier."""

from django.urls import path

from routekaart.werkplek import views_loopbaan

app_name = "loopbaan"
urlpatterns = [
    path("<uuid:sleutel>/loopbaan/", views_loopbaan.loopbaan, name="loopbaan"),
    path("<uuid:sleutel>/loopbaan/werk/", views_loopbaan.werk, name="werk"),
    path("<uuid:sleutel>/loopbaan/hulp/", views_loopbaan.hulp, name="hulp"),
    path("<uuid:sleutel>/loopbaan/startkwalificatie/", views_loopbaan.vaststelling, name="vaststelling"),
]
