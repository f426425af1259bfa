from django.apps import AppConfig


class BasisConfig(AppConfig):
    name = "routekaart.basis"
    verbose_name = "Basis"

    def ready(self) -> None:
        from routekaart.basis import controles  # noqa: F401  (registers the system checks)
