"""Thirty-two writers at once, each a process of its own: nothing double, nothing lost, on both databases."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.dossiers import acties as dossier
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.logboek import acties as logboek
from routekaart.logboek.models import Logregel, Zegel
from routekaart.meldingen.models import Melding
from routekaart.personen.acties import maak_jongere, wijzig_contactgegevens
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG
from tests.schade.handelingen import contact, melding_ontvangen
from tests.schade.proef import Proef
from tests.schade.spel import REDEN, Spel, beginstand

SCHRIJVERS = 32
SPEL = Spel(nu=NU)


@pytest.fixture
def begin(proef: Proef) -> Proef:
    """A region with a coach and one young person, in state `tegelijk`."""
    proef.kopie(proef.leeg(), "tegelijk")
    proef.doe("tegelijk", beginstand)
    return proef


def allemaal(proef: Proef, werk: Callable[[int], Any]) -> list[Any]:
    """What thirty-two processes answered that began the same work at the same moment."""
    start = time.time() + 0.8

    def kind(nummer: int) -> Callable[[], Any]:
        def doe() -> Any:
            Jongere.objects.alles(reden=REDEN).exists()  # opens the connection before the start
            time.sleep(max(0.0, start - time.time()))
            return werk(nummer)

        return doe

    begonnen = [proef.begin("tegelijk", kind(nummer)) for nummer in range(SCHRIJVERS)]
    return [proef.wacht(een).antwoord for een in begonnen]


def lees(proef: Proef, werk: Callable[[], Any]) -> Any:
    return proef.doe("tegelijk", werk).antwoord


def test_geen_nummer_is_dubbel(begin: Proef) -> None:
    """Each makes young persons with a werkproces of their own; the numbers are all different and all given."""

    def werk(nummer: int) -> list[str]:
        gekregen = []
        for keer in range(3):
            with transaction.atomic():
                jongere = maak_jongere(
                    gemeente=SPEL.jongere.gemeente,
                    achternaam=f"Bakker{nummer}-{keer}",
                    geboortedatum="2006-02-03",
                    **SPEL.wie,
                )
                werkproces = dossier.open_werkproces(
                    jongere, soort="vsv", route="doorstroompunt", soort_werk="doorstroompunt", op=VANDAAG, **SPEL.wie
                )
                dossier.geef_nummer(werkproces)
            gekregen.append(str(werkproces.nummer))
        return gekregen

    nummers = [nummer for gekregen in allemaal(begin, werk) for nummer in gekregen]
    assert len(nummers) == len(set(nummers)) == SCHRIJVERS * 3
    assert set(nummers) == {f"2026-{volg:06d}" for volg in range(1, SCHRIJVERS * 3 + 1)}


def test_een_open_werkproces_per_jongere_en_soort(begin: Proef) -> None:
    def werk(nummer: int) -> str:
        try:
            with transaction.atomic():
                werkproces = dossier.open_werkproces(
                    SPEL.jongere,
                    soort="vsv",
                    route="doorstroompunt",
                    soort_werk="doorstroompunt",
                    op=VANDAAG,
                    **SPEL.wie,
                )
                dossier.geef_nummer(werkproces)
        except Geweigerd as reden:
            return reden.boodschap
        return "gestart"

    antwoorden = Counter(allemaal(begin, werk))
    assert antwoorden.pop("gestart") == 1
    assert antwoorden == {"Er loopt al een werkproces van deze soort voor deze jongere.": SCHRIJVERS - 1}
    assert lees(begin, lambda: Werkproces.objects.alles(reden=REDEN).count()) == 1


def test_elke_melding_telt_en_ze_delen_een_werkproces(begin: Proef) -> None:
    allemaal(begin, lambda nummer: melding_ontvangen(SPEL))

    def tel() -> tuple[int, int, int, int]:
        meldingen = Melding.objects.alles(reden=REDEN)
        return (
            meldingen.count(),
            meldingen.values("nummer").distinct().count(),
            meldingen.filter(werkproces__isnull=True).count(),
            Werkproces.objects.alles(reden=REDEN).count(),
        )

    assert lees(begin, tel) == (SCHRIJVERS, SCHRIJVERS, 0, 1)


def test_een_open_taak_per_herkomst(begin: Proef) -> None:
    begin.doe("tegelijk", lambda: melding_ontvangen(SPEL))

    def werk(nummer: int) -> None:
        with handeling(SPEL.werkproces, "contact.vastgelegd", **SPEL.wie) as h:
            h.taak("proef", soort="contact", wat=f"Bel {nummer}", due=VANDAAG)

    allemaal(begin, werk)
    assert lees(begin, lambda: Taak.objects.alles(reden=REDEN).open().filter(herkomst="proef").count()) == 1


def test_geen_feit_raakt_zoek(begin: Proef) -> None:
    """Thirty-two contacts on one werkproces: all are there, and the version counted every one."""
    begin.doe("tegelijk", lambda: melding_ontvangen(SPEL))
    versie = lees(begin, lambda: SPEL.werkproces.versie)
    allemaal(begin, lambda nummer: contact("jongere", "geen-contact")(SPEL))

    def tel() -> tuple[int, int, int]:
        werkproces = SPEL.werkproces
        contacten = werkproces.contactmomenten.alles(reden=REDEN).count()
        feiten = werkproces.gebeurtenissen.alles(reden=REDEN).filter(code="contact.poging").count()
        return contacten, feiten, werkproces.versie

    assert lees(begin, tel) == (SCHRIJVERS, SCHRIJVERS, versie + SCHRIJVERS)


def test_een_nummer_hoort_bij_een_persoon(begin: Proef) -> None:
    """All add the same BSN: one succeeds, the others learn nothing, and nobody is left half made."""
    bsn = fabrieken.test_bsn(500)

    def werk(nummer: int) -> str:
        try:
            maak_jongere(
                gemeente=SPEL.jongere.gemeente, nummer=bsn, achternaam="Bakker", geboortedatum="2006-02-03", **SPEL.wie
            )
        except Geweigerd as reden:
            return type(reden).__name__
        return "gemaakt"

    assert Counter(allemaal(begin, werk)) == {"gemaakt": 1, "BuitenBereik": SCHRIJVERS - 1}
    assert lees(begin, lambda: Jongere.objects.alles(reden=REDEN).filter(achternaam="Bakker").count()) == 1


def test_van_tweeendertig_wijzigingen_lukt_er_een(begin: Proef) -> None:
    """All saw the same version: the first is kept, every other is told what changed meanwhile."""

    def werk(nummer: int) -> str:
        try:
            wijzig_contactgegevens(
                SPEL.jongere, versie=1, velden={"telefoon": f"06{nummer:08d}"}, begin={"telefoon": ""}, **SPEL.wie
            )
        except Tussentijds as reden:
            return f"tussentijds:{reden.wijzigingen[0].nu}"
        return f"bewaard:06{nummer:08d}"

    antwoorden = allemaal(begin, werk)
    (bewaard,) = {antwoord.removeprefix("bewaard:") for antwoord in antwoorden if antwoord.startswith("bewaard:")}
    assert lees(begin, lambda: SPEL.jongere.telefoon) == bewaard
    assert Counter(antwoorden)[f"tussentijds:{bewaard}"] == SCHRIJVERS - 1


def test_schrijven_en_verzegelen_gaan_samen(begin: Proef) -> None:
    """No line is lost, none is sealed twice, and the chain is one."""
    regels = 10

    def werk(nummer: int) -> int:
        for _ in range(regels):
            if nummer % 8 == 0:
                logboek.verzegel(nu=NU)
            else:
                logboek.noteer("contact.vastgelegd", nu=NU, gebruiker_id=nummer, inhoud={"bij": os.getpid()})
        return nummer

    voor = lees(begin, Logregel.objects.count)
    assert sorted(allemaal(begin, werk)) == list(range(SCHRIJVERS))

    def sluit() -> tuple[list[str], int, int]:
        logboek.verzegel(nu=NU)
        return (
            logboek.controleer().fouten,
            Logregel.objects.count(),
            sum(Zegel.objects.values_list("aantal", flat=True)),
        )

    schrijvers = sum(nummer % 8 != 0 for nummer in range(SCHRIJVERS))
    assert lees(begin, sluit) == ([], voor + schrijvers * regels, voor + schrijvers * regels)
