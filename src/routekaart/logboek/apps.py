from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "routekaart.logboek"
    verbose_name = "Logboek"
