"""One leaver in the screening and what one does with her; a selection of leavers; a pile of enquêtes that came back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.taal import meervoud
from routekaart.meldingen.bladeren import Bladzijde, blader
from routekaart.personen.merken import merken_voluit
from routekaart.personen.models import Jongere, Verzorger
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening import Staat, Stap
from routekaart.regels.screening_feiten import Antwoord, Soort
from routekaart.signalen.acties_enquete import keur
from routekaart.signalen.acties_screening import (
    Gehoord,
    leg_antwoorden_vast,
    leg_vast,
    maak_melding,
    trek_in,
    verstuur_enquete,
    wijs_toe,
)
from routekaart.signalen.acties_vertrek import stand_van
from routekaart.signalen.beeld import collegas_voor
from routekaart.signalen.forms import MELDING, TEAM, TOEWIJZEN
from routekaart.signalen.forms_screening import (
    AFRONDEN,
    BRIEVEN,
    ENQUETE,
    GESPROKEN,
    HELPER,
    SNEL,
    AfrondFormulier,
    AntwoordenFormulier,
    Antwoordregel,
    BrievenFormulier,
    Doeformulier,
    EnqueteFormulier,
    GesprokenFormulier,
    HelperFormulier,
    MeldingFormulier,
    ToewijsFormulier,
)
from routekaart.signalen.models import Screeningsfeit, Vertrekker
from routekaart.signalen.screening import Vraag, gekozen_jaar, vertrekkers
from routekaart.signalen.screening_beeld import (
    STAAT,
    feitregels,
    gegevens_van,
    pad_van,
    stapetiket,
    waarom_van,
)
from routekaart.signalen.views_enquete import verstuur
from routekaart.signalen.views_screening import kruimels, vandaag
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.models import Gebruiker
from routekaart.toegang.rechten import Recht

HOOGSTENS = 100
PER_KEER = 50
ERBIJ = ("jongere__gemeente", "instelling", "behandelaar")
SNELLE = {
    Soort.TELEFOON.value: "Gebeld, geen gehoor. Het staat erbij.",
    Soort.HUISBEZOEK.value: "Aangebeld, niemand thuis. Het staat erbij.",
}


def _collegas(request: Verzoek, rijen: Sequence[Vertrekker]) -> tuple[dict[str, Gebruiker], list[tuple[str, str]]]:
    """Who may work on these, by key; and as choices, oneself first."""
    jongeren: Any = [rij.jongere for rij in rijen]
    collegas = list(collegas_voor(jongeren, op=vandaag()))
    ik = request.toegang.gebruiker_id
    namen = sorted(collegas, key=lambda collega: (collega.pk != ik, collega.naam))
    keuzes = [(str(een.sleutel), f"{een.naam} (ik)" if een.pk == ik else een.naam) for een in namen]
    return {str(een.sleutel): een for een in collegas}, keuzes


class Formulieren:
    """Everything one can do with one leaver; a refused form keeps what was typed."""

    def __init__(self, request: Verzoek, rij: Vertrekker) -> None:
        self.request, self.rij = request, rij
        gestuurd = request.POST.get("doe", "")
        self.collegas, keuzes = _collegas(request, [rij])
        op = vandaag()

        def data(doet: str) -> Any:
            return request.POST if gestuurd == doet else None

        self.gesproken = GesprokenFormulier(data(GESPROKEN), op=op)
        self.helper = HelperFormulier(data(HELPER), op=op)
        self.melding = MeldingFormulier(data(MELDING))
        self.afronden = AfrondFormulier(data(AFRONDEN))
        self.toewijzen = ToewijsFormulier(data(TOEWIJZEN), collegas=keuzes)

    def doe(self) -> HttpResponse | None:
        """Does what was sent and says where to go on; None where the form is not right."""
        alle = (self.gesproken, self.helper, self.melding, self.afronden, self.toewijzen)
        form = next((een for een in alle if een.is_bound), None)
        if form is None or not form.is_valid():
            return None
        try:
            return self._doe(form, form.cleaned_data)
        except Geweigerd as reden:
            form.geweigerd(reden)
            return None

    def _doe(self, form: Doeformulier, velden: dict[str, Any]) -> HttpResponse:
        wie: dict[str, Any] = {"toegang": self.request.toegang, "nu": nu()}
        if form.doet == MELDING:
            melding = maak_melding(self.rij, toelichting=velden["toelichting"], **wie)
            meld(self.request, "De melding is gemaakt.")
            if self.request.toegang.mag(Recht.MELDINGEN_ZIEN):
                return redirect("meldingen:melding", melding.sleutel)
            return _naar(self.rij)
        if form.doet == TOEWIJZEN:
            aan = None if velden["aan"] == TEAM else self.collegas[velden["aan"]]
            wijs_toe([self.rij], aan=aan, **wie)
            meld(self.request, f"Toegewezen aan {aan.naam if aan is not None else 'het team'}.")
            return _naar(self.rij)
        soort, antwoord = Soort.AFGEROND.value, ""
        if form.doet == GESPROKEN:
            soort, antwoord = velden["hoe"], velden["antwoord"]
        elif form.doet == HELPER:
            soort, _, antwoord = velden["wat"].partition(":")
        feit = leg_vast(
            self.rij, Soort(soort), op=velden.get("op") or vandaag(), antwoord=antwoord, bij=velden.get("bij", ""),
            toelichting=velden["toelichting"], **wie,
        )  # fmt: skip
        return _klaar(self.request, self.rij, feit, "Het staat erbij.")


def _adres(rij: Vertrekker) -> str:
    return f"{reverse('signalen:screening-jongere', args=[rij.jongere.sleutel])}?schooljaar={rij.schooljaar}"


def _naar(rij: Vertrekker) -> HttpResponse:
    return redirect(_adres(rij))


def _klaar(request: Verzoek, rij: Vertrekker, feit: Screeningsfeit, zin: str) -> HttpResponse:
    meld(request, zin, ongedaan=reverse("signalen:screening-intrekken", args=[rij.jongere.sleutel, feit.sleutel]))
    return _naar(rij)


def _haal_rij(request: Verzoek, sleutel: uuid.UUID, schooljaar: str) -> Vertrekker:
    """The leaver of this season; without one the newest. 404 for who did not leave, or is not within reach."""
    wie: Jongere = haal(Jongere.objects.select_related("gemeente"), request, sleutel)
    rijen = Vertrekker.objects.voor(request.toegang).select_related(*ERBIJ).filter(jongere=wie)
    alle = {rij.schooljaar: rij for rij in rijen.order_by("schooljaar")}
    rij: Vertrekker | None = alle.get(schooljaar) or next(reversed(alle.values()), None)
    if rij is None:
        request.inzage.weiger(f"signalen.vertrekker:{sleutel}")
        raise Http404
    return rij


def _eis_werken(request: Verzoek) -> None:
    """404 for who may look and do nothing."""
    if not request.toegang.mag(Recht.SIGNALEN_WERKEN):
        request.inzage.weiger(Recht.SIGNALEN_WERKEN)
        raise Http404


@vereist(Recht.SIGNALEN_ZIEN)
def jongere(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One leaver: how it stands and why, what was tried, and what one does now."""
    rij = _haal_rij(request, sleutel, request.GET.get("schooljaar", ""))
    mag = request.toegang.mag(Recht.SIGNALEN_WERKEN)
    formulieren = None
    if request.method == "POST":
        _eis_werken(request)
        if request.POST.get("doe") == SNEL:
            return _snel(request, rij, request.POST.get("soort", ""))
    if mag:
        formulieren = Formulieren(request, rij)
        if request.method == "POST" and (verder := formulieren.doe()) is not None:
            return verder
    request.inzage.noteer(
        "screening.jongere-bekeken", jongere_id=rij.jongere_id, onderwerp=f"signalen.vertrekker:{rij.sleutel}"
    )
    return render(request, "signalen/screening_jongere.html", _beeld(request, rij, formulieren, mag=mag))


