"""Notes in the dossier: each says what kind of content it is (DOS-11). A note is not changed; a new one corrects it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Aantekening, Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

SOORTEN = "aantekening-soorten"


@transaction.atomic
def schrijf_aantekening(
    jongere: Jongere,
    *,
    aard: str,
    tekst: str,
    op: dt.date,
    werkproces: Werkproces | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Aantekening:
    """Writes a note of a declared kind: a question for support, a fact, words of the jongere, or an agreement.

    A diagnosis or a guess is no kind (PRV-08). `op`: the day it is about. The werkproces may be closed already.
    """
    if aard not in codelijst(SOORTEN):
        raise Geweigerd("Kies wat je opschrijft: een vraag, een feit, woorden of een afspraak.", veld="aard")
    if not tekst.strip():
        raise Geweigerd("Schrijf op wat je zag, hoorde of afsprak.", veld="tekst")
    if op > timezone.localdate(nu):
        raise Geweigerd("Deze datum ligt in de toekomst.", veld="op")
    if werkproces is not None and werkproces.jongere_id != jongere.pk:
        raise ValueError("Dit werkproces hoort bij een andere jongere")
    aantekening = Aantekening.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        aard=aard,
        tekst=tekst.strip(),
        op=op,
        door_id=toegang.gebruiker_id or None,
    )
    schrijf(
        "aantekening.geschreven",
        toegang=toegang,
        nu=nu,
        jongere_id=jongere.pk,
        onderwerp=aantekening,
        inhoud={"aard": aard},
    )
    return aantekening


def aantekeningen_van(jongere: Jongere, *, toegang: Toegang) -> list[Aantekening]:
    """The notes about this jongere that this user may read, newest first. One query."""
    rijen = Aantekening.objects.voor(toegang).filter(jongere=jongere).select_related("door", "werkproces")
    return list(rijen.order_by("-op", "-pk"))
