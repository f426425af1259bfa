"""The first page after signing in: the work of this user, of the team, or of the administration."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from routekaart.basis.onderdelen import Filter
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht, Rol
from routekaart.werkplek import voorraadbeeld
from routekaart.werkplek.administratie import maak_administratiebeeld
from routekaart.werkplek.teambeeld import maak_teambeeld
from routekaart.werkplek.werkvoorraad import haal_werkvoorraad

MIJ, TEAM, ADMINISTRATIE = "mij", "team", "administratie"
# the entry of the menu whose counter these pages have read already
MELDINGEN = "meldingen:lijst"
# whose page it is, and for whom it is made
VOOR: dict[str, tuple[str, frozenset[Rol]]] = {
    MIJ: ("Mijn werk", frozenset({Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR})),
    TEAM: ("Het team", frozenset({Rol.COORDINATOR})),
    ADMINISTRATIE: ("Administratie", frozenset({Rol.ADMINISTRATIE})),
}
# where somebody begins who has no work list: the first right that fits
EERSTE_PAGINA: tuple[tuple[Recht, str], ...] = (
    (Recht.PORTAAL_SCHOOL, "portaal:meldingen"),
    (Recht.DOSSIER_ZIEN, "werkplek:jongeren"),
    (Recht.LOGBOEK, "beheer:logboek"),
    (Recht.BEHEER, "beheer:instellingen"),
    (Recht.WIJZER, "werkplek:doelgroepwijzer"),
)


@vereist(Recht.EIGEN_ACCOUNT)
@require_safe
def werkvoorraad(request: Verzoek) -> HttpResponse:
    """What there is to do, in order of urgency. Who has no work list goes on to the first page that is theirs."""
    if not request.toegang.mag(Recht.WERKVOORRAAD):
        return _eerste_pagina(request)
    request.inzage.doel = str(Recht.WERKVOORRAAD)
    mogelijk = [code for code, (_, rollen) in VOOR.items() if rollen & request.toegang.rollen]
    gevraagd = request.GET.get("voor", "")
    voor = gevraagd if gevraagd in mogelijk else mogelijk[0]
    keuzes = [Filter(VOOR[code][0], f"?voor={code}", gekozen=code == voor) for code in mogelijk]
    toon = {MIJ: _mijn_werk, TEAM: _team, ADMINISTRATIE: _administratie}[voor]
    return toon(request, keuzes if len(keuzes) > 1 else [])


def _eerste_pagina(request: Verzoek) -> HttpResponse:
    naam = next((naam for recht, naam in EERSTE_PAGINA if request.toegang.mag(recht)), None)
    if naam:
        return redirect(naam)
    return render(request, "werkplek/nog_niets.html", {"zonder_rol": not request.toegang.rollen})


def _mijn_werk(request: Verzoek, keuzes: list[Filter]) -> HttpResponse:
    moment = nu()
    toon = request.GET.get("toon", "")
    toon = toon if toon in voorraadbeeld.TOON else voorraadbeeld.ALLES
    voorraad = haal_werkvoorraad(request.toegang, nu=moment)
    groepen = voorraadbeeld.groepen(voorraad, toon)
    request.tellers = {MELDINGEN: voorraad.te_beoordelen}
    getoond = sum(len(groep.regels) for groep in groepen)
    request.inzage.noteer("werkvoorraad.bekeken", inhoud={"toon": toon, "getoond": getoond})
    context = {
        "voorraad": voorraad,
        "toon": toon,
        "keuzes": keuzes,
        "groet": voorraadbeeld.groet(request.user.get_short_name(), nu=moment),
        "zin": voorraadbeeld.in_woorden(voorraad),
        "filters": voorraadbeeld.filters(voorraad, toon),
        "groepen": groepen,
        "zij": voorraadbeeld.zijkolom(voorraad),
        "eerstvolgende": voorraadbeeld.eerstvolgende(voorraad),
    }
    return render(request, "werkplek/werkvoorraad.html", context)


def _team(request: Verzoek, keuzes: list[Filter]) -> HttpResponse:
    beeld = maak_teambeeld(request.toegang, nu=nu())
    request.tellers = {MELDINGEN: beeld.te_beoordelen}
    request.inzage.noteer("team.bekeken", inhoud={"zonder_behandelaar": len(beeld.zonder)})
    return render(request, "werkplek/team.html", {"beeld": beeld, "keuzes": keuzes})


def _administratie(request: Verzoek, keuzes: list[Filter]) -> HttpResponse:
    beeld = maak_administratiebeeld(request.toegang, nu=nu())
    request.tellers = {MELDINGEN: beeld.te_beoordelen}
    request.inzage.noteer("werkvoorraad.bekeken", inhoud={"toon": "administratie", "getoond": beeld.getoond})
    return render(request, "werkplek/administratie.html", {"beeld": beeld, "keuzes": keuzes})
