"""The young person, the numbers they go by, and the adults who care for them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Periode, Regio, periode_klopt
from routekaart.basis.privacy import Privacy
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import SoortWerk


class Jongere(Basis, Persoonlijk):
    """A young person of 5-27. BRP facts and own contact data stand apart: a delivery never overwrites the latter."""

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
            "niet_alleen", "levering_id",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(geboren_tot__gte=models.F("geboren_vanaf")), name="jongere_geboren_klopt"
            ),
            models.CheckConstraint(condition=Q(geheimhouding__lte=7), name="jongere_geheimhouding_0_7"),
        ]
        indexes = [
            models.Index(fields=["regio", "gemeente", "soort_werk"], name="jongere_bereik"),
            models.Index(fields=["regio", "geboren_vanaf"], name="jongere_geboren"),
        ]

    def __str__(self) -> str:
        return self.naam

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
    """What a BRP fact was before it changed (REG-02)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="brp_wijzigingen")
    veld = models.CharField(max_length=40)
    was = models.CharField(max_length=200, blank=True)
    wordt = models.CharField(max_length=200, blank=True)
    vastgelegd_op = models.DateTimeField()
    levering_id = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wie je bent",
        samenvoegen="verhuist",
        persoonlijk=("was", "wordt"),
        zakelijk=("jongere", "veld", "vastgelegd_op", "levering_id"),
    )

    def __str__(self) -> str:
        return f"{self.veld} gewijzigd"


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

    def __str__(self) -> str:
        return self.naam
