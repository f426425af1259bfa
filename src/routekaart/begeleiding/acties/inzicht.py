"""The findings that close the analysis (CL-11, step 7): one by one, and complete when the last one is there."""

from __future__ import annotations

import datetime as dt

from routekaart.basis.versies import wijzig
from routekaart.begeleiding.acties.eisen import BINNEN, eis_code, eis_niet_later, eis_tekst
from routekaart.begeleiding.models import Inzicht
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.dossiers.stand import is_verzuim
from routekaart.inhoud.codelijsten import Waarde, codelijst
from routekaart.regels.route_definitie import geldt
from routekaart.regels.route_feiten import FASE_OPNIEUW, STAP_HEROPEND
from routekaart.toegang.bereik import Toegang

REDENEN = "redenen"


def punten(werkproces: Werkproces) -> list[Waarde]:
    """The points on which insight is needed here; with absence also what lies with the education (RKT-10)."""
    verzuim = is_verzuim(werkproces)
    return [punt for punt in codelijst("minimaal-inzicht").waarden if geldt(punt["als"] or "", verzuim=verzuim)]


def leg_inzicht_vast(
    werkproces: Werkproces,
    *,
    punt: str,
    tekst: str,
    bron: str,
    op: dt.date,
    redencode: str = "",
    versie: int = 0,
    toegang: Toegang,
    nu: dt.datetime,
) -> Inzicht:
    """Writes what is known on one point, with who said so; the reason also as a code, so that causes can be counted.

    `versie` 0: the form was opened when this point was still unknown in this round.
    """
    with handeling(werkproces, "inzicht.vastgelegd", toegang=toegang, nu=nu, inhoud={"punt": punt}) as h:
        h.eis_open()
        eis_code("minimaal-inzicht", punt, veld="punt", zin="Kies een punt.")
        eis_niet_later(op, vandaag=h.vandaag)
        velden = {
            "tekst": eis_tekst(tekst, "Schrijf op wat je weet.", veld="tekst"),
            "bron": eis_tekst(bron, "Schrijf op van wie je dit weet.", veld="bron"),
            "op": op,
            "redencode": "",
        }
        if punt == REDENEN:
            zin = "Kies de soort reden die het beste past. Weet je het niet, kies dan onbekend."
            velden["redencode"] = eis_code("redenen-uitval", redencode, veld="redencode", zin=zin)
        eigen = Inzicht.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, ronde=h.werkproces.ronde)
        inzicht: Inzicht | None = eigen.filter(punt=punt).first()
        if inzicht is None:
            inzicht = Inzicht.objects.create(
                werkproces=h.werkproces, ronde=h.werkproces.ronde, door_id=h.door_id, punt=punt, **velden
            )
            h.feit("inzicht.vastgelegd", op=op, herkomst=inzicht, toelichting=_naam(punt))
        else:
            wijzig(inzicht, versie=versie, velden=velden)
        _misschien_compleet(h, set(eigen.values_list("punt", flat=True)))
    return inzicht


def _naam(punt: str) -> str:
    return str(codelijst("minimaal-inzicht").waarde(punt)["kort"])


def _misschien_compleet(h: Handeling, bekend: set[str]) -> None:
    """The fact that the insight is complete, once per round or reopening, on the day of the last finding."""
    if not {punt.code for punt in punten(h.werkproces)} <= bekend:
        return
    rijen = Gebeurtenis.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, ingetrokken_op__isnull=True)
    laatste = (
        rijen.filter(code__in=["inzicht.compleet", FASE_OPNIEUW, STAP_HEROPEND]).order_by("vastgelegd_op", "pk").last()
    )
    if laatste is None or laatste.code != "inzicht.compleet":
        h.feit("inzicht.compleet")
