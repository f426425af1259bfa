"""The settings of a region as the beheerder sees them: what each means, what it may be, and since when it is so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.basis import taal
from routekaart.basis.models import Parameter
from routekaart.basis.parameters import STANDAARD, Standaard
from routekaart.basis.selecties import GeldigQuerySet
from routekaart.inhoud.protocollen import codes, protocol

_GROEPEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Meldingen en contact",
        (
            "oppaktermijn_werkdagen", "contactprotocol", "eerste_week_contact_dagen", "terugkoppeling_weken",
            "toestemming_maanden", "nazorg_maanden",
        ),
    ),
    ("Doelgroep", ("bovengrens", "baan_telt", "baan_uren", "jikp_school_maanden")),
    (
        "Verzuim en meldgedrag van scholen",
        ("verzuim_uren", "verzuim_weken", "verzuim_uren_hele_dag", "meldgedrag_werkdagen"),
    ),
    (
        "Signalen: wanneer valt iemand op?",
        (
            "signaal_thuiszitter_dagen", "signaal_uitschrijving_dagen", "signaal_meldtermijn_dagen",
            "signaal_melding_vooraf_dagen", "signaal_oud_vsv_maanden", "signaal_werk_gestopt_dagen",
            "signaal_leeftijd_vooraf_dagen", "signaal_patroon_weken", "signaal_patroon_keren",
            "signaal_patroon_geoorloofd_dagen",
        ),
    ),
    ("Signalen: hoe lang rust na een werkproces?", ("signaal_rust_dagen", "signaal_rust_dagen_plicht")),
    (
        "Screening van wie van school gaat",
        (
            "screening_lijst_dagen", "screening_antwoord_dagen", "screening_belpogingen", "screening_huisbezoeken",
            "screening_controle_dagen",
        ),
    ),
    ("Jongeren in Beeld", ("signaal_jib_aan", "signaal_jib_van", "signaal_jib_tot")),
)  # fmt: skip
_GENOEMD = frozenset(code for _, codes in _GROEPEN for code in codes)
_REST = tuple(code for code in STANDAARD if code not in _GENOEMD)
# a setting that no group names is shown all the same
GROEPEN = (*_GROEPEN, ("Verder", _REST)) if _REST else _GROEPEN
RUIM = (0, 3650)  # what a number may be of which nothing more is known
# the lowest and the highest number that makes sense; a setting that is not here is yes or no, or a choice
GRENZEN: dict[str, tuple[int, int]] = {
    "oppaktermijn_werkdagen": (1, 60),
    "eerste_week_contact_dagen": (1, 60),
    "terugkoppeling_weken": (1, 52),
    "toestemming_maanden": (1, 60),
    "nazorg_maanden": (1, 24),
    "bovengrens": (23, 27),
    "baan_uren": (1, 40),
    "jikp_school_maanden": (1, 12),
    "verzuim_uren": (1, 100),
    "verzuim_weken": (1, 52),
    "verzuim_uren_hele_dag": (1, 10),
    "meldgedrag_werkdagen": (1, 60),
    "signaal_thuiszitter_dagen": (1, 365),
    "signaal_uitschrijving_dagen": (1, 3650),
    "signaal_meldtermijn_dagen": (0, 365),
    "signaal_melding_vooraf_dagen": (0, 730),
    "signaal_oud_vsv_maanden": (1, 12),
    "signaal_werk_gestopt_dagen": (1, 730),
    "signaal_leeftijd_vooraf_dagen": (0, 365),
    "signaal_patroon_weken": (1, 52),
    "signaal_patroon_keren": (2, 50),
    "signaal_patroon_geoorloofd_dagen": (1, 200),
    "signaal_rust_dagen": (0, 1825),
    "signaal_rust_dagen_plicht": (0, 365),
    "screening_lijst_dagen": (0, 120),
    "screening_antwoord_dagen": (1, 60),
    "screening_belpogingen": (0, 10),
    "screening_huisbezoeken": (0, 10),
    "screening_controle_dagen": (1, 120),
    "signaal_jib_van": (18, 30),
    "signaal_jib_tot": (19, 31),
}
MAG_LEEG = frozenset({"bovengrens"})
LIJST = frozenset({"nazorg_maanden"})
# the first must stay below the second
SAMEN = (("signaal_jib_van", "signaal_jib_tot"),)


@dataclass(frozen=True)
class Instelling:
    """One setting today: its value, whether that is the region's own, since when, and what is planned."""

    code: str
    standaard: Standaard
    waarde: str
    eigen: bool
    sinds: str
    straks: str