def _beeld(request: Verzoek, rij: Vertrekker, formulieren: Formulieren | None, *, mag: bool) -> dict[str, Any]:
    op = vandaag()
    jaar = Schooljaar.lees(rij.schooljaar)
    # the reasons are worked out from everything that is known; that is only done for who asks
    waarom = request.GET.get("waarom") == "ja"
    stand = stand_van(rij.regio_id, rij.jongere_id, schooljaar=jaar, op=op) if waarom else None
    staat, stap = (stand.staat, stand.stap.value) if stand is not None else (Staat(rij.staat), rij.stap)
    if rij.jongere.overleden_op is not None and rij.jongere.overleden_op <= op:
        staat, stap = Staat.BUITEN, Stap.GEEN.value
    feiten = list(
        Screeningsfeit.objects.voor(request.toegang)
        .filter(jongere=rij.jongere_id, schooljaar=rij.schooljaar)
        .select_related("aan", "door", "brief__document")
        .order_by("op", "pk")
    )
    verzorgers = Verzorger.objects.voor(request.toegang).filter(jongere=rij.jongere_id, tot__isnull=True)
    school = Vraag(schooljaar=rij.schooljaar, school=str(rij.instelling.sleutel)).adres()
    return {
        "rij": rij,
        "jaar": jaar,
        "staat": STAAT[staat],
        "stap": stapetiket(stap),
        "buiten": staat is Staat.BUITEN,
        "waarom": waarom_van(stand) if stand is not None else None,
        "waarom_url": "" if waarom else f"{_adres(rij)}&waarom=ja#waarom",
        "merken": merken_voluit(rij.jongere, op=op),
        "pad": pad_van(feiten, stap, op=op),
        "feiten": list(feitregels(rij, feiten, op=op, mag=mag)),
        "gegevens": gegevens_van(rij, list(verzorgers.order_by("pk")), op=op),
        "formulieren": formulieren if staat is not Staat.BUITEN else None,
        "meer": _meer(formulieren, stap) if formulieren is not None and staat is not Staat.BUITEN else (),
        "mag_enquete": stap == Stap.ENQUETE or _geen_brief(feiten),
        "hier": _adres(rij),
        "mag_dossier": request.toegang.mag(Recht.DOSSIER_ZIEN),
        "kruimels": kruimels(jaar, Kruimel(rij.instelling.naam, school)),
    }


