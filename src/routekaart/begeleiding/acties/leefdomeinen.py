"""The life domains and the Big 5: readings on a day; none is mandatory and there is no total (INT-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties.eisen import BINNEN, eis_code, eis_niet_later
from routekaart.begeleiding.models import Big5stand, Doel, Leefdomeinbeeld
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.bereik import Toegang


def leg_leefdomein_vast(
    werkproces: Werkproces,
    *,
    domein: str,
    stand: int | None = None,
    aard: str = "",
    tekst: str = "",
    doel: Doel | None = None,
    op: dt.date,
    besproken: bool = False,
    toegang: Toegang,
    nu: dt.datetime,
) -> Leefdomeinbeeld:
    """Adds one reading; earlier ones stay. A stand of 1-5, a text with the kind of what it says, or both.

    `doel` ties a goal of the plan to this domain. `besproken` says that the talk about the domains is done.
    """
    with handeling(werkproces, "leefdomein.vastgelegd", toegang=toegang, nu=nu, inhoud={"domein": domein}) as h:
        h.eis_open()
        eis_code("leefdomeinen", domein, veld="domein", zin="Kies een leefdomein.")
        eis_niet_later(op, vandaag=h.vandaag)
        if stand is not None and not 1 <= stand <= 5:
            raise Geweigerd("Een stand is een getal van 1 tot en met 5, of leeg.", veld="stand")
        if stand is None and not tekst.strip():
            raise Geweigerd("Kies een stand of schrijf iets op. Eén van de twee is genoeg.", veld="tekst")
        if tekst.strip() and aard not in Leefdomeinbeeld.Aard.values:
            raise Geweigerd(
                "Kies wat je vastlegt: woorden van de jongere, een feit, een vraag of een afspraak.", veld="aard"
            )
        beeld = Leefdomeinbeeld.objects.create(
            werkproces=h.werkproces,
            ronde=h.werkproces.ronde,
            door_id=h.door_id,
            domein=domein,
            stand=stand,
            aard=aard if tekst.strip() else "",
            tekst=tekst.strip(),
            op=op,
        )
        if doel is not None:
            _koppel_doel(h, doel, domein)
        if besproken:
            _besproken(h, op=op)
    return beeld


def _koppel_doel(h: Handeling, doel: Doel, domein: str) -> None:
    van_plan = Doel.objects.alles(reden=BINNEN).filter(pk=doel.pk, plan__werkproces=h.werkproces)
    if not van_plan.filter(plan__vervangen_op__isnull=True).update(leefdomein=domein):
        raise Geweigerd("Dit doel hoort niet meer bij het plan. Kies een ander doel.", veld="doel")


def rond_leefdomeinen_af(werkproces: Werkproces, *, op: dt.date, toegang: Toegang, nu: dt.datetime) -> None:
    """The talk about the domains is done; at least one was recorded in this round."""
    with handeling(werkproces, "leefdomeinen.besproken", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(op, vandaag=h.vandaag)
        _besproken(h, op=op)


def _besproken(h: Handeling, *, op: dt.date) -> None:
    rijen = Leefdomeinbeeld.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, ronde=h.werkproces.ronde)
    aantal = rijen.values("domein").distinct().count()
    if not aantal:
        raise Geweigerd("Leg eerst minstens één leefdomein vast. De andere mogen leeg blijven.")
    h.feit("leefdomeinen.besproken", op=op, toelichting=f"{aantal} van 13 besproken")


def leg_big5_vast(
    werkproces: Werkproces,
    *,
    standen: Mapping[str, tuple[str, str]],
    op: dt.date,
    toegang: Toegang,
    nu: dt.datetime,
) -> list[Big5stand]:
    """Records the principles that were talked about: code → (ja, deels or nee; explanation). Others stay."""
    with handeling(werkproces, "big5.vastgelegd", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(op, vandaag=h.vandaag)
        gezegd = {code: waarde for code, waarde in standen.items() if waarde[0]}
        if not gezegd:
            raise Geweigerd("Geef bij minstens één punt aan of het op orde is.")
        rijen = []
        for code, (stand, toelichting) in gezegd.items():
            eis_code("big5", code, veld=code)
            eis_code("big5-standen", stand, veld=code)
            rijen.append(
                Big5stand.objects.create(
                    werkproces=h.werkproces,
                    ronde=h.werkproces.ronde,
                    door_id=h.door_id,
                    principe=code,
                    stand=stand,
                    toelichting=toelichting.strip()[:240],
                    op=op,
                )
            )
        h.inhoud["principes"] = sorted(gezegd)
    return rijen
