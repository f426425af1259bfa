from django.apps import AppConfig


class BeheerConfig(AppConfig):
    name = "routekaart.beheer"
    verbose_name = "Beheer"
