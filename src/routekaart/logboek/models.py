"""The log of reading and writing: append-only lines, sealed in a chain, and still erasable (AVG art. 17).

No foreign keys on purpose: a line outlives what it tells about, and nothing may block on the log.
Triggers (migration 0002) allow only sealing a line and erasing its content.
"""

from django.db import models


class Logregel(models.Model):
    """One thing that somebody read or did.

    `vinger` = sha256(fixed fields ‖ `inhoud_vinger`); `inhoud_vinger` = sha256(`zout` ‖ `inhoud`). Erasing empties
    `inhoud` and `zout`; both hashes stay, so the chain still verifies.
    """

    class Soort(models.TextChoices):
        LEZEN = "lezen", "Bekeken"
        SCHRIJVEN = "schrijven", "Gewijzigd"
        SYSTEEM = "systeem", "Systeem"

    moment = models.DateTimeField(db_index=True)
    soort = models.CharField(max_length=10, choices=Soort.choices)
    code = models.CharField(max_length=60)
    regio_id = models.BigIntegerField(null=True)
    gebruiker_id = models.BigIntegerField(null=True, db_index=True)
    rol = models.CharField(max_length=40, blank=True)
    doel = models.CharField(max_length=40, blank=True)
    jongere_id = models.BigIntegerField(null=True)
    onderwerp = models.CharField(max_length=120, blank=True)
    verzoek = models.CharField(max_length=32, blank=True)
    inhoud = models.TextField(null=True)
    zout = models.CharField(max_length=32, null=True)
    inhoud_vinger = models.CharField(max_length=64)
    vinger = models.CharField(max_length=64)
    zegel_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["jongere_id", "-moment"], name="logregel_jongere"),
            models.Index(fields=["zegel_id", "id"], name="logregel_zegel"),
            models.Index(fields=["id"], condition=models.Q(zegel_id__isnull=True), name="logregel_open"),
        ]

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.code}"


class Zegel(models.Model):
    """One link of the chain: so many lines, their hash on top of the previous seal, and a keyed proof of it."""

    moment = models.DateTimeField()
    aantal = models.PositiveIntegerField()
    vorige = models.CharField(max_length=64)
    keten = models.CharField(max_length=64)
    bewijs = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Zegel {self.pk}: {self.aantal} regels"
