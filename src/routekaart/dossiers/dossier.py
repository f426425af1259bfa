"""The frame of every page of a dossier: who it is about, which werkproces, where that stands, header and tabs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Dossierkop, Etiket, Gegeven, MenuItem
from routekaart.basis.parameters import parameters
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.dossiers.stand import gebeurtenissen, routestand
from routekaart.loopbaan.models import Inschrijving
from routekaart.loopbaan.selecties import inschrijvingen_van
from routekaart.personen.merken import merken_voluit
from routekaart.personen.models import Jongere
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.route import Routestand
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.deuren import Verzoek, haal, nu
from routekaart.toegang.rechten import Recht

# tab -> (label, url name), in the order in which they stand
TABS: dict[str, tuple[str, str]] = {
    "overzicht": ("Overzicht", "dossiers:overzicht"),
    "route": ("Route", "dossiers:route"),
    "loopbaan": ("Loopbaan", "loopbaan:loopbaan"),
    "contact": ("Contact", "dossiers:contact"),
    "intake": ("Intake", "begeleiding:intake"),
    "plan": ("Plan", "begeleiding:plan"),
    "netwerk": ("Netwerk", "dossiers:netwerk"),
    "delen": ("Delen", "delen:delen"),
    "brieven": ("Brieven", "correspondentie:brieven"),
    "geschiedenis": ("Geschiedenis", "dossiers:geschiedenis"),
}


@dataclass(frozen=True)
class Dossier:
    """One dossier as one user sees it at one moment. `instellingen` are those of the region, today.

    `werkprocessen` are those in scope, open ones first, then newest first; `werkproces` is the chosen one with
    its facts and its `stand`; all three are empty for somebody without a werkproces. `inschrijvingen` stand in
    order of time.
    """

    jongere: Jongere
    werkprocessen: list[Werkproces]
    werkproces: Werkproces | None
    feiten: list[Gebeurtenis]
    stand: Routestand | None
    inschrijvingen: list[Inschrijving]
    instellingen: Mapping[str, Any]
    toegang: Toegang
    nu: dt.datetime
    tab: str

    @property
    def school(self) -> Inschrijving | None:
        """The enrolment that began last."""
        begonnen = [rij for rij in self.inschrijvingen if rij.van <= self.op]
        return begonnen[-1] if begonnen else None

    @property
    def op(self) -> dt.date:
        """Today."""
        return timezone.localdate(self.nu)

    @property
    def mag_werken(self) -> bool:
        """Whether this user may change things here at all."""
        return self.toegang.mag(Recht.DOSSIER_WERKEN)

    @property
    def kan_werken(self) -> bool:
        """Whether acts on the werkproces are possible: it is there, it is open, and this user may."""
        return self.mag_werken and self.werkproces is not None and self.werkproces.open

    @property
    def gekozen(self) -> uuid.UUID | None:
        """The key of the werkproces where it is not the one that opens by itself."""
        if self.werkproces is None or self.werkproces == self.werkprocessen[0]:
            return None
        return self.werkproces.sleutel

    def eis_werkproces(self) -> Werkproces:
        """The werkproces, for pages that make no sense without one; else 404."""
        if self.werkproces is None:
            raise Http404
        return self.werkproces

    def url(self, naam: str, *args: object, **extra: str) -> str:
        """The address of another page of this dossier, on the same werkproces."""
        return dossier_url(naam, self.jongere.sleutel, *args, werkproces=self.gekozen, **extra)

    @cached_property
    def kop(self) -> Dossierkop:
        """Name, markers, facts, tabs and acts: the same on every page."""
        return Dossierkop(
            naam=self.jongere.naam,
            feiten=list(self._feiten()),
            etiketten=merken(self.jongere, self.werkproces, op=self.op),
            tabs=self._tabs(),
            acties=self._acties(),
            meer=self._meer(),
        )

    def _feiten(self) -> list[Gegeven]:
        jongere, werkproces = self.jongere, self.werkproces
        feiten = [
            Gegeven("Leeftijd", f"{jongere.leeftijd(op=self.op)} jaar", f"({geboren_voluit(jongere.geboren)})"),
            Gegeven("Gemeente", jongere.gemeente.naam),
        ]
        if self.school is not None:
            feiten.append(Gegeven("School", self.school.instelling.naam, _tot(self.school, op=self.op)))
        if werkproces is None:
            return [*feiten, Gegeven("Werkproces", "geen")]
        feiten.append(Gegeven("Nummer", werkproces.nummer or "volgt"))
        wie = werkproces.behandelaar.naam if werkproces.behandelaar else "nog niemand"
        feiten.append(Gegeven("Behandelaar", wie))
        eerder = next((wp.nummer for wp in self.werkprocessen if wp.pk == werkproces.vervolg_op_id), "")
        if eerder:
            feiten.append(Gegeven("Vervolg op", eerder))
        if werkproces.afgesloten_op is not None:
            feiten.append(Gegeven("Afgesloten", taal.datum_kort(werkproces.afgesloten_op, op=self.op)))
        return feiten

    def _tabs(self) -> list[MenuItem]:
        return [MenuItem(label, self.url(naam), actief=tab == self.tab) for tab, (label, naam) in TABS.items()]

    def _acties(self) -> list[Actie]:
        if not self.kan_werken or self.tab == "contact":
            return []
        return [Actie("Leg contact vast", self.url("dossiers:contact") + "#leg-vast")]

    def _meer(self) -> list[Actie]:
        over_wie = [
            (tekst, naam)
            for tekst, naam, recht in (
                ("Meld een fout in de BRP", "dossiers:brp-terugmelden", Recht.BRP_MELDEN),
                ("Staat er dubbel in", "personen:tweede", Recht.PERSONEN),
            )
            if self.toegang.mag(recht)
        ]
        if not self.mag_werken:
            return [Actie(tekst, self.url(naam)) for tekst, naam in over_wie]
        paren = [
            ("Schrijf een aantekening", "dossiers:aantekening"),
            ("Wijzig contactgegevens", "dossiers:contactgegevens"),
        ]
        werkproces = self.werkproces
        if werkproces is not None and not werkproces.open:
            paren.append(("Heropen het werkproces", "dossiers:heropenen"))
        elif werkproces is not None:
            paren += [
                ("Leg dossieronderzoek vast", "dossiers:dossieronderzoek"),
                ("Bekijk de doelgroep opnieuw", "dossiers:doelgroep"),
                ("Doe een fase opnieuw", "dossiers:fase-opnieuw"),
                ("Geef aan een collega", "dossiers:toewijzen"),
                ("Sluit af met een uitkomst", "begeleiding:afsluiten"),
            ]
        return [Actie(tekst, self.url(naam)) for tekst, naam in [*paren, *over_wie]]


def open_dossier(request: Verzoek, sleutel: uuid.UUID, *, tab: str = "", met_stand: bool = True) -> Dossier:
    """Opens the dossier of this jongere within the scope of the user (else 404) and logs that it was read.

    The werkproces is `?werkproces=<uuid>`, or the newest open one, or the newest closed one. Five queries; three
    for a page that does without facts, stand and instellingen (`met_stand=False`).
    """
    moment = nu()
    vandaag = timezone.localdate(moment)
    jongere = haal(Jongere.objects.select_related("gemeente"), request, sleutel)
    werkprocessen = werkprocessen_van(jongere, toegang=request.toegang)
    werkproces = _kies(request, werkprocessen)
    feiten: list[Gebeurtenis] = []
    stand: Routestand | None = None
    instellingen: dict[str, Any] = {}
    if met_stand:
        instellingen = parameters(jongere.regio_id, op=vandaag)
        if werkproces is not None:
            feiten = gebeurtenissen(werkproces)
            stand = routestand(werkproces, op=vandaag, feiten=feiten, instellingen=instellingen)
    dossier = Dossier(
        jongere=jongere,
        werkprocessen=werkprocessen,
        werkproces=werkproces,
        feiten=feiten,
        stand=stand,
        inschrijvingen=inschrijvingen_van(jongere, toegang=request.toegang),
        instellingen=instellingen,
        toegang=request.toegang,
        nu=moment,
        tab=tab,
    )
    request.inzage.noteer(
        "dossier.bekeken",
        jongere_id=jongere.pk,
        onderwerp=f"dossier:{jongere.sleutel}",
        doel=_doel(dossier),
        inhoud={"pagina": request.resolver_match.view_name if request.resolver_match else tab},
    )
    return dossier


def werkprocessen_van(jongere: Jongere, *, toegang: Toegang) -> list[Werkproces]:
    """The werkprocessen of this jongere that the user may see: open ones first, then newest first. One query."""
    rijen = Werkproces.objects.voor(toegang).filter(jongere=jongere)
    gevonden = list(rijen.select_related("behandelaar", "team", "gemeente", "jongere").order_by("-gestart_op", "-pk"))
    return sorted(gevonden, key=lambda werkproces: not werkproces.open)


def _kies(request: Verzoek, werkprocessen: Sequence[Werkproces]) -> Werkproces | None:
    gevraagd = request.GET.get("werkproces", "")
    if not gevraagd:
        return werkprocessen[0] if werkprocessen else None
    for werkproces in werkprocessen:
        if str(werkproces.sleutel) == gevraagd:
            return werkproces
    request.inzage.weiger(f"werkproces:{gevraagd}")
    raise Http404


def _doel(dossier: Dossier) -> str:
    """Why this dossier is read: it follows from the door one came through (ontwerp.md, section 1)."""
    werkproces = dossier.werkproces
    if werkproces is not None and werkproces.behandelaar_id == dossier.toegang.gebruiker_id:
        return "eigen werk"
    return "bereik" if dossier.jongere.pk in dossier.toegang.jongere_ids else "team"


def merken(jongere: Jongere, werkproces: Werkproces | None, *, op: dt.date) -> list[Etiket]:
    """What everybody must see before doing anything."""
    gevonden = merken_voluit(jongere, op=op)
    if jongere.niet_alleen:
        gevonden.append(Etiket("Ga niet alleen op bezoek", "letop", "letop"))
    if werkproces is not None and "jikp" in {werkproces.doelgroep, *werkproces.kenmerken}:
        gevonden.append(Etiket("JIKP", "accent"))
    return gevonden


def geboren_voluit(geboren: Geboortedatum) -> str:
    """'4 maart 2007'; 'maart 2007' or '2007' where the rest is not known."""
    delen = [str(geboren.dag)] if geboren.dag else []
    delen += [taal.MAANDEN[geboren.maand - 1]] if geboren.maand else []
    return " ".join([*delen, str(geboren.jaar)])


def _tot(inschrijving: Inschrijving, *, op: dt.date) -> str:
    if inschrijving.tot is None or inschrijving.tot >= op:
        return ""
    return f"tot {taal.datum_kort(inschrijving.tot, op=op, weekdag=False)}"
