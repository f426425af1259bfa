"""What is recorded in a dossier. The pages that show all of it together are added by `werkplek.dossier_urls`."""

from django.urls import path

from routekaart.dossiers import views, views_mensen, views_route

urlpatterns = [
    path("<uuid:sleutel>/contact/", views.contact, name="contact"),
    path("<uuid:sleutel>/contact/geen-gehoor/", views.geen_gehoor, name="geen-gehoor"),
    path("<uuid:sleutel>/contact/<uuid:contact>/intrekken/", views.contact_intrekken, name="contact-intrekken"),
    path("<uuid:sleutel>/dossieronderzoek/", views.dossieronderzoek, name="dossieronderzoek"),
    path("<uuid:sleutel>/aantekening/", views_mensen.aantekening, name="aantekening"),
    path("<uuid:sleutel>/route/<int:nummer>/overslaan/", views_route.stap_overslaan, name="stap-overslaan"),
    path("<uuid:sleutel>/route/<int:nummer>/heropenen/", views_route.stap_heropenen, name="stap-heropenen"),
    path("<uuid:sleutel>/route/fase-opnieuw/", views_route.fase_opnieuw, name="fase-opnieuw"),
    path("<uuid:sleutel>/toewijzen/", views_route.toewijzen, name="toewijzen"),
    path("<uuid:sleutel>/heropenen/", views_route.heropenen, name="heropenen"),
    path("<uuid:sleutel>/contactgegevens/", views_mensen.contactgegevens, name="contactgegevens"),
    path("<uuid:sleutel>/brp/", views_mensen.brp_terugmelden, name="brp-terugmelden"),
    path("<uuid:sleutel>/netwerk/verzorger/", views_mensen.verzorger, name="verzorger-nieuw"),
    path("<uuid:sleutel>/netwerk/verzorger/<uuid:verzorger>/", views_mensen.verzorger, name="verzorger"),
    path("<uuid:sleutel>/netwerk/betrokkene/", views_mensen.betrokkene, name="betrokkene-nieuw"),
    path("<uuid:sleutel>/netwerk/betrokkene/<uuid:betrokkene>/", views_mensen.betrokkene, name="betrokkene"),
]
