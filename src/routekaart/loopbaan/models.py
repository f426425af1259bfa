"""Every fact of the path through school, work and help: periods with their source."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from routekaart.basis.models import Basis, Periode, periode_klopt
from routekaart.basis.privacy import Privacy
from routekaart.basis.selecties import GeldigQuerySet
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import BereikQuerySet, Persoonlijk


class PeriodeQuerySet(BereikQuerySet[Any], GeldigQuerySet[Any]):  # type: ignore[override]
    """Scoped rows with a period."""


class Instelling(Basis):
    """A school, by its BRIN (4 or 6 positions). One that a delivery names first waits for its name (`aanvullen`)."""

    brin = models.CharField("BRIN", max_length=6, unique=True)
    naam = models.CharField("naam", max_length=160)
    plaats = models.CharField("plaats", max_length=80, blank=True)
    aanvullen = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.naam


class Feit(Basis, Persoonlijk):
    """A fact about the path of one young person, with where we know it from."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="%(class)sen")
    bron = models.CharField("bron", max_length=60)
    levering_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Inschrijving(Feit, Periode):
    """An enrolment. Natural key: person + brin + onderwijssoort + niveau (none = 0) + van."""

    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="inschrijvingen")
    onderwijssoort = models.CharField("onderwijssoort", max_length=20)
    niveau = models.PositiveSmallIntegerField("niveau", default=0)
    leerweg = models.CharField("leerweg", max_length=20, blank=True)
    opleidingscode = models.CharField(max_length=20, blank=True)
    opleiding = models.CharField("opleiding", max_length=120, blank=True)
    leerjaar = models.CharField("leerjaar", max_length=4, blank=True)
    uitschrijfreden = models.CharField("reden van uitschrijven", max_length=120, blank=True)
    volgnummer = models.CharField(max_length=20, blank=True)

    objects = PeriodeQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=("opleiding", "uitschrijfreden", "leerjaar"),
        zakelijk=(
            "jongere", "bron", "levering_id", "van", "tot", "instelling", "onderwijssoort", "niveau", "leerweg",
            "opleidingscode", "volgnummer",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            periode_klopt("inschrijving_periode_klopt"),
            models.UniqueConstraint(
                fields=["jongere", "instelling", "onderwijssoort", "niveau", "van"], name="inschrijving_natuurlijk"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onderwijssoort} vanaf {self.van}"


class Diploma(Feit):
    """A diploma or getuigschrift. Natural key: person + soort + niveau + behaald_op."""

    soort = models.CharField("soort", max_length=20)
    niveau = models.PositiveSmallIntegerField("niveau", default=0)
    behaald_op = models.DateField("behaald op")
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="diplomas")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=(),
        zakelijk=("jongere", "bron", "levering_id", "soort", "niveau", "behaald_op", "instelling"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jongere", "soort", "niveau", "behaald_op"], name="diploma_natuurlijk")
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.behaald_op}"


class Vaststelling(Feit):
    """A startkwalificatie that DUO does not know (abroad, outside DUO), recorded by hand with its evidence (DOS-07)."""

    op = models.DateField("behaald op")
    bewijs = models.CharField("waaruit blijkt dat", max_length=200)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="verhuist",
        persoonlijk=("bewijs",),
        zakelijk=("jongere", "bron", "levering_id", "op"),
    )

    def __str__(self) -> str:
        return f"startkwalificatie vastgesteld per {self.op}"


class Werk(Feit, Periode):
    """A job; `uren` a week, empty where not known (zzp, zero hours)."""

    werkgever = models.CharField("werkgever", max_length=120, blank=True)
    functie = models.CharField("functie", max_length=120, blank=True)
    uren = models.PositiveSmallIntegerField("uren per week", null=True, blank=True)

    objects = PeriodeQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Werk",
        samenvoegen="verhuist",
        persoonlijk=("werkgever", "functie"),
        zakelijk=("jongere", "bron", "levering_id", "van", "tot", "uren"),
    )

    class Meta:
        constraints = [periode_klopt("werk_periode_klopt")]

    def __str__(self) -> str:
        return f"werk vanaf {self.van}"


class Hulp(Feit, Periode):
    """Help by somebody, as far as it may be recorded: what it is for, never a diagnosis (DOS-04, PRV-08)."""

    aanbieder = models.CharField("van wie", max_length=120)
    waarvoor = models.CharField("waarvoor", max_length=200)
    effect = models.CharField("wat leverde het op", max_length=400, blank=True)
    met_toestemming = models.BooleanField("vastgelegd met toestemming", default=False)

    objects = PeriodeQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hulp",
        samenvoegen="verhuist",
        persoonlijk=("aanbieder", "waarvoor", "effect"),
        zakelijk=("jongere", "bron", "levering_id", "van", "tot", "met_toestemming"),
    )

    class Meta:
        constraints = [periode_klopt("hulp_periode_klopt")]

    def __str__(self) -> str:
        return f"hulp vanaf {self.van}"
