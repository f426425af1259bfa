"""What the screening of leavers looks at: who leaves which school in a schooljaar, and what was done or heard (SCR).

Source: 002 par. 2.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen.feiten import Persoon, Schoolinschrijving, Uitstroomvermelding
from routekaart.regels.signalen.overgang import VAN_VO

EERSTE_MAAND = 4  # from April on the leavers of this schooljaar are the work; before that those of the one before


class Soort(StrEnum):
    """What we did or heard: one fact each."""

    ENQUETE = "enquete"
    GEEN_BRIEF = "geen-brief"
    ANTWOORD = "antwoord"
    TELEFOON = "telefoon"
    HUISBEZOEK = "huisbezoek"
    AANMELDING = "aanmelding"
    UITSLAG = "uitslag"
    PLAATSING = "plaatsing"
    AFGEROND = "afgerond"


class Antwoord(StrEnum):
    """What somebody told us; the last three are the result of an aanmelding with a helper."""

    AANGEMELD = "aangemeld"
    WERK = "werk"
    ANDERS = "anders"
    GEEN = "geen"
    PLEK = "plek"
    VERWEZEN = "verwezen"
    GEEN_PLEK = "geen-plek"


GESPROKEN = frozenset({Antwoord.AANGEMELD, Antwoord.WERK, Antwoord.ANDERS})
POGINGEN = frozenset({Soort.ANTWOORD, Soort.TELEFOON, Soort.HUISBEZOEK})
BIJ_HELPER = frozenset({Soort.AANMELDING, Soort.UITSLAG, Soort.PLAATSING})
ANTWOORDEN: dict[Soort, frozenset[Antwoord]] = {
    **dict.fromkeys(POGINGEN, GESPROKEN | {Antwoord.GEEN}),
    Soort.UITSLAG: frozenset({Antwoord.PLEK, Antwoord.VERWEZEN, Antwoord.GEEN_PLEK}),
}


class Vertrek(StrEnum):
    """How somebody left, by what the school and the registers said up to 1 October. Everybody is in exactly one."""

    BUITEN = "buiten"
    GEKWALIFICEERD = "gekwalificeerd"
    BEKEND = "bekend"
    ANDERS = "anders"
    ONBEKEND = "onbekend"


MOGELIJK_VSV = frozenset({Vertrek.ANDERS, Vertrek.ONBEKEND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feit:
    """One thing that was done or heard; `bij` is the school, employer or helper."""

    soort: Soort
    op: date
    antwoord: Antwoord | None = None
    bij: str = ""

    @property
    def gesproken(self) -> bool:
        return self.soort in POGINGEN and self.antwoord in GESPROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertrokken:
    """Which school somebody leaves in a schooljaar. `uit` is the last day, None as long as nobody wrote her off."""

    schooljaar: Schooljaar
    school: int
    schoolnaam: str
    uit: date | None
    op_lijst: bool
    bestemming: str

    @property
    def teldatum(self) -> date:
        """The 1 October on which there should be a next place."""
        return self.schooljaar.volgende.teldatum

    @property
    def vanaf(self) -> date:
        """From when what we did counts for this screening."""
        voorjaar = date(self.schooljaar.beginjaar + 1, EERSTE_MAAND, 1)
        return voorjaar if self.uit is None else min(self.uit, voorjaar)


def seizoen(op: date) -> Schooljaar:
    """The schooljaar whose leavers are the work of this day: from April those of this one, until then the last one."""
    dit = Schooljaar.van(op)
    return dit if op >= date(dit.beginjaar + 1, EERSTE_MAAND, 1) else dit.vorige


def fase_op(schooljaar: Schooljaar, op: date) -> int:
    """1 until 1 October, 2 from that day on."""
    return 1 if op < schooljaar.volgende.teldatum else 2


_OPLEIDING = re.compile(
    r"\b(mbo|roc|aoc|hbo|vo|vmbo|mavo|havo|vwo|vavo|pro|vso|bbl|bol|entree|niveau|opleiding|school|college|lyceum)\b"
)
_ANDERS = re.compile(
    r"\b(werk|werken|baan|betaald werk|arbeid|arbeidsmarkt|beschut|dagbesteding|uitkering|wajong|behandeling|zorg|"
    r"vrijwilligerswerk|tussenjaar|buitenland)\b"
)
_ONBEKEND = re.compile(r"(onbekend|niet bekend|nog niet|weet niet|geen idee|geen|n\.?v\.?t\.?|[-?. ]*)")


def soort_bestemming(tekst: str) -> Vertrek:
    """What a school wrote as destination: a next school, something else, or nothing. What we do not understand is a
    next school: 1 October shows whether it was.
    """
    klein = tekst.strip().casefold()
    if _ONBEKEND.fullmatch(klein) or klein.startswith(("onbekend", "nog niet", "nog onbekend", "weet nog niet")):
        return Vertrek.ONBEKEND
    if _OPLEIDING.search(klein):
        return Vertrek.BEKEND
    return Vertrek.ANDERS if _ANDERS.search(klein) else Vertrek.BEKEND


def vertrokken_van(persoon: Persoon, schooljaar: Schooljaar) -> Vertrokken | None:
    """Whether somebody leaves vo, pro or vso in this schooljaar: stands on a list of the school, or was written off
    before the next 1 October and is not on another school of that kind then. Once per person.
    """
    teldatum = schooljaar.volgende.teldatum
    lijst = [een for een in persoon.uitstroom if een.schooljaar == str(schooljaar)]
    vo = [een for een in persoon.inschrijvingen if een.onderwijssoort in VAN_VO]
    uit = [een for een in vo if een.tot is not None and schooljaar.teldatum <= een.tot < teldatum]
    laatste = max(uit, key=lambda een: (een.tot or date.max, een.van, een.school), default=None)
    vermeld = _vermelding(lijst, laatste, vo, schooljaar)
    if vermeld is not None:
        eigen = [een for een in uit if een.school == vermeld.school]
        dag = max((een.tot for een in eigen if een.tot is not None), default=None)
        return Vertrokken(
            schooljaar=schooljaar, school=vermeld.school, schoolnaam=vermeld.schoolnaam, uit=dag, op_lijst=True,
            bestemming=vermeld.bestemming.strip(),
        )  # fmt: skip
    if laatste is None or any(een.loopt_op(teldatum) for een in vo):
        return None
    return Vertrokken(
        schooljaar=schooljaar, school=laatste.school, schoolnaam=laatste.schoolnaam, uit=laatste.tot, op_lijst=False,
        bestemming="",
    )  # fmt: skip


def _vermelding(
    lijst: Sequence[Uitstroomvermelding],
    laatste: Schoolinschrijving | None,
    vo: Sequence[Schoolinschrijving],
    schooljaar: Schooljaar,
) -> Uitstroomvermelding | None:
    """Of more lists the one of the last school; else of a school where she was that year; else the newest."""
    if not lijst:
        return None
    daar = {
        een.school for een in vo if een.van <= schooljaar.einde and (een.tot is None or een.tot >= schooljaar.begin)
    }

    def voorkeur(plek: int) -> tuple[bool, bool, int]:
        een = lijst[plek]
        return laatste is not None and een.school == laatste.school, een.school in daar, plek

    return lijst[max(range(len(lijst)), key=voorkeur)]
