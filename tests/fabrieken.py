"""Plain factories with fixed values; what a test is about, it says itself."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from routekaart.basis.models import Gemeente, Regio
from routekaart.dossiers.acties import geef_nummer, open_werkproces
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import (
    Diploma,
    Inlichting,
    Inschrijving,
    Instelling,
    Jikpopgave,
    Uitstroom,
    Vrijstelling,
    Vsvopgave,
)
from routekaart.meldingen.models import Melding
from routekaart.personen.acties import geef_persoonsnummer, nieuwe_jongere
from routekaart.personen.models import Jongere
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang, systeem_toegang, toegang_van
from routekaart.toegang.models import Gebruiker, Lidmaatschap, SoortWerk, Team

VANDAAG = dt.date(2026, 11, 17)
NU = dt.datetime(2026, 11, 17, 9, 0, tzinfo=dt.UTC)
_teller = itertools.count(1)


@dataclass
class Gebied:
    """A regio with two gemeenten, and teams for one kind of work and for both."""

    regio: Regio
    gemeente: Gemeente
    andere_gemeente: Gemeente
    doorstroompunt: Team
    leerplicht: Team
    alles: Team


def maak_gebied(*, nummer: int = 1, naam: str = "Regio Veldermeer") -> Gebied:
    regio = Regio.objects.create(nummer=nummer, naam=naam)
    gemeenten = [
        Gemeente.objects.create(
            code=f"9{nummer}0{i}", naam=f"Gemeente {nummer}-{i}", regio=regio, van=dt.date(2000, 1, 1)
        )
        for i in (1, 2)
    ]

    def team(teamnaam: str, *soorten: str) -> Team:
        nieuw = Team.objects.create(regio=regio, naam=teamnaam, soorten_werk=list(soorten))
        nieuw.gemeenten.set(gemeenten)
        return nieuw

    return Gebied(
        regio=regio,
        gemeente=gemeenten[0],
        andere_gemeente=gemeenten[1],
        doorstroompunt=team("Doorstroompunt", SoortWerk.DOORSTROOMPUNT),
        leerplicht=team("Leerplicht", SoortWerk.LEERPLICHT),
        alles=team("Administratie", SoortWerk.DOORSTROOMPUNT, SoortWerk.LEERPLICHT),
    )


def maak_gebruiker(gebied: Gebied, naam: str, *rollen: str, team: Team | None = None) -> Gebruiker:
    gebruiker = Gebruiker.objects.create_user(
        f"{naam}@veldermeer.example", "een-lang-wachtwoord", naam=naam.capitalize(), regio=gebied.regio
    )
    for rol in rollen:
        Lidmaatschap.objects.create(gebruiker=gebruiker, team=team or gebied.alles, rol=rol, van=dt.date(2020, 1, 1))
    return gebruiker


def toegang(gebruiker: Gebruiker) -> Toegang:
    return toegang_van(gebruiker, op=VANDAAG)


def systeem(gebied: Gebied) -> Toegang:
    return systeem_toegang(gebied.regio.pk)


def test_bsn(volgnummer: int) -> str:
    """A BSN from the test range (begins with 9) that satisfies the eleven-test."""
    for stam in range(90_000_000 + volgnummer * 11, 99_999_999):
        som = sum((9 - i) * int(cijfer) for i, cijfer in enumerate(str(stam))) % 11
        if som != 10:
            return f"{stam}{som}"
    raise ValueError("Geen testnummer meer over")


def maak_jongere(gebied: Gebied, *, geboortedatum: str = "2007-03-04", bsn: str | None = "", **velden: Any) -> Jongere:
    """A young person of 19 with a BSN; `bsn=None` for one without."""
    nummer = next(_teller)
    waarden = {"achternaam": f"Dekkers{nummer}", "voornamen": "Yara", "gemeente": gebied.gemeente} | velden
    gemeente = waarden.pop("gemeente")
    jongere = nieuwe_jongere(
        gemeente=gemeente, regio_id=gebied.regio.pk, op=VANDAAG, geboortedatum=geboortedatum, **waarden
    )
    jongere.save()
    if bsn is not None:
        geef_persoonsnummer(jongere, bsn or test_bsn(nummer))
    return jongere


def maak_instelling(**velden: Any) -> Instelling:
    nummer = next(_teller)
    return Instelling.objects.create(
        **({"brin": f"99X{nummer % 10}{nummer % 100:02d}"[:6], "naam": "ROC De Waarden"} | velden)
    )


def maak_inschrijving(jongere: Jongere, **velden: Any) -> Inschrijving:
    waarden: dict[str, Any] = {"onderwijssoort": "mbo", "niveau": 2, "van": dt.date(2025, 8, 1), "bron": "DUO"} | velden
    if "instelling" not in waarden:
        waarden["instelling"] = maak_instelling()
    return Inschrijving.objects.create(jongere=jongere, **waarden)


def maak_diploma(jongere: Jongere, **velden: Any) -> Diploma:
    waarden = {"soort": "mbo", "niveau": 2, "behaald_op": dt.date(2026, 7, 1), "bron": "DUO"} | velden
    return Diploma.objects.create(jongere=jongere, **waarden)


def maak_vrijstelling(jongere: Jongere, **velden: Any) -> Vrijstelling:
    """Free for a whole schooljaar; on VANDAAG it runs."""
    waarden = {
        "soort": Vrijstelling.Soort.VRIJSTELLING,
        "van": dt.date(2026, 8, 1),
        "tot": dt.date(2027, 7, 31),
        "bron": "gemeente",
    } | velden
    return Vrijstelling.objects.create(jongere=jongere, **waarden)


def maak_vsvopgave(jongere: Jongere, **velden: Any) -> Vsvopgave:
    waarden = {"schooljaar": "2025-2026", "rapportage": "A01", "bron": "DUO"} | velden
    return Vsvopgave.objects.create(jongere=jongere, **waarden)


def maak_jikpopgave(jongere: Jongere, **velden: Any) -> Jikpopgave:
    waarden = {"schooljaar": "2025-2026", "herkomst": "pro", "bron": "JIKP-portaal"} | velden
    return Jikpopgave.objects.create(jongere=jongere, **waarden)


def maak_inlichting(jongere: Jongere, **velden: Any) -> Inlichting:
    return Inlichting.objects.create(jongere=jongere, **({"maand": "2026-10", "bron": "Inlichtingenbureau"} | velden))


def maak_uitstroom(jongere: Jongere, **velden: Any) -> Uitstroom:
    waarden: dict[str, Any] = {"schooljaar": "2025-2026", "bron": "school"} | velden
    if "instelling" not in waarden:
        waarden["instelling"] = maak_instelling()
    return Uitstroom.objects.create(jongere=jongere, **waarden)


def maak_werkproces(jongere: Jongere, *, behandelaar: Gebruiker | None = None, **velden: Any) -> Werkproces:
    """An open werkproces on route doorstroompunt, with its number."""
    waarden: dict[str, Any] = {
        "soort": "vsv",
        "route": "doorstroompunt",
        "soort_werk": SoortWerk.DOORSTROOMPUNT,
        "op": dt.date(2026, 11, 2),
    } | velden
    werkproces = open_werkproces(
        jongere, toegang=systeem_toegang(jongere.regio_id), nu=NU, behandelaar=behandelaar, **waarden
    )
    geef_nummer(werkproces)
    return werkproces


def maak_melding(gebied: Gebied, *, jongere: Jongere | None = None, **velden: Any) -> Melding:
    waarden: dict[str, Any] = {
        "kanaal": "A.II",
        "soort": "16-uur",
        "melder_soort": "school",
        "melder_naam": "Karin Slot",
        "ontvangen_op": NU,
        "termijn": tel_op(timezone.localdate(NU), 5),
        "soort_werk": jongere.soort_werk if jongere else SoortWerk.DOORSTROOMPUNT,
        "gemeente": jongere.gemeente if jongere else gebied.gemeente,
    } | velden
    return Melding.objects.create(regio=gebied.regio, jongere=jongere, nummer=f"M-{next(_teller):09d}"[:14], **waarden)
