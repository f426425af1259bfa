from django.apps import AppConfig


class LoopbaanConfig(AppConfig):
    name = "routekaart.loopbaan"
    verbose_name = "Loopbaan"
