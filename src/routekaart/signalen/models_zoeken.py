"""A search that somebody asked for: now, or how it was on another day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Regio
from routekaart.toegang.models import Gebruiker

LOPEND = ("wacht", "bezig")


class Zoekopdracht(Basis):
    """One search over a region, done by the process beside the website. Counts only, no persons.

    `bewaart`: the day is today and the signals are written; else only `uitslag` is filled: rule → gemeentecode → how
    many. `stap` is the rule that is looked at now, `gedaan` how many are done.
    """

    class Stand(models.TextChoices):
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "bezig"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "niet gelukt"

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="zoekopdrachten")
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    peildatum = models.DateField()
    bewaart = models.BooleanField(default=False)
    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.WACHT)
    houder = models.CharField(max_length=80, blank=True)
    hartslag = models.DateTimeField(null=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=120, blank=True)
    gedaan = models.PositiveSmallIntegerField(default=0)
    uitslag = models.JSONField(default=dict)
    nieuw = models.PositiveIntegerField(default=0)
    vervallen = models.PositiveIntegerField(default=0)
    reden = models.CharField(max_length=400, blank=True)
    gevraagd_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regio", "peildatum"], condition=Q(stand__in=LOPEND), name="zoekopdracht_een_per_dag"
            )
        ]
        indexes = [models.Index(fields=["regio", "-gevraagd_op"], name="zoekopdracht_nieuwste")]

    def __str__(self) -> str:
        return f"zoeken op {self.peildatum}"

    @property
    def loopt(self) -> bool:
        return self.stand in LOPEND

    @property
    def totaal(self) -> int:
        """How many it found in all."""
        return sum(aantal for telling in self.uitslag.values() for aantal in telling.values())
