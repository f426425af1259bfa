from django.apps import AppConfig


class LeveringenConfig(AppConfig):
    name = "routekaart.leveringen"
    verbose_name = "Leveringen"