@dataclass(frozen=True)
class Periode:
    """One value that held, holds or will hold."""

    van: dt.date
    tot: dt.date | None
    waarde: str
    toelichting: str
    stand: str


def in_woorden(code: str, waarde: Any) -> str:
    """A value as a person reads it."""
    if code == "contactprotocol":
        return protocolnamen().get(waarde, str(waarde))
    if waarde is None:
        return "de wettelijke"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return taal.opsomming([str(deel) for deel in waarde])
    return taal.getal(waarde)


def protocolnamen() -> dict[str, str]:
    """Code → name of the contact protocols that there are."""
    return {code: protocol(code).naam for code in codes()}


def rijen_van(regio_id: int, code: str = "") -> GeldigQuerySet[Parameter]:
    """The region's own values, newest first."""
    rijen = Parameter.objects.filter(regio_id=regio_id, code__in=[code] if code else list(STANDAARD))
    return rijen.order_by("code", "-van")


def overzicht(regio_id: int, *, op: dt.date) -> list[tuple[str, list[Instelling]]]:
    """Every setting by group, as it is today. One query."""
    per_code: dict[str, list[Parameter]] = {}
    for rij in rijen_van(regio_id):
        per_code.setdefault(rij.code, []).append(rij)
    return [(kop, [_instelling(code, per_code.get(code, []), op=op) for code in codes]) for kop, codes in GROEPEN]


def instelling(regio_id: int, code: str, *, op: dt.date) -> Instelling:
    """One setting as it is today. One query."""
    return _instelling(code, list(rijen_van(regio_id, code)), op=op)


def _instelling(code: str, rijen: Sequence[Parameter], *, op: dt.date) -> Instelling:
    standaard = STANDAARD[code]
    nu = next((rij for rij in rijen if _geldt(rij, op)), None)
    straks = min((rij for rij in rijen if rij.van > op), key=lambda rij: rij.van, default=None)
    eindigt = nu.tot if nu is not None and straks is None else None
    komt = ""
    if straks is not None:
        komt = f"{in_woorden(code, straks.waarde)} vanaf {taal.datum_voluit(straks.van)}"
    elif eindigt is not None:
        dag = taal.datum_voluit(eindigt + dt.timedelta(days=1))
        komt = f"{in_woorden(code, standaard.waarde)} (standaard) vanaf {dag}"
    return Instelling(
        code,
        standaard,
        in_woorden(code, nu.waarde if nu else standaard.waarde),
        nu is not None,
        f"sinds {taal.datum_voluit(nu.van)}" if nu else "standaard",
        komt,
    )


def _geldt(rij: Parameter, op: dt.date) -> bool:
    return rij.van <= op and (rij.tot is None or rij.tot >= op)


def geschiedenis(rijen: Sequence[Parameter], *, op: dt.date) -> list[Periode]:
    """The own values of one setting, newest first."""
    return [
        Periode(
            rij.van,
            rij.tot,
            in_woorden(rij.code, rij.waarde),
            rij.toelichting,
            "nu" if _geldt(rij, op) else "straks" if rij.van > op else "voorbij",
        )
        for rij in rijen
    ]


def stand_van(rijen: Sequence[Parameter]) -> str:
    """A mark of what the form was opened on: another one means that a colleague was there meanwhile."""
    return ";".join(f"{rij.sleutel.hex[:8]}.{rij.versie}" for rij in rijen)
