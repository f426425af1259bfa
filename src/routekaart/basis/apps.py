from django.apps import AppConfig
from django.db.models import BigIntegerField, CharField, ForeignKey


class BasisConfig(AppConfig):
    name = "routekaart.basis"
    verbose_name = "Basis"

    def ready(self) -> None:
        from routekaart.basis import controles  # noqa: F401  (registers the system checks)
        from routekaart.basis.sleutels import InRij

        for soort in (BigIntegerField, CharField, ForeignKey):
            soort.register_lookup(InRij)
