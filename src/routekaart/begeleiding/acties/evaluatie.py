"""Looking back together (step 13): six questions, and lessons that hold for other cases too, without names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties.eisen import BINNEN, eis_niet_later, eis_tekst
from routekaart.begeleiding.models import Evaluatie, Verbeterpunt
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Verzorger
from routekaart.toegang.bereik import Toegang


@dataclass(frozen=True, slots=True)
class NieuwVerbeterpunt:
    """A lesson: what could be better, on which theme, at which step of the route (None: no particular one).

    Who writes it down is its owner, until somebody else takes it on.
    """

    thema: str
    tekst: str
    stap: int | None = None


def leg_evaluatie_vast(
    werkproces: Werkproces,
    *,
    op: dt.date,
    deelnemers: str,
    antwoorden: Mapping[str, str],
    verbeterpunten: Sequence[NieuwVerbeterpunt] = (),
    toegang: Toegang,
    nu: dt.datetime,
) -> Evaluatie:
    """Records the look back, and the lessons apart from it, with no link to the jongere and no names (EVA-03)."""
    with handeling(werkproces, "evaluatie.vastgelegd", toegang=toegang, nu=nu) as h:
        eis_niet_later(op, vandaag=h.vandaag)
        deelnemers = eis_tekst(deelnemers, "Schrijf op met wie je terugkeek.", veld="deelnemers")
        gegeven = {code: tekst.strip() for code, tekst in antwoorden.items() if tekst.strip()}
        if vreemd := set(gegeven) - codelijst("evaluatievragen").codes:
            raise ValueError(f"Dit zijn geen vragen van de evaluatie: {sorted(vreemd)}")
        if not gegeven:
            raise Geweigerd("Beantwoord minstens één vraag.")
        namen = _namen(h) if verbeterpunten else []
        for punt in verbeterpunten:
            eis_tekst(punt.tekst, "Schrijf op wat er beter kan.", veld="verbeterpunt")
            eis_tekst(punt.thema, "Kies een onderwerp bij dit verbeterpunt.", veld="thema")
            _eis_zonder_namen(f"{punt.thema} {punt.tekst}", namen)
        evaluatie = Evaluatie.objects.create(
            werkproces=h.werkproces,
            ronde=h.werkproces.ronde,
            door_id=h.door_id,
            op=op,
            deelnemers=deelnemers[:240],
            antwoorden=gegeven,
        )
        Verbeterpunt.objects.bulk_create(
            Verbeterpunt(
                regio_id=h.werkproces.regio_id,
                thema=punt.thema.strip()[:60],
                tekst=punt.tekst.strip(),
                stap=punt.stap,
                eigenaar_id=h.door_id,
            )
            for punt in verbeterpunten
        )
        h.feit("evaluatie.gehouden", op=op, herkomst=evaluatie)
        h.inhoud.update(evaluatie=str(evaluatie.sleutel), verbeterpunten=len(verbeterpunten))
    return evaluatie


def _namen(h: Handeling) -> list[str]:
    """The names around this jongere that would give it away: first and last names, and numbers."""
    jongere = h.werkproces.jongere
    namen = [*jongere.voornamen.split(" ")[:1], jongere.roepnaam, jongere.achternaam, h.werkproces.nummer or ""]
    for model in (Verzorger, Betrokkene):
        rijen = model.objects.alles(reden=BINNEN).filter(jongere=jongere).values_list("naam", flat=True)
        namen += [deel for naam in rijen for deel in naam.split() if deel[:1].isupper()]
    return [naam for naam in dict.fromkeys(namen) if len(naam) > 1]


def _eis_zonder_namen(tekst: str, namen: Sequence[str]) -> None:
    for naam in namen:
        if re.search(rf"(?<!\w){re.escape(naam)}(?!\w)", tekst, re.IGNORECASE):
            raise Geweigerd(f"In dit verbeterpunt staat ‘{naam}’. Schrijf het zonder namen.", veld="verbeterpunt")
