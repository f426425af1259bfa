"""Saved column mappings: how the headers and values of a source become ours, before anything else looks at the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db.models import QuerySet

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.lezen import Rij, Tabel
from routekaart.leveringen.models import Kolomkoppeling
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import Kolommen, Soort, normaal
from routekaart.personen.nummers import zonder_nummers

# the mapping without columns: what values of any source are called with us
VASTE_WAARDEN = "Vaste waarden"
LIJKT_GENOEG = 0.75
# how sources often call a column of ours; compared without case, spaces and signs, also as the beginning of a name
HETEN_OOK: dict[str, tuple[str, ...]] = {
    "pgn": ("bsn", "burgerservicen", "onderwijsnummer", "persoonsgebonden nummer", "leerlingnummer"),
    "bsn": ("burgerservicen", "a-nummer"),
    "brin": ("school", "instelling", "vestiging"),
    "onderwijssoort": ("soort onderwijs", "type onderwijs", "schooltype", "onderwijstype", "onderwijs"),
    "van": (
        "startdatum",
        "begindatum",
        "ingangsdatum",
        "inschrijfdatum",
        "datum inschrijving",
        "datum begin",
        "datum in",
    ),
    "tot": ("einddatum", "uitschrijfdatum", "datum uitschrijving", "datum einde", "datum uit"),
    "behaald_op": ("datum diploma", "diplomadatum", "datum behaald"),
    "achternaam": ("geslachtsnaam", "naam"),
    "voorvoegsel": ("tussenvoegsel", "voorvoegsels"),
    "geboortedatum": ("geb.datum", "datum geboorte"),
    "gemeentecode": ("gemeente van inschrijving", "gemeente", "woongemeente"),
}
VOORBEELDEN, KIJK_RIJEN, MAX_VOORBEELD = 2, 50, 40


@dataclass
class Vertaling:
    """Translates a table by the saved mapping that fits its header best, or by the one that was named.

    `gebruikt` is the mapping whose columns were used. Raises Geweigerd for a name that is not there or does not fit.
    """

    regio_id: int
    op: dt.date
    naam: str = ""
    koppeling: Kolomkoppeling | None = None
    gebruikt: Kolomkoppeling | None = field(default=None, init=False)

    def __call__(self, code: str, tabel: Tabel) -> tuple[str, Tabel]:
        """The kind (as it was given, or as the mapping knows it) and the table under our names."""
        geldig = list(geldige_koppelingen(self.regio_id, self.op).order_by("-pk"))
        self.gebruikt = self._kies(code, tabel.kolommen, geldig)
        if self.gebruikt is not None:
            code = self.gebruikt.soort
        vast = [een for een in geldig if een.soort == code and not een.kolommen]
        waarden = _samen([*(een.waarden for een in vast), self.gebruikt.waarden if self.gebruikt else {}])
        if self.gebruikt is None and not waarden:
            return code, tabel
        return code, vertaald(tabel, SOORTEN[code], self.gebruikt.kolommen if self.gebruikt else {}, waarden)

    def _kies(self, code: str, kop: Sequence[str], geldig: Sequence[Kolomkoppeling]) -> Kolomkoppeling | None:
        if self.koppeling is not None or self.naam:
            gekozen = self.koppeling or self._genoemd(code, geldig)
            if weg := [kolom for kolom in gekozen.kolommen.values() if normaal(kolom) not in set(map(normaal, kop))]:
                raise Geweigerd(
                    f"Koppeling ‘{gekozen.naam}’ past niet: deze kolommen staan niet in het bestand: {', '.join(weg)}.",
                    veld="bestand",
                )
            return gekozen
        passend = [een for een in geldig if een.kolommen and code in {"", een.soort} and past(een, kop)]
        zonder = len(SOORTEN[code].herken(kop).plaats) if code in SOORTEN else 0
        beste = max(passend, key=lambda een: len(_herken(een, kop).plaats), default=None)
        if beste is None or len(_herken(beste, kop).plaats) <= zonder:
            return None
        return beste

    def _genoemd(self, code: str, geldig: Sequence[Kolomkoppeling]) -> Kolomkoppeling:
        for een in geldig:
            if een.naam.casefold() == self.naam.casefold() and code in {"", een.soort}:
                return een
        namen = ", ".join(sorted(een.naam for een in geldig if een.kolommen)) or "nog geen"
        raise Geweigerd(f"Koppeling ‘{self.naam}’ kennen we niet. Er zijn: {namen}.", veld="koppeling")


def geldige_koppelingen(regio_id: int, op: dt.date) -> QuerySet[Kolomkoppeling]:
    """The mappings of a region that hold on this day."""
    geldig: QuerySet[Kolomkoppeling] = Kolomkoppeling.objects.geldig_op(op)
    return geldig.filter(regio_id=regio_id, soort__in=SOORTEN)


def past(koppeling: Kolomkoppeling, kop: Sequence[str]) -> bool:
    """Whether every column of the mapping is in this header and the kind then has all that it needs."""
    namen = set(map(normaal, kop))
    if not all(normaal(kolom) in namen for kolom in koppeling.kolommen.values()):
        return False
    herkend = _herken(koppeling, kop)
    return not herkend.ontbreekt and not herkend.dubbel


def _herken(koppeling: Kolomkoppeling, kop: Sequence[str]) -> Kolommen:
    soort = SOORTEN[koppeling.soort]
    return soort.herken(nieuwe_kop(soort, kop, koppeling.kolommen))


def nieuwe_kop(soort: Soort, kop: Sequence[str], kolommen: Mapping[str, str]) -> tuple[str, ...]:
    """The header under our names. One that has our name but is not the one that was chosen is not ours."""
    van = {normaal(kolom): naam for naam, kolom in kolommen.items()}
    bezet = {normaal(naam) for naam in kolommen}
    nieuw = []
    for kolom in kop:
        if gekozen := van.get(normaal(kolom)):
            nieuw.append(gekozen)
        else:
            nieuw.append(f"{kolom} (niet gekozen)" if normaal(kolom) in bezet else kolom)
    return tuple(nieuw)


def vertaald(
    tabel: Tabel, soort: Soort, kolommen: Mapping[str, str], waarden: Mapping[str, Mapping[str, str]]
) -> Tabel:
    """The table with our header and our values. Rows that cannot be read stay as they are."""
    kop = nieuwe_kop(soort, tabel.kolommen, kolommen)
    plaats = soort.herken(kop).plaats
    om = [
        (plaats[naam], {was.casefold(): wordt for was, wordt in lijst.items()})
        for naam, lijst in waarden.items()
        if naam in plaats and lijst
    ]

    def rijen() -> Iterator[Rij]:
        for rij in tabel.rijen():
            if rij.fout or not om:
                yield rij
                continue
            cellen = list(rij.cellen)
            for plek, lijst in om:
                cellen[plek] = lijst.get(cellen[plek].casefold(), cellen[plek])
            yield Rij(rij.nummer, tuple(cellen))

    return Tabel(kop, tabel.vorm, rijen)


def _samen(delen: Sequence[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    samen: dict[str, dict[str, str]] = {}
    for deel in delen:
        for kolom, lijst in deel.items():
            samen.setdefault(kolom, {}).update(lijst)
    return samen


def voorstel(soort: Soort, kop: Sequence[str]) -> dict[str, str]:
    """Our column → the header that is it, that is often used for it, or that is spelled much like it; each once."""
    gekozen = {naam: kop[plek] for naam, plek in soort.herken(kop).plaats.items()}
    over = {normaal(kolom): kolom for kolom in kop if kolom and kolom not in gekozen.values()}
    for kolom in soort.kolommen:
        if kolom.naam in gekozen:
            continue
        if (gevonden := _ook(kolom.naam, over)) is not None:
            gekozen[kolom.naam] = over.pop(gevonden)
        elif lijkt := get_close_matches(normaal(kolom.naam), list(over), n=1, cutoff=LIJKT_GENOEG):
            gekozen[kolom.naam] = over.pop(lijkt[0])
    return gekozen


def past_bij(kop: Sequence[str]) -> str:
    """The kind of which every needed column can be found in this header, by name or nearly; of more the one that
    explains most columns. Empty where none fits.
    """
    beste, meeste = "", 0
    for soort in SOORTEN.values():
        gevonden = voorstel(soort, kop)
        compleet = gevonden.keys() >= set(soort.verplicht)
        een_van = not soort.een_van or any(gevonden.keys() >= set(groep) for groep in soort.een_van)
        if compleet and een_van and len(gevonden) > meeste:
            beste, meeste = soort.code, len(gevonden)
    return beste


def lijkt_meest(kop: Sequence[str]) -> str:
    """The kind of which most needed columns can be found in this header, nearly or by name; empty where none can."""
    deel: dict[str, float] = {}
    for soort in SOORTEN.values():
        gevonden = voorstel(soort, kop).keys()
        nodig = {*soort.verplicht, *(naam for groep in soort.een_van for naam in groep)}
        deel[soort.code] = len(gevonden & nodig) / len(nodig) + len(gevonden) / 1000
    beste = max(deel, key=lambda code: deel[code])
    return beste if deel[beste] else ""


def _ook(naam: str, over: Mapping[str, str]) -> str | None:
    """A header that is called, or begins, as sources often call this column."""
    for ook in map(normaal, HETEN_OOK.get(naam, ())):
        if ook in over:
            return ook
    for ook in map(normaal, HETEN_OOK.get(naam, ())):
        if lang := next((kop for kop in over if kop.startswith(ook)), None):
            return lang
    return None


def voorbeelden(tabel: Tabel) -> dict[str, list[str]]:
    """Two different values per column of the file, of the first rows; what may be a number of a person is masked."""
    gevonden: dict[str, list[str]] = {kolom: [] for kolom in tabel.kolommen}
    for nummer, rij in enumerate(tabel.rijen()):
        if nummer >= KIJK_RIJEN or all(len(waarden) >= VOORBEELDEN for waarden in gevonden.values()):
            break
        if rij.fout:
            continue
        for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True):
            toon = zonder_nummers(cel)[:MAX_VOORBEELD]
            if cel and len(gevonden[kolom]) < VOORBEELDEN and toon not in gevonden[kolom]:
                gevonden[kolom].append(toon)
    return gevonden
