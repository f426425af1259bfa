"""What a version of DUO changes of a melding, worked out on rows in memory: the one place of this rule.

The act for one row (acties/duo.py) and that for many (acties/duo_bijwerken.py) read how the melding stands, let
`pas_toe` change it, and write what it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from routekaart.basis.fouten import Geweigerd
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.gegevens import DuoMelding, Verzuimdag, verzuim_per_dag
from routekaart.meldingen.models import Melding
from routekaart.meldingen.versies import Inhoud, geldend
from routekaart.personen.models import Jongere

GEWIJZIGD, INGETROKKEN = "melding.gewijzigd", "melding.ingetrokken"
# what the school writes, and where it stands with us: a colleague may have added to these
TEKSTEN = {"reden": "reden", "ondernomen_actie": "partneracties", "gewenste_actie": "verwachte_inzet"}
# what only the school says: the version that holds says it
VELDEN = {
    "soort": "soort", "berichtcode": "berichtcode", "begindatum": "begindatum", "einddatum": "einddatum",
    "prioriteit": "prioriteit", "contact_naam": "melder_naam", "contact_functie": "melder_functie",
    "contact_telefoon": "melder_telefoon", "contact_email": "melder_email", "telefoon_deelnemer": "opgegeven_telefoon",
    "verblijfadres": "opgegeven_adres", "postcode": "opgegeven_postcode", "gemeld_op": "duo_gemeld_op",
}  # fmt: skip
# who it is about, as the last version says that names somebody
NAMEN = ("achternaam", "voorvoegsel", "voornamen", "geboortedatum", "geslacht")
OVERIG = ("alle_lessen_gemist", "leslocatie", "opleiding", "niveau", "leerweg", "startkwalificatie")
# everything of a melding that `pas_toe` may change
ALLES = (
    *VELDEN.values(), *TEKSTEN.values(), *(f"opgegeven_{naam}" for naam in NAMEN), "overig", "instelling_id",
    "melder_organisatie", "duo_versie", "ingetrokken_op", "stand", "levering_id", "versie",
)  # fmt: skip

Schoolzoeker = Callable[[str], Instelling | None]


class Dag(NamedTuple):
    """The absence of one day, as a Verzuimregel holds it."""

    minuten: int | None
    hele_dag: bool = False
    geoorloofd: bool = False


NIETS = Dag(0)


@dataclass(slots=True)
class Meldingstand:
    """How a melding stands: its row, what every version said in the order in which they came, and its days."""

    melding: Melding
    versies: list[Inhoud]
    dagen: dict[dt.date, Dag]


@dataclass(slots=True)
class Bijwerking:
    """What a version did. `code` is its line in the log, empty where another version holds as before; `velden` are the
    fields of the melding that were set; `taak` is what a colleague must look at in the werkproces.
    """

    code: str = ""
    velden: set[str] = field(default_factory=set)
    taak: str = ""


def eis_zelfde_persoon(melding: Melding, jongere: Jongere | None) -> None:
    """Refuses a version about somebody else than the melding."""
    if jongere is not None and melding.jongere_id not in (None, jongere.pk):
        raise Geweigerd("Deze melding gaat bij ons over iemand anders. Kijk welke van de twee klopt.", veld="pgn")


def komt_te_gelden(inhoud: Inhoud, versies: Sequence[Inhoud]) -> Inhoud | None:
    """What holds now that this version came, where that is not what held before."""
    nieuw = geldend([*versies, inhoud])
    return nieuw if not versies or nieuw != geldend(versies) else None


def logcode(inhoud: Inhoud) -> str:
    """The line in the log where this version comes to hold."""
    return INGETROKKEN if inhoud["status"] == "ingetrokken" else GEWIJZIGD


def pas_toe(
    stand: Meldingstand, inhoud: Inhoud, *, school: Schoolzoeker, nu: dt.datetime, levering_id: int | None
) -> Bijwerking:
    """Brings the melding up to date with one more version, which it did not have yet.

    What a colleague added to a text of the school stays: the new words of the school come under it.
    """
    melding, nieuw = stand.melding, komt_te_gelden(inhoud, stand.versies)
    gedaan = Bijwerking()
    if nieuw is not None:
        gedaan.code = logcode(nieuw)
        vorige = geldend(stand.versies) if stand.versies else {}
        duo = DuoMelding.van_gegevens(nieuw)
        velden = _overgenomen(melding, duo, vorige, school)
        _zet(melding, velden | {"levering_id": levering_id, "versie": melding.versie + 1}, gedaan)
        stand.dagen = _dagen(stand.dagen, duo.uren)
    stand.versies.append(inhoud)
    _zet(melding, _gevolgen(melding, stand.versies), gedaan)
    for genoemd in {dag for versie in stand.versies for dag, *_ in versie["uren"]}:
        stand.dagen.setdefault(dt.date.fromisoformat(genoemd), NIETS)
    if gedaan.code == INGETROKKEN:
        trek_in(melding, gedaan, nu=nu)
    elif gedaan.code:
        _meld_wijziging(melding, gedaan)
    return gedaan


def _zet(melding: Melding, velden: dict[str, Any], gedaan: Bijwerking) -> None:
    for naam, waarde in velden.items():
        setattr(melding, naam, waarde)
    gedaan.velden |= velden.keys()


def _overgenomen(melding: Melding, duo: DuoMelding, vorige: Inhoud, school: Schoolzoeker) -> dict[str, Any]:
    """What the version that holds says."""
    velden: dict[str, Any] = {hier: getattr(duo, daar) for daar, hier in VELDEN.items()}
    for daar, hier in TEKSTEN.items():
        wordt, was, staat = getattr(duo, daar), vorige.get(daar, ""), getattr(melding, hier)
        velden[hier] = wordt if staat == was else _voeg_toe(staat, wordt, was)
    velden["overig"] = {naam: getattr(duo, naam) for naam in OVERIG}
    instelling = school(duo.brin) if duo.brin else None
    if instelling is not None and instelling.pk != melding.instelling_id:
        velden |= {"instelling_id": instelling.pk, "melder_organisatie": instelling.naam}
    return velden


def _voeg_toe(staat: str, wordt: str, was: str) -> str:
    """The text of a colleague, with the new words of the school under it where there are any."""
    return staat if wordt in ("", was) else f"{staat}\n{wordt}"


def _dagen(dagen: dict[dt.date, Dag], uren: Sequence[Verzuimdag]) -> dict[dt.date, Dag]:
    """The absence as the school says it now; a day that it does not name any more is 0 minutes."""
    gezegd = verzuim_per_dag(uren)
    return dict.fromkeys(dagen, NIETS) | {
        datum: Dag(dag.minuten, dag.minuten is None, dag.geoorloofd) for datum, dag in gezegd.items()
    }


def _gevolgen(melding: Melding, versies: Sequence[Inhoud]) -> dict[str, Any]:
    """What follows from all versions together and is not so yet: the number that goes back to DUO, and the name."""
    velden: dict[str, Any] = {"duo_versie": geldend(versies)["versie"] or max(v["versie"] or 0 for v in versies)}
    genoemd = [inhoud for inhoud in versies if inhoud["achternaam"]]
    staat = {naam: getattr(melding, f"opgegeven_{naam}") for naam in NAMEN}
    # a name that no version ever said was put right by a colleague
    if genoemd and (not staat["achternaam"] or any(staat.items() <= inhoud.items() for inhoud in versies)):
        laatst = geldend(genoemd)
        velden |= {f"opgegeven_{naam}": laatst[naam] for naam in NAMEN}
    return {naam: waarde for naam, waarde in velden.items() if getattr(melding, naam) != waarde}


def trek_in(melding: Melding, gedaan: Bijwerking, *, nu: dt.datetime) -> None:
    """The school takes the melding back. What was done stays; a colleague decides whether the werkproces can end."""
    _zet(melding, {"ingetrokken_op": nu, "stand": Melding.Stand.INGETROKKEN.value}, gedaan)
    gedaan.taak = "School trok de melding in. Kijk of je kunt afsluiten."


def _meld_wijziging(melding: Melding, gedaan: Bijwerking) -> None:
    """A new version: a melding that was withdrawn is back; one that was judged gets a task to read it again."""
    if melding.ingetrokken_op is not None:
        stand = Melding.Stand.BEOORDEELD if melding.oordeel else Melding.Stand.TE_BEOORDELEN
        _zet(melding, {"ingetrokken_op": None, "stand": stand.value}, gedaan)
    if melding.oordeel:
        gedaan.taak = "School wijzigde de melding. Lees wat er anders is."
