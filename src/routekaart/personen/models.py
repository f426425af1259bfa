"""The young person, the numbers they go by, and the adults who care for them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Periode, Regio, per_levering, periode_klopt
from routekaart.basis.privacy import Privacy
from routekaart.personen.bereik import JongereQuerySet, PaarQuerySet
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.toegang.bereik import Persoonlijk, Toegang
from routekaart.toegang.models import Gebruiker, SoortWerk


class Jongere(Basis, Persoonlijk):
    """A young person of 5-27. BRP facts and own contact data stand apart: a delivery never overwrites the latter.

    With `samengevoegd_met` it is no person any more but an empty row that leads old addresses on; the queryset
    leaves such rows out.
    """

    BEREIK_JONGERE = "pk"

    class Geslacht(models.TextChoices):
        MAN = "M", "man"
        VROUW = "V", "vrouw"
        ONBEKEND = "O", "onbekend"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="jongeren")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="jongeren")
    soort_werk = models.CharField(max_length=20, choices=SoortWerk.choices)

    achternaam = models.CharField("achternaam", max_length=200)
    voorvoegsel = models.CharField("voorvoegsel", max_length=20, blank=True)
    voornamen = models.CharField("voornamen", max_length=200, blank=True)
    roepnaam = models.CharField("roepnaam", max_length=100, blank=True)
    naamgebruik = models.CharField(max_length=1, blank=True)
    zoeknaam = models.CharField(max_length=420, db_index=True)
    # ISO, day and month may be 00; the two dates beside it are the first and last possible day
    geboortedatum = models.CharField("geboortedatum", max_length=10)
    geboren_vanaf = models.DateField()
    geboren_tot = models.DateField()
    geslacht = models.CharField(max_length=1, choices=Geslacht.choices, default=Geslacht.ONBEKEND)

    straat = models.CharField(max_length=120, blank=True)
    huisnummer = models.CharField(max_length=10, blank=True)
    huisletter = models.CharField(max_length=2, blank=True)
    toevoeging = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    woonplaats = models.CharField(max_length=80, blank=True)
    functie_adres = models.CharField(max_length=1, blank=True)
    adres_sinds = models.DateField(null=True)
    in_gemeente_sinds = models.DateField(null=True)
    in_nederland_sinds = models.DateField(null=True)
    geheimhouding = models.PositiveSmallIntegerField(default=0)
    in_onderzoek = models.BooleanField(default=False)
    overleden_op = models.DateField(null=True)
    vertrokken_op = models.DateField(null=True)
    land = models.CharField(max_length=80, blank=True)

    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    verblijfadres = models.CharField("verblijfadres", max_length=200, blank=True)
    niet_alleen = models.BooleanField("niet alleen op bezoek", default=False)
    levering_id = models.BigIntegerField(null=True)
    samengevoegd_met = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="verwijzingen")

    objects = JongereQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="ontdubbelt",
        persoonlijk=(
            "achternaam", "voorvoegsel", "voornamen", "roepnaam", "zoeknaam", "geboortedatum", "geboren_vanaf",
            "geboren_tot", "geslacht", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats",
            "land", "telefoon", "email", "verblijfadres", "overleden_op", "vertrokken_op", "adres_sinds",
            "in_gemeente_sinds", "in_nederland_sinds",
        ),
        zakelijk=(
            "regio", "gemeente", "soort_werk", "naamgebruik", "functie_adres", "geheimhouding", "in_onderzoek",
            "niet_alleen", "levering_id", "samengevoegd_met",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(geboren_tot__gte=models.F("geboren_vanaf")), name="jongere_geboren_klopt"
            ),
            models.CheckConstraint(condition=Q(geheimhouding__lte=7), name="jongere_geheimhouding_0_7"),
            models.CheckConstraint(
                condition=Q(samengevoegd_met__isnull=True) | ~Q(samengevoegd_met=models.F("pk")),
                name="jongere_niet_met_zichzelf",
            ),
        ]
        indexes = [
            models.Index(fields=["regio", "gemeente", "soort_werk"], name="jongere_bereik"),
            models.Index(fields=["regio", "geboren_vanaf"], name="jongere_geboren"),
            per_levering("jongere_levering"),
        ]

    def __str__(self) -> str:
        return self.naam

    @classmethod
    def doorverwijzing(cls, sleutel: uuid.UUID, toegang: Toegang) -> uuid.UUID | None:
        """The key of the person into whom this one was merged, where that one is in scope; else None."""
        leeg = cls.objects.met_verwijzingen(reden="een oud adres volgen").filter(sleutel=sleutel)
        naar = leeg.values_list("samengevoegd_met_id", flat=True).first()
        gevonden: uuid.UUID | None = None
        if naar is not None:
            gevonden = cls.objects.voor(toegang).filter(pk=naar).values_list("sleutel", flat=True).first()
        return gevonden

    @property
    def naam(self) -> str:
        """The name as people say it: first name, prefix, surname."""
        return " ".join(deel for deel in (self.aanspreeknaam, self.voorvoegsel, self.achternaam) if deel)

    @property
    def aanspreeknaam(self) -> str:
        """The name to call somebody by."""
        return self.roepnaam or self.voornamen.split(" ")[0] or ""

    @property
    def geboren(self) -> Geboortedatum:
        return Geboortedatum.lees(self.geboortedatum)

    @property
    def adres(self) -> str:
        """Street and number of the BRP address, on one line."""
        nummer = f"{self.huisnummer}{self.huisletter}{'-' + self.toevoeging if self.toevoeging else ''}"
        return f"{self.straat} {nummer}".strip()

    def leeftijd(self, *, op: dt.date) -> int:
        """Age in full years on that day; for an incomplete birth date the youngest that is possible."""
        return leeftijd_op(self.geboren.laatste, op)


class Persoonsnummer(Basis, Persoonlijk):
    """A BSN or onderwijsnummer, encrypted; found by a keyed hash (blind index), unique within the regio."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Soort(models.TextChoices):
        BSN = "bsn", "BSN"
        ONDERWIJSNUMMER = "onderwijsnummer", "onderwijsnummer"

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="nummers")
    soort = models.CharField(max_length=20, choices=Soort.choices)
    blinde_index = models.CharField(max_length=64)
    cijfertekst = models.BinaryField()
    sleutelversie = models.PositiveSmallIntegerField(default=1)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="verhuist",
        persoonlijk=("blinde_index", "cijfertekst"),
        zakelijk=("regio", "jongere", "soort", "sleutelversie"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regio", "soort", "blinde_index"], name="persoonsnummer_een_per_regio")
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van jongere {self.jongere_id}"


class BrpWijziging(Basis, Persoonlijk):
    """What a BRP fact was before it changed (REG-02): from which day the new value holds, and who says so.

    `geldig_vanaf` is empty where the source gives no day; then only `vastgelegd_op` is known.
    """

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="brp_wijzigingen")
    veld = models.CharField(max_length=40)
    was = models.CharField(max_length=200, blank=True)
    wordt = models.CharField(max_length=200, blank=True)
    geldig_vanaf = models.DateField(null=True)
    bron = models.CharField(max_length=60, default="BRP")
    vastgelegd_op = models.DateTimeField()
    levering_id = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="verhuist",
        persoonlijk=("was", "wordt"),
        zakelijk=("jongere", "veld", "geldig_vanaf", "bron", "vastgelegd_op", "levering_id"),
    )

    class Meta:
        indexes = [per_levering("brpwijziging_levering")]

    def __str__(self) -> str:
        return f"{self.veld} gewijzigd"

    @property
    def veldnaam(self) -> str:
        """The name of the field as people read it."""
        return self.veld.removesuffix("_op").replace("_", " ")


