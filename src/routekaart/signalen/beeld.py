"""One signal as it is shown, and the overview of the control procedures (REG-06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Bewijs, Gegeven, Waarom
from routekaart.basis.parameters import STANDAARD, parameters
from routekaart.inhoud.bronnen import bron_in_woorden
from routekaart.regels.signalen import SIGNAALREGELS, Signaalregel
from routekaart.signalen.lijst import Getal, Vraag, stand_in_woorden
from routekaart.signalen.models import Detectie, Signaal
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import RECHTEN, Recht, Rol


@dataclass(frozen=True)
class Signaalbeeld:
    """One signal. `andere` are the other open ones about the same young person."""

    signaal: Signaal
    regel: Signaalregel | None
    titel: str
    zin: str
    gegevens: Sequence[Gegeven]
    waarom: Waarom
    andere: Sequence[tuple[str, str]]


def maak_beeld(signaal: Signaal, *, toegang: Toegang, op: dt.date) -> Signaalbeeld:
    """Finished values for the page of one signal. Two queries."""
    regel = SIGNAALREGELS.get(signaal.soort)
    return Signaalbeeld(
        signaal=signaal,
        regel=regel,
        titel=regel.naam if regel is not None else signaal.soort,
        zin=regel.wat if regel is not None else "",
        gegevens=_gegevens(signaal, op=op),
        waarom=_waarom(signaal, regel),
        andere=[
            (SIGNAALREGELS[ander.soort].naam, reverse("signalen:signaal", args=[ander.sleutel]))
            for ander in ook_open(signaal, toegang=toegang)
        ],
    )


def ook_open(signaal: Signaal, *, toegang: Toegang) -> list[Signaal]:
    """The other open ones about the same young person, within the scope of who looks. One query."""
    andere = Signaal.objects.voor(toegang).openstaand().filter(jongere=signaal.jongere_id, soort__in=SIGNAALREGELS)
    return list(andere.exclude(pk=signaal.pk).select_related("behandelaar").order_by("soort", "pk"))


def _gegevens(signaal: Signaal, *, op: dt.date) -> list[Gegeven]:
    jongere = signaal.jongere
    regels = [
        Gegeven("Leeftijd", str(jongere.leeftijd(op=op))),
        Gegeven("Gemeente", signaal.gemeente.naam),
        *([Gegeven("Sinds", taal.datum_voluit(signaal.sinds))] if signaal.sinds else []),
        Gegeven("Voor het eerst gezien", taal.datum_voluit(signaal.eerst_gezien_op)),
        Gegeven("Laatst gezien", taal.datum_voluit(laatst_gezien(signaal))),
        Gegeven("Stand", stand_in_woorden(signaal, op=op)),
    ]
    if signaal.instelling is not None:
        regels.insert(2, Gegeven("School", signaal.instelling.naam))
    if signaal.reden and signaal.staat_open:
        regels.append(Gegeven("Eerder weggelegd", signaal.reden))
    return regels


def laatst_gezien(signaal: Signaal) -> dt.date:
    """The last run in which it held. A run does not write that on each signal, only on what it closes. One query."""
    if signaal.stand == Signaal.Stand.VERVALLEN:
        return signaal.laatst_gezien_op
    gezocht = Detectie.objects.filter(regio_id=signaal.regio_id, soort=signaal.soort).first()
    dagen = [gezocht.peildatum] if gezocht is not None else []
    if signaal.gesloten_op is not None:
        dagen.append(timezone.localdate(signaal.gesloten_op))
    return max(signaal.laatst_gezien_op, min(dagen, default=signaal.laatst_gezien_op))


def _waarom(signaal: Signaal, regel: Signaalregel | None) -> Waarom:
    feiten = [
        Bewijs(str(uitleg["tekst"]), f"{bron_in_woorden(str(uitleg['bron']))} (regel {uitleg['regel']})")
        for uitleg in signaal.uitleg
    ]
    tekst = f"Regel {regel.nummer}, {regel.naam}. Bron: {bron_in_woorden(regel.bron)}." if regel is not None else ""
    return Waarom(feiten, tekst, open=True, kop="Waarom dit signaal?")


def collegas_voor(signalen: Sequence[Signaal], *, op: dt.date) -> QuerySet[Gebruiker]:
    """Active users who may work on one of these signals on that day, by name. Two queries when read."""
    paren = {(signaal.gemeente_id, signaal.soort_werk) for signaal in signalen}
    teams = Team.objects.filter(gemeenten__in={gemeente for gemeente, _ in paren}).prefetch_related("gemeenten")
    passend = [
        team.pk
        for team in teams
        if any(soort in team.soorten_werk and gemeente in _ids(team) for gemeente, soort in paren)
    ]
    leden = Lidmaatschap.objects.geldig_op(op).filter(team__in=passend, rol__in=RECHTEN[Recht.SIGNALEN_WERKEN])
    return Gebruiker.objects.filter(is_active=True, pk__in=leden.values("gebruiker")).order_by("naam", "pk")


def _ids(team: Team) -> set[int]:
    return {gemeente.pk for gemeente in team.gemeenten.all()}


@dataclass(frozen=True)
class Controle:
    """One control procedure: what it looks for, who looks after it, when it last ran and what it found."""

    regel: Signaalregel
    bron: str
    eigenaar: str
    laatst: dt.datetime | None
    gevonden: int | None
    open: Getal
    instellingen: Sequence[str]


def maak_controles(toegang: Toegang, *, op: dt.date) -> list[Controle]:
    """Every rule with its last run and what is open of it in this scope. Three queries."""
    gelopen = {detectie.soort: detectie for detectie in Detectie.objects.filter(regio_id=toegang.regio_id or 0)}
    geteld: dict[str, int] = dict(
        Signaal.objects.voor(toegang).openstaand().values_list("soort").annotate(aantal=Count("pk")).order_by()
    )
    waarden = parameters(toegang.regio_id or 0, op=op)
    return [
        Controle(
            regel=regel,
            bron=bron_in_woorden(regel.bron),
            eigenaar=Rol(regel.eigenaar.value).label,
            laatst=gelopen[code].klaar_op if code in gelopen else None,
            gevonden=gelopen[code].treffers if code in gelopen else None,
            open=Getal(geteld.get(code, 0), Vraag(soort=code).adres(), regel.naam),
            instellingen=[_instelling(naam, waarden) for naam in regel.parameters],
        )
        for code, regel in SIGNAALREGELS.items()
    ]


def _instelling(naam: str, waarden: dict[str, Any]) -> str:
    waarde = waarden[naam]
    tekst = ("ja" if waarde else "nee") if isinstance(waarde, bool) else str(waarde)
    return f"{STANDAARD[naam].wat}: {tekst}"
