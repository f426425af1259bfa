from django.apps import AppConfig


class PersonenConfig(AppConfig):
    name = "routekaart.personen"
    verbose_name = "Personen"
