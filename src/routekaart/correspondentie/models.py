"""Letters and messages: what was written to whom, from which template."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from routekaart.basis.models import Basis
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.models import Document, Werkproces
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Brief(Basis, Persoonlijk):
    """A letter or e-mail of a werkproces. The text as it went out is in `document` (PDF) and cannot change."""

    BEREIK = "werkproces__"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="brieven")
    sjabloon = models.CharField("sjabloon", max_length=40)
    sjabloon_versie = models.CharField(max_length=20)
    aan = models.CharField("aan", max_length=160)
    soort_ontvanger = models.CharField(max_length=20)
    adres = models.CharField("adres", max_length=240, blank=True)
    kanaal = models.CharField("hoe", max_length=20, default="brief")
    onderwerp = models.CharField("onderwerp", max_length=160)
    tekst = models.TextField("tekst")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    verzonden_op = models.DateTimeField(null=True)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Brieven en documenten",
        samenvoegen="verhuist",
        persoonlijk=("aan", "adres", "onderwerp", "tekst"),
        zakelijk=(
            "werkproces",
            "sjabloon",
            "sjabloon_versie",
            "soort_ontvanger",
            "kanaal",
            "document",
            "verzonden_op",
            "door",
        ),
    )

    def __str__(self) -> str:
        return self.sjabloon
