"""The meldpunt: every report of every channel, counted by itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Regio, per_levering
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.selecties import MeldingQuerySet
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker, SoortWerk


class Melding(Basis, Persoonlijk):
    """One incoming report (MEL-01, MEL-02), with its own handling; by default its uitkomst is that of its werkproces.

    `jongere` is empty until we know who it is about; what the melder said about the person stands in `opgegeven_*`.
    """

    class Stand(models.TextChoices):
        TE_BEOORDELEN = "te-beoordelen", "te beoordelen"
        WACHT = "wacht-op-melder", "wacht op melder"
        BEOORDEELD = "beoordeeld", "beoordeeld"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    class Oordeel(models.TextChoices):
        ACTIE = "directe-actie", "directe actie nodig"
        GEEN_ACTIE = "geen-actie", "geen actie nodig"
        ONTERECHT = "onterecht", "onterechte melding"
        OVERDRACHT = "overdracht", "overgedragen aan andere gemeente"

    class DuoStatus(models.TextChoices):
        BEHANDELING = "B", "in behandeling"
        GESLOTEN = "G", "afgesloten"
        KENNIS = "K", "ter kennisneming aangenomen"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="meldingen")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="meldingen")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, null=True, related_name="meldingen")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="meldingen")
    nummer = models.CharField(max_length=14, null=True, unique=True)

    kanaal = models.CharField("kanaal", max_length=6)  # CL-01: A.I … C.IV
    soort = models.CharField("soort", max_length=40)  # luxe, 16-uur, maand, overig, vsv, eigen-aanmelding, zorg
    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.TE_BEOORDELEN)
    ontvangen_op = models.DateTimeField()
    termijn = models.DateField()
    bevestigd_op = models.DateTimeField(null=True)
    opgepakt_op = models.DateTimeField(null=True)

    # what the melder told about the person
    opgegeven_achternaam = models.CharField("achternaam", max_length=200, blank=True)
    opgegeven_voorvoegsel = models.CharField("voorvoegsel", max_length=20, blank=True)
    opgegeven_voornamen = models.CharField("voornamen", max_length=200, blank=True)
    opgegeven_geboortedatum = models.CharField("geboortedatum", max_length=10, blank=True)
    opgegeven_geslacht = models.CharField(max_length=1, blank=True)
    opgegeven_adres = models.CharField("adres", max_length=200, blank=True)
    opgegeven_postcode = models.CharField("postcode", max_length=7, blank=True)
    opgegeven_telefoon = models.CharField("telefoon", max_length=20, blank=True)
    opgegeven_email = models.EmailField("e-mailadres", blank=True)

    # who reports
    melder_soort = models.CharField("wie meldt", max_length=20)  # duo, school, partner, jongere, overleg, onderzoek
    melder_naam = models.CharField("naam melder", max_length=120, blank=True)
    melder_functie = models.CharField("functie melder", max_length=80, blank=True)
    melder_organisatie = models.CharField("organisatie", max_length=160, blank=True)
    melder_telefoon = models.CharField("telefoon melder", max_length=20, blank=True)
    melder_email = models.EmailField("e-mailadres melder", blank=True)
    melder = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="meldingen")
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="meldingen")

    # the minimum information (CL-02)
    reden = models.TextField("reden", blank=True)
    partneracties = models.TextField("wat partners deden", blank=True)
    reactie_jongere = models.TextField("afspraken met en reactie van de jongere", blank=True)
    betrokkenen = models.TextField("contactgegevens van betrokkenen", blank=True)
    hulptrajecten = models.TextField("hulptrajecten", blank=True)
    verzuimoverzicht = models.TextField("verzuimoverzicht", blank=True)
    verwachte_inzet = models.TextField("wat de melder van ons vraagt", blank=True)
    voorgenomen_uitschrijving = models.BooleanField("school wil uitschrijven", default=False)

    # as DUO sends it
    duo_nummer = models.CharField("meldingsnummer DUO", max_length=20, null=True)
    duo_versie = models.PositiveIntegerField(default=0)
    duo_gemeld_op = models.DateTimeField(null=True)
    berichtcode = models.CharField(max_length=10, blank=True)
    begindatum = models.DateField("begin", null=True)
    einddatum = models.DateField("eind", null=True)
    prioriteit = models.CharField(max_length=20, blank=True)
    overig = models.JSONField(default=dict)

    # the judgement (MEL-32)
    oordeel = models.CharField(max_length=20, choices=Oordeel.choices, blank=True)
    oordeel_motivatie = models.TextField("motivatie", blank=True)
    onvolledig_omdat = models.TextField("waarom oordelen zonder alle informatie", blank=True)
    oordeel_op = models.DateTimeField(null=True)
    oordeel_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    overdracht_gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, null=True, related_name="+")
    uitkomst = models.CharField(max_length=60, blank=True)
    uitkomst_op = models.DateField(null=True)
    ingetrokken_op = models.DateTimeField(null=True)

    # what goes back to the school through DUO
    duo_status = models.CharField(max_length=1, choices=DuoStatus.choices, blank=True)
    duo_afsluitreden = models.PositiveSmallIntegerField(null=True)
    duo_opmerking = models.PositiveSmallIntegerField(null=True)
    duo_terug_op = models.DateTimeField(null=True)
    levering_id = models.BigIntegerField(null=True)

    objects = MeldingQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="verhuist",
        persoonlijk=(
            "opgegeven_achternaam", "opgegeven_voorvoegsel", "opgegeven_voornamen", "opgegeven_geboortedatum",
            "opgegeven_geslacht", "opgegeven_adres", "opgegeven_postcode", "opgegeven_telefoon", "opgegeven_email",
            "melder_naam", "melder_functie", "melder_organisatie", "melder_telefoon", "melder_email", "reden",
            "partneracties", "reactie_jongere", "betrokkenen", "hulptrajecten", "verzuimoverzicht", "verwachte_inzet",
            "overig", "oordeel_motivatie", "onvolledig_omdat",
        ),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "jongere", "werkproces", "nummer", "kanaal", "soort", "stand",
            "ontvangen_op", "termijn", "bevestigd_op", "opgepakt_op", "melder_soort", "melder", "instelling",
            "voorgenomen_uitschrijving", "duo_nummer", "duo_versie", "duo_gemeld_op", "berichtcode", "begindatum",
            "einddatum", "prioriteit", "oordeel", "oordeel_op", "oordeel_door", "overdracht_gemeente", "uitkomst",
            "uitkomst_op", "ingetrokken_op", "duo_status", "duo_afsluitreden", "duo_opmerking", "duo_terug_op",
            "levering_id",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regio", "duo_nummer"], name="melding_een_per_duo_nummer"),
            models.CheckConstraint(
                condition=Q(oordeel="", oordeel_op__isnull=True) | (~Q(oordeel="") & Q(oordeel_op__isnull=False)),
                name="melding_oordeel_met_moment",
            ),
        ]
        indexes = [
            # in the order of the lists, to the last key: many come in on one day, and have the same term and moment
            models.Index(
                fields=["regio", "termijn", "id"],
                condition=Q(oordeel="", ingetrokken_op__isnull=True),
                name="melding_kortste_eerst",
            ),
            models.Index(
                fields=["regio", "-ontvangen_op", "-id"],
                condition=Q(oordeel="", ingetrokken_op__isnull=True),
                name="melding_nieuwste_eerst",
            ),
            # the two below hold nothing of what only came in
            models.Index(
                fields=["regio", "termijn", "id"],
                condition=Q(stand="wacht-op-melder", oordeel="", ingetrokken_op__isnull=True),
                name="melding_op_melder",
            ),
            models.Index(
                fields=["regio", "-oordeel_op", "-id"],
                condition=Q(oordeel_op__isnull=False),
                name="melding_laatst_beoordeeld",
            ),
            models.Index(fields=["regio", "gemeente", "soort_werk"], name="melding_bereik"),
            per_levering("melding_levering"),
        ]

    def __str__(self) -> str:
        return self.nummer or f"melding {self.pk}"

    @property
    def niveau(self) -> str:
        """The level of signalling: a direct, b cooperation, c own research (000 §1.1)."""
        return self.kanaal[:1].lower()

    @property
    def opgegeven_naam(self) -> str:
        delen = (self.opgegeven_voornamen.split(" ")[0], self.opgegeven_voorvoegsel, self.opgegeven_achternaam)
        return " ".join(deel for deel in delen if deel)


class Meldingversie(Basis, Persoonlijk):
    """What a row of a delivery said under a meldingsnummer, older ones too; nothing is overwritten.

    `duo_versie` is 0 where the row had none. The same words are kept once (`vingerafdruk`).
    """

    BEREIK = "melding__"

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="versies")
    duo_versie = models.PositiveIntegerField()
    inhoud = models.JSONField(default=dict)
    vingerafdruk = models.CharField(max_length=64)
    ontvangen_op = models.DateTimeField()
    levering_id = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="verhuist",
        persoonlijk=("inhoud", "vingerafdruk"),
        zakelijk=("melding", "duo_versie", "ontvangen_op", "levering_id"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["melding", "vingerafdruk"], name="meldingversie_een_keer")]

    def __str__(self) -> str:
        return f"versie {self.duo_versie}"


class Verzuimregel(Basis, Persoonlijk):
    """Absence on one day, in minutes; `hele_dag` where the school gave no hours."""

    BEREIK = "melding__"

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="verzuimregels")
    datum = models.DateField()
    minuten = models.PositiveIntegerField(null=True)
    hele_dag = models.BooleanField(default=False)
    geoorloofd = models.BooleanField(default=False)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="verhuist",
        persoonlijk=(),
        zakelijk=("melding", "datum", "minuten", "hele_dag", "geoorloofd"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["melding", "datum"], name="verzuimregel_een_per_dag")]

    def __str__(self) -> str:
        return f"{self.datum}"


class Informatievraag(Basis, Persoonlijk):
    """A point of CL-02 that is missing and was asked of the melder."""

    BEREIK = "melding__"

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="vragen")
    punt = models.CharField(max_length=30)
    aan = models.CharField("aan wie", max_length=160)
    gevraagd_op = models.DateTimeField()
    gevraagd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    beantwoord_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="verhuist",
        persoonlijk=("aan",),
        zakelijk=("melding", "punt", "gevraagd_op", "gevraagd_door", "beantwoord_op"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["melding", "punt"], condition=Q(beantwoord_op__isnull=True), name="informatievraag_een_open"
            )
        ]

    def __str__(self) -> str:
        return self.punt
