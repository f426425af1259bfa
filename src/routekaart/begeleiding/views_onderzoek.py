"""The talk about privacy (step 6), and the insight that closes the analysis (step 7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from routekaart.begeleiding.acties import houd_privacygesprek, leg_inzicht_vast
from routekaart.begeleiding.acties.intake import lopende
from routekaart.begeleiding.acties.inzicht import punten
from routekaart.begeleiding.forms_intake import InzichtFormulier, PrivacyFormulier, begin_inzicht
from routekaart.begeleiding.models import Inzicht
from routekaart.begeleiding.selecties import inzichten_van, privacygesprekken_van
from routekaart.begeleiding.submenu import submenu
from routekaart.delen.acties import zeggenschap
from routekaart.delen.models import Toestemming
from routekaart.delen.selecties import laatste_antwoorden, toestemmingen_van
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.netwerk.models import Betrokkene
from routekaart.regels.route import Status
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht

RIJEN = 3
MEESTE_RIJEN = 12
DOEL_SCHOOL = "school en verzuim"
DOEL_PARTNER = "hoe het gaat met de afspraken"


@vereist(Recht.DOSSIER_ZIEN)
def privacy(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What is shared with whom: talked about, and every yes and no of it recorded."""
    dossier = open_dossier(request, sleutel, tab="intake")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Privacy"})
    gesprekken = privacygesprekken_van(dossier.werkproces, toegang=request.toegang)
    antwoorden = laatste_antwoorden(toestemmingen_van(dossier.jongere, toegang=request.toegang))
    beslist = zeggenschap(dossier.jongere, op=dossier.op)
    meer = request.method == "POST" and request.POST.get("doe") == "meer"
    form = _privacyformulier(request, dossier, antwoorden, meer=meer)
    antwoord = None
    if not meer:
        antwoord = verwerk(
            request,
            dossier,
            form,
            lambda: houd_privacygesprek(
                dossier.eis_werkproces(),
                op=form.cleaned_data["op"],
                besproken=form.cleaned_data["besproken"],
                antwoorden=form.antwoorden(beslist.door),
                verklaring=form.cleaned_data["bestand"].read() if form.cleaned_data["bestand"] else None,
                toegang=request.toegang,
                nu=dossier.nu,
            ),
            klaar="Het gesprek over privacy is vastgelegd.",
            naar=dossier.url("dossiers:route"),
        )
    return antwoord or render(
        request,
        "begeleiding/privacy.html",
        {
            "dossier": dossier,
            "form": form,
            "gesprekken": gesprekken,
            "antwoorden": [(rij, rij.geldt(op=dossier.op)) for rij in antwoorden],
            "beslist": beslist,
            "meer_kan": len(form.nummers) < MEESTE_RIJEN,
            "denkstappen": [(str(stap["kort"]), stap.label) for stap in codelijst("denkstappen").waarden],
            "delen": dossier.url("delen:delen"),
            "verklaring": dossier.url("correspondentie:brief-schrijven", "toestemmingsverklaring"),
            "submenu": submenu(dossier, "begeleiding:privacy"),
        },
    )


def _privacyformulier(
    request: Verzoek, dossier: Dossier, antwoorden: list[Toestemming], *, meer: bool
) -> PrivacyFormulier:
    """The form with a row per receiver that is likely; with `meer` one row more, and what was typed kept."""
    voorstel = _voorstel(request, dossier, antwoorden)
    aantal = max(RIJEN, min(len(voorstel) + 1, MEESTE_RIJEN))
    if request.method != "POST":
        return PrivacyFormulier(voorstel=voorstel, aantal=aantal, initial={"op": dossier.op})
    data = request.POST.copy()
    gevraagd = data.get("aantal", "")
    aantal = min(int(gevraagd) + meer, MEESTE_RIJEN) if gevraagd.isdigit() and int(gevraagd) else aantal
    data["aantal"] = str(aantal)
    form = PrivacyFormulier(data, request.FILES, voorstel=voorstel, aantal=aantal)
    if meer:
        form.zonder_controle()
    return form


