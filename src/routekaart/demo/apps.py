from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "routekaart.demo"
    verbose_name = "Demo"
