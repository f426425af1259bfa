"""System checks: what must be there before the program serves anybody."""

from typing import Any

from django.conf import settings
from django.core import checks

from routekaart.inhoud.valideren import valideer

STIJL = ("utrecht.css", "tokens.css", "noto-sans-latin.woff2")


@checks.register()
def stijl_aanwezig(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """The npm packages that the build brings in are there; without them pages come up without style."""
    vendor = settings.PAKKET / "static" / "vendor"
    weg = [naam for naam in STIJL if not (vendor / naam).exists()]
    if not weg:
        return []
    return [
        checks.Error(
            f"Deze stijlbestanden ontbreken in {vendor}: {', '.join(weg)}",
            hint="Bouw het pakket opnieuw met `uv sync --reinstall-package routekaart`.",
            id="routekaart.E001",
        )
    ]


@checks.register()
def inhoud_klopt(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Routes, code lists and protocols in `inhoud/` are complete and agree with each other."""
    return [checks.Error(fout, id="routekaart.E002") for fout in valideer()]


@checks.register(checks.Tags.security, deploy=True)
def sleutels_apart(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """In production the keys do not lie beside the database (design, section 4)."""
    if settings.DEMO or settings.VAR not in settings.SLEUTELS.parents:
        return []
    return [
        checks.Warning(
            "De sleutels staan in dezelfde map als de database.",
            hint="Zet ROUTEKAART_SLEUTELS op een map die niet met de database wordt bewaard.",
            id="routekaart.W001",
        )
    ]
