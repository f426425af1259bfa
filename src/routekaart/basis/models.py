"""Base models, the area (regio, subregio, gemeente) and the dated settings of a region."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from routekaart.basis.selecties import GeldigQuerySet


class Basis(models.Model):
    """What every table has: a key for addresses, a version for two people who edit, and two moments."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    TECHNIEK: ClassVar = ("id", "sleutel", "versie", "created", "updated")

    class Meta:
        abstract = True


class Periode(models.Model):
    """A period with an inclusive last day; an empty `tot` is still running."""

    van = models.DateField()
    tot = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def periode_klopt(naam: str) -> models.CheckConstraint:
    """The constraint that a period does not end before it begins. `naam` must be unique in the database."""
    return models.CheckConstraint(
        condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
        name=naam,
        violation_error_message="De laatste dag ligt voor de eerste dag.",
    )


def per_levering(naam: str) -> models.Index:
    """Finds what one delivery brought among millions of rows; it grows at its end only. `naam` must be unique."""
    return models.Index(fields=["levering_id"], condition=Q(levering_id__isnull=False), name=naam)


class Regio(Basis):
    """A Doorstroompunt region, numbered 1-41; the tenant: every personal row carries it."""

    nummer = models.PositiveSmallIntegerField(unique=True)
    naam = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.naam


class Subregio(Basis):
    """A part of a region that works and reports as one."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="subregios")
    naam = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regio", "naam"], name="subregio_een_naam")]

    def __str__(self) -> str:
        return self.naam


class Gemeente(Basis, Periode):
    """A gemeente by its CBS code (four digits, leading zeros), also ended ones; outside the own region too."""

    code = models.CharField(max_length=4, unique=True)
    naam = models.CharField(max_length=120)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, null=True, related_name="gemeenten")
    subregio = models.ForeignKey(Subregio, on_delete=models.PROTECT, null=True, related_name="gemeenten")
    volgorde = models.PositiveSmallIntegerField(default=100)
    opvolger_code = models.CharField(max_length=4, blank=True)

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [periode_klopt("gemeente_periode_klopt")]

    def __str__(self) -> str:
        return self.naam


class Parameter(Basis, Periode):
    """A limit, term or norm of a region, valid for a period; what is not set follows `basis.parameters.STANDAARD`."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="parameters")
    code = models.CharField(max_length=60)
    waarde = models.JSONField()
    toelichting = models.CharField(max_length=240, blank=True)  # where this was agreed

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [
            periode_klopt("parameter_periode_klopt"),
            models.UniqueConstraint(fields=["regio", "code", "van"], name="parameter_een_begin"),
            models.UniqueConstraint(fields=["regio", "code"], condition=Q(tot__isnull=True), name="parameter_een_open"),
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.waarde}"


class Nummerreeks(models.Model):
    """The last number given out per kind and year. Gaps do not matter, doubles do."""

    soort = models.CharField(max_length=20)
    jaar = models.PositiveSmallIntegerField()
    laatste = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["soort", "jaar"], name="nummerreeks_een_per_jaar")]

    def __str__(self) -> str:
        return f"{self.soort}{self.jaar}: {self.laatste}"
