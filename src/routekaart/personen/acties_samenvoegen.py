"""Two young persons prove to be one: everything of the one moves to the other, and every step can be taken back.

Which row moves, the models say (`relaties.py`, PRIVACY); what happened, a Samenvoeging lists. The person who vanishes
stays behind as an empty row that leads old addresses on; what stood in it is kept in the Samenvoeging.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import laad, reserveer
from routekaart.basis.sleutels import Sleutels
from routekaart.basis.taal import datum_voluit
from routekaart.logboek.acties import noteer_velen
from routekaart.personen.beelden import nummers_van
from routekaart.personen.models import Dubbel, Jongere, Persoonsnummer, Samenvoeging, Samenvoegregel
from routekaart.personen.relaties import (
    alle_relaties,
    met_zichzelf,
    relaties_naar,
    rijen_van,
    wijzen_naar,
    zoek_botsingen,
)
from routekaart.personen.samenstellen import samengestelde_velden
from routekaart.personen.verhuizing import BEREIK, Verhuizing, als_data, botsingszin, hangen_samen
from routekaart.regels.dubbelen import botsend_nummer
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Bereik
from routekaart.toegang.schrijven import Schrijver, schrijf

REDEN = "samenvoegen van twee jongeren die al binnen bereik zijn"
_NIEUW = ("sleutel", "id", "blijft_id", "verdwijnt_id", "naam", "waarom", "op", "door_id", "levering_id")
_WAARDEN = attrgetter(*_NIEUW[1:])
# who stays, and who vanishes
Paar = tuple[Jongere, Jongere]
Wat = Samenvoegregel.Wat
ZELFDE = "Dit is twee keer dezelfde jongere. Kies de ander die dubbel is."
AL_WEG = "Deze jongere is al samengevoegd met een ander. Ververs de pagina."
ANDERE_REGIO = "Deze jongeren horen bij verschillende regio’s. Draag eerst het ene dossier over."
BUITEN_BEREIK = "Een van deze jongeren valt buiten jouw gebied. Vraag een collega die bij allebei mag."


@transaction.atomic
def voeg_samen(
    blijft: Jongere,
    verdwijnt: Jongere,
    *,
    waarom: str,
    toegang: Toegang,
    nu: dt.datetime,
    op: dt.date,
) -> Samenvoeging:
    """Moves everything of `verdwijnt` to `blijft`. Raises Geweigerd, with what a person must decide first."""
    paar = (blijft.pk, verdwijnt.pk)
    uitkomst = voeg_velen_samen([paar], waarom=waarom, toegang=toegang, nu=nu, op=op)[0]
    if isinstance(uitkomst, Geweigerd):
        raise uitkomst
    return uitkomst


@transaction.atomic
def voeg_velen_samen(
    paren: Sequence[tuple[int, int]],
    *,
    waarom: str,
    toegang: Toegang,
    nu: dt.datetime,
    op: dt.date,
    bereik: Toegang | None = None,
    levering_id: int | None = None,
) -> list[Samenvoeging | Geweigerd]:
    """Merges pairs (who stays, who vanishes; ids), each as if it were alone: for each what came of it, or why not.

    Nobody may stand in two pairs. `bereik`: the scope in which all must be, where that is not the one of `toegang` (a
    delivery is of a region).
    """
    if len({pk for paar in paren for pk in set(paar)}) < sum(len(set(paar)) for paar in paren):
        raise ValueError("Somebody stands in two pairs: merge those one after the other")
    samen = _Samen(waarom, toegang, bereik or toegang, nu, op, levering_id)
    uitkomsten: dict[int, Samenvoeging | Geweigerd] = {}
    wacht = list(paren)
    while wacht:
        later = hangen_samen({weg: naar for naar, weg in wacht}) if len(wacht) > 1 else set()
        uitkomsten |= samen.doe([paar for paar in wacht if paar[1] not in later])
        wacht = [paar for paar in wacht if paar[1] in later]
    return [uitkomsten[verdwijnt] for _, verdwijnt in paren]


@dataclass(frozen=True)
class _Samen:
    """The merging of one moment: why, by whom, in which scope."""

    waarom: str
    toegang: Toegang
    bereik: Toegang
    nu: dt.datetime
    op: dt.date
    levering_id: int | None

    def doe(self, paren: Sequence[tuple[int, int]]) -> dict[int, Samenvoeging | Geweigerd]:
        """By who vanishes. What proves impossible under way is looked for by halving, so that it harms no other."""
        try:
            with transaction.atomic():
                return self._doe(paren)
        except Geweigerd as fout:
            if len(paren) == 1:
                return {paren[0][1]: fout}
        helft = len(paren) // 2
        return self.doe(paren[:helft]) | self.doe(paren[helft:])

    def _doe(self, paren: Sequence[tuple[int, int]]) -> dict[int, Samenvoeging | Geweigerd]:
        uitkomsten: dict[int, Samenvoeging | Geweigerd] = {}
        jongeren = _op_slot({pk for paar in paren for pk in paar})
        binnen = Jongere.objects.voor(self.bereik).filter(pk__in_rij=Sleutels.van(jongeren))
        in_bereik = set(binnen.values_list("pk", flat=True))
        mogelijk: list[Paar] = []
        for blijft_id, verdwijnt_id in paren:
            paar = jongeren[blijft_id], jongeren[verdwijnt_id]
            if reden := _buiten(*paar, in_bereik):
                uitkomsten[verdwijnt_id] = Geweigerd(reden)
            else:
                mogelijk.append(paar)
        bezwaren = bezwaren_tegen(mogelijk)
        uitkomsten |= {pk: Geweigerd(zin) for pk, zin in bezwaren.items()}
        uitkomsten |= self._verhuis([paar for paar in mogelijk if paar[1].pk not in bezwaren])
        return uitkomsten

    def _verhuis(self, paren: Sequence[Paar]) -> dict[int, Samenvoeging]:
        """Raises Geweigerd where a row under way cannot go along."""
        if not paren:
            return {}
        gemaakt = [
            Samenvoeging(
                pk=pk,
                blijft=blijft,
                verdwijnt=verdwijnt,
                naam=verdwijnt.naam[:420],
                waarom=self.waarom,
                op=self.nu,
                door_id=self.toegang.gebruiker_id or None,
                levering_id=self.levering_id,
            )
            for pk, (blijft, verdwijnt) in zip(reserveer(Samenvoeging, len(paren)), paren, strict=True)
        ]
        laad(Samenvoeging, _NIEUW, ((een.sleutel.hex, *_WAARDEN(een)) for een in gemaakt), nu=self.nu)
        # before anything moves: the numbers decide whose BRP facts count
        met_bsn = _met_bsn([jongere.pk for paar in paren for jongere in paar])
        velden = [
            (samenvoeging.pk, blijft, samengestelde_velden(blijft, verdwijnt, met_bsn=met_bsn, op=self.op))
            for samenvoeging, (blijft, verdwijnt) in zip(gemaakt, paren, strict=True)
        ]
        naar = {verdwijnt.pk: blijft.pk for blijft, verdwijnt in paren}
        werk = Verhuizing({een.verdwijnt_id: een.pk for een in gemaakt}, nu=self.nu)
        werk.verhuis(Jongere, naar)
        werk.verhuis_bereik(naar)
        werk.maak_leeg([verdwijnt for _, verdwijnt in paren], naar)
        werk.neem_over(velden)
        werk.bewaar()
        aantallen = werk.aantallen()
        schrijver = Schrijver(toegang=self.toegang, nu=self.nu)
        noteer_velen(
            (
                schrijver.regel(
                    "jongere.samengevoegd",
                    jongere_id=een.blijft_id,
                    onderwerp=f"personen.samenvoeging:{een.sleutel}",
                    inhoud={"verdwenen": een.verdwijnt_id, "rijen": aantallen[een.pk]},
                )
                for een in gemaakt
            ),
            nu=self.nu,
        )
        return {een.verdwijnt_id: een for een in gemaakt}


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
    return bezwaren_tegen([(blijft, verdwijnt)]).get(verdwijnt.pk, "")


def bezwaren_tegen(paren: Sequence[Paar]) -> dict[int, str]:
    """The same of many pairs, by who vanishes; those that can be merged are left out."""
    bezwaren: dict[int, str] = {}
    ids = [jongere.pk for paar in paren for jongere in paar]
    nummers, besluiten = nummers_van(ids), _verschillend(ids)
    for blijft, verdwijnt in paren:
        if soort := botsend_nummer(nummers.get(blijft.pk, ()), nummers.get(verdwijnt.pk, ())):
            bezwaren[verdwijnt.pk] = (
                f"Elk heeft een eigen {soort}, en dat is niet hetzelfde. Dat zijn twee mensen."
                " Klopt een van de nummers niet? Laat dat eerst verbeteren."
            )
        elif besluit := besluiten.get(frozenset({blijft.pk, verdwijnt.pk})):
            bezwaren[verdwijnt.pk] = (
                f"Op {datum_voluit(besluit)} is vastgelegd dat dit twee mensen zijn."
                " Klopt dat niet? Haal dat besluit weg bij ‘Niet dezelfde’ en voeg daarna samen."
            )
    naar = {verdwijnt.pk: blijft.pk for blijft, verdwijnt in paren}
    for relatie in relaties_naar(Jongere):
        if relatie.gedrag == "verhuist" and relatie.kan_botsen:
            weg = {van: naar[van] for _, van in wijzen_naar(relatie, naar)}
            botst = {een.van for botsingen in zoek_botsingen(relatie, weg) for een in botsingen} if weg else set()
            for van in botst | met_zichzelf(relatie, weg).keys():
                bezwaren.setdefault(van, botsingszin(relatie))
    return bezwaren


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
        werk = Verhuizing({leeg: samenvoeging.pk}, nu=timezone.now())
        try:
            with transaction.atomic():
                werk.verhuis(Jongere, {leeg: naar})
                werk.bewaar()
        except Geweigerd:
            return 0
    return len(werk.regels)


def _op_slot(ids: Collection[int]) -> dict[int, Jongere]:
    """The rows of these persons, locked in one order."""
    rijen = Jongere.objects.met_verwijzingen(reden=REDEN).select_for_update(of=("self",)).select_related("gemeente")
    return {jongere.pk: jongere for jongere in rijen.filter(pk__in_rij=Sleutels.van(ids)).order_by("pk")}


def _buiten(blijft: Jongere, verdwijnt: Jongere, in_bereik: Collection[int]) -> str:
    """Why this is no pair for who asks; empty where it is."""
    if blijft.pk == verdwijnt.pk:
        return ZELFDE
    if blijft.samengevoegd_met_id or verdwijnt.samengevoegd_met_id:
        return AL_WEG
    if blijft.regio_id != verdwijnt.regio_id:
        return ANDERE_REGIO
    return "" if blijft.pk in in_bereik and verdwijnt.pk in in_bereik else BUITEN_BEREIK


def _verschillend(ids: Collection[int]) -> dict[frozenset[int], dt.datetime]:
    """Of which pairs among these it was decided, and when, that they are two people."""
    besloten = Dubbel.objects.alles(reden=REDEN).filter(
        verschillend_op__isnull=False, een__in_rij=Sleutels.van(ids), ander__in_rij=Sleutels.van(ids)
    )
    return {
        frozenset({een, ander}): moment
        for een, ander, moment in besloten.values_list("een_id", "ander_id", "verschillend_op")
    }


def _met_bsn(ids: Collection[int]) -> set[int]:
    nummers = Persoonsnummer.objects.alles(reden=REDEN).filter(jongere__in_rij=Sleutels.van(ids))
    return set(nummers.filter(soort=Persoonsnummer.Soort.BSN).values_list("jongere_id", flat=True))


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
    nu = als_data(blijft)
    terug = {naam: regel.was for naam, regel in regels.items() if nu["fields"][naam] == regel.wordt}
    if terug:
        nu["fields"] |= {**terug, "versie": blijft.versie + 1}
        _zet_terug(nu, nieuw=False)
