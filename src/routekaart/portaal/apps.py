from django.apps import AppConfig


class PortaalConfig(AppConfig):
    name = "routekaart.portaal"
    verbose_name = "Portaal"
