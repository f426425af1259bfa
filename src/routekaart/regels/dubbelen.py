"""Whether two persons in the register may be one: points per part, each with its reason (DOS-15).

A hundred points in all: surname 22, first name 28, birth date 35, address 10, gender 5. What is not known on one side
gets part of the points, for it speaks neither for nor against. Two numbers of one kind that differ (two BSN's) are
two persons, whatever else is the same. The rule proposes; a person decides.

Pure: facts in, judgement out. Distances of spelling come from rapidfuzz (OSA: a swap of neighbours is one step).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from routekaart.regels import namen
from routekaart.regels.leeftijd import Geboortedatum

ACHTERNAAM, VOORNAAM, GEBOREN, ADRES, GESLACHT = 22, 28, 35, 10, 5
# from here on a pair is shown to a person; from WAARSCHIJNLIJK on it is called likely
MOGELIJK, WAARSCHIJNLIJK = 75, 90
# below this two spellings are two names
LIJKT = 0.6
ONBEKEND_GESLACHT = "O"

# a search looks at the same names again and again
zonder_accenten = lru_cache(maxsize=1 << 16)(namen.zonder_accenten)
klank = lru_cache(maxsize=1 << 16)(namen.klank)

TUSSENVOEGSELS = frozenset(
    (
        "a", "aan", "al", "ben", "bij", "d", "da", "de", "degli", "dei", "del", "della", "den", "der", "des", "di",
        "do", "dos", "du", "el", "en", "het", "in", "la", "las", "le", "les", "los", "o", "op", "oude", "s", "t",
        "te", "ten", "ter", "tot", "uijt", "uit", "van", "ver", "von", "zu", "zum", "zur",
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Beeld:
    """What the comparison knows of one person. `nummers` holds (kind, number or its hash)."""

    achternaam: str
    geboren: Geboortedatum
    voorvoegsel: str = ""
    voornamen: str = ""
    roepnaam: str = ""
    geslacht: str = ONBEKEND_GESLACHT
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    woonplaats: str = ""
    nummers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Deel:
    """One part of the comparison: how many points of how many, and why in words."""

    wat: str
    punten: float
    van: int
    waarom: str

    @property
    def gelijk(self) -> bool:
        return self.punten >= self.van


@dataclass(frozen=True)
class Vergelijking:
    """What the rule found. `uitgesloten` says why these are two persons for certain; empty where they may be one."""

    punten: int
    delen: tuple[Deel, ...]
    uitgesloten: str = ""

    @property
    def mogelijk(self) -> bool:
        """Whether a person should look at it."""
        return not self.uitgesloten and self.punten >= MOGELIJK

    @property
    def waarschijnlijk(self) -> bool:
        return not self.uitgesloten and self.punten >= WAARSCHIJNLIJK


def vergelijk(een: Beeld, ander: Beeld) -> Vergelijking:
    """Compares two persons; the order does not matter."""
    delen = (*_naam(een, ander), _geboren(een.geboren, ander.geboren), _adres(een, ander), _geslacht(een, ander))
    if soort := botsend_nummer(een.nummers, ander.nummers):
        return Vergelijking(0, delen, f"Elk heeft een eigen {soort}. Dat zijn twee mensen.")
    return Vergelijking(round(sum(deel.punten for deel in delen)), delen)


def kansloos(een: Beeld, ander: Beeld) -> bool:
    """A quick look before the comparison: whether these two cannot be likely. With another birth date the points do not
    suffice, and neither do they where no name begins alike and the address is another.
    """
    if not _geboortedeel(een.geboren, ander.geboren)[0]:
        return True
    links, rechts = (_begin(beeld.achternaam, beeld.voornamen, beeld.roepnaam) for beeld in (een, ander))
    if not links or not rechts or links & rechts:
        return False
    return not een.postcode or (een.postcode, een.huisnummer) != (ander.postcode, ander.huisnummer)


@lru_cache(maxsize=1 << 16)
def _begin(*namen: str) -> frozenset[str]:
    """How the words of a name begin, as they sound."""
    return frozenset(klank(zonder_accenten(naam)[:3])[:2] for tekst in namen for naam in tekst.split())


def botsend_nummer(een: Iterable[tuple[str, str]], ander: Iterable[tuple[str, str]]) -> str:
    """The kind of number of which both have one, and not the same; empty where there is none."""
    van_een, van_ander = _per_soort(een), _per_soort(ander)
    botsend = sorted(soort for soort in van_een.keys() & van_ander.keys() if not van_een[soort] & van_ander[soort])
    return {"bsn": "BSN"}.get(botsend[0], botsend[0]) if botsend else ""


def _per_soort(nummers: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    per: dict[str, set[str]] = {}
    for soort, nummer in nummers:
        per.setdefault(soort, set()).add(nummer)
    return per


def lijken(een: str, ander: str) -> float:
    """How alike two spellings are, 0 to 1; what only sounds the same is just below the same."""
    een, ander = zonder_accenten(een), zonder_accenten(ander)
    if een == ander:
        return 1.0
    geschreven = OSA.normalized_similarity(een, ander)
    gehoord = OSA.normalized_similarity(klank(een), klank(ander))
    return max(geschreven, min(0.97, gehoord))


@lru_cache(maxsize=1 << 16)
def kern(achternaam: str) -> str:
    """A surname without the small words before it: `van der Berg` and `Berg` are one name."""
    woorden = zonder_accenten(achternaam).split()
    rest = list(woorden)
    while len(rest) > 1 and rest[0] in TUSSENVOEGSELS:
        rest.pop(0)
    return " ".join(rest)


def _naam(een: Beeld, ander: Beeld) -> tuple[Deel, Deel]:
    achter, voor = _achternaam(een, ander), _voornaam(een, ander)
    if achter.punten + voor.punten < 0.95 * (ACHTERNAAM + VOORNAAM) and _woorden(een) == _woorden(ander):
        waarom = "Dezelfde namen, in een andere volgorde of in een ander vak"
        return (
            Deel("achternaam", max(achter.punten, 0.95 * ACHTERNAAM), ACHTERNAAM, waarom),
            Deel("voornaam", max(voor.punten, 0.95 * VOORNAAM), VOORNAAM, waarom),
        )
    return achter, voor


def _woorden(beeld: Beeld) -> list[str]:
    alle = zonder_accenten(f"{beeld.voornamen} {beeld.voorvoegsel} {beeld.achternaam}").split()
    return sorted(alle)


def _achternaam(een: Beeld, ander: Beeld) -> Deel:
    links, rechts = (kern(f"{beeld.voorvoegsel} {beeld.achternaam}") for beeld in (een, ander))
    hoe = lijken(links, rechts)
    if hoe < 0.9 and (set(links.split()) - TUSSENVOEGSELS) & (set(rechts.split()) - TUSSENVOEGSELS):
        return Deel("achternaam", 0.85 * ACHTERNAAM, ACHTERNAAM, "Een deel van de achternaam is gelijk")
    return _deel("achternaam", hoe, ACHTERNAAM, "achternaam")


def _voornaam(een: Beeld, ander: Beeld) -> Deel:
    links, rechts = _roepnamen(een), _roepnamen(ander)
    if not links or not rechts:
        return Deel("voornaam", VOORNAAM / 2, VOORNAAM, "Van een van beiden is geen voornaam bekend")
    alle = [zonder_accenten(beeld.voornamen).split() for beeld in (een, ander)]
    if alle[0] != alle[1] and sorted(alle[0]) == sorted(alle[1]):
        return Deel("voornaam", 0.97 * VOORNAAM, VOORNAAM, "Dezelfde voornamen, in een andere volgorde")
    hoe = max(lijken(a, b) for a in links for b in rechts)
    letters = any(1 in (len(a), len(b)) and a[0] == b[0] for a in links for b in rechts)
    if hoe < 0.7 and letters:
        return Deel("voornaam", 0.7 * VOORNAAM, VOORNAAM, "De voorletter is gelijk")
    kort = any(min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)) for a in links for b in rechts)
    if hoe < 0.85 and kort:
        return Deel("voornaam", 0.85 * VOORNAAM, VOORNAAM, "De ene voornaam is het begin van de andere")
    return _deel("voornaam", hoe, VOORNAAM, "voornaam")


def _roepnamen(beeld: Beeld) -> list[str]:
    """What somebody may be called: the roepnaam and the first of the voornamen."""
    namen = [zonder_accenten(beeld.roepnaam), *zonder_accenten(beeld.voornamen).split()[:1]]
    return [naam for naam in namen if naam]


def _deel(wat: str, hoe: float, van: int, woord: str) -> Deel:
    if hoe >= 1:
        return Deel(wat, van, van, f"Dezelfde {woord}")
    if hoe < LIJKT:
        return Deel(wat, 0, van, f"Een andere {woord}")
    return Deel(wat, hoe * van, van, f"De {woord} lijkt erop, met een andere spelling")


def _geboren(een: Geboortedatum, ander: Geboortedatum) -> Deel:
    deel, waarom = _geboortedeel(een, ander)
    return Deel("geboortedatum", deel * GEBOREN, GEBOREN, waarom)


def _geboortedeel(een: Geboortedatum, ander: Geboortedatum) -> tuple[float, str]:
    if een == ander:
        return 1, "Dezelfde geboortedatum"
    if not (een.volledig and ander.volledig):
        past = een.eerste <= ander.laatste and ander.eerste <= een.laatste
        return (0.7, "De geboortedatum is niet helemaal bekend, maar past") if past else (0, "Een andere geboortedatum")
    if (een.jaar, een.maand, een.dag) == (ander.jaar, ander.dag, ander.maand):
        return 0.85, "Dag en maand van de geboorte zijn verwisseld"
    if een.jaar != ander.jaar and een.maand != ander.maand and een.dag != ander.dag:
        return 0, "Een andere geboortedatum"
    if OSA.distance(str(een).replace("-", ""), str(ander).replace("-", "")) == 1:
        return 0.6, "De geboortedatum verschilt één cijfer"
    return 0, "Een andere geboortedatum"


def _adres(een: Beeld, ander: Beeld) -> Deel:
    deel, waarom = _adresdeel(een, ander)
    return Deel("adres", deel * ADRES, ADRES, waarom)


def _adresdeel(een: Beeld, ander: Beeld) -> tuple[float, str]:
    links, rechts = _kaal(een.postcode), _kaal(ander.postcode)
    nummers = _kaal(een.huisnummer), _kaal(ander.huisnummer)
    if links and rechts and all(nummers):
        if (links, nummers[0]) == (rechts, nummers[1]):
            return 1, "Hetzelfde adres"
    elif not (een.straat and ander.straat and all(nummers)):
        return 0.3, "Van een van beiden is geen adres bekend"
    straten = zonder_accenten(een.straat) and zonder_accenten(ander.straat)
    if straten and nummers[0] == nummers[1] and lijken(een.straat, ander.straat) > 0.85:
        plaatsen = zonder_accenten(een.woonplaats), zonder_accenten(ander.woonplaats)
        if plaatsen[0] == plaatsen[1]:
            return 0.8, "Dezelfde straat en hetzelfde huisnummer"
    return 0, "Een ander adres"


def _kaal(tekst: str) -> str:
    return zonder_accenten(tekst).replace(" ", "")


def _geslacht(een: Beeld, ander: Beeld) -> Deel:
    if ONBEKEND_GESLACHT in (een.geslacht, ander.geslacht):
        return Deel("geslacht", 0.6 * GESLACHT, GESLACHT, "Van een van beiden is het geslacht niet bekend")
    if een.geslacht == ander.geslacht:
        return Deel("geslacht", GESLACHT, GESLACHT, "Hetzelfde geslacht")
    return Deel("geslacht", 0, GESLACHT, "Een ander geslacht")