def _geen_brief(feiten: Sequence[Screeningsfeit]) -> bool:
    """Whether no enquête could go yet: where an address came to be known since, it can be written after all."""
    geldig = {feit.soort for feit in feiten if feit.ingetrokken_op is None}
    return Soort.GEEN_BRIEF in geldig and Soort.ENQUETE not in geldig


def _meer(formulieren: Formulieren, stap: str) -> list[tuple[bool, str, Doeformulier, str, str]]:
    """The acts that one needs less often, folded; open where it is the next step, or was refused."""
    nu_helper = stap in {Stap.UITSLAG, Stap.PLAATSING}
    vouwen = (
        (nu_helper, "Bij het Trajectbureau of een andere helper", formulieren.helper, "Leg vast", "doe-helper"),
        (stap == Stap.MELDING, "Begeleiding is nodig", formulieren.melding, "Maak een melding", "doe-melding"),
        (stap == Stap.MELDING, "Er is verder niets nodig", formulieren.afronden, "Rond af", "doe-afronden"),
        (False, "Een collega pakt dit op", formulieren.toewijzen, "Geef door", "doe-toewijzen"),
    )
    return [(open_ or form.is_bound, kop, form, doe, id_) for open_, kop, form, doe, id_ in vouwen]


def _snel(request: Verzoek, rij: Vertrekker, soort: str) -> HttpResponse:
    """One tap: the enquête is written, no answer on the telephone, nobody at home."""
    if soort not in SNELLE and soort != Soort.ENQUETE:
        return _naar(rij)
    wie: dict[str, Any] = {"op": vandaag(), "toegang": request.toegang, "nu": nu()}
    try:
        if soort == Soort.ENQUETE:
            return verstuur(request, [rij])
        feit = leg_vast(rij, Soort(soort), antwoord=Antwoord.GEEN.value, **wie)
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return _naar(rij)
    return _klaar(request, rij, feit, SNELLE[soort])


@vereist(Recht.SIGNALEN_WERKEN)
@require_POST
def intrekken(request: Verzoek, sleutel: uuid.UUID, feit: uuid.UUID) -> HttpResponse:
    """Takes back what was recorded by mistake."""
    wie: Jongere = haal(Jongere.objects.select_related("gemeente"), request, sleutel)
    rijen = Screeningsfeit.objects.voor(request.toegang).filter(jongere=wie)
    dit = rijen.filter(sleutel=feit).first()
    rij = None
    if dit is not None:
        eigen = Vertrekker.objects.voor(request.toegang).select_related(*ERBIJ)
        rij = eigen.filter(jongere=wie, schooljaar=dit.schooljaar).first()
    if dit is None or rij is None:
        request.inzage.weiger(f"signalen.screeningsfeit:{feit}")
        raise Http404
    try:
        trek_in(rij, dit, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, "Ingetrokken. Het blijft leesbaar, met een streep erdoor.")
    return _naar(rij)


# -- more than one at a time


