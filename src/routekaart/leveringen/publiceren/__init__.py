"""Publishing per kind: what writes the rows of a delivery."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from routekaart.leveringen.publiceren.brp import BrpPublicatie
from routekaart.leveringen.publiceren.brp_relaties import RelatiePublicatie
from routekaart.leveringen.publiceren.duo_antwoord import DuoAntwoordPublicatie
from routekaart.leveringen.publiceren.duo_verzuim import DuoVerzuimPublicatie
from routekaart.leveringen.publiceren.feitpublicatie import Feitpublicatie
from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN
from routekaart.leveringen.publiceren.koppelbestand import KoppelPublicatie
from routekaart.leveringen.publiceren.publicatie import Inlezing, Publicatie, Uitslag

PUBLICATIES: dict[str, Callable[[Inlezing, Collection[str]], Publicatie]] = {
    "brp": BrpPublicatie,
    "brp-relaties": RelatiePublicatie,
    "duo-verzuim": DuoVerzuimPublicatie,
    "duo-antwoord": DuoAntwoordPublicatie,
    "koppelbestand": KoppelPublicatie,
    **{code: partial(Feitpublicatie, soort) for code, soort in FEITSOORTEN.items()},
}

__all__ = ["PUBLICATIES", "Inlezing", "Publicatie", "Uitslag"]
