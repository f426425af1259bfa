"""Publishing per kind: which class writes the rows of a delivery."""

from __future__ import annotations

from routekaart.leveringen.publiceren.brp import BrpPublicatie
from routekaart.leveringen.publiceren.brp_relaties import RelatiePublicatie
from routekaart.leveringen.publiceren.diplomas import DiplomaPublicatie
from routekaart.leveringen.publiceren.duo_antwoord import DuoAntwoordPublicatie
from routekaart.leveringen.publiceren.duo_verzuim import DuoVerzuimPublicatie
from routekaart.leveringen.publiceren.inschrijvingen import InschrijvingPublicatie
from routekaart.leveringen.publiceren.publicatie import Inlezing, Publicatie, Uitslag

PUBLICATIES: dict[str, type[Publicatie]] = {
    "brp": BrpPublicatie,
    "brp-relaties": RelatiePublicatie,
    "inschrijvingen": InschrijvingPublicatie,
    "diplomas": DiplomaPublicatie,
    "duo-verzuim": DuoVerzuimPublicatie,
    "duo-antwoord": DuoAntwoordPublicatie,
}

__all__ = ["PUBLICATIES", "Inlezing", "Publicatie", "Uitslag"]
