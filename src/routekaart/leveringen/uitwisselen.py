"""Which rows go to another register, and how each cell is written: what our own reader reads back as the same.

Who has geheimhouding or has died goes in no file, and nobody goes without a number that the receiver may process.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.expressions import Value

from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Werkproces
from routekaart.leveringen.models import Uitwisseling
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import Kolom
from routekaart.loopbaan.models import Diploma, Inschrijving
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.nummers import gemaskeerd, ontsleutel
from routekaart.regels.uitwisselen import DIPLOMAS, INSCHRIJVINGEN, ONTVANGERS, PERSONEN
from routekaart.toegang.bereik import Toegang

STUK = 2_000
VOORBEELD = 5


@dataclass(frozen=True)
class Uitsoort:
    """A kind that can go out: its rows, the column of the number, where each other column comes from, and which fields
    say in which period a row falls (`looptijd`: begin and end; one name: a day).
    """

    model: Any
    nummer: str
    velden: Mapping[str, str]
    looptijd: tuple[str, ...] = ()

    @property
    def via(self) -> str:
        """The path from a row to its young person."""
        return "" if self.model is Jongere else "jongere__"


def _zelf(*namen: str) -> dict[str, str]:
    return {naam: naam for naam in namen}


UITSOORTEN: Mapping[str, Uitsoort] = {
    PERSONEN: Uitsoort(
        Jongere,
        "bsn",
        {
            **_zelf("achternaam", "voorvoegsel", "voornamen", "geboortedatum", "geslacht"),
            **_zelf("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"),
            "gemeentecode": "gemeente__code",
        },
    ),
    INSCHRIJVINGEN: Uitsoort(
        Inschrijving,
        "pgn",
        {
            "brin": "instelling__brin",
            **_zelf("onderwijssoort", "niveau", "leerweg", "opleidingscode", "leerjaar", "van", "tot"),
            **_zelf("uitschrijfreden", "volgnummer"),
        },
        ("van", "tot"),
    ),
    DIPLOMAS: Uitsoort(
        Diploma, "pgn", {**_zelf("soort", "niveau", "behaald_op"), "brin": "instelling__brin"}, ("behaald_op",)
    ),
}


@dataclass(frozen=True)
class Keuze:
    """About whom a file is: who lives in these gemeenten and, unless somebody asks for all, has a running werkproces;
    and what falls within this period (open where None).
    """

    gemeente_ids: tuple[int, ...]
    van: dt.date | None = None
    tot: dt.date | None = None
    alleen_lopend: bool = True


@dataclass(frozen=True)
class Telling:
    """What would go, and who stays behind."""

    rijen: int
    personen: int
    geheim: int
    zonder_nummer: int


@dataclass(frozen=True)
class Uitrij:
    """One row as it goes: about whom, and its cells in the order of the file."""

    jongere_id: int
    cellen: tuple[str, ...]


def kolommen_van(code: str) -> list[Kolom]:
    """The columns of a kind that can go out, in the order of the kind."""
    uit = UITSOORTEN[code]
    return [kolom for kolom in SOORTEN[code].kolommen if kolom.naam == uit.nummer or kolom.naam in uit.velden]


def gemeenten_binnen(toegang: Toegang) -> list[Gemeente]:
    """Where the young persons of this scope live, also outside the region (who moved). One query."""
    woont = Jongere.objects.voor(toegang).filter(gemeente=OuterRef("pk"))
    return list(Gemeente.objects.filter(Exists(woont)).order_by("naam", "pk"))


def tel(afspraak: Uitwisseling, keuze: Keuze, *, toegang: Toegang) -> Telling:
    """How many rows and persons go, and how many persons stay behind and why. Three queries."""
    uit, alle = UITSOORTEN[afspraak.soort], _alle(afspraak, keuze, toegang=toegang)
    wie = f"{uit.via}pk"
    mee = _mag_mee(alle, uit)
    met_nummer = mee.filter(_heeft_nummer(afspraak, uit, toegang))
    telling = met_nummer.aggregate(rijen=Count("pk"), personen=Count(wie, distinct=True))
    binnen = mee.aggregate(personen=Count(wie, distinct=True))["personen"]
    geheim = alle.filter(~_open(uit)).aggregate(personen=Count(wie, distinct=True))["personen"]
    return Telling(telling["rijen"], telling["personen"], geheim, binnen - telling["personen"])


def rijen_van(
    afspraak: Uitwisseling, keuze: Keuze, *, toegang: Toegang, hoogstens: int | None = None
) -> Iterator[Uitrij]:
    """The rows, those of one person together. One query, however many there are."""
    uit = UITSOORTEN[afspraak.soort]
    soorten = ONTVANGERS[afspraak.ontvangersoort].nummers
    nummers = (
        Persoonsnummer.objects.voor(toegang)
        .filter(jongere=OuterRef(f"{uit.via}pk"), soort__in=soorten)
        .order_by(Case(*(When(soort=soort, then=Value(plek)) for plek, soort in enumerate(soorten))), "pk")
    )
    rijen = _mag_mee(_alle(afspraak, keuze, toegang=toegang), uit).filter(_heeft_nummer(afspraak, uit, toegang))
    namen = [naam for naam, _ in afspraak.kolommen]
    paden = [uit.velden[naam] for naam in namen if naam != uit.nummer]
    schrijvers = [_schrijver(naam, afspraak.waarden.get(naam, {})) for naam in namen if naam != uit.nummer]
    plek = namen.index(uit.nummer)
    volgorde = dict.fromkeys(
        (f"{uit.via}pk", *(uit.velden[naam] for naam in SOORTEN[afspraak.soort].sleutel[1:]), "pk")
    )
    gelezen = rijen.annotate(_nummer=Subquery(nummers.values("cijfertekst")[:1])).order_by(*volgorde)
    gekozen = gelezen.values_list(f"{uit.via}pk", "_nummer", *paden)[:hoogstens]
    for jongere_id, nummer, *waarden in gekozen.iterator(STUK):
        cellen = [schrijf(waarde) for schrijf, waarde in zip(schrijvers, waarden, strict=True)]
        cellen.insert(plek, ontsleutel(nummer))
        yield Uitrij(jongere_id, tuple(cellen))


def voorbeeld(afspraak: Uitwisseling, keuze: Keuze, *, toegang: Toegang) -> list[tuple[str, ...]]:
    """The first rows as they would go, the number masked."""
    plek = [naam for naam, _ in afspraak.kolommen].index(UITSOORTEN[afspraak.soort].nummer)
    eerste = []
    for rij in rijen_van(afspraak, keuze, toegang=toegang, hoogstens=VOORBEELD):
        cellen = list(rij.cellen)
        cellen[plek] = gemaskeerd(cellen[plek])
        eerste.append(tuple(cellen))
    return eerste


def _alle(afspraak: Uitwisseling, keuze: Keuze, *, toegang: Toegang) -> Any:
    """Everything of this kind in scope that was asked for, whoever it is about."""
    uit = UITSOORTEN[afspraak.soort]
    rijen = uit.model.objects.voor(toegang).filter(**{f"{uit.via}gemeente_id__in": keuze.gemeente_ids})
    if ONTVANGERS[afspraak.ontvangersoort].eigen_leerlingen:
        rijen = rijen.filter(instelling__brin__startswith=afspraak.brin)
    if keuze.alleen_lopend:
        lopend = Werkproces.objects.voor(toegang).open().filter(jongere=OuterRef(f"{uit.via}pk"))
        rijen = rijen.filter(Exists(lopend))
    if not uit.looptijd:
        return rijen
    begin, eind = uit.looptijd[0], uit.looptijd[-1]
    if keuze.tot is not None:
        rijen = rijen.filter(**{f"{begin}__lte": keuze.tot})
    if keuze.van is not None:
        rijen = rijen.filter(Q(**{f"{eind}__gte": keuze.van}) | Q(**{f"{eind}__isnull": True}))
    return rijen


def _open(uit: Uitsoort) -> Q:
    return Q(**{f"{uit.via}geheimhouding": 0})


def _mag_mee(rijen: Any, uit: Uitsoort) -> Any:
    return rijen.filter(_open(uit), **{f"{uit.via}overleden_op__isnull": True})


def _heeft_nummer(afspraak: Uitwisseling, uit: Uitsoort, toegang: Toegang) -> Exists:
    soorten = ONTVANGERS[afspraak.ontvangersoort].nummers
    nummers = Persoonsnummer.objects.voor(toegang).filter(jongere=OuterRef(f"{uit.via}pk"), soort__in=soorten)
    return Exists(nummers)


def _schrijver(kolom: str, waarden: Mapping[str, str]) -> Callable[[Any], str]:
    """How the cells of one column are written: dates in ISO, no level as empty, and as the receiver calls it."""

    def schrijf(waarde: Any) -> str:
        if waarde is None or (kolom == "niveau" and waarde == 0):
            cel = ""
        else:
            cel = waarde.isoformat() if isinstance(waarde, dt.date) else str(waarde)
        return waarden.get(cel, cel)

    return schrijf


def omgekeerd(waarden: Mapping[str, Mapping[str, str]], namen: Sequence[str]) -> dict[str, dict[str, str]]:
    """The values of a mapping for reading, the other way round: ours → how the source writes it. What the source writes
    in more than one way stays as we write it.
    """
    om: dict[str, dict[str, str]] = {}
    for kolom in set(namen) & waarden.keys():
        vaak = Counter(waarden[kolom].values())
        if gevonden := {onze: hun for hun, onze in waarden[kolom].items() if vaak[onze] == 1}:
            om[kolom] = gevonden
    return om
