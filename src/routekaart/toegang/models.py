"""Users, teams, roles and the exceptions to scope."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Gemeente, Periode, Regio, periode_klopt
from routekaart.basis.selecties import GeldigQuerySet
from routekaart.toegang.rechten import Rol


class SoortWerk(models.TextChoices):
    """The kind of work that a team does and that a young person falls under."""

    LEERPLICHT = "leerplicht", "Leerplicht"
    DOORSTROOMPUNT = "doorstroompunt", "Doorstroompunt"


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Makes accounts; the address is the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        """A functioneel beheerder of the first region; there is no account that may see everything."""
        velden.setdefault("regio", Regio.objects.order_by("nummer").first())
        gebruiker = self.create_user(email, password, **velden)
        if gebruiker.regio is not None:
            team, _ = Team.objects.get_or_create(regio=gebruiker.regio, naam="Beheer", defaults={"soorten_werk": []})
            Lidmaatschap.objects.create(gebruiker=gebruiker, team=team, rol=Rol.BEHEERDER, van=gebruiker.created.date())
        return gebruiker

    def get_by_natural_key(self, username: str | None) -> Gebruiker:
        return self.get(email=(username or "").lower())


class Gebruiker(Basis, AbstractBaseUser):
    """Somebody with an account. What they may do follows from their memberships."""

    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField("naam", max_length=120)
    telefoon = models.CharField(max_length=20, blank=True)
    functie = models.CharField(max_length=60, blank=True)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, null=True, related_name="gebruikers")
    is_active = models.BooleanField("actief", default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["naam"]

    objects = GebruikerManager()

    def __str__(self) -> str:
        return self.naam

    @property
    def initialen(self) -> str:
        delen = [deel for deel in self.naam.split() if deel[:1].isalpha()]
        return "".join(deel[0] for deel in (delen[:1] + delen[-1:] if len(delen) > 1 else delen)).upper()

    def get_full_name(self) -> str:
        return self.naam

    def get_short_name(self) -> str:
        return self.naam.split(" ")[0]


class Team(Basis):
    """People who do the same kinds of work for the same gemeenten."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="teams")
    naam = models.CharField(max_length=120)
    soorten_werk = models.JSONField(default=list)
    gemeenten = models.ManyToManyField(Gemeente, related_name="teams")
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regio", "naam"], name="team_een_naam")]

    def __str__(self) -> str:
        return self.naam


class Lidmaatschap(Basis, Periode):
    """A role of a user in a team, for a time."""

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="lidmaatschappen")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="lidmaatschappen")
    rol = models.CharField(max_length=30, choices=Rol.choices)

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [
            periode_klopt("lidmaatschap_periode_klopt"),
            models.UniqueConstraint(
                fields=["gebruiker", "team", "rol"], condition=Q(tot__isnull=True), name="lidmaatschap_een_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} is {self.get_rol_display()} in {self.team}"


class Bereik(Basis, Periode):
    """An exception: this young person is in the scope of this user or team, on a ground, for a purpose, for a time.

    `jongere_id` has no foreign key: `personen` stands to the right of this app (ontwerp.md, section 2).
    """

    class Grond(models.TextChoices):
        WERKPROCES = "werkproces", "heeft een werkproces bij dit team"
        VERHUISD = "verhuisd", "is verhuisd met een lopend werkproces"
        WAARNEMING = "waarneming", "waarneming voor een collega"
        OVERLEG = "overleg", "wordt besproken in een overleg"
        NOOD = "nood", "noodtoegang"

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, null=True, related_name="bereik")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="bereik")
    jongere_id = models.BigIntegerField()
    grond = models.CharField(max_length=20, choices=Grond.choices)
    doel = models.CharField(max_length=120)

    objects = GeldigQuerySet.as_manager()

    class Meta:
        constraints = [
            periode_klopt("bereik_periode_klopt"),
            models.CheckConstraint(
                condition=Q(gebruiker__isnull=True, team__isnull=False) | Q(gebruiker__isnull=False, team__isnull=True),
                name="bereik_gebruiker_of_team",
            ),
        ]
        indexes = [
            models.Index(fields=["gebruiker"], name="bereik_gebruiker"),
            models.Index(fields=["team"], name="bereik_team"),
        ]

    def __str__(self) -> str:
        return f"{self.get_grond_display()} ({self.doel})"

    @classmethod
    def ids_voor(cls, gebruiker_id: int, team_ids: frozenset[int], *, op: dt.date) -> frozenset[int]:
        """The young persons that are in scope by exception on that day. One query."""
        rijen = cls.objects.geldig_op(op).filter(Q(gebruiker_id=gebruiker_id) | Q(team_id__in=team_ids))
        return frozenset(rijen.values_list("jongere_id", flat=True))
