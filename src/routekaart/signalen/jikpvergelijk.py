"""The report of the JIKP-portaal beside what we have: who is on one of both, and of whom the origin differs (JKP-03).

With us is who has an open signal JIKP, or work that the rule of that signal counts and that ran in or after the
schooljaar. The origin is compared as it was on the day of the report: what happened later is no difference.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.sleutels import Sleutels
from routekaart.begeleiding.herkomst import herkomst_van
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Inschrijving, Jikpopgave
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.models import Signaal
from routekaart.signalen.vergelijk import Lijstvraag, Rij, Vergelijking, Wie, rij_van, vergelijk
from routekaart.signalen.vergelijk import meld as meld_onderzoek
from routekaart.toegang.bereik import Toegang

SOORT = "jikp"
BIJ_ONS = SIGNAALREGELS[SOORT].werkprocessen
ALLEEN_PORTAAL, ALLEEN_ONS, ANDERS, GELIJK = "alleen-portaal", "alleen-ons", "anders", "gelijk"
TOON = {
    ALLEEN_PORTAAL: "In het portaal, niet bij ons",
    ALLEEN_ONS: "Bij ons, niet in het portaal",
    ANDERS: "Andere herkomst",
    GELIJK: "Bij allebei hetzelfde",
}
KOLOMMEN = ("Herkomst in het portaal", "Herkomst bij ons", "Nu, volgens het portaal")
GEEN = "niet bekend"


@dataclass(frozen=True)
class Vraag(Lijstvraag):
    """What the address asks."""

    PAGINA = "signalen:jikp-portaal"
    TOON = TOON

    toon: str = ALLEEN_PORTAAL


@dataclass(frozen=True)
class Rapportage:
    """The report over one schooljaar."""

    schooljaar: str
    leverdatum: dt.date | None

    @property
    def code(self) -> str:
        return self.schooljaar

    @property
    def naam(self) -> str:
        wanneer = f", rapportage van {taal.datum_voluit(self.leverdatum)}" if self.leverdatum else ""
        return f"{self.schooljaar}{wanneer}"


@dataclass(frozen=True)
class Beeld:
    """The whole page."""

    lijsten: Sequence[Rapportage]
    gekozen: Rapportage
    samen: Vergelijking
    rijen: Sequence[Rij]


def rapportages_van(toegang: Toegang) -> list[Rapportage]:
    """The reports that were read in, newest schooljaar first. One query."""
    gelezen = Jikpopgave.objects.voor(toegang).values_list("schooljaar").annotate(laatst=Max("leverdatum"))
    return [Rapportage(schooljaar, laatst) for schooljaar, laatst in gelezen.order_by("-schooljaar")]


def groepen_van(rapportage: Rapportage, *, toegang: Toegang, op: dt.date) -> Wie:
    """The young persons of each group. Two queries for who is in both, whose origin is looked at here."""
    jaar = Schooljaar.lees(rapportage.schooljaar)
    alle = Jongere.objects.voor(toegang)
    opgaven = Jikpopgave.objects.voor(toegang).filter(schooljaar=rapportage.schooljaar)
    werk = Werkproces.objects.voor(toegang)
    liep = werk.filter(soort__in=BIJ_ONS).filter(Q(afgesloten_op__isnull=True) | Q(afgesloten_op__gte=jaar.begin))
    open_ = Signaal.objects.voor(toegang).openstaand().filter(soort=SOORT)
    bij_ons = Q(jongere__in=liep.values("jongere")) | Q(jongere__in=open_.values("jongere"))
    van_ons = werk.filter(soort=SOORT, gestart_op__lte=jaar.einde).filter(
        Q(afgesloten_op__isnull=True) | Q(afgesloten_op__gte=jaar.begin)
    )
    in_beide = list(opgaven.filter(bij_ons))
    eigen = _eigen_herkomst(in_beide, toegang=toegang, op=op)
    anders, gelijk = (
        Sleutels.van(een.jongere_id for een in in_beide if (eigen[een.jongere_id] != een.herkomst) is verschilt)
        for verschilt in (True, False)
    )
    groepen: Mapping[str, Callable[[], Any]] = {
        ALLEEN_PORTAAL: lambda: alle.filter(pk__in=opgaven.exclude(bij_ons).values("jongere")),
        ALLEEN_ONS: lambda: alle.filter(pk__in=van_ons.values("jongere")).exclude(pk__in=opgaven.values("jongere")),
        ANDERS: lambda: alle.filter(pk__in_rij=anders),
        GELIJK: lambda: alle.filter(pk__in_rij=gelijk),
    }
    return lambda toon: groepen[toon]()


def maak_beeld(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Beeld | None:
    """Finished values for the page; None while no report was read in. Twelve queries, however many there are."""
    lijsten = rapportages_van(toegang)
    if not lijsten:
        return None
    gekozen = next((een for een in lijsten if een.code == vraag.lijst), lijsten[0])
    vraag = replace(vraag, lijst=gekozen.code)
    samen = vergelijk(vraag, groepen_van(gekozen, toegang=toegang, op=op))
    opgaven = Jikpopgave.objects.voor(toegang).filter(
        schooljaar=gekozen.schooljaar, jongere_id__in=[een.pk for een in samen.jongeren]
    )
    per_jongere = {een.jongere_id: een for een in opgaven}
    peildatum = _peildatum(gekozen.schooljaar, gekozen.leverdatum, op=op)
    dagen = {een.pk: peildatum for een in samen.jongeren} | {
        pk: _peildatum(een.schooljaar, een.leverdatum, op=op) for pk, een in per_jongere.items()
    }
    eigen = _herkomst_op(dagen, toegang=toegang)
    return Beeld(
        lijsten,
        gekozen,
        samen,
        [rij_van(een, op=op, cellen=_cellen(per_jongere.get(een.pk), eigen[een.pk])) for een in samen.jongeren],
    )


def meld(rapportage: Rapportage, jongeren: Sequence[Jongere], *, toegang: Toegang, nu: dt.datetime) -> list[Melding]:
    """Makes a melding JIKP of each of these, who are in this report and not with us yet. Raises Geweigerd."""
    opgaven = Jikpopgave.objects.voor(toegang).filter(schooljaar=rapportage.schooljaar)
    herkomst = dict(opgaven.filter(jongere__in=jongeren).values_list("jongere_id", "herkomst"))
    return meld_onderzoek(
        jongeren,
        alleen_daar=groepen_van(rapportage, toegang=toegang, op=timezone.localdate(nu))(ALLEEN_PORTAAL),
        soort=SOORT,
        reden=partial(_reden, rapportage, herkomst),
        toegang=toegang,
        nu=nu,
    )


def kort(herkomst: str) -> str:
    """The origin in a few words."""
    return str(codelijst("herkomst-jikp").waarde(herkomst)["kort"]) if herkomst else GEEN


def _reden(rapportage: Rapportage, herkomst: Mapping[int, str], jongere: Jongere) -> str:
    return (
        f"Staat in de rapportage van het JIKP-portaal over {rapportage.schooljaar} "
        f"(herkomst: {kort(herkomst.get(jongere.pk, '')).lower()}) en was bij ons niet in beeld."
    )


def _peildatum(schooljaar: str, leverdatum: dt.date | None, *, op: dt.date) -> dt.date:
    """The day on which the report looked: its own, else the last of the schooljaar; never after today."""
    return min(leverdatum or Schooljaar.lees(schooljaar).einde, op)


def _eigen_herkomst(opgaven: Iterable[Jikpopgave], *, toegang: Toegang, op: dt.date) -> dict[int, str]:
    dagen = {een.jongere_id: _peildatum(een.schooljaar, een.leverdatum, op=op) for een in opgaven}
    return _herkomst_op(dagen, toegang=toegang)


def _herkomst_op(dagen: Mapping[int, dt.date], *, toegang: Toegang) -> dict[int, str]:
    """What our enrolments say of each of these young persons on her day; empty where they do not. One query."""
    scholen: defaultdict[int, list[Inschrijving]] = defaultdict(list)
    rijen = Inschrijving.objects.voor(toegang).filter(jongere__in_rij=Sleutels.van(dagen))
    velden = rijen.only("jongere_id", "onderwijssoort", "niveau", "van", "tot")
    for rij in velden.order_by("van", "pk").iterator(chunk_size=2000):
        scholen[rij.jongere_id].append(rij)
    return {pk: herkomst_van(scholen[pk], op=dag) for pk, dag in dagen.items()}


def _cellen(opgave: Jikpopgave | None, eigen: str) -> tuple[str, str, str]:
    if opgave is None:
        return "", kort(eigen), ""
    zegt = (
        (opgave.ingeschreven, "staat ingeschreven", "geen school"),
        (opgave.diploma, "met diploma", "zonder diploma"),
        (opgave.werk, "werk", "geen werk"),
        (opgave.uitkering, "uitkering", "geen uitkering"),
    )
    nu = [ja if waarde else nee for waarde, ja, nee in zegt if waarde is not None]
    return kort(opgave.herkomst), kort(eigen), taal.hoofdletter(", ".join(nu)) or GEEN.capitalize()
