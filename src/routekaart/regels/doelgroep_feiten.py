"""The outside form of the target-group decision: strict reading of the facts, and the answer as plain data.

One JSON object is one question, one JSON object is one answer. Reading is strict, because a typing error that
passes for a missing fact would decide about somebody: an unknown field or value, a missing required field, a
date that never was, a last day before the first day and a value of the wrong kind are all a `Fout`, with the
path of the field (`inschrijvingen[1].tot`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeIs

from routekaart.regels.doelgroep import Besluit, Feiten, Regio, beslis
from routekaart.regels.grenzen import Grenzen
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import (
    Diploma,
    Diplomasoort,
    Inschrijving,
    Onderwijssoort,
    Vaststelling,
    Werk,
)

type Sleutel = str | int | None
type Lees[T] = Callable[[object, str], T]  # reads a value that is not null; the text is its path, for a Fout

HOOGSTE_MBO_NIVEAU = 4
UREN_PER_WEEK = 168
OUDSTE_LEEFTIJD = 130
LANGSTE_CITAAT = 60
LAATSTE_PEILJAAR = 9990  # a calendar ends at 9999, and the rule looks a few years ahead
FEITEN = (
    "peildatum",
    "geboortedatum",
    "regio",
    "overleden_op",
    "vertrokken_op",
    "in_nederland_sinds",
    "startkwalificatie_vastgesteld",
    "diplomas",
    "inschrijvingen",
    "werk",
    "verzuimmelding",
    "voorgenomen_uitschrijving",
)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_TEKEN = re.compile("[\ud800-\udfff]")  # half a character: what a byte that is no UTF-8 is read as
_NIET_KAAL = re.compile("[\ud800-\udfff\x85\u2028\u2029]")  # these cannot be written, or break a line


class Fout(ValueError):
    """Facts that cannot be decided on. `veld` is the path of the field, None for the line as a whole."""

    def __init__(self, veld: str | None, melding: str) -> None:
        super().__init__(f"{veld}: {melding}" if veld else melding)
        self.veld = veld
        self.melding = melding


@dataclass(frozen=True, slots=True)
class Vraag:
    """One question: the facts, and the name under which the answer goes back."""

    id: Sleutel
    feiten: Feiten


class Antwoord(NamedTuple):
    """One line of output, and whether it says that the question was wrong."""

    regel: str
    is_fout: bool


def lees_vraag(gegevens: object) -> Vraag:
    """The facts out of one decoded JSON object; Fout for the first thing that is wrong with it."""
    velden = _Object(gegevens, "", ("id", *FEITEN))
    return Vraag(id=velden.verplicht("id", _sleutel), feiten=_feiten(velden))


def als_gegevens(sleutel: Sleutel, besluit: Besluit) -> dict[str, object]:
    """The answer as plain data, with the keys in the order of the contract."""
    return {
        "id": sleutel,
        "doelgroep": besluit.doelgroep.value,
        "reden": besluit.reden.value if besluit.reden else None,
        "kenmerken": [kenmerk.value for kenmerk in besluit.kenmerken],
        "onbekend": list(besluit.onbekend),
        "vervolg": {
            "route": besluit.vervolg.route,
            "fase": besluit.vervolg.fase,
            "stap": besluit.vervolg.stap,
        },
        "uitleg": [uitleg.als_gegevens() for uitleg in besluit.uitleg],
    }


def filter_regels(regels: Iterable[str], *, grenzen: Grenzen) -> tuple[list[str], bool]:
    """All answers, one line per question in the same order, and whether any of them is an error."""
    antwoorden = list(beantwoord_regels(regels, grenzen=grenzen))
    return [antwoord.regel for antwoord in antwoorden], any(antwoord.is_fout for antwoord in antwoorden)


def beantwoord_regels(regels: Iterable[str], *, grenzen: Grenzen) -> Iterator[Antwoord]:
    """The answers one by one, for input of any length. Blank lines are passed over."""
    for regel in regels:
        kaal = regel.strip().removeprefix("\ufeff")
        if kaal:
            yield beantwoord_regel(kaal, grenzen=grenzen)


def beantwoord_regel(regel: str, *, grenzen: Grenzen) -> Antwoord:
    """The answer to one line; a line that cannot be read is answered with what is wrong with it."""
    gegevens: object = None
    try:
        gegevens = _lees_json(regel)
        vraag = lees_vraag(gegevens)
    except Fout as fout:
        sleutel = _sleutel_of_niets(gegevens)
        return _antwoord({"id": sleutel, "fout": {"veld": fout.veld, "melding": fout.melding}}, is_fout=True)
    return _antwoord(als_gegevens(vraag.id, beslis(vraag.feiten, grenzen=grenzen)), is_fout=False)


def _antwoord(gegevens: Mapping[str, object], *, is_fout: bool) -> Antwoord:
    regel = json.dumps(gegevens, ensure_ascii=False)
    if _NIET_KAAL.search(regel):
        regel = json.dumps(gegevens)
    return Antwoord(regel, is_fout)


class _Dubbel(dict[str, object]):
    """A JSON object in which a field stands twice; `veld` is the first of those."""

    veld: str


def _lees_json(regel: str) -> object:
    if _HALF_TEKEN.search(regel):
        raise Fout(None, "Deze regel is geen leesbare UTF-8.")
    try:
        return json.loads(regel, object_pairs_hook=_zonder_verlies)
    except (ValueError, RecursionError):
        raise Fout(None, "Deze regel is geen JSON.") from None


def _zonder_verlies(paren: list[tuple[str, object]]) -> dict[str, object]:
    gegevens = dict(paren)
    if len(gegevens) == len(paren):
        return gegevens
    dubbel = _Dubbel(gegevens)
    namen = [naam for naam, _ in paren]
    dubbel.veld = next(naam for naam in namen if namen.count(naam) > 1)
    return dubbel


def _sleutel_of_niets(gegevens: object) -> Sleutel:
    sleutel = gegevens.get("id") if isinstance(gegevens, dict) else None
    return sleutel if isinstance(sleutel, str) or _is_geheel_getal(sleutel) else None


class _Object:
    """One JSON object with the fields it may have. Null is the same as missing."""

    __slots__ = ("gegevens", "plek")

    def __init__(self, gegevens: object, plek: str, velden: Iterable[str]) -> None:
        """`plek` is the path of the object itself, empty for the line as a whole."""
        self.plek = plek
        if not isinstance(gegevens, dict):
            raise Fout(plek or None, "Hier hoort een JSON-object te staan: velden tussen accolades.")
        if isinstance(gegevens, _Dubbel):
            raise Fout(self.pad(gegevens.veld), "Dit veld staat er twee keer.")
        for veld in gegevens:
            if veld not in velden:
                raise Fout(self.pad(veld), "Dit veld bestaat niet. Kijk of de naam goed is geschreven.")
        self.gegevens: Mapping[str, object] = gegevens

    def pad(self, veld: str) -> str:
        return f"{self.plek}.{veld}" if self.plek else veld

    def misschien[T](self, veld: str, lees: Lees[T]) -> T | None:
        waarde = self.gegevens.get(veld)
        return None if waarde is None else lees(waarde, self.pad(veld))

    def verplicht[T](self, veld: str, lees: Lees[T]) -> T:
        gelezen = self.misschien(veld, lees)
        if gelezen is None:
            raise Fout(self.pad(veld), "Dit veld is verplicht.")
        return gelezen

    def lijst[T](self, veld: str, lees: Lees[T]) -> tuple[T, ...] | None:
        waarde = self.gegevens.get(veld)
        if waarde is None:
            return None
        if not isinstance(waarde, list):
            raise Fout(self.pad(veld), "Hier hoort een lijst te staan: tussen rechte haken.")
        return tuple(lees(deel, f"{self.pad(veld)}[{nummer}]") for nummer, deel in enumerate(waarde))


def _feiten(velden: _Object) -> Feiten:
    return Feiten(
        peildatum=velden.verplicht("peildatum", _peildatum),
        geboortedatum=velden.verplicht("geboortedatum", _geboortedatum),
        regio=velden.misschien("regio", _regio) or Regio(),
        overleden_op=velden.misschien("overleden_op", _datum),
        vertrokken_op=velden.misschien("vertrokken_op", _datum),
        in_nederland_sinds=velden.misschien("in_nederland_sinds", _datum),
        startkwalificatie_vastgesteld=velden.misschien("startkwalificatie_vastgesteld", _vaststelling),
        diplomas=velden.lijst("diplomas", _diploma),
        inschrijvingen=velden.lijst("inschrijvingen", _inschrijving),
        werk=velden.lijst("werk", _werk),
        verzuimmelding=velden.misschien("verzuimmelding", _vlag) or False,
        voorgenomen_uitschrijving=velden.misschien("voorgenomen_uitschrijving", _vlag) or False,
    )


def _regio(waarde: object, plek: str) -> Regio:
    velden = _Object(waarde, plek, ("bovengrens", "baan_telt", "baan_uren"))
    baan_telt = velden.misschien("baan_telt", _vlag)
    return Regio(
        bovengrens=velden.misschien("bovengrens", _geheel(0, OUDSTE_LEEFTIJD)),
        baan_telt=True if baan_telt is None else baan_telt,
        baan_uren=velden.misschien("baan_uren", _uren),
    )


def _vaststelling(waarde: object, plek: str) -> Vaststelling:
    velden = _Object(waarde, plek, ("op", "bron"))
    return Vaststelling(op=velden.verplicht("op", _datum), bron=velden.misschien("bron", _tekst))


def _diploma(waarde: object, plek: str) -> Diploma:
    velden = _Object(waarde, plek, ("soort", "niveau", "behaald_op"))
    return Diploma(
        soort=velden.verplicht("soort", _diplomasoort),
        niveau=velden.misschien("niveau", _mbo_niveau),
        behaald_op=velden.verplicht("behaald_op", _datum),
    )


def _inschrijving(waarde: object, plek: str) -> Inschrijving:
    velden = _Object(waarde, plek, ("onderwijssoort", "niveau", "van", "tot"))
    van, tot = _periode(velden)
    return Inschrijving(
        onderwijssoort=velden.verplicht("onderwijssoort", _onderwijssoort),
        niveau=velden.misschien("niveau", _mbo_niveau),
        van=van,
        tot=tot,
    )


def _werk(waarde: object, plek: str) -> Werk:
    velden = _Object(waarde, plek, ("van", "tot", "uren"))
    van, tot = _periode(velden)
    return Werk(van=van, tot=tot, uren=velden.misschien("uren", _uren))


def _periode(velden: _Object) -> tuple[date, date | None]:
    van, tot = velden.verplicht("van", _datum), velden.misschien("tot", _datum)
    if tot is not None and tot < van:
        raise Fout(velden.pad("tot"), f"De laatste dag ({tot}) ligt voor de eerste dag ({van}).")
    return van, tot


def _sleutel(waarde: object, plek: str) -> str | int:
    if isinstance(waarde, str) or _is_geheel_getal(waarde):
        return waarde
    raise Fout(plek, f"{_kort(waarde)} kan niet. Gebruik een tekst of een heel getal.")


def _datum(waarde: object, plek: str) -> date:
    datum = _iso_datum(waarde) if isinstance(waarde, str) else None
    if datum is None:
        raise Fout(plek, f"{_kort(waarde)} is geen bestaande datum. Schrijf een datum zo: 2024-10-01.")
    return datum


def _peildatum(waarde: object, plek: str) -> date:
    peildatum = _datum(waarde, plek)
    if peildatum.year > LAATSTE_PEILJAAR:
        raise Fout(plek, f"Kies een peildatum tot en met het jaar {LAATSTE_PEILJAAR}.")
    return peildatum


def _geboortedatum(waarde: object, plek: str) -> Geboortedatum:
    geboortedatum = _mogelijk_halve_datum(waarde) if isinstance(waarde, str) else None
    if geboortedatum is None:
        raise Fout(plek, f"{_kort(waarde)} kan niet. Schrijf een geboortedatum zo: 2004-05-06 of 2004-05-00.")
    return geboortedatum


def _vlag(waarde: object, plek: str) -> bool:
    if isinstance(waarde, bool):
        return waarde
    raise Fout(plek, f"{_kort(waarde)} kan niet. Kies true of false.")


def _tekst(waarde: object, plek: str) -> str:
    if isinstance(waarde, str):
        return waarde
    raise Fout(plek, f"{_kort(waarde)} is geen tekst.")


def _geheel(laagste: int, hoogste: int) -> Lees[int]:
    """A whole number between the two, both included."""

    def lees(waarde: object, plek: str) -> int:
        if _is_geheel_getal(waarde) and laagste <= waarde <= hoogste:
            return waarde
        raise Fout(plek, f"{_kort(waarde)} kan niet. Kies een heel getal van {laagste} tot en met {hoogste}.")

    return lees


def _uren(waarde: object, plek: str) -> float:
    if isinstance(waarde, int | float) and not isinstance(waarde, bool) and 0 <= waarde <= UREN_PER_WEEK:
        return waarde
    raise Fout(plek, f"{_kort(waarde)} kan niet. Geef de uren per week, van 0 tot en met {UREN_PER_WEEK}.")


def _keuze[E: StrEnum](soort: type[E]) -> Lees[E]:
    """One of the values of this list."""
    keuzes: dict[object, E] = {lid.value: lid for lid in soort}

    def lees(waarde: object, plek: str) -> E:
        gekozen = keuzes.get(waarde) if isinstance(waarde, str) else None
        if gekozen is None:
            raise Fout(plek, f"{_kort(waarde)} bestaat hier niet. Kies uit: {', '.join(soort)}.")
        return gekozen

    return lees


_onderwijssoort = _keuze(Onderwijssoort)
_diplomasoort = _keuze(Diplomasoort)
_mbo_niveau = _geheel(1, HOOGSTE_MBO_NIVEAU)


def _is_geheel_getal(waarde: object) -> TypeIs[int]:
    """A whole number; `true` is none, though Python thinks so."""
    return isinstance(waarde, int) and not isinstance(waarde, bool)


def _iso_datum(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst) if _ISO.fullmatch(tekst) else None
    except ValueError:
        return None


def _mogelijk_halve_datum(tekst: str) -> Geboortedatum | None:
    try:
        return Geboortedatum.lees(tekst)
    except ValueError:
        return None


def _kort(waarde: object) -> str:
    """What was given, as it stood in the JSON, not longer than a sentence can bear."""
    tekst = json.dumps(waarde, ensure_ascii=False)
    return tekst if len(tekst) <= LANGSTE_CITAAT else f"{tekst[:LANGSTE_CITAAT]}…"
