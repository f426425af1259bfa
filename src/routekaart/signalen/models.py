"""What detection found, how many of it a team lets in, when each rule last ran, and who is running it now."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio
from routekaart.basis.privacy import Privacy
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.signalen.models_onderzoek import Onderzoek, Onderzoekbeurt
from routekaart.signalen.models_screening import (
    Afleverschool,
    Enquetestapel,
    Lijstvraag,
    Screeningsbrief,
    Screeningsfeit,
    Vertrekker,
)
from routekaart.signalen.models_volledigheid import Meldaanleiding, Schoolgesprek, Schooljaartelling, Schooltelling
from routekaart.signalen.models_zoeken import Zoekopdracht
from routekaart.signalen.selecties import SignaalQuerySet
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk, Team

__all__ = [
    "Afleverschool", "Beurt", "Detectie", "Enquetestapel", "Instroom", "Lijstvraag", "Meldaanleiding", "Onderzoek",
    "Onderzoekbeurt", "Schoolgesprek", "Schooljaartelling", "Schooltelling", "Screeningsbrief", "Screeningsfeit",
    "Signaal", "Vertrekker", "Zoekopdracht",
]  # fmt: skip


class Signaal(Basis, Persoonlijk):
    """What the system itself noticed about one young person, by one rule, on one occasion.

    `aanleiding` is the key of the occasion as the rule words it (the last day at school, a schooljaar): what was set
    aside stays set aside, and a new occasion is a new signal. `uitleg` holds the reasons as plain data.
    """

    class Stand(models.TextChoices):
        OPEN = "open", "open"
        TOEGEWEZEN = "toegewezen", "toegewezen"
        MELDING = "melding", "melding geworden"
        WEGGELEGD = "weggelegd", "weggelegd"
        VERVALLEN = "vervallen", "vervallen"

    OPENSTAAND: ClassVar = (Stand.OPEN, Stand.TOEGEWEZEN)

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="signalen")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="signalen")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="signalen", db_index=False)

    soort = models.CharField(max_length=40)
    aanleiding = models.CharField(max_length=80)
    sinds = models.DateField(null=True)  # since when the situation lasts, as far as the facts say
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="signalen")
    uitleg = models.JSONField(default=list)
    vinger = models.BigIntegerField(null=True)  # of `uitleg` (regels.uitleg.Gronden.vinger); None: looked at next night
    eerst_gezien_op = models.DateField()
    laatst_gezien_op = models.DateField()

    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.OPEN)
    in_voorraad_op = models.DateField(null=True)
    behandelaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="signalen")
    reden = models.CharField("reden", max_length=400, blank=True)
    weggelegd_tot = models.DateField("weer bekijken na", null=True)
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, null=True, related_name="signalen")
    gesloten_op = models.DateTimeField(null=True)
    gesloten_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SignaalQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wat ons zelf opviel",
        samenvoegen="ontdubbelt",
        persoonlijk=("uitleg", "reden"),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "jongere", "soort", "aanleiding", "sinds", "instelling",
            "vinger", "eerst_gezien_op", "laatst_gezien_op", "stand", "in_voorraad_op", "behandelaar", "weggelegd_tot",
            "melding", "gesloten_op", "gesloten_door",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jongere", "soort", "aanleiding"], name="signaal_een_per_aanleiding"),
            models.CheckConstraint(
                condition=Q(stand__in=("open", "toegewezen"), gesloten_op__isnull=True)
                | (~Q(stand__in=("open", "toegewezen")) & Q(gesloten_op__isnull=False)),
                name="signaal_gesloten_met_moment",
            ),
            models.CheckConstraint(condition=~Q(stand="weggelegd") | ~Q(reden=""), name="signaal_weggelegd_met_reden"),
        ]
        indexes = [
            # the lists and counts of what is open, per rule and gemeente
            models.Index(
                fields=["regio", "soort", "gemeente", "eerst_gezien_op"],
                condition=Q(stand__in=("open", "toegewezen")),
                name="signaal_openstaand",
            ),
            models.Index(fields=["regio", "soort", "stand"], name="signaal_soort_stand"),
        ]

    def __str__(self) -> str:
        return f"{self.soort} ({self.aanleiding})"

    @property
    def staat_open(self) -> bool:
        return self.stand in self.OPENSTAAND


class Instroom(Basis):
    """How many signals of one kind a team lets into its werkvoorraad per week. Without a row: all of them."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="instroom")
    soort = models.CharField(max_length=40)
    per_week = models.PositiveSmallIntegerField("hoogstens per week")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "soort"], name="instroom_een_per_soort")]

    def __str__(self) -> str:
        return f"{self.team}: {self.per_week} keer {self.soort} per week"


class Detectie(Basis):
    """The last time that a rule ran over a region, and what it found (REG-06)."""

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="detecties")
    soort = models.CharField(max_length=40)
    peildatum = models.DateField()
    klaar_op = models.DateTimeField()
    duur_ms = models.PositiveIntegerField(default=0)
    kandidaten = models.PositiveIntegerField(default=0)
    treffers = models.PositiveIntegerField(default=0)
    nieuw = models.PositiveIntegerField(default=0)
    vervallen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regio", "soort"], name="detectie_een_per_soort")]

    def __str__(self) -> str:
        return f"{self.soort} op {self.peildatum}"


class Beurt(models.Model):
    """Whose turn it is to do work that only one may do at a time: a row per work, with a heartbeat."""

    werk = models.CharField(max_length=60, unique=True)
    houder = models.CharField(max_length=80, blank=True)
    hartslag = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.werk}: {self.houder or 'vrij'}"
