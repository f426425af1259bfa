"""Working together: what goes back to who reported."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio
from routekaart.basis.privacy import Privacy
from routekaart.correspondentie.models import Brief
from routekaart.delen.models import Verstrekking
from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk


class Terugkoppeling(Basis, Persoonlijk):
    """What a melder or partner was told: only what concerns the absence or early leaving (TKP-01, PRV-11).

    About a werkproces, or about a melding that was handled without one (under 18). It carries its own scope, as
    a melding does: about whom it is may not be known.
    """

    class Kanaal(models.TextChoices):
        DUO = "duo", "via DUO"
        BRIEF = "brief", "brief"
        EMAIL = "e-mail", "e-mail"
        TELEFOON = "telefoon", "telefoon"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, null=True, related_name="terugkoppelingen")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="terugkoppelingen")
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
        zakelijk=(
            "regio",
            "gemeente",
            "soort_werk",
            "jongere",
            "werkproces",
            "melding",
            "soort_ontvanger",
            "kanaal",
            "op",
            "door",
            "brief",
            "verstrekking",
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(werkproces__isnull=False) | Q(melding__isnull=False), name="terugkoppeling_waarover"
            )
        ]
        indexes = [models.Index(fields=["regio", "gemeente", "soort_werk"], name="terugkoppeling_bereik")]

    def __str__(self) -> str:
        return f"terugkoppeling {self.op:%Y-%m-%d}"
