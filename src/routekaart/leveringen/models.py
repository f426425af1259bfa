"""Bulk deliveries and the rows of them that could not be taken; nothing is dropped in silence."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from routekaart.basis.models import Basis, Regio
from routekaart.basis.privacy import Privacy
from routekaart.toegang.models import Gebruiker


class Levering(Basis):
    """One file that was taken in: its kind, checksum and the four counts that add up to its rows."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="leveringen")
    nummer = models.CharField(max_length=14, null=True, unique=True)
    soort = models.CharField("soort", max_length=30)
    bestandsnaam = models.CharField(max_length=200)
    bestand = models.FileField(upload_to="leveringen/%Y/%m/", null=True)
    sha256 = models.CharField(max_length=64)
    gestart_op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="leveringen")
    regels = models.PositiveIntegerField(default=0)
    nieuw = models.PositiveIntegerField(default=0)
    gewijzigd = models.PositiveIntegerField(default=0)
    ongewijzigd = models.PositiveIntegerField(default=0)
    uitval = models.PositiveIntegerField(default=0)
    onbekende_kolommen = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    regels=models.F("nieuw") + models.F("gewijzigd") + models.F("ongewijzigd") + models.F("uitval")
                ),
                name="levering_telt_op",
            )
        ]

    def __str__(self) -> str:
        return self.nummer or f"levering {self.pk}"


class Uitvalrij(Basis):
    """A row that could not be taken, with the column, the value and the reason. Holds personal data of whoever it names."""

    levering = models.ForeignKey(Levering, on_delete=models.PROTECT, related_name="uitvalrijen")
    rij = models.PositiveIntegerField()
    kolom = models.CharField(max_length=60)
    waarde = models.CharField(max_length=200, blank=True)
    reden = models.CharField(max_length=240)
    inhoud = models.JSONField(default=dict)
    opgelost_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="levering",
        uittreksel="",
        samenvoegen="blijft",
        persoonlijk=("waarde", "inhoud"),
        zakelijk=("levering", "rij", "kolom", "reden", "opgelost_op"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["levering", "rij"], name="uitvalrij_een_per_rij")]

    def __str__(self) -> str:
        return f"rij {self.rij}"
