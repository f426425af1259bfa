"""The official count of nieuwe vsv'ers: another rule than the doelgroep, with its own dated definition.

Startpopulatie of schooljaar J: resident of the region, below the age limit and enrolled in a counted kind of education
on 1 October J, without startkwalificatie. Nieuwe vsv'er: of these, who is still resident, not enrolled and
without startkwalificatie on 1 October J+1. Work plays no part, and nor does the doelgroep.
Source: BWBR0031390, bijlage A; 003; PRG-08, DGR-05.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routekaart.regels.grenzen import Grenzen, Vsvdefinitie
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.regels.loopbaan import Diploma, Inschrijving, Vaststelling
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.startkwalificatie import startkwalificatie_op
from routekaart.regels.uitleg import Uitleg, in_woorden, leg_uit

REGEL = "PRG-08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telfeiten:
    """What the count looks at of one person; all of it, also what was dated after the days of the count."""

    geboortedatum: Geboortedatum
    inschrijvingen: tuple[Inschrijving, ...] = ()
    diplomas: tuple[Diploma, ...] = ()
    startkwalificatie_vastgesteld: Vaststelling | None = None
    overleden_op: date | None = None
    vertrokken_op: date | None = None
    in_nederland_sinds: date | None = None

    def is_inwoner(self, dag: date) -> bool:
        weg = [datum for datum in (self.overleden_op, self.vertrokken_op) if datum is not None and datum <= dag]
        return not weg and (self.in_nederland_sinds is None or self.in_nederland_sinds <= dag)


@dataclass(frozen=True, slots=True)
class Vsvtelling:
    """How one person counts in one schooljaar, by which definition, and why."""

    schooljaar: Schooljaar
    definitie: str
    in_startpopulatie: bool
    nieuwe_vsver: bool
    uitleg: tuple[Uitleg, ...]


def tel_vsv(persoon: Telfeiten, schooljaar: Schooljaar, *, definitie: Vsvdefinitie, grenzen: Grenzen) -> Vsvtelling:
    """Counts one person in the schooljaar J, by the definition given.

    With an incomplete birth date the last day that it can be counts: so nobody is left out of the count.
    """
    begin = schooljaar.teldatum
    buiten = _buiten_startpopulatie(persoon, begin, definitie, grenzen)
    if buiten is not None:
        return Vsvtelling(schooljaar, definitie.code, False, False, (_zin(buiten, begin, definitie),))
    binnen = _zin("Op deze dag telt de jongere mee in de startpopulatie", begin, definitie)
    einde = schooljaar.volgende.teldatum
    geen = _geen_nieuwe_vsver(persoon, einde, grenzen)
    slot = geen or "Op deze dag is er geen inschrijving en geen startkwalificatie: de jongere telt als nieuwe vsv'er"
    return Vsvtelling(schooljaar, definitie.code, True, geen is None, (binnen, _zin(slot, einde, definitie)))


def _buiten_startpopulatie(persoon: Telfeiten, dag: date, definitie: Vsvdefinitie, grenzen: Grenzen) -> str | None:
    """Why the person is not in the startpopulatie, or None where she is."""
    leeftijd = leeftijd_op(persoon.geboortedatum.laatste, dag)
    if not persoon.is_inwoner(dag):
        return "Op deze dag woonde de jongere niet in Nederland"
    if leeftijd >= definitie.leeftijd_onder:
        return f"De jongere was {leeftijd} jaar. Alleen wie jonger is dan {definitie.leeftijd_onder} telt mee"
    soorten = definitie.onderwijssoorten
    if not any(lopend.onderwijssoort in soorten for lopend in persoon.inschrijvingen if lopend.loopt_op(dag)):
        return "Op deze dag was er geen inschrijving in vo of mbo die meetelt"
    if _heeft_startkwalificatie(persoon, dag, grenzen):
        return "Op deze dag was er al een startkwalificatie"
    return None


def _geen_nieuwe_vsver(persoon: Telfeiten, dag: date, grenzen: Grenzen) -> str | None:
    """Why somebody of the startpopulatie is no nieuwe vsv'er a year later, or None where she is."""
    if not persoon.is_inwoner(dag):
        return "Op deze dag woonde de jongere niet meer in Nederland"
    if any(inschrijving.loopt_op(dag) for inschrijving in persoon.inschrijvingen):
        return "Op deze dag was de jongere nog of weer ingeschreven"
    if _heeft_startkwalificatie(persoon, dag, grenzen):
        return "Op deze dag was er een startkwalificatie"
    return None


def _heeft_startkwalificatie(persoon: Telfeiten, dag: date, grenzen: Grenzen) -> bool:
    return (
        startkwalificatie_op(
            dag, diplomas=persoon.diplomas, vastgesteld=persoon.startkwalificatie_vastgesteld, grenzen=grenzen
        )
        is not None
    )


def _zin(tekst: str, dag: date, definitie: Vsvdefinitie) -> Uitleg:
    return leg_uit(REGEL, f"{in_woorden(dag)}. {tekst}.", bron=definitie.bron, op=dag, definitie=definitie.code)
