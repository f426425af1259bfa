"""Whom the region keeps in view: looks at who is in a vulnerable position, a list of DUO, research that comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from routekaart.begeleiding.acties import bekijk_jikp
from routekaart.begeleiding.herkomst import herkomst_van
from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Mens
from routekaart.demo.reis import moment
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Inschrijving, Jikpopgave, Vsvopgave
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_onderzoek import plan
from routekaart.signalen.models import Onderzoek
from routekaart.toegang.bereik import systeem_toegang, toegang_van

REDEN = "de demo wordt gebouwd"
VSV = ("nieuwe-vsv", "dreigend-vsv")
# days ago, extra attention, where to, whether school helps, who were at the uitstroomgesprek, what was heard
BEKEKEN = (
    (40, False, "entree", "ja", "", "De mentor ziet hem elke dag. Hij wil na de zomer door."),
    (
        75,
        False,
        "dagbesteding",
        "ja",
        "De jongere, zijn moeder, Werk en Inkomen, school",
        "Begint bij de zorgboerderij.",
    ),
    (110, False, "school", "nee", "", "De stage ging twee keer niet door."),
)


def laat_volgen(gebied: Demogebied, mensen: Sequence[Mens], *, vandaag: dt.date) -> None:
    """Makes all of it, as of `vandaag`."""
    coach = gebied.mensen["Noor Haverkamp"]
    volgt = Werkproces.objects.alles(reden=REDEN).open().filter(soort="jikp", route="jikp-volgen", doelgroep="jikp")
    for werkproces, (geleden, extra, naar, hulp, erbij, tekst) in zip(volgt.order_by("pk"), BEKEKEN, strict=False):
        op = max(vandaag - dt.timedelta(days=geleden), werkproces.gestart_op)
        bekijk_jikp(
            werkproces,
            extra_aandacht=extra,
            toelichting=tekst,
            bestemming=naar,
            schoolhulp=hulp,
            uitstroomgesprek=bool(erbij),
            deelnemers=erbij,
            op=op,
            toegang=toegang_van(coach, op=vandaag),
            nu=moment(vandaag, 16),
        )
    _lijst_van_duo(mensen, vandaag)
    _rapportage_van_het_portaal(mensen, vandaag)
    wie: dict[str, Any] = {"toegang": systeem_toegang(gebied.regio.pk), "nu": moment(vandaag, 8)}
    plan(Onderzoek.Soort.DUO_VSV, elke_weken=4, eerst_op=vandaag, eigenaar=coach, **wie)
    plan(Onderzoek.Soort.SCHOLEN, elke_weken=13, eerst_op=vandaag + dt.timedelta(days=20), eigenaar=None, **wie)


def _lijst_van_duo(mensen: Sequence[Mens], vandaag: dt.date) -> None:
    """The names of DUO over last schooljaar: most of whom we have, and some whom we do not."""
    jaar = Schooljaar.van(vandaag).vorige
    gegaan = [een for een in mensen if een.profiel in VSV and een.uit is not None and een.uit <= jaar.einde]
    weg = [een for een in mensen if een.profiel == "startkwalificatie"][:2]  # DUO did not know the diploma yet
    opgaven = [
        Vsvopgave(
            jongere=een.jongere,
            schooljaar=str(jaar),
            rapportage="NenR",
            leverdatum=vandaag - dt.timedelta(days=18),
            uitgeschreven_op=een.uit,
            bron="DUO",
        )
        for een in [*gegaan[:25], *weg]
    ]
    # a delivery of the demo may have brought the same person already
    Vsvopgave.objects.bulk_create(opgaven, ignore_conflicts=True)


def _rapportage_van_het_portaal(mensen: Sequence[Mens], vandaag: dt.date) -> None:
    """The report of the JIKP-portaal over last schooljaar: whom we keep in view, one of them with another origin, and
    three whom we do not.
    """
    jaar, geleverd = Schooljaar.van(vandaag).vorige, vandaag - dt.timedelta(days=12)
    volgt = Werkproces.objects.alles(reden=REDEN).open().filter(soort="jikp", gestart_op__lte=geleverd).order_by("pk")
    herkomsten = {}
    opvallend = [een.jongere.pk for een in mensen if een.profiel == "jikp"][:6]
    for pk in [*volgt.values_list("jongere", flat=True)[1:], *opvallend]:
        rijen = Inschrijving.objects.alles(reden=REDEN).filter(jongere=pk)
        herkomsten[pk] = herkomst_van(rijen, op=geleverd) or "pro"
    eerste = next(iter(herkomsten))
    herkomsten[eerste] = next(een.code for een in codelijst("herkomst-jikp").waarden if een.code != herkomsten[eerste])
    nieuw = [een for een in mensen if een.profiel == "leerling" and een.jongere.leeftijd(op=vandaag) >= 18][-3:]
    onbekend = {een.jongere.pk for een in nieuw}
    opgaven = [
        Jikpopgave(
            jongere_id=pk,
            schooljaar=str(jaar),
            herkomst=komt_van,
            leverdatum=geleverd,
            ingeschreven=pk in onbekend,
            werk=pk in onbekend,
            uitkering=False,
            bron="JIKP-portaal",
        )
        for pk, komt_van in (herkomsten | dict.fromkeys(onbekend, "vmbo-bb")).items()
    ]
    Jikpopgave.objects.bulk_create(opgaven, ignore_conflicts=True)
