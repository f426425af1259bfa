"""Deliveries that came in on earlier days, with rows that still wait to be mended."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Mens
from routekaart.demo.proefleveringen import TIKFOUT, Rij, bsn_van, naam_van, schrijf_bestand
from routekaart.leveringen.acties import neem_levering_in
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import toegang_van

REDEN = "de leveringen van de demo"


def neem_eerdere_leveringen_in(mensen: Sequence[Mens], gebied: Demogebied, *, vandaag: dt.date) -> None:
    """Four days ago the BRP, yesterday the enrolments, taken in by the administration."""
    leerlingen = [mens.jongere for mens in mensen if mens.profiel == "leerling"][1:31]
    kinderen = [mens.jongere for mens in mensen if mens.profiel == "kind"][3:15]
    leveringen = (
        (4, "brp", "brp-mutaties", _verhuizingen([*kinderen, *leerlingen[:4]], vandaag)),
        (1, "inschrijvingen", "inschrijvingen-duo", _inschrijvingen(leerlingen)),
    )
    bram = gebied.mensen["Bram Oosting"]
    with tempfile.TemporaryDirectory() as map_:
        for geleden, soort, naam, rijen in leveringen:
            dag = vandaag - dt.timedelta(days=geleden)
            pad = Path(map_) / f"{naam}-{dag:%Y%m%d}.csv"
            schrijf_bestand(pad, rijen)
            moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(8, 40)))
            neem_levering_in(soort, pad, regio=gebied.regio, toegang=toegang_van(bram, op=vandaag), nu=moment)


def _verhuizingen(jongeren: Sequence[Jongere], vandaag: dt.date) -> list[Rij]:
    """Most as we know them; two moved, one gemeentecode does not exist, one birth date cannot be."""
    rijen = [
        {
            "bsn": bsn_van(jongere),
            **naam_van(jongere),
            "straat": jongere.straat,
            "huisnummer": jongere.huisnummer,
            "gemeentecode": jongere.gemeente.code,
        }
        for jongere in jongeren
    ]
    for rij in rijen[2:4]:
        rij |= {"straat": "Nieuwe Kade", "huisnummer": "12"}
    rijen[5]["gemeentecode"] = "0000"
    rijen[8]["geboortedatum"] = f"{vandaag.year - 9}-02-30"
    return [*rijen]


def _inschrijvingen(jongeren: Sequence[Jongere]) -> list[Rij]:
    """As we know them, some with their leerjaar; three name the kind of school as people do, two cannot be read."""
    bekend = Inschrijving.objects.alles(reden=REDEN).filter(jongere__in=jongeren, tot=None).select_related("instelling")
    bsn = {jongere.pk: bsn_van(jongere) for jongere in jongeren}
    rijen = [
        {
            "pgn": bsn[rij.jongere_id],
            "brin": rij.instelling.brin,
            "onderwijssoort": rij.onderwijssoort,
            "niveau": str(rij.niveau or ""),
            "van": rij.van.isoformat(),
            "tot": "",
            "leerjaar": "2" if nummer % 7 == 0 else rij.leerjaar,
        }
        for nummer, rij in enumerate(bekend.order_by("jongere_id", "van"))
    ]
    for nummer in (3, 9, 15):
        rijen[nummer]["onderwijssoort"] = "middelbaar beroepsonderwijs"
    rijen[12]["van"] = "01-08-2025"
    rijen[18]["pgn"] = TIKFOUT
    return [*rijen]
