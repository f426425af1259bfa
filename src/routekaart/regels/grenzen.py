"""Dated limits: ages, hours and levels that the law or the method sets, as the rules get them handed over.

No such number stands in the code of a rule: the law changes them by date, and one wants to count by the old and
the new one side by side. The values themselves are data (`inhoud/grenzen.toml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routekaart.regels.loopbaan import Onderwijssoort


@dataclass(frozen=True, slots=True)
class Grens:
    """One value for a period of whole days (None: open), in years of age, hours a week or mbo level."""

    waarde: int
    bron: str
    vanaf: date | None = None
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Grensreeks:
    """The values of one limit, in order of time and without a gap."""

    waarden: tuple[Grens, ...]

    def op(self, dag: date) -> Grens:
        """The value as it holds on the day."""
        for grens in self.waarden:
            if grens.tot is None or dag <= grens.tot:
                return grens
        raise LookupError(f"Geen waarde op {dag}")


@dataclass(frozen=True, slots=True)
class Vsvdefinitie:
    """One definition of the official count of nieuwe vsv'ers.

    It holds for the school years that begin in these years, both included; without a last one it holds on.
    """

    code: str
    eerste_schooljaar: int
    laatste_schooljaar: int | None
    leeftijd_onder: int
    onderwijssoorten: frozenset[Onderwijssoort]
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grenzen:
    """All limits, each by its name, and the definitions of the official count."""

    doelgroep_ondergrens: Grensreeks
    doelgroep_bovengrens: Grensreeks
    jikp_leeftijd: Grensreeks
    baan_uren: Grensreeks
    startkwalificatie_mbo_niveau: Grensreeks
    leerplicht_begin: Grensreeks
    leerplicht_einde: Grensreeks
    kwalificatieplicht_einde: Grensreeks
    toestemming_leeftijd: Grensreeks
    vsv_definities: tuple[Vsvdefinitie, ...] = ()

    def vsv_definitie(self, beginjaar: int) -> Vsvdefinitie | None:
        """The definition for the schooljaar that begins in this year, or None where there is none (yet)."""
        for definitie in self.vsv_definities:
            laatste = definitie.laatste_schooljaar
            if definitie.eerste_schooljaar <= beginjaar and (laatste is None or beginjaar <= laatste):
                return definitie
        return None
