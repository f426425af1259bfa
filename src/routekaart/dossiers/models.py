"""The handling of one report: werkproces, what happened in it, who was spoken to, what is still to do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.selecties import TaakQuerySet, WerkprocesQuerySet
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk, Team


class Werkproces(Basis, Persoonlijk):
    """The handling of one melding or signal of one soort, on one route, ending in one uitkomst (REG-21)."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="werkprocessen")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="werkprocessen")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="werkprocessen")

    nummer = models.CharField(max_length=12, null=True, unique=True)
    soort = models.CharField(max_length=40)
    schooljaar = models.CharField(max_length=9)
    administratief = models.BooleanField(default=False)

    doelgroep = models.CharField(max_length=20, blank=True)
    doelgroep_voorstel = models.CharField(max_length=20, blank=True)
    doelgroep_motivatie = models.TextField(blank=True)
    doelgroep_op = models.DateField(null=True)
    doelgroep_uitleg = models.JSONField(default=dict)
    kenmerken = models.JSONField(default=list)

    route = models.CharField(max_length=40)
    route_versie = models.CharField(max_length=20)
    stap = models.PositiveSmallIntegerField(null=True)
    ronde = models.PositiveSmallIntegerField(default=1)
    termijn = models.DateField(null=True)

    behandelaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="werkprocessen")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="werkprocessen")
    gestart_op = models.DateField()

    uitkomst = models.CharField(max_length=60, blank=True)
    afgesloten_op = models.DateField(null=True)
    afsluiting = models.TextField("wat is er bereikt", blank=True)
    resultaatdomeinen = models.JSONField(default=list)
    nazorg_tot = models.DateField(null=True)
    vervolg_op = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="vervolgen")

    objects = WerkprocesQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe we je hielpen",
        samenvoegen="verhuist",
        persoonlijk=("doelgroep_motivatie", "doelgroep_uitleg", "afsluiting"),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "jongere", "nummer", "soort", "schooljaar", "administratief",
            "doelgroep", "doelgroep_voorstel", "doelgroep_op", "kenmerken", "route", "route_versie", "stap", "ronde",
            "termijn", "behandelaar", "team", "gestart_op", "uitkomst", "afgesloten_op", "resultaatdomeinen",
            "nazorg_tot", "vervolg_op",
        ),
        botsing="Allebei hebben een lopend werkproces van dezelfde soort. Sluit er eerst een af, en voeg daarna samen.",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jongere", "soort"],
                condition=Q(afgesloten_op__isnull=True),
                name="werkproces_een_open_per_soort",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst="", afgesloten_op__isnull=True)
                | (~Q(uitkomst="") & Q(afgesloten_op__isnull=False)),
                name="werkproces_uitkomst_als_afgesloten",
            ),
        ]
        indexes = [
            models.Index(
                fields=["behandelaar", "termijn"], condition=Q(afgesloten_op__isnull=True), name="werkproces_open"
            ),
            models.Index(
                fields=["regio", "gestart_op", "id"],
                condition=Q(afgesloten_op__isnull=True, behandelaar__isnull=True),
                name="werkproces_van_niemand",
            ),
            models.Index(fields=["regio", "gemeente", "soort_werk"], name="werkproces_bereik"),
        ]

    def __str__(self) -> str:
        return self.nummer or f"werkproces {self.pk}"

    @property
    def open(self) -> bool:
        return self.afgesloten_op is None


class Gebeurtenis(Basis, Persoonlijk):
    """A fact of a werkproces; append-only. Steps of the route are fulfilled by these, and the time line shows them."""

    BEREIK = "werkproces__"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="gebeurtenissen")
    code = models.CharField(max_length=40)
    op = models.DateField()
    vastgelegd_op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    bron = models.CharField(max_length=60, blank=True)
    stap = models.PositiveSmallIntegerField(null=True)
    toelichting = models.TextField(blank=True)
    # what the fact came from, for instance `contactmoment:12`; withdrawn together with it
    herkomst = models.CharField(max_length=60, blank=True)
    ingetrokken_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe we je hielpen",
        samenvoegen="verhuist",
        persoonlijk=("toelichting",),
        zakelijk=("werkproces", "code", "op", "vastgelegd_op", "door", "bron", "stap", "herkomst", "ingetrokken_op"),
    )

    class Meta:
        indexes = [models.Index(fields=["werkproces", "op", "id"], name="gebeurtenis_tijdlijn")]

    def __str__(self) -> str:
        return f"{self.code} {self.op}"


