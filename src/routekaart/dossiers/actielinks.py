"""Where an act is done: the code of an act (inhoud/codelijsten/acties.toml) becomes the address of its form."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.urls import reverse

# acts that have a page in the dossier of the jongere
IN_DOSSIER: dict[str, str] = {
    "contact-vastleggen": "dossiers:contact",
    "dossier-gelezen": "dossiers:dossieronderzoek",
    "intake-plannen": "begeleiding:intake-plannen",
    "intake-vastleggen": "begeleiding:intake",
    "leefdomeinen": "begeleiding:leefdomeinen",
    "privacy-bespreken": "begeleiding:privacy",
    "inzicht-aanvullen": "begeleiding:inzicht",
    "plan-maken": "begeleiding:plan",
    "uitvoering-starten": "begeleiding:uitvoering",
    "voortgang-vastleggen": "begeleiding:voortgang",
    "afsluiten": "begeleiding:afsluiten",
    "terugkoppelen": "samenwerking:terugkoppelen",
    "evalueren": "begeleiding:evaluatie",
    "jikp-bekijken": "begeleiding:in-beeld",
    "situatie-bekijken": "begeleiding:in-beeld",
    "nazorg": "begeleiding:nazorg",
    "afspraak": "begeleiding:plan",
    "doelgroep": "dossiers:doelgroep",
}
# acts on a melding: the meldpunt with that melding open
OP_MELDING: dict[str, str] = {"oordeel-geven": "meldingen:lijst"}
# where there is nothing to do but look
STANDAARD = "dossiers:route"


def dossier_url(naam: str, jongere: uuid.UUID, *args: object, werkproces: uuid.UUID | None = None, **extra: str) -> str:
    """The address of a dossier page; `werkproces` chooses one that is not the newest, `extra` fills a form in."""
    vraag = {"werkproces": str(werkproces)} if werkproces else {}
    vraag |= {sleutel: waarde for sleutel, waarde in extra.items() if waarde}
    adres = reverse(naam, args=[jongere, *args])
    return f"{adres}?{urlencode(vraag)}" if vraag else adres


def actielink(
    code: str,
    *,
    jongere: uuid.UUID | None,
    werkproces: uuid.UUID | None = None,
    melding: uuid.UUID | None = None,
    **extra: str,
) -> str:
    """The address where this act is done. An unknown code (of an older route version) leads to the route."""
    if code in OP_MELDING or jongere is None:
        adres = reverse(OP_MELDING.get(code, "meldingen:lijst"))
        return f"{adres}?{urlencode({'melding': str(melding)})}" if melding else adres
    return dossier_url(IN_DOSSIER.get(code, STANDAARD), jongere, werkproces=werkproces, **extra)
