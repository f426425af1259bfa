"""Working together: what goes back to who reported."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from routekaart.basis.models import Basis
from routekaart.basis.privacy import Privacy
from routekaart.delen.models import Verstrekking
from routekaart.correspondentie.models import Brief
from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Terugkoppeling(Basis, Persoonlijk):
    """What a melder or partner was told: only what concerns the absence or early leaving (TKP-01, PRV-11)."""

    BEREIK = "werkproces__"

    class Kanaal(models.TextChoices):
        DUO = "duo", "via DUO"
        BRIEF = "brief", "brief"
        EMAIL = "e-mail", "e-mail"
        TELEFOON = "telefoon", "telefoon"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="terugkoppelingen")
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, null=True, related_name="terugkoppelingen")
    ontvanger = models.CharField("aan wie", max_length=160)
    soort_ontvanger = models.CharField(max_length=20)  # school, partner, jongere
    kanaal = models.CharField("hoe", max_length=20, choices=Kanaal.choices)
    tekst = models.TextField("tekst")
    op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, null=True, related_name="+")
    verstrekking = models.ForeignKey(Verstrekking, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Met wie we iets deelden",
        samenvoegen="verhuist",
        persoonlijk=("ontvanger", "tekst"),
        zakelijk=("werkproces", "melding", "soort_ontvanger", "kanaal", "op", "door", "brief", "verstrekking"),
    )

    def __str__(self) -> str:
        return f"terugkoppeling {self.op:%Y-%m-%d}"
