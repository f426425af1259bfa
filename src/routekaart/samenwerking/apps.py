from django.apps import AppConfig


class SamenwerkingConfig(AppConfig):
    name = "routekaart.samenwerking"
    verbose_name = "Samenwerking"