def _voorstel(request: Verzoek, dossier: Dossier, antwoorden: list[Toestemming]) -> list[tuple[str, str]]:
    """Who is around this jongere and was not asked about yet. One query."""
    gevraagd = {rij.ontvanger.casefold() for rij in antwoorden}
    school = lopende(dossier.inschrijvingen, op=dossier.op)
    rijen = Betrokkene.objects.voor(request.toegang).filter(jongere=dossier.jongere, gestopt_op__isnull=True)
    namen = {school.instelling.naam: DOEL_SCHOOL} if school else {}
    for rij in rijen.order_by("pk"):
        namen.setdefault(rij.organisatie or rij.naam, DOEL_PARTNER)
    return [(naam, doel) for naam, doel in namen.items() if naam.casefold() not in gevraagd]


@dataclass(frozen=True)
class Punt:
    """One point of the minimal insight, with what is known of it."""

    code: str
    kort: str
    vraag: str
    inzicht: Inzicht | None
    oud: bool
    reden: str
    url: str
    gekozen: bool

    @property
    def bekend(self) -> bool:
        return self.inzicht is not None and not self.oud


@vereist(Recht.DOSSIER_ZIEN)
def inzicht(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The points on which insight is needed: what is known, and the form for one. `?punt=` chooses which."""
    dossier = open_dossier(request, sleutel, tab="intake")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Inzicht"})
    bekend = inzichten_van(dossier.werkproces, toegang=request.toegang)
    lijst = _punten(request, dossier, bekend)
    gekozen = next(punt for punt in lijst if punt.gekozen)
    code = gekozen.code
    form = InzichtFormulier(
        request.POST or None,
        punt=code,
        op=dossier.op,
        initial=begin_inzicht(gekozen.inzicht, ronde=dossier.werkproces.ronde, op=dossier.op),
    )
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: leg_inzicht_vast(
            dossier.eis_werkproces(), punt=code, toegang=request.toegang, nu=dossier.nu, **form.cleaned_data
        ),
        klaar=f"{gekozen.kort}: vastgelegd.",
        naar=_na_inzicht(dossier, lijst, code),
    )
    missend = [punt for punt in lijst if not punt.bekend]
    return antwoord or render(
        request,
        "begeleiding/inzicht.html",
        {
            "dossier": dossier,
            "form": form,
            "punten": lijst,
            "gekozen": gekozen,
            "missend": missend,
            "aantal": len(lijst) - len(missend),
            "submenu": submenu(dossier, "begeleiding:inzicht"),
        },
    )


def _punten(request: Verzoek, dossier: Dossier, bekend: dict[str, Inzicht]) -> list[Punt]:
    """The points in order; chosen is that of the address, else the first that is missing, else the first."""
    werkproces = dossier.eis_werkproces()
    nodig = punten(werkproces)
    # an earlier round counts as long as the step was not opened again (phase 3 alone leaves it fulfilled)
    vervuld = _is_vervuld(dossier)
    oud = {code: not vervuld and rij.ronde != werkproces.ronde for code, rij in bekend.items()}
    gevraagd = request.GET.get("punt", "")
    if gevraagd and gevraagd not in {punt.code for punt in nodig}:
        raise Http404
    missend = [punt.code for punt in nodig if punt.code not in bekend or oud[punt.code]]
    gekozen = gevraagd or (missend[0] if missend else nodig[0].code)
    return [
        Punt(
            code=punt.code,
            kort=str(punt["kort"]),
            vraag=punt.label,
            inzicht=bekend.get(punt.code),
            oud=oud.get(punt.code, False),
            reden=_reden(bekend.get(punt.code)),
            url=dossier.url("begeleiding:inzicht", punt=punt.code) + "#vul-aan",
            gekozen=punt.code == gekozen,
        )
        for punt in nodig
    ]


def _is_vervuld(dossier: Dossier) -> bool:
    stap = dossier.stand.route.stap_met_code("vooronderzoek") if dossier.stand else None
    stand = dossier.stand.stap(stap.nummer) if stap and dossier.stand else None
    return stand is not None and stand.status is Status.VERVULD


def _reden(inzicht: Inzicht | None) -> str:
    return label("redenen-uitval", inzicht.redencode, anders="") if inzicht and inzicht.redencode else ""


def _na_inzicht(dossier: Dossier, lijst: list[Punt], code: str) -> str:
    """To the next point that is missing; when this was the last one, back to the route."""
    missend = [punt.code for punt in lijst if not punt.bekend and punt.code != code]
    return dossier.url("begeleiding:inzicht", punt=missend[0]) if missend else dossier.url("dossiers:route")
