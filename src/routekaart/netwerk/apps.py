from django.apps import AppConfig


class NetwerkConfig(AppConfig):
    name = "routekaart.netwerk"
    verbose_name = "Netwerk"