class Selectie:
    """The things one can do with all of a selection, or with none."""

    def __init__(self, request: Verzoek, rijen: Sequence[Vertrekker]) -> None:
        self.request, self.rijen = request, rijen
        gestuurd = request.POST.get("doe", "")
        self.collegas, keuzes = _collegas(request, rijen)
        samen = ",".join(str(rij.sleutel) for rij in rijen)

        def data(doet: str) -> Any:
            return request.POST if gestuurd == doet else None

        self.brieven = BrievenFormulier(data(BRIEVEN), selectie=samen)
        self.enquete = EnqueteFormulier(data(ENQUETE), selectie=samen, op=vandaag())
        self.toewijzen = ToewijsFormulier(data(TOEWIJZEN), selectie=samen, collegas=keuzes)
        self.melding = MeldingFormulier(data(MELDING), selectie=samen)

    def doe(self, terug: str) -> HttpResponse | None:
        """Does what was sent and says where to go on; None where the form is not right."""
        alle = (self.brieven, self.enquete, self.toewijzen, self.melding)
        form = next((een for een in alle if een.is_bound), None)
        if form is None or not form.is_valid():
            return None
        try:
            if form.doet == BRIEVEN:
                return verstuur(self.request, self.rijen)
            meld(self.request, self._doe[form.doet](form.cleaned_data))
        except Geweigerd as reden:
            form.geweigerd(reden)
            return None
        naar_meldingen = form.doet == MELDING and self.request.toegang.mag(Recht.MELDINGEN_ZIEN)
        return redirect("meldingen:lijst") if naar_meldingen else redirect(terug)

    @property
    def _doe(self) -> dict[str, Callable[[dict[str, Any]], str]]:
        return {ENQUETE: self._verstuur, TOEWIJZEN: self._wijs_toe, MELDING: self._meld}

    def _verstuur(self, velden: dict[str, Any]) -> str:
        aantal = verstuur_enquete(self.rijen, op=velden["op"], toegang=self.request.toegang, nu=nu())
        return f"De enquête staat als verstuurd bij {meervoud(aantal, 'jongere', 'jongeren')}."

    def _wijs_toe(self, velden: dict[str, Any]) -> str:
        aan = None if velden["aan"] == TEAM else self.collegas[velden["aan"]]
        aantal = wijs_toe(self.rijen, aan=aan, toegang=self.request.toegang, nu=nu())
        naar = aan.naam if aan is not None else "het team"
        return f"{meervoud(aantal, 'jongere', 'jongeren')} toegewezen aan {naar}."

    def _meld(self, velden: dict[str, Any]) -> str:
        with transaction.atomic():
            for rij in self.rijen:
                maak_melding(rij, toelichting=velden["toelichting"], toegang=self.request.toegang, nu=nu())
        return f"{meervoud(len(self.rijen), 'melding', 'meldingen')} gemaakt."


def _sleutels(teksten: Sequence[str]) -> set[uuid.UUID]:
    sleutels = set()
    for tekst in ",".join(teksten).split(",")[:HOOGSTENS]:
        try:
            sleutels.add(uuid.UUID(tekst))
        except ValueError:
            continue
    return sleutels


def _gekozen(request: Verzoek, sleutels: set[uuid.UUID]) -> list[Vertrekker]:
    """These leavers, of one season. 404 where one of them is not within reach."""
    rijen = Vertrekker.objects.voor(request.toegang).select_related(*ERBIJ).filter(sleutel__in=sleutels)
    gevonden = list(rijen.order_by("jongere__zoeknaam", "pk")) if sleutels else []
    if len(gevonden) != len(sleutels):
        request.inzage.weiger("signalen.screening-selectie")
        raise Http404
    return [rij for rij in gevonden if rij.schooljaar == gevonden[0].schooljaar]


@vereist(Recht.SIGNALEN_WERKEN)
@require_POST
def selectie(request: Verzoek) -> HttpResponse:
    """Something done to everybody who was ticked: first the page that names them, then the act."""
    gekozen = _gekozen(request, _sleutels(request.POST.getlist("vertrekker")))
    if not gekozen:
        waarschuw(request, "Vink eerst aan om wie het gaat.")
        return redirect("signalen:screening-jongeren")
    terug = Vraag(schooljaar=gekozen[0].schooljaar).adres(stap="te-doen")
    formulieren = Selectie(request, gekozen)
    if (verder := formulieren.doe(terug)) is not None:
        return verder
    gekeurd = keur(gekozen, nu=nu())
    request.inzage.noteer("screening.bekeken", inhoud={"selectie": [str(rij.sleutel) for rij in gekozen]})
    jaar = Schooljaar.lees(gekozen[0].schooljaar)
    context = {
        "gekozen": [(rij.jongere.naam, rij.instelling.naam, _adres(rij)) for rij in gekozen],
        "aantal": meervoud(len(gekozen), "jongere", "jongeren"),
        "formulieren": formulieren,
        "met_brief": sum(een.kan for een in gekeurd),
        "zonder_brief": [(een.vertrekker.jongere.naam, een.reden, een.verder) for een in gekeurd if not een.kan],
        "hier": reverse("signalen:screening-selectie"),
        "terug": terug,
        "kruimels": kruimels(jaar),
    }
    return render(request, "signalen/screening_selectie.html", context)


