"""The doelgroep of one jongere on a day: gathers the facts that the house knows and asks the pure rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from routekaart.basis.parameters import parameters
from routekaart.inhoud.codelijsten import codelijst
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.loopbaan.models import Diploma, Inschrijving, Vaststelling, Werk
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.regels import doelgroep as regel
from routekaart.regels import loopbaan as feit
from routekaart.regels.doelgroep_feiten import als_gegevens as besluit_als_gegevens
from routekaart.toegang.bereik import Toegang

_BEREIKT = "feiten bij een jongere die al bereikt is"


def verzuimsoorten() -> frozenset[str]:
    """The soorten melding that report absence."""
    return frozenset(waarde.code for waarde in codelijst("meldingsoorten").waarden if waarde["verzuim"])


def lopende_meldingen(jongere: Jongere, *, op: dt.date) -> QuerySet[Melding]:
    """Meldingen about this jongere that are in by that day, and neither withdrawn nor closed."""
    rijen: QuerySet[Melding] = Melding.objects.alles(reden=_BEREIKT).filter(jongere=jongere, ontvangen_op__date__lte=op)
    afgedaan = (Melding.Oordeel.GEEN_ACTIE, Melding.Oordeel.ONTERECHT, Melding.Oordeel.OVERDRACHT)
    return rijen.filter(
        Q(werkproces__isnull=True) | Q(werkproces__afgesloten_op__isnull=True), ingetrokken_op__isnull=True, uitkomst=""
    ).exclude(oordeel__in=afgedaan)


def feiten(jongere: Jongere, *, op: dt.date, erbij: Melding | None = None) -> regel.Feiten:
    """Everything the rule looks at, as it is recorded now. Six queries.

    Without a single inschrijving the loopbaan is unknown, not empty; the same for werk, which no source
    delivers in full. `erbij` is a melding that counts along although it is not linked yet.
    """
    inschrijvingen = tuple(_inschrijving(rij) for rij in _van(Inschrijving, jongere))
    werk = tuple(feit.Werk(van=rij.van, tot=rij.tot, uren=rij.uren) for rij in _van(Werk, jongere))
    diplomas = tuple(
        feit.Diploma(soort=feit.Diplomasoort(rij.soort), behaald_op=rij.behaald_op, niveau=rij.niveau or None)
        for rij in _van(Diploma, jongere)
    )
    vaststelling = _van(Vaststelling, jongere).order_by("op").first()
    instelling = parameters(jongere.regio_id, op=op)
    meldingen = list(lopende_meldingen(jongere, op=op).values_list("soort", "voorgenomen_uitschrijving"))
    if erbij is not None:
        meldingen.append((erbij.soort, erbij.voorgenomen_uitschrijving))
    return regel.Feiten(
        peildatum=op,
        geboortedatum=jongere.geboren,
        regio=regel.Regio(
            bovengrens=instelling["bovengrens"], baan_telt=instelling["baan_telt"], baan_uren=instelling["baan_uren"]
        ),
        overleden_op=jongere.overleden_op,
        vertrokken_op=jongere.vertrokken_op,
        in_nederland_sinds=jongere.in_nederland_sinds,
        startkwalificatie_vastgesteld=(
            feit.Vaststelling(op=vaststelling.op, bron=vaststelling.bron) if vaststelling else None
        ),
        diplomas=diplomas if diplomas or inschrijvingen else None,
        inschrijvingen=inschrijvingen or None,
        werk=werk or None,
        verzuimmelding=any(soort in verzuimsoorten() for soort, _ in meldingen),
        voorgenomen_uitschrijving=any(voornemen for _, voornemen in meldingen),
    )


def bepaal(jongere: Jongere, *, op: dt.date, toegang: Toegang, erbij: Melding | None = None) -> regel.Besluit:
    """The proposed doelgroep on that day, explained. The caller reached the jongere, who is of its own regio."""
    if toegang.regio_id != jongere.regio_id:
        raise ValueError("Een regio bepaalt de doelgroep van haar eigen jongeren")
    return regel.beslis(feiten(jongere, op=op, erbij=erbij), grenzen=laad_grenzen())


def als_gegevens(besluit: regel.Besluit) -> dict[str, Any]:
    """The decision as plain data, to keep with the werkproces: what was proposed, why, and by which version."""
    gegevens = besluit_als_gegevens("", besluit)
    del gegevens["id"]
    return {"peildatum": besluit.peildatum.isoformat(), "versie": besluit.versie, **gegevens}


def _van(model: Any, jongere: Jongere) -> Any:
    return model.objects.alles(reden=_BEREIKT).filter(jongere=jongere)


def _inschrijving(rij: Inschrijving) -> feit.Inschrijving:
    return feit.Inschrijving(
        van=rij.van, tot=rij.tot, onderwijssoort=feit.Onderwijssoort(rij.onderwijssoort), niveau=rij.niveau or None
    )
