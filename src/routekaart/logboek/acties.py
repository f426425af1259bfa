"""Writing, sealing, erasing and checking the log."""

from __future__ import annotations

import datetime as dt
import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import connection, transaction

from routekaart.basis.lading import laad
from routekaart.basis.schrijfbeurt import GEDULD, EenAnderSchrijft, zonder_wachten
from routekaart.logboek import keten, wachtrij
from routekaart.logboek.codes import CODES
from routekaart.logboek.keten import KOLOMMEN
from routekaart.logboek.models import Logregel, Zegel

_SCHRIJVER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)
# pages whose waiting lines one page enters along with its own; where more wait it joins the line
MEE = 200


class Regelvelden(TypedDict, total=False):
    """What a line may say beside its code and its moment; `inhoud` is plain data and may later be erased."""

    soort: str
    regio_id: int | None
    gebruiker_id: int | None
    rol: str
    doel: str
    jongere_id: int | None
    onderwerp: str
    verzoek: str
    inhoud: Mapping[str, Any] | None


def noteer(code: str, *, nu: dt.datetime, **velden: Unpack[Regelvelden]) -> Logregel:
    """Writes one line. `code` must be known in `logboek.codes`."""
    return _schrijf(maak_regel(code, nu=nu, **velden))


def _schrijf(regel: Sequence[Any]) -> Logregel:
    return Logregel.objects.create(**dict(zip(KOLOMMEN, regel, strict=True)))


def noteer_gelezen(regels: Sequence[Sequence[Any]]) -> None:
    """Writes the lines of one page that was read, each made by `maak_regel`: all or none, in a transaction of its own.

    Where somebody else writes the database, they wait beside it (`logboek.wachtrij`), and the page does not.
    """
    # where others wait already, somebody has been writing for longer: then only a look
    geduld = 0 if wachtrij.wachtend() else GEDULD
    with suppress(EenAnderSchrijft), zonder_wachten(geduld), transaction.atomic():
        if wachtrij.voer_in(hoogstens=MEE):
            for regel in regels:
                _schrijf(regel)
            return
    wachtrij.zet(regels)


def noteer_velen(regels: Iterable[Sequence[Any]], *, nu: dt.datetime) -> int:
    """Writes many lines, each made by `maak_regel`, in this order; gives how many."""
    return laad(Logregel, KOLOMMEN, regels, nu=nu)


def maak_regel(code: str, *, nu: dt.datetime, **gegeven: Unpack[Regelvelden]) -> tuple[Any, ...]:
    """One line, not written yet: a value for each of `KOLOMMEN`. `code` must be known in `logboek.codes`."""
    if code not in CODES:
        raise ValueError(f"Logcode {code} heeft geen zin in logboek/codes.py")
    inhoud = gegeven.get("inhoud")
    tekst = _SCHRIJVER.encode(inhoud) if inhoud else "{}"
    zout = secrets.token_hex(16)
    velden: dict[str, object] = {
        "moment": nu,
        "soort": str(gegeven.get("soort", Logregel.Soort.SCHRIJVEN)),
        "code": code,
        "regio_id": gegeven.get("regio_id"),
        "gebruiker_id": gegeven.get("gebruiker_id"),
        "rol": gegeven.get("rol", ""),
        "doel": gegeven.get("doel", ""),
        "jongere_id": gegeven.get("jongere_id"),
        "onderwerp": gegeven.get("onderwerp", ""),
        "verzoek": gegeven.get("verzoek", ""),
    }
    inhoud_hash = keten.inhoud_vinger(zout, tekst)
    return (*velden.values(), tekst, zout, inhoud_hash, keten.regel_vinger(velden, inhoud_hash))