def _wachtend(request: Verzoek, jaar: Schooljaar, plaats: str) -> Bladzijde:
    """Who got an enquête and has not been heard since, by name."""
    verstuurd = Screeningsfeit.objects.voor(request.toegang).filter(
        jongere=OuterRef("jongere"), schooljaar=str(jaar), soort=Soort.ENQUETE, ingetrokken_op__isnull=True
    )
    wacht = vertrekkers(request.toegang, jaar).filter(Exists(verstuurd), staat=Staat.BENADERD)
    rijen = wacht.select_related("jongere", "instelling")
    return blader(rijen, plaats, veld="jongere__zoeknaam", aflopend=False, per=PER_KEER)


def _uit_formulier(request: Verzoek, jaar: Schooljaar) -> list[Vertrekker]:
    """The rows that were sent, also who was heard of meanwhile: what was filled in is never dropped in silence."""
    namen = [naam.removesuffix("-antwoord") for naam in request.POST if naam.endswith("-antwoord")]
    rijen = vertrekkers(request.toegang, jaar).filter(sleutel__in=_sleutels(namen))
    return list(rijen.select_related("jongere", "instelling").order_by("jongere__zoeknaam", "pk"))


def _leg_vast(request: Verzoek, form: AntwoordenFormulier, rijen: Sequence[tuple[Vertrekker, Antwoordregel]]) -> int:
    gehoord = [
        Gehoord(rij, regel.cleaned_data["antwoord"], regel.cleaned_data["bij"].strip())
        for rij, regel in rijen
        if regel.cleaned_data["antwoord"]
    ]
    if not gehoord:
        raise Geweigerd("Kies bij wie een enquête terugkwam. De rest blijft wachten.")
    return leg_antwoorden_vast(gehoord, op=form.cleaned_data["op"], toegang=request.toegang, nu=nu())


@vereist(Recht.SIGNALEN_WERKEN)
def antwoorden(request: Verzoek) -> HttpResponse:
    """The pile of enquêtes that came back: everybody who got one and has not answered, a row each, one button."""
    jaar = gekozen_jaar(request.GET.get("schooljaar", ""), vandaag())
    plaats = request.GET.get("pagina", "")[:50]
    gestuurd = request.POST if request.method == "POST" else None
    blad = _wachtend(request, jaar, plaats)
    terug = blad.rijen if gestuurd is None else _uit_formulier(request, jaar)
    rijen = [(rij, Antwoordregel(gestuurd, prefix=str(rij.sleutel))) for rij in terug]
    form = AntwoordenFormulier(gestuurd, initial={"op": vandaag()})
    if gestuurd is not None and all([form.is_valid(), *(regel.is_valid() for _, regel in rijen)]):
        try:
            aantal = _leg_vast(request, form, rijen)
        except Geweigerd as reden:
            form.add_error(None, reden.boodschap)
        else:
            meld(request, f"{meervoud(aantal, 'antwoord staat', 'antwoorden staan')} erbij.")
            return redirect(f"{reverse('signalen:screening-antwoorden')}?schooljaar={jaar}")
    request.inzage.noteer("screening.bekeken", inhoud={"toon": "antwoorden", "schooljaar": str(jaar)})
    hier = f"{reverse('signalen:screening-antwoorden')}?schooljaar={jaar}"
    context = {
        "jaar": jaar,
        "rijen": [(rij.jongere.naam, rij.instelling.naam, _adres(rij), regel) for rij, regel in rijen],
        "form": form,
        "hier": f"{hier}&pagina={plaats}" if plaats else hier,
        "vorige": f"{hier}&pagina={blad.vorige}" if blad.vorige else "",
        "volgende": f"{hier}&pagina={blad.volgende}" if blad.volgende else "",
        "kruimels": kruimels(jaar),
    }
    return render(request, "signalen/screening_antwoorden.html", context)
