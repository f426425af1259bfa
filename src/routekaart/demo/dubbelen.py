"""One young person who stands in the register twice: the administration has something to merge, and to take back."""

from __future__ import annotations

import datetime as dt

from routekaart.demo.gebied import Demogebied
from routekaart.demo.reis import moment
from routekaart.personen.acties import maak_jongere
from routekaart.personen.acties_dubbelen import zoek_dubbelen
from routekaart.personen.acties_terugmelden import meld_terug
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import systeem_toegang, toegang_van


def bouw_dubbelen(gebied: Demogebied, bekend: Jongere, *, vandaag: dt.date) -> None:
    """A school reported somebody without a number, under another spelling; a coach doubts an address."""
    gisteren = moment(vandaag - dt.timedelta(days=1))
    administratie = toegang_van(gebied.mensen["Bram Oosting"], op=vandaag)
    maak_jongere(
        gemeente=bekend.gemeente,
        achternaam="Feenstra",
        voornamen="Luuk",
        geboortedatum=bekend.geboortedatum,
        geslacht=bekend.geslacht,
        telefoon="06 12 34 56 78",
        toegang=administratie,
        nu=gisteren,
    )
    meld_terug(
        bekend,
        wat="adres",
        volgens_ons="Kade 14 in Oosterwaard",
        waaruit="Zijn moeder vertelde dat hij daar sinds de zomer woont.",
        toegang=toegang_van(gebied.mensen["Noor Haverkamp"], op=vandaag),
        nu=gisteren,
    )
    zoek_dubbelen(gebied.regio.pk, toegang=systeem_toegang(gebied.regio.pk), nu=moment(vandaag))
