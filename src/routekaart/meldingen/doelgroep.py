"""The doelgroep of one jongere on a day: gathers the facts that the house knows and asks the pure rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from routekaart.basis.parameters import parameters
from routekaart.basis.sleutels import Sleutels
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


@cache
def verzuimsoorten() -> frozenset[str]:
    """The soorten melding that report absence."""
    return frozenset(waarde.code for waarde in codelijst("meldingsoorten").waarden if waarde["verzuim"])


def lopende_meldingen(jongere_ids: Collection[int], *, op: dt.date) -> QuerySet[Melding]:
    """Meldingen about these jongeren that are in by that day, and neither withdrawn nor closed."""
    rijen: QuerySet[Melding] = _van(Melding, jongere_ids).filter(ontvangen_op__date__lte=op)
    afgedaan = (Melding.Oordeel.GEEN_ACTIE, Melding.Oordeel.ONTERECHT, Melding.Oordeel.OVERDRACHT)
    return rijen.filter(
        Q(werkproces__isnull=True) | Q(werkproces__afgesloten_op__isnull=True), ingetrokken_op__isnull=True, uitkomst=""
    ).exclude(oordeel__in=afgedaan)


def feiten(jongere: Jongere, *, op: dt.date, erbij: Melding | None = None) -> regel.Feiten:
    """Everything the rule looks at, as it is recorded now. Six queries.

    Without a single inschrijving the loopbaan is unknown, not empty; the same for werk, which no source
    delivers in full. `erbij` is a melding that counts along although it is not linked yet.
    """
    ook = [(erbij.soort, erbij.voorgenomen_uitschrijving)] if erbij is not None else []
    return Feitenbron([jongere.pk], regio_id=jongere.regio_id, op=op).feiten(jongere, erbij=ook)


class Feitenbron:
    """What the rule looks at on a day, of many jongeren of one regio at once. Six queries, however many they are."""

    def __init__(self, jongere_ids: Collection[int], *, regio_id: int, op: dt.date) -> None:
        self.op, self.instellingen = op, parameters(regio_id, op=op)
        self._inschrijvingen = _per_jongere(
            (pk, feit.Inschrijving(van=van, tot=tot, onderwijssoort=feit.Onderwijssoort(soort), niveau=niveau or None))
            for pk, van, tot, soort, niveau in _rijen(
                Inschrijving, jongere_ids, "van", "tot", "onderwijssoort", "niveau"
            )
        )
        self._werk = _per_jongere(
            (pk, feit.Werk(van=van, tot=tot, uren=uren))
            for pk, van, tot, uren in _rijen(Werk, jongere_ids, "van", "tot", "uren")
        )
        self._diplomas = _per_jongere(
            (pk, feit.Diploma(soort=feit.Diplomasoort(soort), behaald_op=behaald_op, niveau=niveau or None))
            for pk, soort, behaald_op, niveau in _rijen(Diploma, jongere_ids, "soort", "behaald_op", "niveau")
        )
        vastgesteld = _van(Vaststelling, jongere_ids).order_by("-op", "-pk").values_list("jongere_id", "op", "bron")
        # the earliest stays
        self._vaststellingen = {pk: feit.Vaststelling(op=dag, bron=bron) for pk, dag, bron in vastgesteld}
        lopend = lopende_meldingen(jongere_ids, op=op)
        self._meldingen = _per_jongere(
            (pk, (soort, voornemen))
            for pk, soort, voornemen in lopend.values_list("jongere_id", "soort", "voorgenomen_uitschrijving")
        )

    def feiten(self, jongere: Jongere, *, erbij: Collection[tuple[str, bool]] = ()) -> regel.Feiten:
        """The facts about one of them. `erbij`: the soort and the plan to unenrol of meldingen that count along."""
        inschrijvingen = tuple(self._inschrijvingen.get(jongere.pk, ()))
        diplomas = tuple(self._diplomas.get(jongere.pk, ()))
        meldingen = [*self._meldingen.get(jongere.pk, ()), *erbij]
        eigen = self.instellingen
        return regel.Feiten(
            peildatum=self.op,
            geboortedatum=jongere.geboren,
            regio=regel.Regio(
                bovengrens=eigen["bovengrens"], baan_telt=eigen["baan_telt"], baan_uren=eigen["baan_uren"]
            ),
            overleden_op=jongere.overleden_op,
            vertrokken_op=jongere.vertrokken_op,
            in_nederland_sinds=jongere.in_nederland_sinds,
            startkwalificatie_vastgesteld=self._vaststellingen.get(jongere.pk),
            diplomas=diplomas if diplomas or inschrijvingen else None,
            inschrijvingen=inschrijvingen or None,
            werk=tuple(self._werk.get(jongere.pk, ())) or None,
            verzuimmelding=any(soort in verzuimsoorten() for soort, _ in meldingen),
            voorgenomen_uitschrijving=any(voornemen for _, voornemen in meldingen),
        )


def _per_jongere[F](paren: Iterable[tuple[int, F]]) -> dict[int, list[F]]:
    gevonden: dict[int, list[F]] = {}
    for pk, ding in paren:
        gevonden.setdefault(pk, []).append(ding)
    return gevonden


def _rijen(model: Any, jongere_ids: Collection[int], *velden: str) -> Any:
    return _van(model, jongere_ids).order_by("pk").values_list("jongere_id", *velden)


def _van(model: Any, jongere_ids: Collection[int]) -> Any:
    return model.objects.alles(reden=_BEREIKT).filter(jongere__in_rij=Sleutels.van(jongere_ids))


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
