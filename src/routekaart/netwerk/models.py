"""Organisations and the people there, and who of them stands around one young person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from routekaart.basis.models import Basis, Regio
from routekaart.basis.privacy import Privacy
from routekaart.loopbaan.models import Instelling
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Ketenpartner(Basis):
    """An organisation of the region's network (NET-01); a school points at its instelling."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="ketenpartners")
    naam = models.CharField("naam", max_length=160)
    soort = models.CharField("soort", max_length=60)
    instelling = models.ForeignKey(Instelling, on_delete=models.PROTECT, null=True, related_name="ketenpartners")
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    adres = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regio", "naam"], name="ketenpartner_een_naam")]

    def __str__(self) -> str:
        return self.naam


class Contactpersoon(Basis):
    """Somebody at a ketenpartner; `gebruiker` where that person has an account."""

    ketenpartner = models.ForeignKey(Ketenpartner, on_delete=models.PROTECT, related_name="contactpersonen")
    naam = models.CharField("naam", max_length=120)
    functie = models.CharField("functie", max_length=80, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    vast = models.BooleanField("vaste contactpersoon", default=False)
    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.SET_NULL, null=True, related_name="contactpersonen")

    def __str__(self) -> str:
        return self.naam


class Betrokkene(Basis, Persoonlijk):
    """Somebody around one young person: mentor, coach, helper (DOS-05)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="betrokkenen")
    naam = models.CharField("naam", max_length=120)
    rol = models.CharField("rol", max_length=80)
    organisatie = models.CharField("organisatie", max_length=160, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    toelichting = models.CharField("goed om te weten", max_length=200, blank=True)
    gestopt_op = models.DateField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Mensen om je heen",
        samenvoegen="verhuist",
        persoonlijk=("naam", "rol", "organisatie", "telefoon", "email", "toelichting"),
        zakelijk=("jongere", "gestopt_op"),
    )

    def __str__(self) -> str:
        return self.naam
