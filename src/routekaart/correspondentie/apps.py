from django.apps import AppConfig


class CorrespondentieConfig(AppConfig):
    name = "routekaart.correspondentie"
    verbose_name = "Correspondentie"
