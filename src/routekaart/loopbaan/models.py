"""Every fact of the path through school, work and help: periods with their source."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from routekaart.basis.models import Basis, Periode, per_levering, periode_klopt
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

    # no index of its own: every kind of fact has one that begins with the young person
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="%(class)sen", db_index=False)
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
        # "enrolled on that day" over millions is answered from the index alone
        indexes = [
            models.Index(fields=["jongere", "van", "tot"], name="inschrijving_looptijd"),
            per_levering("inschrijving_levering"),
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
        indexes = [per_levering("diploma_levering")]

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

    class Meta:
        indexes = [models.Index(fields=["jongere", "op"], name="vaststelling_op")]

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
        indexes = [models.Index(fields=["jongere", "van", "tot"], name="werk_looptijd")]

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
        indexes = [models.Index(fields=["jongere", "van", "tot"], name="hulp_looptijd")]

    def __str__(self) -> str:
        return f"hulp vanaf {self.van}"


class Vrijstelling(Feit, Periode):
    """Freed from going to school, or another programme instead. Natural key: person + soort + van.

    The register of DUO knows three kinds and no ground (Besluit ROD, art. 10-12); the ground (5a, 5b, 5c, 15, 3a, 3b)
    may say something about health and is personal.
    """

    class Soort(models.TextChoices):
        VERVANGEND = "vervangende-leerplicht", "vervangende leerplicht"
        VRIJSTELLING = "vrijstelling", "vrijstelling"
        ARTIKEL_15 = "artikel-15", "artikel 15"

    soort = models.CharField("soort", max_length=30, choices=Soort.choices)
    grond = models.CharField("grond", max_length=40, blank=True)

    objects = PeriodeQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=("grond",),
        zakelijk=("jongere", "bron", "levering_id", "van", "tot", "soort"),
    )

    class Meta:
        constraints = [
            periode_klopt("vrijstelling_periode_klopt"),
            models.UniqueConstraint(fields=["jongere", "soort", "van"], name="vrijstelling_natuurlijk"),
        ]
        indexes = [
            models.Index(fields=["jongere", "van", "tot"], name="vrijstelling_looptijd"),
            per_levering("vrijstelling_levering"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.van}"


class Vsvopgave(Feit):
    """One person in one vsv report of DUO over a schooljaar. Natural key: person + schooljaar + rapportage."""

    schooljaar = models.CharField("schooljaar", max_length=9)
    rapportage = models.CharField("rapportage", max_length=20)
    leverdatum = models.DateField("leverdatum", null=True)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="vsvopgaven")
    niveau = models.PositiveSmallIntegerField("niveau", default=0)
    uitgeschreven_op = models.DateField("uitgeschreven op", null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=(),
        zakelijk=(
            "jongere", "bron", "levering_id", "schooljaar", "rapportage", "leverdatum", "instelling", "niveau",
            "uitgeschreven_op",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jongere", "schooljaar", "rapportage"], name="vsvopgave_natuurlijk")
        ]
        indexes = [
            models.Index(fields=["schooljaar", "rapportage", "jongere"], name="vsvopgave_rapportage"),
            per_levering("vsvopgave_levering"),
        ]

    def __str__(self) -> str:
        return f"{self.rapportage} {self.schooljaar}"


class Jikpopgave(Feit):
    """One person in the report of the JIKP-portaal over a schooljaar. Natural key: person + schooljaar.

    The origin is a code of CL-05. What the report says about now (`ingeschreven` to `uitkering`) is empty where it does
    not say. No source prints the columns of the report: these are an assumption.
    """

    schooljaar = models.CharField("schooljaar", max_length=9)
    herkomst = models.CharField("herkomst", max_length=20)
    leverdatum = models.DateField("leverdatum", null=True)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="jikpopgaven")
    uitgeschreven_op = models.DateField("uitgeschreven op", null=True)
    ingeschreven = models.BooleanField("staat ingeschreven", null=True)
    diploma = models.BooleanField("diploma", null=True)
    werk = models.BooleanField("werk", null=True)
    uitkering = models.BooleanField("uitkering", null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=("werk", "uitkering"),
        zakelijk=(
            "jongere", "bron", "levering_id", "schooljaar", "herkomst", "leverdatum", "instelling", "uitgeschreven_op",
            "ingeschreven", "diploma",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jongere", "schooljaar"], name="jikpopgave_natuurlijk")]
        indexes = [
            models.Index(fields=["schooljaar", "jongere"], name="jikpopgave_schooljaar"),
            per_levering("jikpopgave_levering"),
        ]

    def __str__(self) -> str:
        return f"JIKP-portaal {self.schooljaar}"


class Inlichting(Feit):
    """One person on one monthly list of the Inlichtingenbureau. Natural key: person + maand ("2024-02").

    To be on the list is the fact; `werk_uren` 0 is known, empty is not.
    """

    maand = models.CharField("maand", max_length=7)
    werk_uren = models.PositiveSmallIntegerField("uren werk", null=True)
    inkomen_klasse = models.CharField("inkomen", max_length=40, blank=True)
    uitkering = models.BooleanField("uitkering", null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Werk",
        samenvoegen="ontdubbelt",
        persoonlijk=("werk_uren", "inkomen_klasse", "uitkering"),
        zakelijk=("jongere", "bron", "levering_id", "maand"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jongere", "maand"], name="inlichting_natuurlijk")]
        # this month's list beside last month's
        indexes = [
            models.Index(fields=["maand", "jongere"], name="inlichting_maand"),
            per_levering("inlichting_levering"),
        ]

    def __str__(self) -> str:
        return f"lijst van {self.maand}"


class Uitstroom(Feit):
    """What a school of pro or vso expects of somebody who leaves. Natural key: person + instelling + schooljaar."""

    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="uitstroom")
    schooljaar = models.CharField("schooljaar", max_length=9)
    bestemming = models.CharField("bestemming", max_length=120, blank=True)
    getuigschrift = models.BooleanField("getuigschrift", null=True)
    advies = models.CharField("advies van de school", max_length=240, blank=True)
    contact_school = models.CharField("contactpersoon op school", max_length=160, blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="ontdubbelt",
        persoonlijk=("bestemming", "advies", "contact_school"),
        zakelijk=("jongere", "bron", "levering_id", "instelling", "schooljaar", "getuigschrift"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jongere", "instelling", "schooljaar"], name="uitstroom_natuurlijk")
        ]
        indexes = [
            models.Index(fields=["schooljaar", "jongere"], name="uitstroom_schooljaar"),
            per_levering("uitstroom_levering"),
        ]

    def __str__(self) -> str:
        return f"uitstroom {self.schooljaar}"
