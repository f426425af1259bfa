from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "routekaart.meldingen"
    verbose_name = "Meldingen"