class Contactmoment(Basis, Persoonlijk):
    """One attempt or talk (CON-13). A planned one has no resultaat yet."""

    BEREIK = "werkproces__"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="contactmomenten")
    met = models.CharField("met wie", max_length=20)  # jongere, verzorger, school, ketenpartner
    met_naam = models.CharField("naam", max_length=120, blank=True)
    kanaal = models.CharField("kanaal", max_length=30)
    moment = models.DateTimeField("moment")
    resultaat = models.CharField("uitkomst", max_length=30, blank=True)
    brief_achtergelaten = models.BooleanField("brief achtergelaten", default=False)
    verslag = models.TextField("verslag", blank=True)
    protocolstap = models.PositiveSmallIntegerField(null=True)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    ingetrokken_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Gesprekken en pogingen",
        samenvoegen="verhuist",
        persoonlijk=("met_naam", "verslag"),
        zakelijk=(
            "werkproces", "met", "kanaal", "moment", "resultaat", "brief_achtergelaten", "protocolstap", "door",
            "ingetrokken_op",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["werkproces", "moment"], name="contactmoment_volgorde")]

    def __str__(self) -> str:
        return f"{self.kanaal} {self.moment:%Y-%m-%d}"


class Taak(Basis, Persoonlijk):
    """Something to do for somebody, with the day it is due; the werkvoorraad shows these.

    `herkomst` says what made it (`stap:7`, `nazorg:2`, `afspraak:31`) and is unique while the task is open,
    so that no act makes the same task twice.
    """

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, null=True, related_name="taken")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="taken")
    soort = models.CharField(max_length=30)
    wat = models.CharField("wat", max_length=160)
    waarom = models.CharField("waarom", max_length=240, blank=True)
    # the code of the act that does it, see inhoud/routes; the page makes a link of it
    actie = models.CharField(max_length=40, blank=True)
    vanaf = models.DateField()
    due = models.DateField()
    tijd = models.TimeField(null=True)
    eigenaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="taken")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="taken")
    herkomst = models.CharField(max_length=60)
    gedaan_op = models.DateTimeField(null=True)

    objects = TaakQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="",
        samenvoegen="verhuist",
        persoonlijk=("wat", "waarom"),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "jongere", "werkproces", "soort", "actie", "vanaf", "due", "tijd",
            "eigenaar", "team", "herkomst", "gedaan_op",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["werkproces", "herkomst"],
                condition=Q(gedaan_op__isnull=True),
                name="taak_een_open_per_herkomst",
            )
        ]
        indexes = [models.Index(fields=["eigenaar", "due"], condition=Q(gedaan_op__isnull=True), name="taak_open")]

    def __str__(self) -> str:
        return self.soort


class Aantekening(Basis, Persoonlijk):
    """A note of a declared kind; a diagnosis or a guess is not a kind (DOS-11, PRV-08)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Aard(models.TextChoices):
        VRAAG = "ondersteuningsvraag", "vraag om steun"
        OBSERVATIE = "observatie", "feit of observatie"
        UITSPRAAK = "uitspraak", "woorden van de jongere"
        AFSPRAAK = "afspraak", "afspraak"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="aantekeningen")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="aantekeningen")
    aard = models.CharField("soort", max_length=20, choices=Aard.choices)
    tekst = models.TextField("tekst")
    op = models.DateField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Aantekeningen",
        samenvoegen="verhuist",
        persoonlijk=("tekst",),
        zakelijk=("jongere", "werkproces", "aard", "op", "door"),
    )

    def __str__(self) -> str:
        return self.get_aard_display()


class Document(Basis, Persoonlijk):
    """A file in the dossier; never changed after it is stored (`sha256` proves it)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="documenten")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="documenten")
    soort = models.CharField("soort", max_length=40)
    naam = models.CharField("naam", max_length=160)
    bestand = models.FileField(upload_to="documenten/%Y/%m/")
    mime = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    afzender = models.CharField("afzender", max_length=120, blank=True)
    op = models.DateField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Brieven en documenten",
        samenvoegen="verhuist",
        persoonlijk=("naam", "bestand", "afzender"),
        zakelijk=("jongere", "werkproces", "soort", "mime", "sha256", "op", "door"),
    )

    def __str__(self) -> str:
        return self.soort
