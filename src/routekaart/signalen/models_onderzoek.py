"""Own research that comes back every so often: who does it, when it is due again, what it found (MEL-26, REG-06)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Regio
from routekaart.toegang.models import Gebruiker


class Onderzoek(Basis):
    """One recurring check of a region."""

    class Soort(models.TextChoices):
        DUO_VSV = "duo-vsv", "Vsv-lijsten van DUO naast de onze"
        DUO_MELDINGEN = "duo-meldingen", "Verzuimmeldingen van DUO"
        JIKP = "jikp", "Rapportage van het JIKP-portaal"
        INLICHTINGENBUREAU = "inlichtingenbureau", "Lijst van het Inlichtingenbureau"
        SCHOLEN = "scholen", "Meldingen per school"

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="onderzoeken")
    soort = models.CharField(max_length=30, choices=Soort.choices)
    elke_weken = models.PositiveSmallIntegerField("elke hoeveel weken")
    volgende_op = models.DateField("wanneer weer")
    eigenaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="onderzoeken")
    gestopt_op = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regio", "soort"], condition=Q(gestopt_op__isnull=True), name="onderzoek_een_per_soort"
            )
        ]

    def __str__(self) -> str:
        return self.get_soort_display()


class Onderzoekbeurt(Basis):
    """One time that it was done. No persons: who was found stands in the meldingen that came of it."""

    onderzoek = models.ForeignKey(Onderzoek, on_delete=models.CASCADE, related_name="beurten")
    op = models.DateField("wanneer")
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    bevinding = models.CharField("wat vond je", max_length=400)

    def __str__(self) -> str:
        return f"{self.onderzoek} op {self.op}"
