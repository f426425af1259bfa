from django.apps import AppConfig


class DelenConfig(AppConfig):
    name = "routekaart.delen"
    verbose_name = "Delen"
