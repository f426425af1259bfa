"""What may leave the house: consent, and what went out."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models

from routekaart.basis.models import Basis
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.models import Document, Werkproces
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Toestemming(Basis, Persoonlijk):
    """A yes or no to sharing with one receiver for one purpose (PRV-01, PRV-02). From 16 the jongere decides."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    class Door(models.TextChoices):
        JONGERE = "jongere", "de jongere zelf"
        VERZORGER = "verzorger", "een verzorger met gezag"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="toestemmingen")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="toestemmingen")
    ontvanger = models.CharField("met wie", max_length=160)
    doel = models.CharField("waarvoor", max_length=200)
    gegeven = models.BooleanField("toestemming")
    door = models.CharField("gegeven door", max_length=20, choices=Door.choices, default=Door.JONGERE)
    vorm = models.CharField("hoe", max_length=40, default="mondeling")
    op = models.DateField("op")
    geldig_tot = models.DateField("geldig tot en met", null=True)
    ingetrokken_op = models.DateField("ingetrokken op", null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    vastgelegd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wat je goed vindt om te delen",
        samenvoegen="verhuist",
        persoonlijk=("ontvanger", "doel"),
        zakelijk=(
            "jongere", "werkproces", "gegeven", "door", "vorm", "op", "geldig_tot", "ingetrokken_op", "document",
            "vastgelegd_door",
        ),
    )  # fmt: skip

    def __str__(self) -> str:
        return "toestemming" if self.gegeven else "geen toestemming"

    def geldt(self, *, op: dt.date) -> bool:
        """Given, not withdrawn and not expired on that day."""
        if not self.gegeven or op < self.op:
            return False
        if self.ingetrokken_op is not None and self.ingetrokken_op <= op:
            return False
        return self.geldig_tot is None or op <= self.geldig_tot


class Verstrekking(Basis, Persoonlijk):
    """What went to whom, when, why and on which ground, with a snapshot of it (PRV-10)."""

    BEREIK = "jongere__"
    BEREIK_JONGERE = "jongere"

    jongere = models.ForeignKey(Jongere, on_delete=models.PROTECT, related_name="verstrekkingen")
    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, null=True, related_name="verstrekkingen")
    ontvanger = models.CharField("aan wie", max_length=160)
    doel = models.CharField("waarvoor", max_length=200)
    grondslag = models.CharField("grondslag", max_length=160)
    kanaal = models.CharField("hoe", max_length=30)
    inhoud = models.JSONField(default=dict)
    op = models.DateTimeField()
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Met wie we iets deelden",
        samenvoegen="verhuist",
        persoonlijk=("ontvanger", "doel", "inhoud"),
        zakelijk=("jongere", "werkproces", "grondslag", "kanaal", "op", "door"),
    )

    def __str__(self) -> str:
        return f"verstrekking {self.op:%Y-%m-%d}"
