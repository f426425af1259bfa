"""What schools should have reported and did, counted per school; and the talks about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio
from routekaart.basis.privacy import Privacy
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk


class Meldaanleiding(Persoonlijk):
    """One occasion on which a school should have reported, or did (`regels.meldgedrag`); the night makes them anew.

    Derived from enrolments and meldingen: nothing points at a row, and a row that holds no more is taken away.
    """

    class Soort(models.TextChoices):
        UITSCHRIJVING = "uitschrijving", "uitgeschreven zonder nieuwe school"
        VERZUIM = "verzuim", "verzuim"
        AFWEZIG = "afwezig", "lang afwezig volgens een ander"
        OVERIG = "overig", "andere melding"

    class Stand(models.TextChoices):
        GEMELD = "gemeld", "gemeld"
        ONTBREEKT = "ontbreekt", "geen melding"
        LOOPT = "loopt", "nog geen oordeel"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="meldaanleidingen", db_index=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, null=True, related_name="meldaanleidingen")
    instelling = models.ForeignKey(
        Instelling, on_delete=models.PROTECT, related_name="meldaanleidingen", db_index=False
    )
    schooljaar = models.CharField(max_length=9)
    soort = models.CharField(max_length=20, choices=Soort.choices)
    stand = models.CharField(max_length=20, choices=Stand.choices)
    sinds = models.DateField()
    telt_vanaf = models.DateField(null=True)
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, null=True, related_name="aanleidingen")
    gemeld_op = models.DateField(null=True)
    werkdagen = models.PositiveSmallIntegerField(null=True)
    op_tijd = models.BooleanField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="blijft",  # the next night makes the rows of who stays; going back needs none of these
        persoonlijk=(),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "jongere", "instelling", "schooljaar", "soort", "stand", "sinds",
            "telt_vanaf", "melding", "gemeld_op", "werkdagen", "op_tijd",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="gemeld", melding__isnull=False) | (~Q(stand="gemeld") & Q(melding__isnull=True)),
                name="meldaanleiding_gemeld_met_melding",
            )
        ]
        indexes = [
            # one school over the years, and all schools of a region in one schooljaar
            models.Index(fields=["regio", "instelling", "schooljaar"], name="meldaanleiding_school"),
            models.Index(fields=["regio", "schooljaar", "gemeente"], name="meldaanleiding_schooljaar"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.sinds}"


class Schooltelling(models.Model):
    """How many pupils a school has in one gemeente and kind of work; also tells that the schooljaar was counted.

    Counts without persons. Without rows of a school we do not know who is enrolled there.
    """

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="schooltellingen", db_index=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="schooltellingen", db_index=False)
    schooljaar = models.CharField(max_length=9)
    leerlingen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regio", "schooljaar", "instelling", "gemeente", "soort_werk"], name="schooltelling_een"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instelling} {self.schooljaar}: {self.leerlingen}"


class Schooljaartelling(models.Model):
    """That a schooljaar was counted for a region: on which day, and by which version of the definition."""

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="schooljaartellingen")
    schooljaar = models.CharField(max_length=9)
    peildatum = models.DateField()
    geteld_op = models.DateTimeField()
    definitie = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regio", "schooljaar"], name="schooljaartelling_een")]

    def __str__(self) -> str:
        return f"{self.schooljaar} op {self.peildatum}"


class Schoolgesprek(Basis):
    """What was agreed with a school about its reporting; as the last step, that the inspectie was told (MEL-33).

    `cijfers`: the numbers on the table that day, so that the next talk can see what changed.
    """

    class Soort(models.TextChoices):
        GESPREK = "gesprek", "besproken met de school"
        INSPECTIE = "inspectie", "gemeld aan de inspectie"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="schoolgesprekken", db_index=False)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="schoolgesprekken")
    soort = models.CharField(max_length=20, choices=Soort.choices, default=Soort.GESPREK)
    op = models.DateField("wanneer")
    met = models.CharField("met wie", max_length=200)
    afspraak = models.CharField("afspraak", max_length=1000)
    cijfers = models.JSONField(default=dict)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="schoolgesprekken")
    ingetrokken_op = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["regio", "instelling", "op"], name="schoolgesprek_school")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.op}"
