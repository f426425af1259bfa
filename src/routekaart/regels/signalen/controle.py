"""Checks on the registration itself: facts that cannot be true together (REG-06).

Source: 002 par. 1.3 (controle op juistheid en volledigheid).
"""

from __future__ import annotations

from datetime import date
from functools import partial

from routekaart.regels.loopbaan import Onderwijssoort
from routekaart.regels.signalen.feiten import Kader, Persoon, Treffer
from routekaart.regels.uitleg import Gronden, Uitleg, in_woorden, leg_uit, opsomming

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
    namen = tuple(sorted({een.schoolnaam for een in lopend}))
    sleutel = "+".join(str(school) for school in scholen)[:60]
    return Treffer(
        aanleiding=sleutel,
        gronden=Gronden(partial(_zin_dubbel, namen, len(scholen), laatste.van, kader.op)),
        sinds=laatste.van,
        school=laatste.school,
    )


def _zin_dubbel(namen: tuple[str, ...], aantal: int, sinds: date, op: date) -> Uitleg:
    waar = opsomming(namen)
    tekst = f"De jongere staat tegelijk ingeschreven bij {waar}. Vraag de scholen welke inschrijving nog klopt."
    return leg_uit("REG-06", tekst, bron=BRON, op=op, aantal=aantal, sinds=sinds)


def inschrijving_na_vertrek(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Died or departed, and still enrolled at a school: one of the two registers is behind."""
    weg: list[date] = [
        dag for dag in (persoon.overleden_op, persoon.vertrokken_op) if dag is not None and dag <= kader.op
    ]
    lopend = persoon.lopend(kader.op)
    if not weg or not lopend or not persoon.in_regio:
        return None
    laatste = max(lopend, key=lambda een: (een.van, een.school))
    return Treffer(
        aanleiding=f"{min(weg)}:{laatste.school}",
        gronden=Gronden(
            partial(
                _zin_na_vertrek, persoon.overleden_op == min(weg), min(weg), laatste.schoolnaam, laatste.van, kader.op
            )
        ),
        sinds=min(weg),
        school=laatste.school,
    )


def _zin_na_vertrek(overleden: bool, weg: date, school: str, sinds: date, op: date) -> Uitleg:
    wat = f"op {in_woorden(weg)} overleden" if overleden else f"per {in_woorden(weg)} uit Nederland vertrokken"
    tekst = f"Volgens de BRP is de jongere {wat}. {school} heeft nog een lopende inschrijving."
    return leg_uit("REG-06", tekst, bron=BRON, op=op, weg_op=weg, ingeschreven_sinds=sinds)