class Verzorger(Basis, Periode, Persoonlijk):
    """A parent, guardian or foster parent, with or without gezag; letters follow from gezag and thuiswonend."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Gezag(models.TextChoices):
        JA = "ja", "heeft gezag"
        NEE = "nee", "heeft geen gezag"
        ONBEKEND = "niet-te-bepalen", "gezag niet te bepalen"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="verzorgers")
    naam = models.CharField("naam", max_length=200)
    relatie = models.CharField("relatie", max_length=40, default="ouder")
    gezag = models.CharField("gezag", max_length=20, choices=Gezag.choices, default=Gezag.ONBEKEND)
    thuis = models.BooleanField("de jongere woont hier", default=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    adres = models.CharField("adres", max_length=200, blank=True)
    toelichting = models.CharField("goed om te weten", max_length=200, blank=True)
    # keyed hash of the BSN, by which a delivery finds the same adult again; empty where we only have a name
    nummer_index = models.CharField(max_length=64, blank=True)
    levering_id = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Mensen om je heen",
        samenvoegen="verhuist",
        persoonlijk=("naam", "relatie", "telefoon", "email", "adres", "toelichting", "nummer_index"),
        zakelijk=("jongere", "gezag", "thuis", "van", "tot", "levering_id"),
    )

    class Meta:
        constraints = [periode_klopt("verzorger_periode_klopt")]
        indexes = [per_levering("verzorger_levering")]

    def __str__(self) -> str:
        return self.naam


class BrpTerugmelding(Basis, Persoonlijk):
    """Somebody doubts a BRP fact: it cannot be overtyped, but it can be told to the municipality (REG-03)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Wat(models.TextChoices):
        ADRES = "adres", "adres"
        NAAM = "naam", "naam"
        GEBOORTEDATUM = "geboortedatum", "geboortedatum"
        GESLACHT = "geslacht", "geslacht"
        GEZAG = "gezag", "ouders of gezag"
        VERTREK = "vertrek", "vertrek of overlijden"

    class Stand(models.TextChoices):
        OPEN = "open", "nog doorgeven"
        DOORGEGEVEN = "doorgegeven", "doorgegeven aan de gemeente"
        VERBETERD = "verbeterd", "de BRP is verbeterd"
        KLOPT = "klopt", "de BRP klopte"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="brp_terugmeldingen")
    wat = models.CharField("wat klopt er niet", max_length=20, choices=Wat.choices)
    staat_er = models.CharField(max_length=240, blank=True)
    volgens_ons = models.CharField("hoe het volgens ons is", max_length=240)
    waaruit = models.CharField("waaruit blijkt dat", max_length=240)
    gemeld_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.OPEN)
    stand_op = models.DateTimeField(null=True)
    stand_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="verhuist",
        persoonlijk=("staat_er", "volgens_ons", "waaruit"),
        zakelijk=("jongere", "wat", "gemeld_op", "gemeld_door", "stand", "stand_op", "stand_door"),
    )

    class Meta:
        indexes = [models.Index(fields=["jongere"], condition=Q(stand="open"), name="brpterugmelding_open")]

    def __str__(self) -> str:
        return f"terugmelding over {self.get_wat_display()}"


