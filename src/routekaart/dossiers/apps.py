from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "routekaart.dossiers"
    verbose_name = "Dossiers"
