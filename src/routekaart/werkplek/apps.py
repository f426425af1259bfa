from django.apps import AppConfig


class WerkplekConfig(AppConfig):
    name = "routekaart.werkplek"
    verbose_name = "Werkplek"
