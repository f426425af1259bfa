"""The log as the privacy officer reads it: who did what, about which dossier, and whether the chain verifies."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from routekaart.logboek.acties import Controle, controleer, noteer
from routekaart.logboek.codes import CODES, zin
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Gebruiker

PER_PAGINA = 50
_SLEUTEL = "het logboek noemt de sleutel van een dossier, nooit wie het is"
CONTROLE = "logboek.gecontroleerd"


@dataclass(frozen=True)
class Vraag:
    """What is asked of the log. `dossier` is the key from the address of a dossier; `voor` the key to page on from."""

    van: dt.date
    tot: dt.date
    gebruiker: int | None = None
    code: str = ""
    soort: str = ""
    dossier: uuid.UUID | None = None
    voor: int | None = None

    def adres(self, voor: int) -> str:
        """The same question, from there on."""
        delen = {naam: waarde for naam, waarde in vars(self).items() if waarde}
        return f"?{urlencode(delen | {'voor': voor})}"

    def als_inhoud(self) -> dict[str, str]:
        """For the line that says that the log was read."""
        return {naam: str(waarde) for naam, waarde in vars(self).items() if waarde and naam != "voor"}


@dataclass(frozen=True)
class Rij:
    """One line as it is shown."""

    moment: dt.datetime
    wie: str
    rol: str
    wat: str
    soort: str
    over: str
    doel: str
    gewist: bool
    verzegeld: bool


@dataclass(frozen=True)
class Uitslag:
    """The last time that the whole log was checked."""

    moment: dt.datetime
    klopt: bool
    regels: int
    fouten: Sequence[str]


def regels(vraag: Vraag, *, toegang: Toegang) -> tuple[list[Rij], str]:
    """One page of lines, newest first, and the address of the next page. At most four queries."""
    gevonden = _gefilterd(vraag, toegang)
    if vraag.voor:
        gevonden = gevonden.filter(pk__lt=vraag.voor)
    rijen = list(gevonden.order_by("-pk")[: PER_PAGINA + 1])
    volgende = vraag.adres(rijen[PER_PAGINA - 1].pk) if len(rijen) > PER_PAGINA else ""
    rijen = rijen[:PER_PAGINA]
    namen = dict(Gebruiker.objects.filter(pk__in={rij.gebruiker_id for rij in rijen}).values_list("pk", "naam"))
    ids = {rij.jongere_id for rij in rijen if rij.jongere_id}
    jongeren = Jongere.objects.met_verwijzingen(reden=_SLEUTEL)
    dossiers = dict(jongeren.filter(pk__in=ids).values_list("pk", "sleutel"))
    return [_rij(rij, namen, dossiers) for rij in rijen], volgende


def _gefilterd(vraag: Vraag, toegang: Toegang) -> QuerySet[Logregel]:
    """The lines of the own region, and those of nobody: attempts to sign in without an account."""
    uit = Logregel.objects.filter(Q(regio_id=toegang.regio_id or 0) | Q(regio_id__isnull=True))
    uit = uit.filter(moment__gte=_begin(vraag.van), moment__lt=_begin(vraag.tot + dt.timedelta(days=1)))
    if vraag.gebruiker:
        uit = uit.filter(gebruiker_id=vraag.gebruiker)
    if vraag.code:
        uit = uit.filter(code=vraag.code)
    if vraag.soort:
        uit = uit.filter(soort=vraag.soort)
    if vraag.dossier:
        # what was read under the key of a dossier that was merged into this one, was read about this person
        jongeren = Jongere.objects.met_verwijzingen(reden=_SLEUTEL).filter(regio_id=toegang.regio_id or 0)
        zelfde = jongeren.filter(Q(sleutel=vraag.dossier) | Q(samengevoegd_met__sleutel=vraag.dossier))
        uit = uit.filter(jongere_id__in=list(zelfde.values_list("pk", flat=True)))
    return uit


def _begin(dag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dag, dt.time()))


def _rij(rij: Logregel, namen: dict[int, str], dossiers: dict[int, uuid.UUID]) -> Rij:
    if rij.gebruiker_id:
        wie = namen.get(rij.gebruiker_id, f"account {rij.gebruiker_id}")
    else:
        wie = "Routekaart" if rij.rol == "systeem" else "niet aangemeld"
    return Rij(
        moment=rij.moment,
        wie=wie,
        rol=rij.rol.replace(",", ", "),
        wat=zin(rij.code),
        soort=rij.get_soort_display(),
        over=f"dossier {dossiers[rij.jongere_id]}" if rij.jongere_id in dossiers else rij.onderwerp,
        doel=rij.doel,
        gewist=rij.inhoud is None,
        verzegeld=rij.zegel_id is not None,
    )


def gebruikers(toegang: Toegang) -> list[tuple[str, str]]:
    """The accounts of the region, to choose from."""
    van_regio = (
        Gebruiker.objects.filter(regio_id=toegang.regio_id or 0).order_by("naam", "pk").values_list("pk", "naam")
    )
    return [(str(pk), naam) for pk, naam in van_regio]


def soorten_regel() -> list[tuple[str, str]]:
    """Every code with its sentence, in the order of the sentences."""
    return sorted(CODES.items(), key=lambda paar: paar[1])


def laatste_controle() -> Uitslag | None:
    """What the last check of the whole log found; None where it was never checked."""
    regel = Logregel.objects.filter(code=CONTROLE).order_by("-pk").first()
    if regel is None:
        return None
    inhoud: dict[str, Any] = json.loads(regel.inhoud or "{}")
    return Uitslag(regel.moment, not inhoud.get("fouten"), int(inhoud.get("regels", 0)), inhoud.get("fouten", []))


def controleer_nu(*, toegang: Toegang, nu: dt.datetime) -> Controle:
    """Verifies the whole log and keeps the result in it."""
    uitslag = controleer()
    noteer(
        CONTROLE,
        nu=nu,
        soort=Logregel.Soort.SYSTEEM,
        regio_id=toegang.regio_id,
        gebruiker_id=toegang.gebruiker_id or None,
        rol=toegang.rol,
        doel="logboek",
        inhoud={"regels": uitslag.regels, "zegels": uitslag.zegels, "kop": uitslag.kop, "fouten": uitslag.fouten[:20]},
    )
    return uitslag
