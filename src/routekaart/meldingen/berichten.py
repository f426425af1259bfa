"""E-mail to who reported: a number, a date and what we still need. Never a name, never anything about the jongere."""

from __future__ import annotations

import datetime as dt
import functools

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from routekaart.basis.taal import datum_voluit
from routekaart.meldingen.models import Melding

DUO = "A.I"

ONTVANGEN = """Beste melder,

Uw melding is bij ons binnen. U meldde op {datum}. Het nummer is {nummer}.

U hoort van ons. Hebt u een vraag? Noem dan dit nummer.

In deze mail staat geen naam. Zo blijft wat u ons vertelde tussen u en ons.
"""

GEVRAAGD = """Beste melder,

Bij uw melding {nummer} missen wij nog iets:

{punten}

Wilt u dit aanvullen? Dat kan in het portaal, of bel ons en noem het nummer.
Stuur geen namen of andere gegevens van de jongere per mail.
"""


def bevestig(melding: Melding, *, nu: dt.datetime) -> None:
    """Acknowledges the melding once the transaction is through: by mail, or on the screen of the portal.

    What came through DUO, DUO acknowledges itself.
    """
    if melding.kanaal == DUO or not (melding.melder_email or melding.melder_id):
        return
    melding.bevestigd_op = nu
    melding.save(update_fields=["bevestigd_op"])
    if not melding.melder_email:
        return
    transaction.on_commit(functools.partial(_verstuur_bevestiging, melding), robust=True)


def _verstuur_bevestiging(melding: Melding) -> None:
    tekst = ONTVANGEN.format(datum=datum_voluit(timezone.localdate(melding.ontvangen_op)), nummer=melding.nummer)
    _verstuur(f"Uw melding {melding.nummer} is binnen", tekst, melding.melder_email)


def vraag_per_mail(melding: Melding, punten: list[str]) -> None:
    """Asks the melder for these points, by their name only, once the transaction is through."""
    lijst = "\n".join(f"- {punt}" for punt in punten)
    tekst = GEVRAAGD.format(nummer=melding.nummer, punten=lijst)
    stuur = functools.partial(
        _verstuur, f"Wij missen nog iets bij melding {melding.nummer}", tekst, melding.melder_email
    )
    transaction.on_commit(stuur, robust=True)


def _verstuur(onderwerp: str, tekst: str, aan: str) -> None:
    send_mail(onderwerp, tekst, settings.DEFAULT_FROM_EMAIL, [aan])
