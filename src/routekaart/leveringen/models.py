"""Bulk deliveries and the rows of them that could not be taken; nothing is dropped in silence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from routekaart.basis.models import Basis, Periode, Regio, periode_klopt
from routekaart.basis.privacy import Privacy
from routekaart.basis.selecties import GeldigQuerySet
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Kolomkoppeling(Basis, Periode):
    """How one source names its columns and writes its values, saved under a name and recognised by its header.

    `kolommen` is our column → the header in the file; `waarden` is our column → {what the source writes: what we know}.
    Without `kolommen` it fits every file of the kind: only values are translated.
    """

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="kolomkoppelingen")
    soort = models.CharField("soort", max_length=30)
    naam = models.CharField("naam", max_length=80)
    kolommen = models.JSONField(default=dict)
    waarden = models.JSONField(default=dict)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [
            periode_klopt("kolomkoppeling_periode_klopt"),
            models.UniqueConstraint(
                fields=["regio", "soort", "naam"], condition=models.Q(tot=None), name="kolomkoppeling_een_open"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Uitwisseling(Basis, Periode):
    """An agreement on what goes to another register: which kind, for whom, why, on which ground, and in which form.

    `kolommen` is a list of [our column, how the receiver calls it] in the order of the file; `waarden` is our column →
    {what we know: how the receiver writes it}. `brin` is the school where the receiver is one.
    """

    class Vorm(models.TextChoices):
        CSV = "csv", "CSV"
        EXCEL = "xlsx", "Excel (.xlsx)"

    class Scheiding(models.TextChoices):
        PUNTKOMMA = ";", "puntkomma"
        KOMMA = ",", "komma"
        TAB = "\t", "tab"

    class Codering(models.TextChoices):
        UTF8 = "utf-8-sig", "UTF-8"
        WINDOWS = "cp1252", "Windows-1252"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="uitwisselingen")
    soort = models.CharField("soort", max_length=30)
    naam = models.CharField("naam", max_length=80)
    ontvangersoort = models.CharField(max_length=30)
    ontvanger = models.CharField("ontvanger", max_length=160)
    brin = models.CharField("BRIN", max_length=6, blank=True)
    grondslag = models.CharField("grondslag", max_length=30)
    doel = models.CharField("doel", max_length=200)
    waarom = models.CharField("waarom deze kolommen", max_length=240)
    kolommen = models.JSONField(default=list)
    waarden = models.JSONField(default=dict)
    vorm = models.CharField(max_length=10, choices=Vorm.choices, default=Vorm.CSV)
    scheiding = models.CharField(max_length=1, choices=Scheiding.choices, default=Scheiding.PUNTKOMMA)
    codering = models.CharField(max_length=10, choices=Codering.choices, default=Codering.UTF8)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [
            periode_klopt("uitwisseling_periode_klopt"),
            models.UniqueConstraint(
                fields=["regio", "naam"], condition=models.Q(tot=None), name="uitwisseling_een_open"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Uitgave(Basis):
    """One file that went out by an agreement: about which gemeenten and period, and how much. It holds no persons;
    who they were stands with each of them (`delen.Verstrekking`) and in the log.
    """

    uitwisseling = models.ForeignKey(Uitwisseling, on_delete=models.PROTECT, related_name="uitgaven")
    nummer = models.CharField(max_length=14, unique=True)
    gemeenten = models.JSONField(default=list)
    alleen_lopend = models.BooleanField("alleen wie een lopend werkproces had", default=True)
    periode_van = models.DateField(null=True)
    periode_tot = models.DateField(null=True)
    rijen = models.PositiveIntegerField()
    personen = models.PositiveIntegerField()
    gemaakt_op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.nummer


class Levering(Basis):
    """One file that was taken in: its kind, checksum and the four counts that add up to its rows.

    A trial (`stand` proef) was only looked at: its counts say what would happen, it has no number yet. A large file is
    looked at and taken in by a process of its own: `taak` says what is to be done, `houder` who does it and `hartslag`
    that she still does; who finds one without a beat takes it over.
    """

    class Stand(models.TextChoices):
        KOPPELEN = "koppelen", "wacht op wie de kolommen kiest"
        PROEF = "proef", "bekeken, nog niet ingelezen"
        WACHT = "wacht", "staat in de rij"
        BEZIG = "bezig", "wordt verwerkt"
        INGELEZEN = "ingelezen", "ingelezen"
        GEWEIGERD = "geweigerd", "geweigerd"

    class Taak(models.TextChoices):
        BEKIJKEN = "bekijken", "bekijken"
        INLEZEN = "inlezen", "inlezen"

    class Herkomst(models.TextChoices):
        BROWSER = "browser", "in de browser"
        OPDRACHT = "opdracht", "met een opdracht"
        MAP = "map", "uit de leveringenmap"
        PORTAAL = "portaal", "door de school in het portaal"

    class Aard(models.TextChoices):
        MUTATIES = "mutaties", "alleen wat in het bestand staat verandert"
        VOLLEDIG = "volledig", "het bestand is het hele gebied op een dag"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="leveringen")
    nummer = models.CharField(max_length=14, null=True, unique=True)
    soort = models.CharField("soort", max_length=30)
    bestandsnaam = models.CharField(max_length=200)
    bestand = models.FileField(upload_to="leveringen/%Y/%m/", null=True)
    sha256 = models.CharField(max_length=64)
    gestart_op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="leveringen")
    regels = models.PositiveIntegerField(default=0)
    nieuw = models.PositiveIntegerField(default=0)
    gewijzigd = models.PositiveIntegerField(default=0)
    ongewijzigd = models.PositiveIntegerField(default=0)
    uitval = models.PositiveIntegerField(default=0)
    onbekende_kolommen = models.JSONField(default=list)
    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.INGELEZEN)
    vorm = models.CharField(max_length=80, blank=True)
    aard = models.CharField("aard", max_length=20, choices=Aard.choices, default=Aard.MUTATIES)
    peildatum = models.DateField("peildatum", null=True)
    gebied = models.JSONField(default=list)
    vermist = models.PositiveIntegerField(null=True)
    koppeling = models.ForeignKey(Kolomkoppeling, on_delete=models.PROTECT, null=True, related_name="leveringen")
    herkomst = models.CharField(max_length=10, choices=Herkomst.choices, blank=True)
    taak = models.CharField(max_length=10, choices=Taak.choices, blank=True)
    houder = models.CharField(max_length=80, blank=True)
    hartslag = models.DateTimeField(null=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    # why it was refused as a whole
    reden = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["stand"], condition=models.Q(stand__in=["wacht", "bezig"]), name="levering_te_doen")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    regels=models.F("nieuw") + models.F("gewijzigd") + models.F("ongewijzigd") + models.F("uitval")
                ),
                name="levering_telt_op",
            )
        ]

    def __str__(self) -> str:
        return self.nummer or f"levering {self.pk}"


class Uitvalrij(Basis):
    """A row that could not be taken, with the column, the value and the reason. It holds personal data.

    It is solved by itself (the person came, or the file came again), by somebody who mended it, or by somebody who set
    it aside and says why. `wijziging` holds, encrypted, what was mended: column → [was, became].
    """

    class Hoe(models.TextChoices):
        VANZELF = "", "vanzelf"
        HERSTELD = "hersteld", "hersteld"
        VERVALLEN = "vervallen", "laten vallen"

    levering = models.ForeignKey(Levering, on_delete=models.PROTECT, related_name="uitvalrijen")
    rij = models.PositiveIntegerField()
    kolom = models.CharField(max_length=60)
    waarde = models.CharField(max_length=200, blank=True)
    reden = models.CharField(max_length=240)
    inhoud = models.JSONField(default=dict)
    opgelost_op = models.DateTimeField(null=True)
    hoe = models.CharField(max_length=10, choices=Hoe.choices, blank=True)
    opgelost_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    motivatie = models.CharField("reden", max_length=240, blank=True)
    wijziging = models.JSONField(default=dict)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="levering",
        uittreksel="",
        samenvoegen="blijft",
        persoonlijk=("waarde", "inhoud", "motivatie", "wijziging"),
        zakelijk=("levering", "rij", "kolom", "reden", "opgelost_op", "hoe", "opgelost_door"),
    )

    @property
    def kort(self) -> str:
        """The reason without the list of what could stand there."""
        return self.reden.partition(". Wij kennen")[0]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["levering", "rij"], name="uitvalrij_een_per_rij")]

    def __str__(self) -> str:
        return f"rij {self.rij}"


class Vermissing(Basis, Persoonlijk):
    """Who or what a full delivery did not hold although we know it: a proposal to look, nothing ends by itself.

    Somebody decides: look again later, leave it as it is, or end what is gone.
    """

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Besluit(models.TextChoices):
        OPEN = "", "nog niet bekeken"
        BEZIEN = "bezien", "nog bezien"
        BLIJFT = "blijft", "blijft zoals het is"
        BEEINDIGD = "beeindigd", "beëindigd"

    levering = models.ForeignKey(Levering, on_delete=models.PROTECT, related_name="vermissingen")
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="vermissingen")
    wat = models.CharField(max_length=160)
    besluit = models.CharField(max_length=10, choices=Besluit.choices, blank=True)
    toelichting = models.CharField("toelichting", max_length=240, blank=True)
    besloten_op = models.DateTimeField(null=True)
    besloten_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="levering",
        uittreksel="",
        samenvoegen="verhuist",
        persoonlijk=("wat", "toelichting"),
        zakelijk=("levering", "jongere", "besluit", "besloten_op", "besloten_door"),
    )

    def __str__(self) -> str:
        return f"niet in {self.levering}"


class Feitwijziging(Basis, Persoonlijk):
    """What a delivery changed or removed of a fact of somebody's path: as it was, and as it became (REG-05)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="feitwijzigingen")
    levering = models.ForeignKey(Levering, on_delete=models.PROTECT, related_name="feitwijzigingen")
    soort = models.CharField(max_length=30)
    was = models.JSONField(default=dict)
    # empty where the fact was removed
    wordt = models.JSONField(default=dict)
    vastgelegd_op = models.DateTimeField()

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="School",
        samenvoegen="verhuist",
        persoonlijk=("was", "wordt"),
        zakelijk=("jongere", "levering", "soort", "vastgelegd_op"),
    )

    def __str__(self) -> str:
        return f"{self.soort} gewijzigd"


class Terugmelding(Basis, Persoonlijk):
    """What went back to a school through DUO about one melding, as it stood in the file."""

    BEREIK = "melding__"

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="terugmeldingen")
    partij = models.CharField(max_length=14)
    duo_versie = models.PositiveIntegerField()
    status = models.CharField(max_length=1, choices=Melding.DuoStatus.choices)
    afsluitreden = models.PositiveSmallIntegerField(null=True)
    opmerking = models.PositiveSmallIntegerField(null=True)
    contact_naam = models.CharField(max_length=120, blank=True)
    contact_functie = models.CharField(max_length=60, blank=True)
    contact_telefoon = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    verzonden_op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    geweigerd_op = models.DateTimeField(null=True)
    weigerreden = models.CharField(max_length=240, blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="melding",
        uittreksel="Meldingen over jou",
        samenvoegen="blijft",
        persoonlijk=("weigerreden",),
        zakelijk=(
            "melding", "partij", "duo_versie", "status", "afsluitreden", "opmerking", "contact_naam", "contact_functie",
            "contact_telefoon", "contact_email", "verzonden_op", "door", "geweigerd_op",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["partij"], name="terugmelding_partij")]

    def __str__(self) -> str:
        return f"{self.partij}: {self.status}"
