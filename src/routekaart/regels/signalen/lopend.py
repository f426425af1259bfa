"""What happens to somebody while a werkproces runs: an age limit reached, moved, departed, died (REG-04, MON-09).

A signal closes nothing by itself: a colleague looks and decides. Source: 003, uitkomst "23 jr / verhuisd / overleden".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from routekaart.regels.leeftijd import wordt
from routekaart.regels.signalen.feiten import Kader, Persoon, Treffer, Werkproces, Werksoort
from routekaart.regels.uitleg import Gronden, Uitleg, in_woorden, leg_uit, opsomming

BRON_LEEFTIJD = "003, uitkomsten van werkprocessen; 000, Doelgroepen"
BRON_BRP = "003, uitkomsten van werkprocessen; BRP"
JIKP, JIB = "jikp", "jib"


def _lopend(persoon: Persoon, op: date) -> tuple[Werkproces, ...]:
    lopend = [een for een in persoon.werkprocessen if een.open_op(op)]
    return tuple(sorted(lopend, key=lambda een: (een.gestart_op, een.soort)))


def _soorten(lopend: tuple[Werkproces, ...]) -> str:
    return opsomming(dict.fromkeys(een.soort for een in lopend))


def leeftijdsgrens(persoon: Persoon, kader: Kader) -> Treffer | None:
    """A werkproces runs for somebody who has reached, or is about to reach, the age at which it ends."""
    if persoon.overleden_op is not None and persoon.overleden_op <= kader.op:
        return None
    straks = kader.op + timedelta(days=kader.norm("signaal_leeftijd_vooraf_dagen"))
    bereikt = []
    for werkproces in _lopend(persoon, kader.op):
        grens = _grens(werkproces, kader)
        op = wordt(persoon.geboortedatum.eerste, grens)
        if op <= straks:
            bereikt.append((op, grens, werkproces))
    if not bereikt:
        return None
    op, grens, werkproces = min(bereikt, key=lambda een: (een[0], een[2].soort))
    grond = partial(_zin_grens, werkproces, grens, op, persoon.geboortedatum.volledig, kader.op)
    return Treffer(
        aanleiding=f"{grens}:{werkproces.soort}:{werkproces.gestart_op}",
        gronden=Gronden(grond),
        sinds=op,
        werksoort=Werksoort.LEERPLICHT if werkproces.leerplicht else Werksoort.DOORSTROOMPUNT,
        gemeente=werkproces.gemeente,
    )


def _zin_grens(werkproces: Werkproces, grens: int, bereikt: date, volledig: bool, op: date) -> Uitleg:
    """`volledig`: whether the birth date is known to the day."""
    is_al = "werd" if bereikt <= op else "wordt"
    vervolg = (
        "Vanaf 18 jaar neemt het Doorstroompunt het over."
        if werkproces.leerplicht
        else "Kijk of je kunt afsluiten, of leg uit waarom je nog doorgaat."
    )
    begin = f"De jongere {is_al} op {in_woorden(bereikt)} {grens} jaar"
    tekst = f"{begin}, en er loopt een werkproces ({werkproces.soort}). {vervolg}"
    if not volledig:
        tekst += " De geboortedatum is niet volledig bekend; we namen de vroegste dag die het kan zijn."
    return leg_uit(
        "MON-09", tekst, bron=BRON_LEEFTIJD, op=op, leeftijdsgrens=grens, bereikt_op=bereikt, soort=werkproces.soort
    )


def _grens(werkproces: Werkproces, kader: Kader) -> int:
    """The age at which this soort ends: 18 for leerplicht, that of jikp or of Jongeren in Beeld, or the upper limit."""
    if werkproces.leerplicht:
        return kader.grenzen.kwalificatieplicht_einde.op(kader.op).waarde
    if werkproces.soort == JIKP:
        return kader.grenzen.jikp_leeftijd.op(kader.op).waarde
    if werkproces.soort == JIB:
        return kader.norm("signaal_jib_tot")
    wettelijk = kader.grenzen.doelgroep_bovengrens.op(kader.op).waarde
    return max(wettelijk, kader.regio.bovengrens or 0)


def _werksoort(lopend: tuple[Werkproces, ...]) -> Werksoort:
    return Werksoort.LEERPLICHT if lopend[0].leerplicht else Werksoort.DOORSTROOMPUNT


def verhuisd(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Lives in another gemeente than when the running werkproces began; a move dated later is not there yet."""
    sinds = persoon.in_gemeente_sinds
    if sinds is not None and sinds > kader.op:
        return None
    lopend = tuple(een for een in _lopend(persoon, kader.op) if een.gemeente != persoon.gemeente)
    if not lopend or _weg(persoon, kader.op) is not None:
        return None
    van = opsomming(dict.fromkeys(een.gemeentenaam or een.gemeente for een in lopend))
    waar = persoon.gemeentenaam or persoon.gemeente
    return Treffer(
        aanleiding=f"{persoon.gemeente}:{sinds or 'onbekend'}",
        gronden=Gronden(partial(_zin_verhuisd, _soorten(lopend), van, waar, sinds, persoon.in_regio, kader.op)),
        sinds=sinds,
        werksoort=_werksoort(lopend),
        gemeente=lopend[0].gemeente,
    )


