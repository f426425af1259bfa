"""Parents and guardians with their gezag. What colleagues wrote down (phone, mail, notes) is never touched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Self

from django.db.models import Q

from routekaart.basis.lading import laad, wijzig_velen
from routekaart.basis.sleutels import Sleutels
from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.eindigbaar import EINDIGBAAR
from routekaart.leveringen.publiceren.feiten import SPOORVELDEN, feitwijziging
from routekaart.leveringen.publiceren.opzoeken import zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval, Waarden
from routekaart.personen.models import Jongere, Verzorger
from routekaart.personen.namen import zonder_accenten
from routekaart.personen.nummers import blinde_index

ADRESKOLOMMEN = {"straat", "huisnummer", "postcode", "woonplaats"}
SLEUTEL = ("jongere_id",)


class RelatiePublicatie(Toestandpublicatie):
    """The thing is a verzorger, by young person, relatie, who (BSN, else name) and first day.

    One whom a colleague wrote down before is taken to be the same where young person and name are, unless another row
    names that one exactly.
    """

    VELDEN = ("naam", "relatie", "gezag", "van", "tot", "adres", "thuis", "nummer_index")

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        # by key: the id, and how it stands
        self.rijen: dict[Hashable, tuple[int, Staat]] = {}
        # whom a colleague wrote down by hand, by young person and name
        self.met_de_hand: dict[tuple[int, str], tuple[int, Staat]] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        personen = zoek_personen((rij.waarden["bsn"] for rij in rijen), self.inlezing)
        rijen_van = Jongere.objects.voor(self.inlezing.bereik).filter(pk__in_rij=Sleutels.van(set(personen.values())))
        op_id = {pk: _Kind.van(pk, *rest) for pk, *rest in rijen_van.values_list("pk", *_KIND)}
        kinderen = {nummer: op_id[pk] for nummer, pk in personen.items()}
        doelen: list[Doel | Uitval] = []
        for rij in rijen:
            waarden = rij.waarden
            kind = kinderen.get(waarden["bsn"])
            if kind is None:
                doelen.append(Uitval(rij.rij, "bsn", waarden["bsn"].cijfers, PERSOON_ONBEKEND, rij.cellen))
                continue
            gewenst = _gewenst(waarden, kind)
            doelen.append(Doel(_sleutel(kind.pk, gewenst), gewenst))
        return doelen

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        self.rijen, self.met_de_hand = {}, {}
        rijen = Verzorger.objects.voor(self.inlezing.bereik).filter(jongere__in_rij=Sleutels.van(ids)).order_by("pk")
        for pk, jongere_id, levering_id, *waarden in rijen.values_list("pk", "jongere_id", "levering_id", *self.VELDEN):
            staat = dict(zip(self.VELDEN, waarden, strict=True))
            sleutel = _sleutel(jongere_id, staat)
            self.rijen[sleutel] = pk, staat
            if levering_id is None and sleutel not in sleutels:
                self.met_de_hand[jongere_id, zonder_accenten(staat["naam"])] = pk, staat
        return {sleutel: self.rijen[sleutel][1] for sleutel in sleutels if sleutel in self.rijen}

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        """Only of who lived in the area that day, and only whom a delivery brought: not whom a colleague wrote down."""
        soort = EINDIGBAAR["brp-relaties"]
        gezien = self.gezien or set()
        onleesbaar = set(zoek_personen(self.genoemd, self.inlezing).values())
        rijen = soort.lopend(self.inlezing.bereik, op=peildatum).filter(
            Q(jongere__overleden_op=None) | Q(jongere__overleden_op__gt=peildatum),
            Q(jongere__vertrokken_op=None) | Q(jongere__vertrokken_op__gt=peildatum),
            jongere__gemeente__in=gemeente_ids,
        )
        for rij in rijen.order_by("pk").iterator(2000):
            if rij.jongere_id not in onleesbaar and _sleutel(rij.jongere_id, vars(rij)) not in gezien:
                yield rij.jongere_id, soort.wat(rij)

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        nieuw: list[tuple[Any, ...]] = []
        gewijzigd: list[tuple[Any, ...]] = []
        sporen: list[tuple[Any, ...]] = []
        levering_id = self.inlezing.levering_id
        for verandering in veranderingen:
            assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
            bekend = self.rijen[verandering.sleutel] if verandering.was is not None else self._zelfde(verandering)
            if bekend is None:
                wordt = {**_LEEG, "naam": verandering.wordt["relatie"].capitalize(), **verandering.wordt}
                nieuw.append((verandering.sleutel[0], levering_id, *_WAARDEN(wordt)))
                continue
            pk, was = bekend
            wordt = {**was, **verandering.wordt}
            gewijzigd.append((pk, *_WAARDEN(wordt), levering_id))
            spoor = Verandering(verandering.sleutel, was, wordt)
            sporen.append(feitwijziging("verzorger", SLEUTEL, spoor, self.inlezing))
        nu = self.inlezing.nu
        laad(Verzorger, ("jongere_id", "levering_id", *self.VELDEN), nieuw, nu=nu)
        if gewijzigd:
            wijzig_velen(Verzorger, (*self.VELDEN, "levering_id"), gewijzigd, nu=nu)
        laad(Feitwijziging, SPOORVELDEN, sporen, nu=nu)

    def _zelfde(self, verandering: Verandering) -> tuple[int, Staat] | None:
        """The verzorger whom a colleague wrote down by hand under this name, taken once."""
        assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
        if not self.met_de_hand:
            return None
        naam = zonder_accenten(verandering.wordt.get("naam", ""))
        return self.met_de_hand.pop((verandering.sleutel[0], naam), None) if naam else None


_WAARDEN = itemgetter(*RelatiePublicatie.VELDEN)
# what stands in the fields that the file does not speak of
_LEEG = {
    veld.name: veld.get_default() for veld in Verzorger._meta.concrete_fields if veld.name in RelatiePublicatie.VELDEN
}
_KIND = ("geboren_vanaf", "postcode", "huisnummer", "huisletter", "toevoeging")


class _Kind(NamedTuple):
    """What of a young person decides how a verzorger stands to her: the address without spaces and signs."""

    pk: int
    geboren_vanaf: dt.date
    postcode: str
    nummers: frozenset[str]

    @classmethod
    def van(
        cls, pk: int, geboren_vanaf: dt.date, postcode: str, huisnummer: str, huisletter: str, toevoeging: str
    ) -> Self:
        nummers = frozenset({_kaal(f"{huisnummer}{huisletter}{toevoeging}"), _kaal(huisnummer)})
        return cls(pk, geboren_vanaf, _kaal(postcode), nummers)

    def woont_op(self, postcode: str, huisnummer: str) -> bool:
        return _kaal(postcode) == self.postcode and _kaal(huisnummer) in self.nummers

    def woont_aan(self, adres: str) -> bool | None:
        """The same of an address as `_adres` writes it; None where it holds no postcode."""
        straat, _, plaats = adres.rpartition(", ")
        postcode = re.match(r"[1-9][0-9]{3} ?[A-Za-z]{2}\b", plaats)
        if postcode is None:
            return None
        # the number begins at one of the words that begin with a figure: 1e Straat 12 A
        nummers = (straat[begin.start() :] for begin in re.finditer(r"(?<!\S)[0-9]", straat))
        return any(self.woont_op(postcode[0], nummer) for nummer in nummers)


def herzie_thuis(jongeren: Sequence[Jongere], inlezing: Inlezing) -> None:
    """Whether the adults whom the BRP told live with these young persons, whose address became another one."""
    kinderen = {jongere.pk: _Kind.van(jongere.pk, *(getattr(jongere, veld) for veld in _KIND)) for jongere in jongeren}
    rijen = Verzorger.objects.voor(inlezing.bereik).filter(
        jongere__in_rij=Sleutels.van(kinderen), levering_id__isnull=False
    )
    anders: list[tuple[int, bool]] = []
    sporen: list[tuple[Any, ...]] = []
    for pk, jongere_id, *waarden in rijen.order_by("pk").values_list("pk", "jongere_id", *RelatiePublicatie.VELDEN):
        was = dict(zip(RelatiePublicatie.VELDEN, waarden, strict=True))
        thuis = kinderen[jongere_id].woont_aan(was["adres"])
        if thuis is None or thuis == was["thuis"]:
            continue
        anders.append((pk, thuis))
        spoor = Verandering((jongere_id,), was, {**was, "thuis": thuis})
        sporen.append(feitwijziging("verzorger", SLEUTEL, spoor, inlezing))
    if anders:
        wijzig_velen(Verzorger, ("thuis",), anders, nu=inlezing.nu)
        laad(Feitwijziging, SPOORVELDEN, sporen, nu=inlezing.nu)


def _sleutel(jongere_id: int, staat: Staat) -> tuple[Any, ...]:
    """Which verzorger this is: by young person, relatie, who and first day."""
    wie = staat["nummer_index"] or zonder_accenten(staat.get("naam", ""))
    return jongere_id, staat["relatie"], wie, staat["van"]


def _gewenst(waarden: Waarden, kind: _Kind) -> dict[str, Any]:
    nummer = waarden.get("relatie_bsn")
    gewenst: dict[str, Any] = {
        "relatie": waarden["relatie"].lower(),
        "gezag": waarden["gezag"],
        # without a first day: from birth
        "van": waarden.get("van") or kind.geboren_vanaf,
        "nummer_index": blinde_index(nummer.soort, nummer.cijfers) if nummer else "",
    }
    if naam := waarden.get("naam"):
        gewenst["naam"] = naam
    if "tot" in waarden:
        gewenst["tot"] = waarden["tot"]
    if not ADRESKOLOMMEN.isdisjoint(waarden):
        gewenst["adres"] = _adres(waarden)
    if postcode := waarden.get("postcode"):
        gewenst["thuis"] = kind.woont_op(postcode, waarden.get("huisnummer", ""))
    return gewenst


def _adres(waarden: Waarden) -> str:
    straat = f"{waarden.get('straat', '')} {waarden.get('huisnummer', '')}".strip()
    plaats = f"{waarden.get('postcode', '')} {waarden.get('woonplaats', '')}".strip()
    return (f"{straat}, {plaats}" if straat and plaats else straat or plaats)[:200]


@lru_cache(maxsize=20_000)
def _kaal(tekst: str) -> str:
    return re.sub(r"[^a-z0-9]", "", tekst.lower())
