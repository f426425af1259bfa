from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "routekaart.toegang"
    verbose_name = "Toegang"