@transaction.atomic
def verzegel(*, nu: dt.datetime, niet_binnen: dt.timedelta = dt.timedelta(0)) -> Zegel | None:
    """Chains all lines that are not sealed yet into one seal; None when there are none, or when the last seal was
    made less than `niet_binnen` ago (by another node).

    One sealer at a time: on PostgreSQL an advisory lock, on SQLite the write transaction itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7215)")
    wachtrij.voer_in()
    vorige = Zegel.objects.order_by("-pk").first()
    if vorige is not None and niet_binnen and nu - vorige.moment < niet_binnen:
        return None
    open_regels = list(Logregel.objects.filter(zegel_id__isnull=True).order_by("pk").values_list("pk", "vinger"))
    if not open_regels:
        return None
    som, aantal = keten.schakel(vorige.keten if vorige else keten.BEGIN, (vinger for _, vinger in open_regels))
    zegel = Zegel.objects.create(
        moment=nu,
        aantal=aantal,
        vorige=vorige.keten if vorige else keten.BEGIN,
        keten=som,
        bewijs=keten.bewijs(settings.ZEGELSLEUTEL, som, aantal, nu),
    )
    sleutels = [pk for pk, _ in open_regels]
    for begin in range(0, aantal, 500):  # SQLite limits the number of parameters of one statement
        Logregel.objects.filter(pk__in=sleutels[begin : begin + 500]).update(zegel_id=zegel.pk)
    return zegel


@transaction.atomic
def wis(*, jongere_id: int, nu: dt.datetime, regio_id: int | None = None, gebruiker_id: int | None = None) -> int:
    """Erases the content of all lines about one jongere and says so in a new line. Returns how many were erased.

    The lines, their hashes and the chain stay (AVG art. 17, ontwerp.md section 2). A line that still waits is entered
    first: it must not come in later with what was erased.
    """
    wachtrij.voer_in()
    aantal = Logregel.objects.filter(jongere_id=jongere_id, inhoud__isnull=False).update(inhoud=None, zout=None)
    if aantal:
        noteer(
            "logboek.gewist",
            nu=nu,
            soort=Logregel.Soort.SYSTEEM,
            regio_id=regio_id,
            gebruiker_id=gebruiker_id,
            jongere_id=jongere_id,
            inhoud={"regels": aantal},
        )
    return aantal


@dataclass
class Controle:
    """What the check of the log found. `fouten` are Dutch sentences; empty means that nothing was tampered with.

    `wacht`: pages whose lines are not in the log yet, because somebody else writes the database.
    """

    regels: int = 0
    zegels: int = 0
    open: int = 0
    gewist: int = 0
    wacht: int = 0
    kop: str = keten.BEGIN
    fouten: list[str] = field(default_factory=list)

    @property
    def klopt(self) -> bool:
        return not self.fouten


def controleer(*, koppen: Collection[str] = ()) -> Controle:
    """Verifies every line, every seal and the chain; reads the log once, in order, without loading it whole.

    `koppen`: heads of the chain that were kept elsewhere. Only these betray that the end was cut off: what is
    left then is a whole chain, but a kept head is no longer in it. Others may write and seal meanwhile.
    """
    uitslag = Controle(wacht=wachtrij.voer_in_als_het_kan())
    uitslag.fouten += [f"{naam} wacht op het logboek en is niet te lezen" for naam in wachtrij.onleesbaar()]
    vorige = keten.BEGIN
    gezien = {keten.BEGIN}
    for zegel in list(Zegel.objects.order_by("pk")):
        uitslag.zegels += 1
        som, aantal = keten.schakel(vorige, _vingers(uitslag, zegel.pk))
        if zegel.vorige != vorige:
            uitslag.fouten.append(f"Zegel {zegel.pk} sluit niet aan op het vorige zegel")
        if aantal != zegel.aantal:
            uitslag.fouten.append(f"Zegel {zegel.pk} telde {zegel.aantal} regels, nu zijn het er {aantal}")
        elif som != zegel.keten:
            uitslag.fouten.append(f"De regels van zegel {zegel.pk} zijn veranderd")
        goed = keten.bewijs(settings.ZEGELSLEUTEL, zegel.keten, zegel.aantal, zegel.moment)
        if not hmac.compare_digest(goed, zegel.bewijs):
            uitslag.fouten.append(f"Het bewijs van zegel {zegel.pk} klopt niet")
        vorige = zegel.keten
        gezien.add(vorige)
    uitslag.kop = vorige
    uitslag.open = sum(1 for _ in _vingers(uitslag, None))
    if (
        wezen := Logregel.objects.filter(zegel_id__isnull=False)
        .exclude(zegel_id__in=Zegel.objects.values("pk"))
        .count()
    ):
        uitslag.fouten.append(f"{wezen} regels hebben een zegel dat niet bestaat")
    uitslag.fouten += [f"Het zegel met kop {kop} is er niet meer" for kop in koppen if kop not in gezien]
    return uitslag


def kop() -> str:
    """The head of the chain: the hash of the last seal. Keep it outside the database (docs/beheer/logboek.md)."""
    laatste = Zegel.objects.order_by("-pk").values_list("keten", flat=True).first()
    return laatste or keten.BEGIN


def _vingers(uitslag: Controle, zegel_id: int | None) -> Iterator[str]:
    regels = Logregel.objects.filter(zegel_id=zegel_id) if zegel_id else Logregel.objects.filter(zegel_id__isnull=True)
    velden = (*keten.VASTE_VELDEN, "pk", "inhoud", "zout", "inhoud_vinger", "vinger")
    for regel in regels.order_by("pk").values(*velden).iterator(5000):
        uitslag.regels += 1
        if keten.regel_vinger(regel, regel["inhoud_vinger"]) != regel["vinger"]:
            uitslag.fouten.append(f"Regel {regel['pk']} is veranderd")
        if regel["inhoud"] is None:
            uitslag.gewist += 1
        elif keten.inhoud_vinger(regel["zout"] or "", regel["inhoud"]) != regel["inhoud_vinger"]:
            uitslag.fouten.append(f"De inhoud van regel {regel['pk']} is veranderd")
        yield regel["vinger"]
