"""The screening of leavers: what we did and heard, how each leaver stands, and whom we asked for a list (SCR)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.models import Document
from routekaart.loopbaan.models import Instelling
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk

MET_ANTWOORD = ("antwoord", "telefoon", "huisbezoek", "uitslag")


class Enquetestapel(Basis):
    """One pile of enquêtes that a colleague made to print: the letters, and for whom there could be none."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    schooljaar = models.CharField(max_length=9)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"enquêtes {self.schooljaar}"


class Screeningsfeit(Basis, Persoonlijk):
    """One thing that we did or heard about one leaver in the screening of a schooljaar; withdrawn, never removed.

    Only what is recorded nowhere else: enrolments, diplomas, lists, meldingen and talks in a werkproces stay where
    they are. `bij` is the school, employer or helper; `aan` to whom somebody was given (soort `toegewezen`).
    """

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Soort(models.TextChoices):
        ENQUETE = "enquete", "enquête verstuurd"
        GEEN_BRIEF = "geen-brief", "enquête kan niet per post"
        ANTWOORD = "antwoord", "antwoord op de enquête"
        TELEFOON = "telefoon", "gebeld"
        HUISBEZOEK = "huisbezoek", "op huisbezoek"
        AANMELDING = "aanmelding", "aangemeld bij een helper"
        UITSLAG = "uitslag", "uitslag van de helper"
        PLAATSING = "plaatsing", "geplaatst"
        AFGEROND = "afgerond", "afgerond"
        TOEGEWEZEN = "toegewezen", "toegewezen"

    class Antwoord(models.TextChoices):
        AANGEMELD = "aangemeld", "aangemeld bij een school"
        WERK = "werk", "werkt"
        ANDERS = "anders", "anders"
        GEEN = "geen", "geen antwoord"
        PLEK = "plek", "kan een plek krijgen"
        VERWEZEN = "verwezen", "verder verwezen"
        GEEN_PLEK = "geen-plek", "geen plek"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="screeningsfeiten", db_index=False)
    schooljaar = models.CharField(max_length=9)
    soort = models.CharField(max_length=20, choices=Soort.choices)
    op = models.DateField("wanneer")
    antwoord = models.CharField("antwoord", max_length=20, choices=Antwoord.choices, blank=True)
    bij = models.CharField("bij wie", max_length=160, blank=True)
    toelichting = models.CharField("toelichting", max_length=400, blank=True)
    aan = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    stapel = models.ForeignKey(Enquetestapel, on_delete=models.PROTECT, null=True, related_name="feiten")
    ingetrokken_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Gesprekken en pogingen",
        samenvoegen="verhuist",
        persoonlijk=("bij", "toelichting"),
        zakelijk=("jongere", "schooljaar", "soort", "op", "antwoord", "aan", "door", "stapel", "ingetrokken_op"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(soort__in=MET_ANTWOORD) & ~Q(antwoord="")) | (~Q(soort__in=MET_ANTWOORD) & Q(antwoord="")),
                name="screeningsfeit_antwoord_waar_het_hoort",
            )
        ]
        indexes = [models.Index(fields=["jongere", "schooljaar"], name="screeningsfeit_jongere")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op}"


class Screeningsbrief(Basis, Persoonlijk):
    """The enquête that was written to one leaver, or to a parent. `beeld` is what stands on the paper, so that a pile
    can be printed again exactly; the PDF is kept with her other letters.
    """

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="screeningsbrieven")
    stapel = models.ForeignKey(Enquetestapel, on_delete=models.PROTECT, related_name="brieven")
    feit = models.OneToOneField(Screeningsfeit, on_delete=models.PROTECT, related_name="brief")
    sjabloon = models.CharField(max_length=40)
    sjabloon_versie = models.CharField(max_length=20)
    aan = models.CharField("aan", max_length=200)
    beeld = models.JSONField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Brieven en documenten",
        samenvoegen="verhuist",
        persoonlijk=("aan", "beeld"),
        zakelijk=("jongere", "stapel", "feit", "sjabloon", "sjabloon_versie", "document"),
    )

    def __str__(self) -> str:
        return self.sjabloon


class Vertrekker(Basis, Persoonlijk):
    """How one leaver stands in the screening of a schooljaar (`regels.screening`).

    Derived from the facts: the night makes the rows anew, and an act does so for those whom it touches. Nothing points
    at a row.
    """

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+", db_index=False)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="vertrekken", db_index=False)
    schooljaar = models.CharField(max_length=9)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="vertrekkers", db_index=False)
    uit = models.DateField(null=True)
    op_lijst = models.BooleanField(default=False)
    met_diploma = models.BooleanField(default=False)
    vertrek = models.CharField(max_length=20)
    staat = models.CharField(max_length=20)
    stap = models.CharField(max_length=20)
    wanneer = models.DateField(null=True)
    gemist = models.BooleanField(default=False)
    bereikt = models.BooleanField(default=False)
    geplaatst = models.BooleanField(default=False)
    behandelaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="",
        samenvoegen="ontdubbelt",
        persoonlijk=(),
        zakelijk=(
            "regio", "jongere", "schooljaar", "instelling", "uit", "op_lijst", "met_diploma", "vertrek", "staat",
            "stap", "wanneer", "gemist", "bereikt", "geplaatst", "behandelaar",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jongere", "schooljaar"], name="vertrekker_een_per_schooljaar")]
        # one season of a region, per school
        indexes = [models.Index(fields=["regio", "schooljaar", "instelling"], name="vertrekker_school")]

    def __str__(self) -> str:
        return f"{self.staat} {self.schooljaar}"


class Afleverschool(models.Model):
    """How many pupils of vo, pro and vso a school has in one gemeente and kind of work in a schooljaar: from these we
    expect a list of leavers (SCR-01). Counts without persons; the night makes them anew.
    """

    regio = models.ForeignKey(Regio, on_delete=models.CASCADE, related_name="+", db_index=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="+", db_index=False)
    schooljaar = models.CharField(max_length=9)
    leerlingen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regio", "schooljaar", "instelling", "gemeente", "soort_werk"], name="afleverschool_een"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instelling} {self.schooljaar}: {self.leerlingen}"


class Lijstvraag(Basis):
    """That a school was asked for its list of leavers, or told that nobody leaves; withdrawn, never removed."""

    class Soort(models.TextChoices):
        GEVRAAGD = "gevraagd", "om de lijst gevraagd"
        NIEMAND = "niemand", "school zegt: niemand gaat van school"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+", db_index=False)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, related_name="lijstvragen")
    schooljaar = models.CharField(max_length=9)
    soort = models.CharField("wat", max_length=20, choices=Soort.choices, default=Soort.GEVRAAGD)
    op = models.DateField("wanneer")
    met = models.CharField("met wie", max_length=160)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    ingetrokken_op = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["regio", "schooljaar", "instelling"], name="lijstvraag_school")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op}"
