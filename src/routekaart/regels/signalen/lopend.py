"""What happens to somebody while a werkproces runs: an age limit reached, moved, departed, died (REG-04, MON-09).

A signal closes nothing by itself: a colleague looks and decides. Source: 003, uitkomst "23 jr / verhuisd / overleden".
"""

from __future__ import annotations

from datetime import date, timedelta

from routekaart.regels.leeftijd import wordt
from routekaart.regels.signalen.feiten import Kader, Persoon, Treffer, Werkproces, Werksoort
from routekaart.regels.uitleg import in_woorden, leg_uit, opsomming

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
    is_al = "werd" if op <= kader.op else "wordt"
    vervolg = (
        "Vanaf 18 jaar neemt het Doorstroompunt het over."
        if werkproces.leerplicht
        else "Kijk of je kunt afsluiten, of leg uit waarom je nog doorgaat."
    )
    begin = f"De jongere {is_al} op {in_woorden(op)} {grens} jaar"
    tekst = f"{begin}, en er loopt een werkproces ({werkproces.soort}). {vervolg}"
    if not persoon.geboortedatum.volledig:
        tekst += " De geboortedatum is niet volledig bekend; we namen de vroegste dag die het kan zijn."
    uitleg = leg_uit(
        "MON-09", tekst, bron=BRON_LEEFTIJD, op=kader.op, leeftijdsgrens=grens, bereikt_op=op, soort=werkproces.soort
    )
    return Treffer(
        aanleiding=f"{grens}:{werkproces.soort}:{werkproces.gestart_op}",
        uitleg=(uitleg,),
        sinds=op,
        werksoort=Werksoort.LEERPLICHT if werkproces.leerplicht else Werksoort.DOORSTROOMPUNT,
        gemeente=werkproces.gemeente,
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
    buiten = "" if persoon.in_regio else " Dat is buiten de regio: draag over aan die gemeente."
    sinds_tekst = f" sinds {in_woorden(sinds)}" if sinds else ""
    tekst = (
        f"Er loopt een werkproces ({_soorten(lopend)}) in {van}. De jongere staat{sinds_tekst} ingeschreven in "
        f"{waar}.{buiten}"
    )
    uitleg = leg_uit(
        "REG-04", tekst, bron=BRON_BRP, op=kader.op, van=van, naar=waar, sinds=sinds, binnen_regio=persoon.in_regio
    )
    return Treffer(
        aanleiding=f"{persoon.gemeente}:{sinds or 'onbekend'}",
        uitleg=(uitleg,),
        sinds=sinds,
        werksoort=_werksoort(lopend),
        gemeente=lopend[0].gemeente,
    )


def _weg(persoon: Persoon, op: date) -> date | None:
    weg = [dag for dag in (persoon.overleden_op, persoon.vertrokken_op) if dag is not None and dag <= op]
    return min(weg, default=None)


def vertrokken(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Departed from the Netherlands while a werkproces runs."""
    dag = persoon.vertrokken_op
    if dag is None or dag > kader.op or (persoon.overleden_op is not None and persoon.overleden_op <= kader.op):
        return None
    return _na_brp(persoon, kader, dag, f"De jongere is volgens de BRP per {in_woorden(dag)} uit Nederland vertrokken")


def overleden(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Died while a werkproces runs: nothing may go out to the home any more."""
    dag = persoon.overleden_op
    if dag is None or dag > kader.op:
        return None
    begin = f"De jongere is volgens de BRP op {in_woorden(dag)} overleden. Stuur niets meer en zeg afspraken af"
    return _na_brp(persoon, kader, dag, begin)


def _na_brp(persoon: Persoon, kader: Kader, dag: date, begin: str) -> Treffer | None:
    lopend = _lopend(persoon, kader.op)
    if not lopend:
        return None
    tekst = f"{begin}. Er loopt nog een werkproces ({_soorten(lopend)})."
    uitleg = leg_uit("REG-04", tekst, bron=BRON_BRP, op=kader.op, datum=dag)
    return Treffer(
        aanleiding=str(dag), uitleg=(uitleg,), sinds=dag, werksoort=_werksoort(lopend), gemeente=lopend[0].gemeente
    )
