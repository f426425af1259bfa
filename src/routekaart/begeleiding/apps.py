from django.apps import AppConfig


class BegeleidingConfig(AppConfig):
    name = "routekaart.begeleiding"
    verbose_name = "Begeleiding"
