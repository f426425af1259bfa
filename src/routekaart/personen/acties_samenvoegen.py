"""Two young persons prove to be one: everything of the one moves to the other, and every step can be taken back.

Which row moves, the models say (`relaties.py`, PRIVACY); what happened, a Samenvoeging lists. The person who vanishes
stays behind as an empty row that leads old addresses on; what stood in it is kept in the Samenvoeging.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import datum_voluit
from routekaart.personen.beelden import botsend_nummer_van
from routekaart.personen.models import Dubbel, Jongere, Samenvoeging, Samenvoegregel
from routekaart.personen.relaties import Relatie, alle_relaties, relaties_naar, rijen_van, zoek_botsingen
from routekaart.personen.samenstellen import leeg_velden, samengestelde_velden
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Bereik
from routekaart.toegang.schrijven import schrijf

REDEN = "samenvoegen van twee jongeren die al binnen bereik zijn"
BEREIK = "toegang.Bereik"
JONGERE = "personen.Jongere"
Wat = Samenvoegregel.Wat
ZELFDE = "Dit is twee keer dezelfde jongere. Kies de ander die dubbel is."
AL_WEG = "Deze jongere is al samengevoegd met een ander. Ververs de pagina."
ANDERE_REGIO = "Deze jongeren horen bij verschillende regio’s. Draag eerst het ene dossier over."
BUITEN_BEREIK = "Een van deze jongeren valt buiten jouw gebied. Vraag een collega die bij allebei mag."
BOTSING = "Allebei hebben een {wat} die maar één keer mag bestaan. Rond er eerst een af en voeg daarna samen."


@transaction.atomic
def voeg_samen(
    blijft: Jongere,
    verdwijnt: Jongere,
    *,
    waarom: str,
    toegang: Toegang,
    nu: dt.datetime,
    op: dt.date,
    bereik: Toegang | None = None,
    levering_id: int | None = None,
) -> Samenvoeging:
    """Moves everything of `verdwijnt` to `blijft`. Raises Geweigerd, with what a person must decide first.

    `bereik`: the scope in which both must be, where that is not the one of `toegang` (a delivery is of a region).
    """
    blijft, verdwijnt = _op_slot(blijft, verdwijnt, bereik or toegang)
    if bezwaar := bezwaar_tegen(blijft, verdwijnt):
        raise Geweigerd(bezwaar)
    samenvoeging = Samenvoeging.objects.create(
        blijft=blijft,
        verdwijnt=verdwijnt,
        naam=verdwijnt.naam[:420],
        waarom=waarom,
        op=nu,
        door_id=toegang.gebruiker_id or None,
        levering_id=levering_id,
    )
    # before anything moves: the numbers decide whose BRP facts count
    velden = samengestelde_velden(blijft, verdwijnt, op=op)
    werk = _Verhuizing(samenvoeging)
    werk.verhuis(Jongere, van=verdwijnt.pk, naar=blijft.pk)
    werk.verhuis_bereik(van=verdwijnt.pk, naar=blijft.pk)
    werk.maak_leeg(verdwijnt, naar=blijft)
    werk.neem_over(blijft, velden)
    werk.bewaar()
    schrijf(
        "jongere.samengevoegd",
        toegang=toegang,
        nu=nu,
        jongere_id=blijft.pk,
        onderwerp=samenvoeging,
        inhoud={"verdwenen": verdwijnt.pk, "rijen": len(werk.regels)},
    )
    return samenvoeging


@transaction.atomic
def maak_ongedaan(samenvoeging: Samenvoeging, *, toegang: Toegang, nu: dt.datetime) -> Jongere:
    """Puts everything back that the merge moved, and gives the person who had vanished.

    What came after the merge stays with the one that remained; what was changed since keeps that change.
    """
    eigen = Samenvoeging.objects.alles(reden=REDEN).select_for_update(of=("self",)).get(pk=samenvoeging.pk)
    if eigen.ongedaan_op is not None:
        raise Geweigerd("Deze samenvoeging is al ongedaan gemaakt. Ververs de pagina.")
    _eis_laatste(eigen)
    jongeren = Jongere.objects.met_verwijzingen(reden=REDEN).select_for_update(of=("self",)).order_by("pk")
    op_id = {jongere.pk: jongere for jongere in jongeren.filter(pk__in=[eigen.blijft_id, eigen.verdwijnt_id])}
    if not Jongere.objects.voor(toegang).filter(pk=eigen.blijft_id).exists():
        raise Geweigerd(BUITEN_BEREIK)
    regels = list(Samenvoegregel.objects.alles(reden=REDEN).filter(samenvoeging=eigen).order_by("-pk"))
    try:
        with transaction.atomic():
            _draai_terug(regels, op_id[eigen.blijft_id])
    except IntegrityError:
        raise Geweigerd(
            "Er is sinds het samenvoegen iets vastgelegd dat niet past bij twee aparte dossiers. Er is niets veranderd."
            " Vraag de functioneel beheerder om mee te kijken."
        ) from None
    eigen.ongedaan_op, eigen.ongedaan_door_id = nu, toegang.gebruiker_id or None
    eigen.save(update_fields=["ongedaan_op", "ongedaan_door", "updated"])
    schrijf(
        "jongere.gesplitst",
        toegang=toegang,
        nu=nu,
        jongere_id=eigen.blijft_id,
        onderwerp=eigen,
        inhoud={"terug": eigen.verdwijnt_id, "rijen": len(regels)},
    )
    terug: Jongere = Jongere.objects.alles(reden=REDEN).get(pk=eigen.verdwijnt_id)
    return terug


def bezwaar_tegen(blijft: Jongere, verdwijnt: Jongere) -> str:
    """Why these two cannot be merged now, as a sentence that says what to do; empty where they can. Reads only."""
    if soort := botsend_nummer_van(blijft, verdwijnt):
        return (
            f"Elk heeft een eigen {soort}, en dat is niet hetzelfde. Dat zijn twee mensen."
            " Klopt een van de nummers niet? Laat dat eerst verbeteren."
        )
    if besluit := _verschillend(blijft, verdwijnt):
        return (
            f"Op {datum_voluit(besluit)} is vastgelegd dat dit twee mensen zijn."
            " Klopt dat niet? Haal dat besluit weg bij ‘Niet dezelfde’ en voeg daarna samen."
        )
    for relatie in relaties_naar(Jongere):
        if relatie.gedrag == "verhuist" and _botst(relatie, van=verdwijnt.pk, naar=blijft.pk):
            return _botsingszin(relatie)
    return ""


def veeg_na() -> int:
    """Moves what was written about somebody in the very moment in which they were merged away; for the night run.

    Such a row was on its way when the merge began, and landed on the empty row. Returns how many there were.
    """
    aantal = 0
    for relatie in relaties_naar(Jongere):
        if relatie.gedrag == "blijft" or relatie.model is Jongere:
            continue
        achter = rijen_van(relatie.model).filter(**{f"{relatie.veld.name}__samengevoegd_met__isnull": False})
        for leeg in sorted(set(achter.values_list(relatie.kolom, flat=True))):
            aantal += _veeg(leeg)
    return aantal


def _veeg(leeg: int) -> int:
    with transaction.atomic():
        open_ = Samenvoeging.objects.alles(reden=REDEN).filter(verdwijnt=leeg, ongedaan_op__isnull=True)
        samenvoeging = open_.select_related("verdwijnt").first()
        naar = samenvoeging.verdwijnt.samengevoegd_met_id if samenvoeging is not None else None
        if samenvoeging is None or naar is None:
            return 0
        werk = _Verhuizing(samenvoeging)
        try:
            with transaction.atomic():
                werk.verhuis(Jongere, van=leeg, naar=naar)
                werk.bewaar()
        except Geweigerd:
            return 0
    return len(werk.regels)


def _op_slot(blijft: Jongere, verdwijnt: Jongere, toegang: Toegang) -> tuple[Jongere, Jongere]:
    """Both rows, locked in one order, in the scope of who asks and not merged yet."""
    if blijft.pk == verdwijnt.pk:
        raise Geweigerd(ZELFDE)
    ids = [blijft.pk, verdwijnt.pk]
    rijen = Jongere.objects.met_verwijzingen(reden=REDEN).select_for_update(of=("self",)).select_related("gemeente")
    op_id = {jongere.pk: jongere for jongere in rijen.filter(pk__in=ids).order_by("pk")}
    if any(jongere.samengevoegd_met_id for jongere in op_id.values()):
        raise Geweigerd(AL_WEG)
    if op_id[ids[0]].regio_id != op_id[ids[1]].regio_id:
        raise Geweigerd(ANDERE_REGIO)
    if Jongere.objects.voor(toegang).filter(pk__in=ids).count() != len(ids):
        raise Geweigerd(BUITEN_BEREIK)
    return op_id[ids[0]], op_id[ids[1]]


def _verschillend(een: Jongere, ander: Jongere) -> dt.datetime | None:
    paren = Dubbel.objects.alles(reden=REDEN).filter(Q(een=een, ander=ander) | Q(een=ander, ander=een))
    besloten: dt.datetime | None = (
        paren.filter(verschillend_op__isnull=False).values_list("verschillend_op", flat=True).first()
    )
    return besloten


def _zelfpaar(relatie: Relatie, van: int, naar: int) -> list[int]:
    """Rows about the pair itself, which would point at one person twice."""
    if not relatie.zusters:
        return []
    samen = Q()
    for zuster in relatie.zusters:
        samen |= Q(**{zuster: naar})
    return list(relatie.van(van).filter(samen).order_by("pk").values_list("pk", flat=True))


def _botst(relatie: Relatie, *, van: int, naar: int) -> bool:
    """Whether a move is forbidden by a row that is there already."""
    if not (relatie.zusters or any(relatie.uniek())) or not relatie.van(van).exists():
        return False
    return bool(_zelfpaar(relatie, van, naar)) or next(zoek_botsingen(relatie, van=van, naar=naar), None) is not None


def _botsingszin(relatie: Relatie) -> str:
    eigen = relatie.privacy.botsing if relatie.privacy else ""
    return eigen or BOTSING.format(wat=relatie.model._meta.verbose_name)


class _Verhuizing:
    """Moves rows and remembers each step, in order; taking them back in the opposite order gives what was."""

    def __init__(self, samenvoeging: Samenvoeging) -> None:
        self.samenvoeging = samenvoeging
        self.regels: list[Samenvoegregel] = []

    def bewaar(self) -> None:
        Samenvoegregel.objects.bulk_create(self.regels)

    def verhuis(self, model: type[models.Model], *, van: int, naar: int) -> None:
        """Everything that points at `van` points at `naar` from now on."""
        for relatie in relaties_naar(model):
            if relatie.gedrag == "blijft" or not relatie.van(van).exists():
                continue
            self._maak_ruimte(relatie, van=van, naar=naar)
            ids = list(relatie.van(van).order_by("pk").values_list("pk", flat=True))
            rijen_van(relatie.model).filter(pk__in=ids).update(**{relatie.kolom: naar})
            for pk in ids:
                self._noteer(Wat.VERHUISD, relatie.label, pk, veld=relatie.kolom, was=van, wordt=naar)

    def verhuis_bereik(self, *, van: int, naar: int) -> None:
        """Who had the one in reach by exception, has the other (there is no foreign key to walk)."""
        rijen = Bereik.objects.filter(jongere_id=van).order_by("pk")
        for pk in rijen.values_list("pk", flat=True):
            self._noteer(Wat.VERHUISD, BEREIK, pk, veld="jongere_id", was=van, wordt=naar)
        rijen.update(jongere_id=naar)

    def _maak_ruimte(self, relatie: Relatie, *, van: int, naar: int) -> None:
        """Takes out what cannot stand beside a row that is there already."""
        if relatie.gedrag != "ontdubbelt":
            if _botst(relatie, van=van, naar=naar):
                raise Geweigerd(_botsingszin(relatie))
            return
        for pk in _zelfpaar(relatie, van, naar):
            self._neem_uit(relatie.model, pk)
        for botsing in zoek_botsingen(relatie, van=van, naar=naar):
            weg, blijft = _verliezer(botsing.relatie, onze=botsing.onze, hunne=botsing.hunne)
            self.verhuis(relatie.model, van=weg, naar=blijft)
            self._neem_uit(relatie.model, weg)

    def _neem_uit(self, model: type[models.Model], pk: int) -> None:
        rijen = rijen_van(model).filter(pk=pk)
        self._noteer(Wat.BEWAARD, model._meta.label, pk, was=_als_data(rijen.get()))
        rijen.delete()

    def maak_leeg(self, verdwijnt: Jongere, *, naar: Jongere) -> None:
        """Leaves an empty row that leads on."""
        rijen = Jongere.objects.met_verwijzingen(reden=REDEN).filter(pk=verdwijnt.pk)
        self._noteer(Wat.LEEG, JONGERE, verdwijnt.pk, was=_als_data(rijen.get()))
        rijen.update(**leeg_velden(), samengevoegd_met=naar)

    def neem_over(self, blijft: Jongere, velden: dict[str, Any]) -> None:
        """Facts that the one had and the other had not."""
        anders = {naam: waarde for naam, waarde in velden.items() if waarde != getattr(blijft, naam)}
        if not anders:
            return
        was = _als_data(blijft)["fields"]
        rijen = Jongere.objects.alles(reden=REDEN).filter(pk=blijft.pk)
        rijen.update(**anders, versie=F("versie") + 1)
        wordt = _als_data(rijen.get())["fields"]
        for naam in anders:
            veld = Jongere._meta.get_field(naam).name
            self._noteer(Wat.VELD, JONGERE, blijft.pk, veld=veld, was=was[veld], wordt=wordt[veld])

    def _noteer(self, wat: str, model: str, rij: int, *, veld: str = "", was: Any = None, wordt: Any = None) -> None:
        self.regels.append(
            Samenvoegregel(
                samenvoeging=self.samenvoeging, wat=wat, model=model, rij=rij, veld=veld, was=was, wordt=wordt
            )
        )


def _verliezer(relatie: Relatie, *, onze: int, hunne: int) -> tuple[int, int]:
    """Of two rows that are the same fact (the one to take out, the one that stays): what was brought up to date last
    stays; where that is equal, that of the person who stays.
    """
    rijen = rijen_van(relatie.model).in_bulk([onze, hunne])
    moment = [getattr(rijen[pk], "updated", None) for pk in (onze, hunne)]
    if moment[0] is not None and moment[1] is not None and moment[0] > moment[1]:
        return hunne, onze
    return onze, hunne


def _als_data(rij: models.Model) -> dict[str, Any]:
    """The whole row as Django writes it away: every column, binary as text, moments to the microsecond."""
    data: dict[str, Any] = serializers.serialize("python", [rij])[0]
    zuiver: dict[str, Any] = json.loads(json.dumps(data, default=_als_tekst))
    return zuiver


def _als_tekst(waarde: object) -> str:
    return waarde.isoformat() if isinstance(waarde, dt.date | dt.time) else str(waarde)


def _zet_terug(data: Any, *, nieuw: bool) -> None:
    for terug in serializers.deserialize("python", [data], ignorenonexistent=True):
        terug.save(force_insert=nieuw)


def _eis_laatste(samenvoeging: Samenvoeging) -> None:
    """What was done last is undone first."""
    alle = Samenvoeging.objects.alles(reden=REDEN).filter(ongedaan_op__isnull=True, pk__gt=samenvoeging.pk)
    later = alle.filter(Q(blijft=samenvoeging.blijft_id) | Q(verdwijnt=samenvoeging.blijft_id)).order_by("-pk").first()
    if later is not None:
        raise Geweigerd(
            f"Hierna is nog iemand samengevoegd ({later.naam}). Maak die samenvoeging eerst ongedaan, daarna deze."
        )


def _draai_terug(regels: Sequence[Samenvoegregel], blijft: Jongere) -> None:
    """Takes back each step, the last one first."""
    tabellen = {relatie.label: relatie.model for relatie in alle_relaties(Jongere)} | {BEREIK: Bereik}
    groepen = groupby(regels, key=lambda regel: (regel.wat, regel.model, regel.veld, str(regel.was), str(regel.wordt)))
    velden: dict[str, Any] = {}
    for (wat, model, veld, _, _), groep in groepen:
        samen = list(groep)
        if wat == Wat.VERHUISD:
            rijen = rijen_van(tabellen[model]).filter(**{"pk__in": [r.rij for r in samen], veld: samen[0].wordt})
            rijen.update(**{veld: samen[0].was})
        elif wat == Wat.VELD:
            velden |= {regel.veld: regel for regel in samen}
        else:
            for regel in samen:
                _zet_terug(regel.was, nieuw=wat == Wat.BEWAARD)
    _zet_velden_terug(velden, blijft)


def _zet_velden_terug(regels: dict[str, Samenvoegregel], blijft: Jongere) -> None:
    """A fact goes back unless somebody changed it since."""
    nu = _als_data(blijft)
    terug = {naam: regel.was for naam, regel in regels.items() if nu["fields"][naam] == regel.wordt}
    if terug:
        nu["fields"] |= {**terug, "versie": blijft.versie + 1}
        _zet_terug(nu, nieuw=False)
