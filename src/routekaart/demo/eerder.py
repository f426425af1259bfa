"""Deliveries that came in on earlier days, with rows that still wait to be mended."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Mens
from routekaart.demo.proefleveringen import Rij, bsn_van, naam_van, schrijf_bestand
from routekaart.leveringen.acties import Aanpak, neem_levering_in
from routekaart.leveringen.models import Levering
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.toegang.bereik import toegang_van

REDEN = "de leveringen van de demo"


def neem_eerdere_leveringen_in(mensen: Sequence[Mens], gebied: Demogebied, *, vandaag: dt.date) -> None:
    """Four days ago changes of the BRP, two days ago everybody of one gemeente, yesterday the enrolments, taken in by
    the administration.
    """
    leerlingen = [mens.jongere for mens in mensen if mens.profiel == "leerling"][1:31]
    kinderen = [mens.jongere for mens in mensen if mens.profiel == "kind"][3:15]
    code = kinderen[0].gemeente.code
    leveringen = (
        (4, "brp", "brp-mutaties", _verhuizingen([*kinderen, *leerlingen[:4]], vandaag), Aanpak()),
        (2, "brp", "brp-volledig", _iedereen_op_twee_na(code), _volledig(code, vandaag - dt.timedelta(days=2))),
        (1, "inschrijvingen", "inschrijvingen-duo", _inschrijvingen(leerlingen), Aanpak()),
    )
    bram = gebied.mensen["Bram Oosting"]
    with tempfile.TemporaryDirectory() as map_:
        for geleden, soort, naam, rijen, aanpak in leveringen:
            dag = vandaag - dt.timedelta(days=geleden)
            pad = Path(map_) / f"{naam}-{dag:%Y%m%d}.csv"
            schrijf_bestand(pad, rijen, codering="utf-8")
            moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(8, 40)))
            toegang = toegang_van(bram, op=vandaag)
            neem_levering_in(soort, pad, regio=gebied.regio, toegang=toegang, nu=moment, aanpak=aanpak)


def _volledig(code: str, dag: dt.date) -> Aanpak:
    return Aanpak(aard=Levering.Aard.VOLLEDIG, peildatum=dag, gebied=[code])


def _zoals_bekend(jongere: Jongere) -> dict[str, str]:
    """A row of the BRP that changes nothing."""
    return {
        "bsn": bsn_van(jongere),
        **naam_van(jongere),
        "straat": jongere.straat,
        "huisnummer": jongere.huisnummer,
        "gemeentecode": jongere.gemeente.code,
    }


def _iedereen_op_twee_na(code: str) -> list[Rij]:
    """Who lives there and has a BSN; two are not in the file, and somebody has to find out where they are."""
    bewoners = Jongere.objects.alles(reden=REDEN).filter(gemeente__code=code, nummers__soort=Persoonsnummer.Soort.BSN)
    er_nog = bewoners.filter(overleden_op=None, vertrokken_op=None).select_related("gemeente").order_by("-pk")
    return [_zoals_bekend(jongere) for jongere in er_nog[2:]]


def _verhuizingen(jongeren: Sequence[Jongere], vandaag: dt.date) -> list[Rij]:
    """Most as we know them; two moved, one gemeentecode does not exist, one birth date cannot be."""
    rijen = [_zoals_bekend(jongere) for jongere in jongeren]
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
    rijen[18]["pgn"] = _verwisseld(rijen[18]["pgn"])
    return [*rijen]


def _verwisseld(cijfers: str) -> str:
    """The number with two figures swapped, as somebody types it in a hurry."""
    plek = next(plek for plek in range(len(cijfers) - 1) if cijfers[plek] != cijfers[plek + 1])
    return cijfers[:plek] + cijfers[plek + 1] + cijfers[plek] + cijfers[plek + 2 :]
