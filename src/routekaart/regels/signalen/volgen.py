"""Whom to keep in view: jongeren in een kwetsbare positie, and who stands on the list of the Inlichtingenbureau.

Source: 000, Doelgroepen 3 and par. 1.3; 003, JIKP and Jongeren in Beeld (JKP-01, JKP-07, JIB-01, JIB-02).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from operator import attrgetter

from routekaart.regels.doelgroep import Doelgroep, Kenmerk
from routekaart.regels.leeftijd import leeftijd_op
from routekaart.regels.signalen.feiten import Kader, Lijstvermelding, Persoon, Treffer, Werksoort
from routekaart.regels.uitleg import Gronden, Uitleg, leg_uit, maand_in_woorden

BRON_JIB = "003, Jongeren in Beeld; 000, Doelgroep 23 tot 27"
JIB = "jib"
_BEGIN_EN_SCHOOL = attrgetter("van", "school")


def jikp(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Everybody who meets the definition, also beside another doelgroep: all of them are followed (JKP-01)."""
    if not persoon.is_inwoner(kader.op):
        return None
    besluit = kader.doelgroep(persoon)
    if besluit.doelgroep is not Doelgroep.JIKP and Kenmerk.JIKP not in besluit.kenmerken:
        return None
    begonnen = [een for een in persoon.inschrijvingen if een.van <= kader.op]
    nieuwste = max(begonnen, key=_BEGIN_EN_SCHOOL)
    lopend = persoon.lopend(kader.op)
    stand = "in" if lopend else "uit"
    sinds = nieuwste.van if lopend else max([een.tot or een.van for een in begonnen])
    return Treffer(
        aanleiding=f"{stand}:{sinds}",
        gronden=besluit.gronden,
        sinds=sinds,
        school=nieuwste.school,
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def _eerste_maand(lijsten: tuple[Lijstvermelding, ...], maand: str) -> str:
    """The month with which the present unbroken row of lists begins."""
    op_lijst = {lijst.maand for lijst in lijsten}
    eerste = maand
    while (vorige := maand_ervoor(eerste)) in op_lijst:
        eerste = vorige
    return eerste


def maand_ervoor(maand: str) -> str:
    """`2024-01` → `2023-12`."""
    jaar, nummer = int(maand[:4]), int(maand[5:7])
    return f"{jaar - 1:04}-12" if nummer == 1 else f"{jaar:04}-{nummer - 1:02}"


def jongeren_in_beeld(persoon: Persoon, kader: Kader) -> Treffer | None:
    """On the newest list, of the age, and by our own facts neither qualified nor at school; no work that counts, no
    uitkering. A region may leave this out (JIB-04).
    """
    if not kader.maand or not kader.normen["signaal_jib_aan"] or not persoon.is_inwoner(kader.op):
        return None
    vermeld = next((lijst for lijst in persoon.lijsten if lijst.maand == kader.maand), None)
    if vermeld is None or not _in_leeftijd(persoon, kader) or persoon.lopend(kader.op):
        return None
    if kader.heeft_startkwalificatie(persoon) or vermeld.uitkering is True or _werkt_genoeg(vermeld, kader):
        return None
    eerste = _eerste_maand(persoon.lijsten, kader.maand)
    return Treffer(
        aanleiding=f"lijst:{eerste}",
        gronden=Gronden(partial(_zin_op_lijst, eerste, vermeld, kader.op)),
        sinds=date(int(eerste[:4]), int(eerste[5:7]), 1),
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def _zin_op_lijst(eerste: str, vermeld: Lijstvermelding, op: date) -> Uitleg:
    """`vermeld` is how the person stands on the newest list."""
    nieuw = eerste == vermeld.maand
    begin = (
        "De jongere staat voor het eerst op de lijst"
        if nieuw
        else f"De jongere staat sinds {maand_in_woorden(eerste)} op de lijst"
    )
    tekst = (
        f"{begin} van het Inlichtingenbureau; de nieuwste is van {maand_in_woorden(vermeld.maand)}. "
        "Volgens onze eigen gegevens is er geen inschrijving en geen startkwalificatie."
    )
    return leg_uit(
        "JIB-01", tekst, bron=BRON_JIB, op=op, maand=vermeld.maand, eerste_maand=eerste,
        werk_uren=vermeld.werk_uren, uitkering=vermeld.uitkering,
    )  # fmt: skip


def _in_leeftijd(persoon: Persoon, kader: Kader) -> bool:
    """Within the ages of the region; with an incomplete birth date any day that it can be counts."""
    van, tot = kader.norm("signaal_jib_van"), kader.norm("signaal_jib_tot")
    oudst = leeftijd_op(persoon.geboortedatum.eerste, kader.op)
    jongst = leeftijd_op(persoon.geboortedatum.laatste, kader.op)
    return oudst >= van and jongst < tot


def _werkt_genoeg(vermeld: Lijstvermelding, kader: Kader) -> bool:
    uren = kader.regio.baan_uren
    genoeg = kader.grenzen.baan_uren.op(kader.op).waarde if uren is None else uren
    return vermeld.werk_uren is not None and vermeld.werk_uren >= genoeg


def jib_van_de_lijst(persoon: Persoon, kader: Kader) -> Treffer | None:
    """A werkproces of Jongeren in Beeld runs, and the person is gone from the newest list (JIB-02)."""
    if not kader.maand or any(lijst.maand == kader.maand for lijst in persoon.lijsten):
        return None
    if not any(een.soort == JIB and een.open_op(kader.op) for een in persoon.werkprocessen):
        return None
    eerder = max((lijst.maand for lijst in persoon.lijsten if lijst.maand < kader.maand), default=None)
    if eerder is None:
        return None
    return Treffer(
        aanleiding=f"weg:{eerder}",
        gronden=Gronden(partial(_zin_van_lijst, eerder, kader.maand, kader.op)),
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def _zin_van_lijst(eerder: str, maand: str, op: date) -> Uitleg:
    tekst = (
        f"De jongere stond in {maand_in_woorden(eerder)} op de lijst van het Inlichtingenbureau, "
        f"en in {maand_in_woorden(maand)} niet meer. "
        "Het werkproces loopt nog."
    )
    return leg_uit("JIB-02", tekst, bron=BRON_JIB, op=op, laatste_maand=eerder, maand=maand)
