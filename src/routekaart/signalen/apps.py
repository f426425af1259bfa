from django.apps import AppConfig


class SignalenConfig(AppConfig):
    name = "routekaart.signalen"
    verbose_name = "Signalen"
