from django.urls import path

from routekaart.correspondentie import views

app_name = "correspondentie"
urlpatterns = [
    path("<uuid:sleutel>/brieven/", views.brieven, name="brieven"),
    path("<uuid:sleutel>/brieven/schrijf/<slug:sjabloon>/", views.brief_schrijven, name="brief-schrijven"),
    path("<uuid:sleutel>/brieven/<uuid:brief>/versturen/", views.versturen, name="versturen"),
    path("<uuid:sleutel>/documenten/<uuid:document>/", views.document, name="document"),
]
