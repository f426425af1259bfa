"""The canary: every personal field carries a marker that stands nowhere else, and no page sings it to a stranger.

Every address is fetched as every role, about persons in and outside scope; what comes back is searched for markers,
also in files. That it looked, it proves by the markers that it did see, and that each such page is in the log.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from routekaart.basis.privacy import privacy_van
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import NIEMAND, toegang_van
from routekaart.toegang.rechten import Rol
from tests.deuren.adressen import adres_van
from tests.deuren.routes import ROUTES
from tests.deuren.test_bronnen import PERSOONLIJK
from tests.deuren.wereld import ZONDER_MERK, Wereld, kan_geen_merk_dragen
from tests.fabrieken import VANDAAG

Bezoek = Callable[..., Client]

MERK = re.compile(r"qx[a-d]\d{5}w")
# what a school contact sees of the jongere that the school itself reported, or that leaves it: what it told us, a name,
# our answer
VOOR_SCHOOL = {
    "loopbaan.Uitstroom.bestemming",
    "meldingen.Melding.opgegeven_achternaam",
    "meldingen.Melding.opgegeven_voornamen",
    "meldingen.Melding.opgegeven_voorvoegsel",
    "personen.Jongere.achternaam",
    "personen.Jongere.roepnaam",
    "personen.Jongere.voornamen",
    "personen.Jongere.voorvoegsel",
    "samenwerking.Terugkoppeling.tekst",
}


@pytest.fixture(autouse=True)
def in_de_wereld(wereld: Wereld, db: Any) -> None:
    """Every test of this file stands in the world."""


def tekst_van(antwoord: HttpResponse) -> str:
    """Everything that left: headers, and the content of a page, a PDF or a spreadsheet, in lower case."""
    inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content  # type: ignore[attr-defined]
    koppen = " ".join(f"{naam}: {waarde}" for naam, waarde in antwoord.items())
    soort = antwoord.get("Content-Type", "")
    if inhoud.startswith(b"%PDF") and b"%%EOF" in inhoud:
        lezer = pypdf.PdfReader(io.BytesIO(inhoud))
        inhoud = " ".join(blad.extract_text() for blad in lezer.pages).encode() + str(lezer.metadata).encode()
    elif "spreadsheet" in soort:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as map_:
            inhoud = b" ".join(map_.read(naam) for naam in map_.namelist())
    return f"{koppen} {inhoud.decode(errors='replace')}".lower()


def vragen(naam: str, wereld: Wereld) -> Iterator[str]:
    """Every address under which this route stands: about each person, and with each question."""
    deur = ROUTES[naam]
    for persoon in wereld.personen.values():
        adres = adres_van(naam, persoon)
        if deur.objecten or persoon.letter == "A":
            yield adres
        for vraag in deur.vragen:
            if deur.objecten or "{" in vraag or persoon.letter == "A":
                yield adres + vraag.format(achternaam=persoon.jongere.achternaam)


def mag_zien(wereld: Wereld, wie: str | None) -> set[str]:
    """The letters of the persons in the scope of this user."""
    if wie is None:
        return set()
    toegang = toegang_van(wereld.gebruikers[wie], op=VANDAAG)
    sleutels = set(Jongere.objects.voor(toegang).values_list("pk", flat=True))
    return {persoon.letter for persoon in wereld.personen.values() if persoon.jongere.pk in sleutels}


def met_recht(wereld: Wereld, wie: str | None) -> set[str]:
    """The doors that this user has the right for, and those without a right."""
    rechten = toegang_van(wereld.gebruikers[wie], op=VANDAAG) if wie is not None else NIEMAND
    return {naam for naam, deur in ROUTES.items() if deur.recht is None or rechten.mag(deur.recht)}


class Kanarie:
    """Fetches, searches, and keeps what was seen and what leaked."""

    def __init__(self, wereld: Wereld, bezoek: Bezoek) -> None:
        self.wereld = wereld
        self.bezoek = bezoek
        self.merken = {merk.lower(): waar for merk, waar in wereld.merken.items()}
        self.gezien: defaultdict[str, set[str]] = defaultdict(set)  # user → markers
        self.lekken: list[str] = []
        self.zonder_log: list[str] = []
        self.paginas = 0

    def toegestaan(self, wie: str | None, binnen: set[str], merk: str) -> bool:
        letter, veld = self.merken[merk]
        eigen = wie == Rol.SCHOOLCONTACT and letter == "A" and veld in VOOR_SCHOOL
        uitval = veld.startswith("leveringen.Uitvalrij.") and wie in {Rol.ADMINISTRATIE, Rol.COORDINATOR, "elders"}
        zelfde_regio = letter in "ABC" if wie != "elders" else letter == "D"
        return letter in binnen or eigen or (uitval and zelfde_regio)

    def haal(self, client: Client, wie: str | None, binnen: set[str], naam: str, adres: str, methode: str) -> int:
        """Fetches one page and judges it; gives its status."""
        laatste = Logregel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with transaction.atomic():
            antwoord = getattr(client, methode)(adres)
            regels = list(Logregel.objects.filter(pk__gt=laatste).order_by("pk"))
            tekst = tekst_van(antwoord)
            transaction.set_rollback(True)
        self.paginas += 1
        merken = {merk for merk in MERK.findall(tekst) if merk in self.merken and merk not in adres.lower()}
        for merk in sorted(merken):
            if not self.toegestaan(wie, binnen, merk):
                letter, veld = self.merken[merk]
                self.lekken.append(f"{wie} ziet {veld} van {letter} op {methode.upper()} {adres}")
        self.gezien[wie or "onbekend"] |= merken
        if merken:
            self.eis_log(regels, merken, f"{wie} op {methode.upper()} {adres}", lijst=not ROUTES[naam].objecten)
        return int(antwoord.status_code)

    def eis_log(self, regels: list[Logregel], merken: set[str], waar: str, *, lijst: bool) -> None:
        """One line per page: about one person it names that person, a list gives its query. Search, export and
        portal add a line per person (ontwerp.md, section 2: The log).
        """
        gelezen = [
            regel for regel in regels if regel.soort == Logregel.Soort.LEZEN and regel.code != "toegang.geweigerd"
        ]
        zonder = [regel for regel in gelezen if regel.jongere_id is None]
        genoemd = [regel.jongere_id for regel in gelezen if regel.jongere_id is not None]
        personen = {self.wereld.personen[self.merken[merk][0]].jongere.pk for merk in merken}
        if len(zonder) > 1 or len(genoemd) != len(set(genoemd)) or len({regel.code for regel in gelezen}) != 1:
            codes = [(regel.code, regel.jongere_id) for regel in gelezen]
            self.zonder_log.append(
                f"{waar}: {codes} in het logboek, moet een regel zijn (en bij zoeken een per persoon)"
            )
        elif not lijst and genoemd and not personen <= set(genoemd):
            self.zonder_log.append(f"{waar}: het logboek noemt {genoemd}, op de pagina staan {sorted(personen)}")
        if lijst and all(regel.inhoud in (None, "{}") for regel in gelezen):
            self.zonder_log.append(f"{waar}: een lijst, maar de regel bewaart de vraag niet")
        for regel in zonder:
            if not regel.onderwerp and regel.inhoud in (None, "{}"):
                self.zonder_log.append(f"{waar}: de regel zegt niet waarover of met welke vraag ({regel.code})")
        for regel in gelezen:
            if not (regel.gebruiker_id and regel.rol and regel.doel):
                self.zonder_log.append(f"{waar}: de regel zegt niet wie, in welke rol of waarvoor ({regel.code})")


@pytest.fixture
def kanarie(wereld: Wereld, bezoek: Bezoek) -> Kanarie:
    """Walks everything once, by reading and by sending an empty form.

    A door that is closed to this user by its right, and that proved so for one person, is not tried for the next: it
    closes before the person is looked up (test_deuren.py).
    """
    vogel = Kanarie(wereld, bezoek)
    for wie in (None, *wereld.gebruikers):
        binnen, mag = mag_zien(wereld, wie), met_recht(wereld, wie)
        client = bezoek(wie)
        for naam in ROUTES:
            if naam == "account_logout":
                continue
            dicht: set[str] = set()
            for adres in vragen(naam, wereld):
                for methode in [een for een in ("get", "post") if een not in dicht]:
                    status = vogel.haal(client, wie, binnen, naam, adres, methode)
                    if status in (302, 404) and naam not in mag:
                        dicht.add(methode)
    return vogel


def test_geen_merk_buiten_bereik_en_elke_pagina_in_het_logboek(kanarie: Kanarie, wereld: Wereld) -> None:
    assert not kanarie.lekken, f"{len(kanarie.lekken)} lekken:\n" + "\n".join(sorted(set(kanarie.lekken))[:40])
    assert not kanarie.zonder_log, "niet of niet goed in het logboek:\n" + "\n".join(
        sorted(set(kanarie.zonder_log))[:40]
    )
    # it looked: this many pages, and these roles saw so many markers of persons in their scope
    assert kanarie.paginas >= 4000
    aantal = {wie: len(merken) for wie, merken in kanarie.gezien.items()}
    for wie in (Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR, Rol.COORDINATOR, "elders"):
        assert aantal[wie] >= 45, aantal
    assert aantal[Rol.ADMINISTRATIE] >= 20, aantal
    assert aantal[Rol.SCHOOLCONTACT] >= 3, aantal
    for wie in ("onbekend", "zonder-rol", Rol.BELEID, Rol.BEHEERDER, Rol.PRIVACY, Rol.KETENPARTNER, Rol.JONGERE):
        assert aantal.get(wie, 0) == 0, aantal


def test_elk_persoonlijk_veld_draagt_een_merk(wereld: Wereld) -> None:
    """Except what cannot, by its type or by a reason in the list; that list holds nothing else."""
    velden = {
        f"{model._meta.label}.{naam}": model._meta.get_field(naam)
        for model in PERSOONLIJK
        for naam in (privacy_van(model).persoonlijk if privacy_van(model) else ())  # type: ignore[union-attr]
    }
    kan_niet = {naam for naam, veld in velden.items() if kan_geen_merk_dragen(veld)}  # type: ignore[arg-type]
    for persoon in wereld.personen.values():
        gemerkt = set(persoon.merken.values())
        assert set(velden) - gemerkt - kan_niet == set(ZONDER_MERK)
        assert len(gemerkt) >= 100
    assert len(kan_niet) <= 40, sorted(kan_niet)
    assert len(wereld.merken) == sum(len(persoon.merken) for persoon in wereld.personen.values())


def test_de_kanarie_hoort_een_lek(wereld: Wereld, bezoek: Bezoek) -> None:
    """The search itself: in a page, in a PDF and in a spreadsheet, and only outside scope."""
    vogel = Kanarie(wereld, bezoek)
    merk = next(iter(wereld.personen["D"].merken)).lower()
    assert not vogel.toegestaan(Rol.DOORSTROOMCOACH, {"A"}, merk)
    assert vogel.toegestaan("elders", {"D"}, merk)
    assert MERK.findall(tekst_van(HttpResponse(f"<p>{merk.upper()}</p>"))) == [merk]
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as map_:
        map_.writestr("xl/sharedStrings.xml", f"<si>{merk}</si>")
    assert merk in tekst_van(HttpResponse(bestand.getvalue(), content_type="application/vnd.ms-excel.spreadsheet"))
    schrijver = pypdf.PdfWriter()
    schrijver.add_blank_page(100, 100)
    schrijver.add_metadata({"/Title": merk})
    bestand = io.BytesIO()
    schrijver.write(bestand)
    assert merk in tekst_van(HttpResponse(bestand.getvalue(), content_type="application/pdf"))