class Dubbel(Basis, Persoonlijk):
    """Two persons who may be one: what the rule found, and what somebody decided. A pair is stored once."""

    BEREIK = "een__"
    BEREIK_JONGERE = "een"

    een = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="dubbelen")
    ander = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="+")
    punten = models.PositiveSmallIntegerField()
    gevonden_op = models.DateTimeField()
    # somebody looked: these are two people; does not come back
    verschillend_op = models.DateTimeField(null=True)
    verschillend_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    toelichting = models.CharField("waaruit blijkt dat", max_length=240, blank=True)

    objects = PaarQuerySet.as_manager()  # type: ignore[misc]  # the abstract base declares the plain one

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="",
        samenvoegen="ontdubbelt",
        persoonlijk=("toelichting",),
        zakelijk=("een", "ander", "punten", "gevonden_op", "verschillend_op", "verschillend_door"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["een", "ander"], name="dubbel_een_per_paar"),
            models.CheckConstraint(condition=~Q(een=models.F("ander")), name="dubbel_van_twee"),
        ]

    def __str__(self) -> str:
        return f"mogelijk dubbel {self.pk}"


class Dubbelronde(Basis):
    """When a region was last searched for doubles: the next search compares only who changed since."""

    regio = models.OneToOneField(Regio, on_delete=models.PROTECT, related_name="+")
    gezocht_op = models.DateTimeField()

    def __str__(self) -> str:
        return f"gezocht op {self.gezocht_op:%Y-%m-%d}"


class Samenvoeging(Basis, Persoonlijk):
    """Two persons became one. `regels` list everything that changed, so that it can be undone."""

    BEREIK = "blijft__"
    BEREIK_JONGERE = "blijft"

    blijft = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="samenvoegingen")
    verdwijnt = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="opgegaan")
    naam = models.CharField(max_length=420, blank=True)
    waarom = models.CharField("waaruit blijkt dat", max_length=240)
    op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    levering_id = models.BigIntegerField(null=True)
    ongedaan_op = models.DateTimeField(null=True)
    ongedaan_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="blijft",
        persoonlijk=("naam", "waarom"),
        zakelijk=("blijft", "verdwijnt", "op", "door", "levering_id", "ongedaan_op", "ongedaan_door"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["verdwijnt"], condition=Q(ongedaan_op__isnull=True), name="samenvoeging_een_open"
            ),
            models.CheckConstraint(condition=~Q(blijft=models.F("verdwijnt")), name="samenvoeging_van_twee"),
        ]

    def __str__(self) -> str:
        return f"samenvoeging {self.pk}"


class Samenvoegregel(Basis, Persoonlijk):
    """One thing that a merge changed: a row that moved, a row that was a double and is kept here, a field."""

    BEREIK = "samenvoeging__blijft__"
    BEREIK_JONGERE = "samenvoeging__blijft"

    class Wat(models.TextChoices):
        VERHUISD = "verhuisd", "verhuisd"
        BEWAARD = "bewaard", "was dubbel, hier bewaard"
        VELD = "veld", "gegeven overgenomen"
        LEEG = "leeg", "leeg gemaakt, hier bewaard"

    samenvoeging = models.ForeignKey(Samenvoeging, on_delete=models.PROTECT, related_name="regels")
    wat = models.CharField(max_length=10, choices=Wat.choices)
    model = models.CharField(max_length=80)
    rij = models.BigIntegerField()
    veld = models.CharField(max_length=60, blank=True)
    # a key for what moved, a value for a field, the whole row as Django serialises it for what is kept
    was: Any = models.JSONField(null=True)
    wordt: Any = models.JSONField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="blijft",
        persoonlijk=("was", "wordt"),
        zakelijk=("samenvoeging", "wat", "model", "rij", "veld"),
    )

    class Meta:
        indexes = [models.Index(fields=["samenvoeging", "id"], name="samenvoegregel_volgorde")]

    def __str__(self) -> str:
        return f"{self.model} {self.rij}: {self.wat}"
