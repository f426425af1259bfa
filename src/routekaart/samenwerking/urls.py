from django.urls import path

from routekaart.samenwerking import views

app_name = "samenwerking"
urlpatterns = [
    path("<uuid:sleutel>/terugkoppelen/", views.terugkoppelen, name="terugkoppelen"),
]
