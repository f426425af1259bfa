"""What is known of one person when two prove to be one: field by field, and what an empty row keeps.

BRP facts are those of who has a BSN, for these come from the BRP; where neither or both have one, of who stays. They
go by groups: a street of the one beside a postcode of the other is nobody's address. Own contact data are those of
who stays; what is empty there comes from the other. A warning (geheimhouding, death, not alone) is never lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models

from routekaart.personen.acties import soort_werk_voor, zoeknaam_van
from routekaart.personen.models import Jongere

# of an empty row: nobody who is looked for by age is born then
LEEG_GEBOREN = "1900-00-00"
# what an empty row keeps: where it belongs
BLIJFT_STAAN = {"regio", "gemeente", "soort_werk", "samengevoegd_met"}

NAAM = ("achternaam", "voorvoegsel", "naamgebruik")
ADRES = (
    "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "functie_adres", "adres_sinds",
)  # fmt: skip
VERTREK = ("vertrokken_op", "land")
LOS = ("voornamen", "in_gemeente_sinds", "in_nederland_sinds")
EIGEN = ("roepnaam", "telefoon", "email", "verblijfadres")


def samengestelde_velden(
    blijft: Jongere, verdwijnt: Jongere, *, met_bsn: Collection[int], op: dt.date
) -> dict[str, Any]:
    """The fields of the one who stays, as they become; `met_bsn` are those who have a BSN."""
    om = verdwijnt.pk in met_bsn and blijft.pk not in met_bsn
    eerst, dan = (verdwijnt, blijft) if om else (blijft, verdwijnt)
    uit_brp = eerst.pk in met_bsn
    velden: dict[str, Any] = {naam: getattr(eerst, naam) for naam in NAAM}
    velden |= {naam: getattr(eerst, naam) or getattr(dan, naam) for naam in LOS}
    met_adres = dan if not (eerst.postcode or eerst.straat) and (dan.postcode or dan.straat) else eerst
    velden |= {naam: getattr(met_adres, naam) for naam in ADRES}
    velden["gemeente_id"] = (eerst if uit_brp else met_adres).gemeente_id
    geboren = eerst if uit_brp or eerst.geboren.volledig or not dan.geboren.volledig else dan
    velden |= {naam: getattr(geboren, naam) for naam in ("geboortedatum", "geboren_vanaf", "geboren_tot")}
    onbekend = Jongere.Geslacht.ONBEKEND
    velden["geslacht"] = eerst.geslacht if eerst.geslacht != onbekend else dan.geslacht
    velden["in_onderzoek"] = eerst.in_onderzoek
    vertrokken = eerst if eerst.vertrokken_op or uit_brp else dan
    velden |= {naam: getattr(vertrokken, naam) for naam in VERTREK}
    velden["overleden_op"] = eerst.overleden_op or dan.overleden_op
    velden["geheimhouding"] = max(eerst.geheimhouding, dan.geheimhouding)
    velden |= {naam: getattr(blijft, naam) or getattr(verdwijnt, naam) for naam in EIGEN}
    velden["niet_alleen"] = blijft.niet_alleen or verdwijnt.niet_alleen
    return velden | _afgeleid(blijft, velden, op=op)


def _afgeleid(blijft: Jongere, velden: dict[str, Any], *, op: dt.date) -> dict[str, Any]:
    geworden = Jongere(**velden)
    soort_werk = blijft.soort_werk
    if velden["geboortedatum"] != blijft.geboortedatum:
        soort_werk = soort_werk_voor(geworden.geboren, op=op)
    return {"zoeknaam": zoeknaam_van(geworden), "soort_werk": soort_werk}


def leeg_velden() -> dict[str, Any]:
    """Every field of a person as it stands in an empty row."""
    leeg: dict[str, Any] = {}
    for naam in (*Jongere.PRIVACY.persoonlijk, *Jongere.PRIVACY.zakelijk):
        veld = Jongere._meta.get_field(naam)
        if naam in BLIJFT_STAAN or not isinstance(veld, models.Field):
            continue
        leeg[naam] = veld.get_default() if veld.has_default() else None if veld.null else ""
    geboren = Jongere(geboortedatum=LEEG_GEBOREN).geboren
    return leeg | {
        "geboortedatum": LEEG_GEBOREN,
        "geboren_vanaf": geboren.eerste,
        "geboren_tot": geboren.laatste,
    }