def _zin_verhuisd(soorten: str, van: str, naar: str, sinds: date | None, binnen_regio: bool, op: date) -> Uitleg:
    buiten = "" if binnen_regio else " Dat is buiten de regio: draag over aan die gemeente."
    sinds_tekst = f" sinds {in_woorden(sinds)}" if sinds else ""
    tekst = (
        f"Er loopt een werkproces ({soorten}) in {van}. De jongere staat{sinds_tekst} ingeschreven in {naar}.{buiten}"
    )
    return leg_uit("REG-04", tekst, bron=BRON_BRP, op=op, van=van, naar=naar, sinds=sinds, binnen_regio=binnen_regio)


def _weg(persoon: Persoon, op: date) -> date | None:
    weg = [dag for dag in (persoon.overleden_op, persoon.vertrokken_op) if dag is not None and dag <= op]
    return min(weg, default=None)


def vertrokken(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Departed from the Netherlands while a werkproces runs."""
    dag = persoon.vertrokken_op
    if dag is None or dag > kader.op or (persoon.overleden_op is not None and persoon.overleden_op <= kader.op):
        return None
    return _na_brp(persoon, kader, dag, _begin_vertrokken)


def _begin_vertrokken(dag: date) -> str:
    return f"De jongere is volgens de BRP per {in_woorden(dag)} uit Nederland vertrokken"


def overleden(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Died while a werkproces runs: nothing may go out to the home any more."""
    dag = persoon.overleden_op
    if dag is None or dag > kader.op:
        return None
    return _na_brp(persoon, kader, dag, _begin_overleden)


def _begin_overleden(dag: date) -> str:
    return f"De jongere is volgens de BRP op {in_woorden(dag)} overleden. Stuur niets meer en zeg afspraken af"


def _na_brp(persoon: Persoon, kader: Kader, dag: date, begin: Callable[[date], str]) -> Treffer | None:
    lopend = _lopend(persoon, kader.op)
    if not lopend:
        return None
    return Treffer(
        aanleiding=str(dag),
        gronden=Gronden(partial(_zin_brp, begin, dag, _soorten(lopend), kader.op)),
        sinds=dag,
        werksoort=_werksoort(lopend),
        gemeente=lopend[0].gemeente,
    )


def _zin_brp(begin: Callable[[date], str], dag: date, soorten: str, op: date) -> Uitleg:
    tekst = f"{begin(dag)}. Er loopt nog een werkproces ({soorten})."
    return leg_uit("REG-04", tekst, bron=BRON_BRP, op=op, datum=dag)
