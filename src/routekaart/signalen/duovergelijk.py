"""DUO's own vsv lists beside what we have: who is on theirs and not with us, the reverse, and who is on both (MEL-26).

Six queries, however many there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max, Q

from routekaart.basis import taal
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Vsvopgave
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.models import Signaal
from routekaart.signalen.vergelijk import Lijstvraag, Rij, Vergelijking, rij_van, vergelijk
from routekaart.signalen.vergelijk import meld as meld_onderzoek
from routekaart.toegang.bereik import Toegang

# the reports that name who left without startkwalificatie; the others are about something else
RAPPORTAGES = ("NenR", "A06", "A01")
BIJ_ONS = ("vsv", "verzuim-18-plus", "jikp", "herbeoordeling", "jib")
SIGNALEN = ("vsv-dreigend", "vsv-nieuw", "vsv-oud", "oud-vsv-jaarlijks", "werk-gestopt")
ALLEEN_DUO, ALLEEN_ONS, BEIDE = "alleen-duo", "alleen-ons", "beide"
TOON = {ALLEEN_DUO: "Bij DUO, niet bij ons", ALLEEN_ONS: "Bij ons, niet bij DUO", BEIDE: "Bij allebei"}


@dataclass(frozen=True)
class Lijst:
    """One report of DUO over one schooljaar."""

    schooljaar: str
    rapportage: str
    leverdatum: dt.date | None

    @property
    def code(self) -> str:
        return f"{self.schooljaar}:{self.rapportage}"

    @property
    def naam(self) -> str:
        wanneer = f", geleverd {taal.datum_voluit(self.leverdatum)}" if self.leverdatum else ""
        return f"{self.schooljaar}, {label('duo-rapportages', self.rapportage)} ({self.rapportage}){wanneer}"


@dataclass(frozen=True)
class Vraag(Lijstvraag):
    """What the address asks."""

    PAGINA = "signalen:duo-vsv"
    TOON = TOON

    toon: str = ALLEEN_DUO


@dataclass(frozen=True)
class Beeld:
    """The whole page."""

    lijsten: Sequence[Lijst]
    gekozen: Lijst
    samen: Vergelijking
    rijen: Sequence[Rij]


def lijsten_van(toegang: Toegang) -> list[Lijst]:
    """The lists of DUO that were read in, newest schooljaar first. One query."""
    rijen = Vsvopgave.objects.voor(toegang).filter(rapportage__in=RAPPORTAGES)
    gelezen = rijen.values_list("schooljaar", "rapportage").annotate(laatst=Max("leverdatum")).order_by()
    gevonden = [Lijst(schooljaar, rapportage, laatst) for schooljaar, rapportage, laatst in gelezen]
    op_volgorde = sorted(gevonden, key=lambda een: RAPPORTAGES.index(een.rapportage))
    return sorted(op_volgorde, key=lambda een: een.schooljaar, reverse=True)


def wie(lijst: Lijst, toon: str, *, toegang: Toegang) -> Any:
    """The young persons of one of the three groups.

    With us is who has an open signal about early leaving, or a werkproces that ran in or after the schooljaar. On our
    list for the reverse is who had a werkproces VSV that began in that schooljaar.
    """
    jaar = Schooljaar.lees(lijst.schooljaar)
    op_lijst = Vsvopgave.objects.voor(toegang).filter(schooljaar=lijst.schooljaar, rapportage=lijst.rapportage)
    alle, duo = Jongere.objects.voor(toegang), Q(pk__in=op_lijst.values("jongere"))
    werkprocessen = Werkproces.objects.voor(toegang).filter(soort__in=BIJ_ONS)
    liep = werkprocessen.filter(Q(afgesloten_op__isnull=True) | Q(afgesloten_op__gte=jaar.begin))
    open_ = Signaal.objects.voor(toegang).openstaand().filter(soort__in=SIGNALEN)
    bij_ons = Q(pk__in=liep.values("jongere")) | Q(pk__in=open_.values("jongere"))
    if toon == ALLEEN_ONS:
        van_ons = werkprocessen.filter(soort="vsv", gestart_op__range=(jaar.begin, jaar.einde))
        return alle.filter(pk__in=van_ons.values("jongere")).exclude(duo)
    return alle.filter(duo, bij_ons) if toon == BEIDE else alle.filter(duo).exclude(bij_ons)


def maak_beeld(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Beeld | None:
    """Finished values for the page; None while no list was read in."""
    lijsten = lijsten_van(toegang)
    if not lijsten:
        return None
    gekozen = next((een for een in lijsten if een.code == vraag.lijst), lijsten[0])
    vraag = replace(vraag, lijst=gekozen.code)
    samen = vergelijk(vraag, lambda toon: wie(gekozen, toon, toegang=toegang))
    return Beeld(lijsten, gekozen, samen, [rij_van(een, op=op) for een in samen.jongeren])


def meld(lijst: Lijst, jongeren: Sequence[Jongere], *, toegang: Toegang, nu: dt.datetime) -> list[Melding]:
    """Makes a melding of each of these, who are on this list of DUO and not with us yet. Raises Geweigerd."""
    reden = f"Staat op de lijst van DUO over {lijst.schooljaar} ({lijst.rapportage}) en was bij ons niet bekend."
    alleen_daar = wie(lijst, ALLEEN_DUO, toegang=toegang)
    return meld_onderzoek(jongeren, alleen_daar=alleen_daar, soort="vsv", reden=lambda _: reden, toegang=toegang, nu=nu)
