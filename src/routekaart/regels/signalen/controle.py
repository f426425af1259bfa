"""Checks on the registration itself: facts that cannot be true together (REG-06).

Source: 002 par. 1.3 (controle op juistheid en volledigheid).
"""

from __future__ import annotations

from datetime import date

from routekaart.regels.loopbaan import Onderwijssoort
from routekaart.regels.signalen.feiten import Kader, Persoon, Treffer
from routekaart.regels.uitleg import in_woorden, leg_uit, opsomming

BRON = "002, par. 1.3 (juistheid en volledigheid)"
# kinds beside which another enrolment is quite ordinary
MAG_ERBIJ = frozenset({Onderwijssoort.VAVO, Onderwijssoort.ONBEKOSTIGD, Onderwijssoort.HO, Onderwijssoort.OVERIG})


def dubbele_inschrijving(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Enrolled at two schools at once in kinds of education that exclude each other."""
    lopend = [een for een in persoon.lopend(kader.op) if een.onderwijssoort not in MAG_ERBIJ]
    scholen = sorted({een.school for een in lopend})
    if not persoon.is_inwoner(kader.op) or len(scholen) < 2:
        return None
    laatste = max(lopend, key=lambda een: (een.van, een.school))
    waar = opsomming(sorted({een.schoolnaam for een in lopend}))
    tekst = f"De jongere staat tegelijk ingeschreven bij {waar}. Vraag de scholen welke inschrijving nog klopt."
    uitleg = leg_uit("REG-06", tekst, bron=BRON, op=kader.op, aantal=len(scholen), sinds=laatste.van)
    sleutel = "+".join(str(school) for school in scholen)[:60]
    return Treffer(aanleiding=sleutel, uitleg=(uitleg,), sinds=laatste.van, school=laatste.school)


def inschrijving_na_vertrek(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Died or departed, and still enrolled at a school: one of the two registers is behind."""
    weg: list[date] = [
        dag for dag in (persoon.overleden_op, persoon.vertrokken_op) if dag is not None and dag <= kader.op
    ]
    lopend = persoon.lopend(kader.op)
    if not weg or not lopend or not persoon.in_regio:
        return None
    laatste = max(lopend, key=lambda een: (een.van, een.school))
    tekst = (
        f"Volgens de BRP is de jongere per {in_woorden(min(weg))} overleden of vertrokken. "
        f"{laatste.schoolnaam} heeft nog een lopende inschrijving."
    )
    uitleg = leg_uit("REG-06", tekst, bron=BRON, op=kader.op, weg_op=min(weg), ingeschreven_sinds=laatste.van)
    return Treffer(aanleiding=f"{min(weg)}:{laatste.school}", uitleg=(uitleg,), sinds=min(weg), school=laatste.school)
