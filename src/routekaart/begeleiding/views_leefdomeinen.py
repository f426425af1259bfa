"""The life domains as a picture with the form beside it, and the Big 5."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from routekaart.basis import taal
from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Domein, Puntenbeeld
from routekaart.begeleiding.acties import leg_big5_vast, leg_leefdomein_vast, rond_leefdomeinen_af
from routekaart.begeleiding.forms_intake import NIVEAUS, Big5Formulier, LeefdomeinFormulier
from routekaart.begeleiding.models import Big5stand, Doel, Leefdomeinbeeld
from routekaart.begeleiding.selecties import beelden_van, big5_van, doelen_van
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import Waarde, codelijst
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht

AARD = dict(Leefdomeinbeeld.Aard.choices)


@dataclass(frozen=True)
class Eerder:
    """One reading of the chosen domain, as it is shown."""

    beeld: Leefdomeinbeeld
    stand: str
    aard: str


@vereist(Recht.DOSSIER_ZIEN)
def leefdomeinen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What moved since the start, and the reading of one domain. `?domein=` chooses which."""
    dossier = open_dossier(request, sleutel, tab="intake")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Leefdomeinen"})
    beelden = beelden_van(dossier.werkproces, toegang=request.toegang)
    doelen = doelen_van(dossier.werkproces, toegang=request.toegang)
    domein = _gekozen(request.GET.get("domein", ""), beelden)
    eigen = [beeld for beeld in beelden if beeld.domein == domein.code]
    form = _formulier(request, dossier, domein, doelen)
    volgende = _volgende(domein, beelden)
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: leg_leefdomein_vast(
            dossier.eis_werkproces(), domein=domein.code, op=dossier.op, toegang=request.toegang, nu=dossier.nu,
            **form.cleaned_data,
        ),
        klaar=f"{domein['kort']} is bewaard.",
        naar=dossier.url("begeleiding:leefdomeinen", domein=volgende.code),
    )  # fmt: skip
    return antwoord or render(
        request,
        "begeleiding/leefdomeinen.html",
        {
            "dossier": dossier,
            "form": form,
            "domein": {"kort": str(domein["kort"]), "label": domein.label, "meldcode": bool(domein["meldcode"])},
            "beeld": _beeld(dossier, beelden, doelen, domein),
            "open": _niet_besproken(dossier, beelden),
            "eerder": [_eerder(beeld) for beeld in reversed(eigen)],
            "stand_zin": _stand_zin(eigen),
            "besproken": _is_besproken(dossier),
            "iets_besproken": any(beeld.ronde == dossier.eis_werkproces().ronde for beeld in beelden),
            "volgende_url": dossier.url("begeleiding:leefdomeinen", domein=volgende.code),
            "afronden": dossier.url("begeleiding:leefdomeinen-besproken"),
            "submenu": submenu(dossier, "begeleiding:leefdomeinen"),
        },
    )


def _gekozen(code: str, beelden: Sequence[Leefdomeinbeeld]) -> Waarde:
    """The domain of the address; without one the first that was not talked about yet."""
    lijst = codelijst("leefdomeinen")
    if code:
        if code not in lijst:
            raise Http404
        return lijst.waarde(code)
    bekend = {beeld.domein for beeld in beelden}
    return next((domein for domein in lijst.waarden if domein.code not in bekend), lijst.waarden[0])


def _volgende(domein: Waarde, beelden: Sequence[Leefdomeinbeeld]) -> Waarde:
    """The next domain that was not talked about yet; where none is left, the next in the list."""
    waarden = codelijst("leefdomeinen").waarden
    bekend = {beeld.domein for beeld in beelden} | {domein.code}
    begin = waarden.index(domein) + 1
    rondje = [*waarden[begin:], *waarden[:begin]]
    return next((ander for ander in rondje if ander.code not in bekend), rondje[0])


def _formulier(request: Verzoek, dossier: Dossier, domein: Waarde, doelen: list[Doel]) -> LeefdomeinFormulier:
    naam = dossier.jongere.aanspreeknaam or dossier.jongere.naam
    keuze = Doel.objects.voor(request.toegang).filter(pk__in=[doel.pk for doel in doelen]) if doelen else None
    hoort_bij = next((doel.sleutel for doel in doelen if doel.leefdomein == domein.code), None)
    return LeefdomeinFormulier(
        request.POST or None, naam=naam, doelen=keuze, initial={"doel": hoort_bij, "aard": "woorden"}
    )


def _beeld(
    dossier: Dossier, beelden: Sequence[Leefdomeinbeeld], doelen: Sequence[Doel], gekozen: Waarde
) -> Puntenbeeld | None:
    """The picture: per domain the first and the last stand; None while there is none."""
    met_stand = [beeld for beeld in beelden if beeld.stand is not None]
    if not met_stand:
        return None
    doel_bij = {doel.leefdomein: doel.tekst for doel in reversed(doelen) if doel.leefdomein}
    domeinen = []
    for waarde in codelijst("leefdomeinen").waarden:
        standen = [beeld.stand for beeld in met_stand if beeld.domein == waarde.code]
        domeinen.append(
            Domein(
                naam=str(waarde["kort"]),
                nu=standen[-1] if standen else None,
                start=standen[0] if len(standen) > 1 else None,
                doel=doel_bij.get(waarde.code, ""),
                url=dossier.url("begeleiding:leefdomeinen", domein=waarde.code),
                gekozen=waarde == gekozen,
            )
        )
    begin, eind = met_stand[0].op, met_stand[-1].op
    return Puntenbeeld(
        domeinen=domeinen,
        start_op=taal.datum_voluit(begin),
        nu_op=taal.datum_voluit(eind) if eind != begin else "",
        standen=[niveau.label for niveau in NIVEAUS.waarden],
    )


def _niet_besproken(dossier: Dossier, beelden: Sequence[Leefdomeinbeeld]) -> list[tuple[str, str]]:
    """The domains without a stand, with the address where one is given."""
    bekend = {beeld.domein for beeld in beelden if beeld.stand is not None}
    return [
        (str(waarde["kort"]), dossier.url("begeleiding:leefdomeinen", domein=waarde.code))
        for waarde in codelijst("leefdomeinen").waarden
        if waarde.code not in bekend
    ]


def _eerder(beeld: Leefdomeinbeeld) -> Eerder:
    stand = f"{beeld.stand}: {NIVEAUS.waarde(str(beeld.stand)).label}" if beeld.stand else ""
    return Eerder(beeld, stand, str(AARD.get(beeld.aard, "")))


def _stand_zin(eigen: Sequence[Leefdomeinbeeld]) -> str:
    """'Nu 3: redt zich beperkt. Bij de start was dit 1.'"""
    standen = [beeld.stand for beeld in eigen if beeld.stand is not None]
    if not standen:
        return "Hier is nog geen stand."
    zin = f"Laatste stand {standen[-1]}: {NIVEAUS.waarde(str(standen[-1])).label}."
    return f"{zin} Bij de start was dit {standen[0]}." if len(standen) > 1 else zin


def _is_besproken(dossier: Dossier) -> bool:
    """Whether the talk about the domains counts as done on the route."""
    stap = dossier.stand.route.stap_met_code("leefdomeinen") if dossier.stand else None
    if stap is None or dossier.stand is None:
        return False
    stand = dossier.stand.stap(stap.nummer)
    return stand is not None and any(feit.code == "leefdomeinen.besproken" for feit in stand.feiten)


@vereist(Recht.DOSSIER_WERKEN)
@require_POST
def besproken(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The talk about the domains is done; what was not talked about may stay so."""
    dossier = open_dossier(request, sleutel, tab="intake")
    try:
        rond_leefdomeinen_af(dossier.eis_werkproces(), op=dossier.op, toegang=request.toegang, nu=dossier.nu)
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(dossier.url("begeleiding:leefdomeinen"))
    meld(request, "De leefdomeinen zijn besproken.")
    return redirect(dossier.url("dossiers:route"))


@vereist(Recht.DOSSIER_ZIEN)
def big5(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The five principles: is the base in order? At the intake, and again before closing."""
    dossier = open_dossier(request, sleutel, tab="intake")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Big 5"})
    eerder = big5_van(dossier.werkproces, toegang=request.toegang)
    form = Big5Formulier(request.POST or None, initial={"op": dossier.op})
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: leg_big5_vast(
            dossier.eis_werkproces(), standen=form.standen(), op=form.cleaned_data["op"], toegang=request.toegang,
            nu=dossier.nu,
        ),
        klaar="De Big 5 is vastgelegd.",
        naar=dossier.url("begeleiding:big5"),
    )  # fmt: skip
    regels = [(stand, toelichting, _nieuwste_eerst(eerder.get(stand.name, []))) for stand, toelichting in form.punten]
    return antwoord or render(
        request,
        "begeleiding/big5.html",
        {
            "dossier": dossier,
            "form": form,
            "regels": regels,
            "zin": _big5_zin(eerder),
            "submenu": submenu(dossier, "begeleiding:big5"),
        },
    )


def _nieuwste_eerst(standen: list[Big5stand]) -> list[Big5stand]:
    return list(reversed(standen))


def _big5_zin(eerder: dict[str, list[Big5stand]]) -> str:
    """How things stand, in words."""
    if not eerder:
        return "Nog niet vastgelegd. Vijf punten die samen de basis vormen; je mag er ook een paar invullen."
    open_ = [
        punt.label for punt in codelijst("big5").waarden if punt.code in eerder and eerder[punt.code][-1].stand != "ja"
    ]
    if not open_:
        return f"{taal.hoofdletter(taal.telwoord(len(eerder)))} van de vijf vastgelegd, alles daarvan is op orde."
    return f"Nog niet op orde: {taal.opsomming(open_).lower()}."
