"""Meldingen per school: counted in the night, shown within scope, coarse for who sees no persons, and talked about."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routekaart.basis.fouten import Geweigerd
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen import acties_volledigheid
from routekaart.signalen.acties_volledigheid import (
    JAREN,
    gevonden,
    leg_gesprek_vast,
    meld_aan_inspectie,
    tel_meldgedrag,
    trek_gesprek_in,
)
from routekaart.signalen.models import Meldaanleiding, Schoolgesprek, Schooljaartelling, Schooltelling
from routekaart.toegang.rechten import Rol
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.test_kandidaten_eigenschap import PEILDATA, decor, maak, mens

__all__ = ["decor"]

Als = Callable[[Any], Client]
WEG = dt.date(2026, 10, 5)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_dinsdag")]


def maak_school(brin: str = "99ZZ00", naam: str = "Havencollege") -> Instelling:
    return Instelling.objects.create(brin=brin, naam=naam, plaats="Veldermeer")


def maak_weg(gebied: Gebied, school: Instelling, *, weg: dt.date = WEG, **velden: Any) -> Jongere:
    """Nineteen, and off school without a next one."""
    jongere = fabrieken.maak_jongere(gebied, **velden)
    fabrieken.maak_inschrijving(jongere, instelling=school, van=dt.date(2024, 8, 1), tot=weg)
    return jongere


def meld(gebied: Gebied, school: Instelling, jongere: Jongere, op: dt.date, **velden: Any) -> Melding:
    binnen = dt.datetime.combine(op, dt.time(9), tzinfo=dt.UTC)
    waarden = {"soort": "vsv", "melder_soort": "duo"} | velden
    return fabrieken.maak_melding(gebied, jongere=jongere, instelling=school, ontvangen_op=binnen, **waarden)


def tel(gebied: Gebied) -> int:
    return tel_meldgedrag(gebied.regio.pk, nu=NU)


def rijen() -> list[Meldaanleiding]:
    return list(Meldaanleiding.objects.alles(reden="proef").order_by("pk"))


def tekst(antwoord: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", antwoord.content.decode()))


def adres(school: Instelling, vraag: str = "") -> str:
    return reverse("signalen:school", args=[school.sleutel]) + vraag


# -- counting


def test_de_kandidaten_bevatten_iedereen_die_de_regel_wil(
    decor: tuple[Gebied, Gebied, list[Instelling]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same random people with the set queries and without them give the same rows."""
    gebied, elders, scholen = decor
    gezien: Counter[str] = Counter()
    echt = acties_volledigheid.kandidaten

    def iedereen(*_: Any, **__: Any) -> tuple[Any, ...]:
        return (Jongere.objects.alles(reden="proef"),)

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def geldt(data: st.DataObject) -> None:
        op = data.draw(st.sampled_from(PEILDATA))
        mensen = data.draw(st.lists(mens(op), min_size=8, max_size=12))
        jaren = [Schooljaar(Schooljaar.van(op).beginjaar - terug) for terug in range(JAREN)]
        with transaction.atomic():
            for feiten in mensen:
                maak(gebied, elders, scholen, feiten, op)
            monkeypatch.setattr(acties_volledigheid, "kandidaten", echt)
            met_selectie = gevonden(gebied.regio.pk, op=op, jaren=jaren)
            monkeypatch.setattr(acties_volledigheid, "kandidaten", iedereen)
            assert met_selectie == gevonden(gebied.regio.pk, op=op, jaren=jaren)
            gezien.update(f"{rij[5]} {rij[6]}" for rij in met_selectie)
            transaction.set_rollback(True)

    geldt()
    assert {"uitschrijving gemeld", "uitschrijving ontbreekt", "uitschrijving loopt", "verzuim gemeld"} <= set(gezien)
    assert {"overig gemeld"} <= set(gezien)


def test_nog_eens_tellen_verandert_niets(gebied: Gebied) -> None:
    school = maak_school()
    maak_weg(gebied, school)
    assert tel(gebied) == 1
    sleutels = [rij.pk for rij in rijen()]
    assert tel(gebied) == 0
    assert [rij.pk for rij in rijen()] == sleutels
    assert Schooljaartelling.objects.count() == JAREN


def test_een_melding_die_binnenkomt_maakt_de_rij_anders(gebied: Gebied) -> None:
    school = maak_school()
    jongere = maak_weg(gebied, school)
    tel(gebied)
    (rij,) = rijen()
    assert (rij.stand, rij.melding_id, rij.schooljaar) == ("ontbreekt", None, "2026-2027")
    melding = meld(gebied, school, jongere, dt.date(2026, 11, 16))
    assert tel(gebied) == 2  # one row goes, one comes
    (rij,) = rijen()
    assert (rij.stand, rij.melding_id, rij.werkdagen, rij.op_tijd) == ("gemeld", melding.pk, 30, False)


def test_een_nieuwe_inschrijving_neemt_de_rij_weg(gebied: Gebied) -> None:
    school = maak_school()
    jongere = maak_weg(gebied, school)
    tel(gebied)
    fabrieken.maak_inschrijving(jongere, instelling=school, van=WEG + dt.timedelta(days=3))
    tel(gebied)
    assert rijen() == []


def test_wie_verhuisde_telt_waar_hij_nu_woont(gebied: Gebied) -> None:
    jongere = maak_weg(gebied, maak_school())
    tel(gebied)
    Jongere.objects.alles(reden="proef").filter(pk=jongere.pk).update(gemeente=gebied.andere_gemeente)
    tel(gebied)
    (rij,) = rijen()
    assert rij.gemeente == gebied.andere_gemeente


def test_een_schooljaar_van_twee_jaar_terug_blijft_wat_het_was(gebied: Gebied) -> None:
    """Counted once when it is long over, and again only by another definition."""
    school = maak_school()
    jongere = maak_weg(gebied, school, weg=dt.date(2024, 10, 7))
    tel(gebied)
    (rij,) = rijen()
    assert (rij.schooljaar, rij.stand) == ("2024-2025", "ontbreekt")
    meld(gebied, school, jongere, dt.date(2024, 10, 8))
    assert tel(gebied) == 0
    Schooljaartelling.objects.filter(schooljaar="2024-2025").update(definitie="0")
    assert tel(gebied) == 2
    (rij,) = rijen()
    assert rij.stand == "gemeld"


def test_een_melding_over_iemand_die_we_niet_kennen_is_ontvangen(gebied: Gebied) -> None:
    school = maak_school()
    melding = fabrieken.maak_melding(
        gebied, instelling=school, melder_soort="duo", begindatum=dt.date(2026, 11, 9), opgegeven_achternaam="Visser"
    )
    Verzuimregel.objects.create(melding=melding, datum=dt.date(2026, 11, 10), minuten=300)
    tel(gebied)
    (rij,) = rijen()
    assert (rij.jongere_id, rij.soort, rij.sinds, rij.werkdagen) == (None, "verzuim", dt.date(2026, 11, 10), 5)


def test_leerlingen_tellen_een_keer_per_school(gebied: Gebied) -> None:
    school = maak_school()
    jongere = fabrieken.maak_jongere(gebied)
    for niveau, van in ((2, dt.date(2026, 8, 1)), (3, dt.date(2026, 10, 1))):
        fabrieken.maak_inschrijving(jongere, instelling=school, niveau=niveau, van=van)
    tel(gebied)
    (telling,) = Schooltelling.objects.filter(schooljaar="2026-2027")
    assert (telling.leerlingen, telling.gemeente) == (1, gebied.gemeente)


# -- the list


def vul(gebied: Gebied, aantal: int, *, eerste: int = 0) -> None:
    for nummer in range(eerste, eerste + aantal):
        school = maak_school(f"9{nummer:03d}00", f"School {nummer:03d}")
        for _ in range(6):
            maak_weg(gebied, school)


def test_de_slechtste_school_staat_bovenaan(als: Als, coach: Any, gebied: Gebied) -> None:
    goed, slecht, klein = maak_school("99AA00", "Goed"), maak_school("99BB00", "Slecht"), maak_school("99CC00", "Klein")
    for school, gemeld in ((goed, 5), (slecht, 1)):
        for nummer in range(6):
            jongere = maak_weg(gebied, school)
            if nummer < gemeld:
                meld(gebied, school, jongere, WEG)
    maak_weg(gebied, klein)  # all of one is missing, and that says little
    tel(gebied)
    pagina = als(coach).get(reverse("signalen:scholen")).content.decode()
    assert pagina.index("Slecht") < pagina.index("Goed") < pagina.index("Klein")
    assert "83%" in pagina and "17%" in pagina
    assert f'{adres(slecht)}?schooljaar=2026-2027&amp;toon=zonder#leerlingen">5<' in pagina
    op_naam = als(coach).get(reverse("signalen:scholen"), {"sorteer": "naam"}).content.decode()
    assert op_naam.index("Goed") < op_naam.index("Klein") < op_naam.index("Slecht")


def test_zonder_inschrijvingen_weten_we_niet_wat_er_ontbreekt(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    meld(gebied, school, fabrieken.maak_jongere(gebied), VANDAAG, soort="16-uur", begindatum=dt.date(2026, 11, 16))
    tel(gebied)
    pagina = tekst(als(coach).get(reverse("signalen:scholen")))
    assert "Havencollege 99ZZ00, Veldermeer n.b. 1 n.b. n.b. 1 100% 1" in pagina
    assert "We weten niet wie hier staat ingeschreven" in tekst(als(coach).get(adres(school)))


def test_een_school_zonder_uitval_staat_bij_alle_scholen(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    fabrieken.maak_inschrijving(fabrieken.maak_jongere(gebied), instelling=school)
    tel(gebied)
    assert "Havencollege" not in tekst(als(coach).get(reverse("signalen:scholen")))
    assert "Havencollege 99ZZ00, Veldermeer 1 0 0 n.b." in tekst(
        als(coach).get(reverse("signalen:scholen") + "?toon=alle")
    )


def test_voor_de_eerste_telling_zegt_de_pagina_dat(als: Als, coach: Any) -> None:
    assert "Er is nog niet geteld" in tekst(als(coach).get(reverse("signalen:scholen")))


def test_elk_gebied_ziet_zijn_eigen_getallen(als: Als, gebied: Gebied) -> None:
    """Another gemeente, other work and another region do not count, and their school is not there."""
    school, vreemd = maak_school(), maak_school("99QQ00", "Elders")
    maak_weg(gebied, school)
    maak_weg(gebied, school, gemeente=gebied.andere_gemeente)
    maak_weg(gebied, school, geboortedatum="2010-03-04")
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    maak_weg(elders, vreemd)
    tel(gebied)
    tel(elders)
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    coach = fabrieken.maak_gebruiker(gebied, "noor", Rol.DOORSTROOMCOACH, team=gebied.doorstroompunt)
    venster = als(coach)
    pagina = tekst(venster.get(reverse("signalen:scholen")))
    assert "Havencollege 99ZZ00, Veldermeer 1 1 1 100%" in pagina
    assert "Elders" not in pagina
    assert venster.get(adres(vreemd)).status_code == 404
    assert "Geen melding 1" in tekst(venster.get(adres(school)))


def test_wie_alleen_getallen_ziet_krijgt_ze_afgerond_en_zonder_personen(als: Als, gebied: Gebied) -> None:
    school, klein = maak_school(), maak_school("99KK00", "Klein")
    for nummer in range(13):
        jongere = maak_weg(gebied, school, achternaam="Geheimpje")
        if nummer < 2:
            meld(gebied, school, jongere, WEG)
    maak_weg(gebied, klein)
    tel(gebied)
    beleid = fabrieken.maak_gebruiker(gebied, "ingrid", Rol.BELEID)
    antwoord = als(beleid).get(reverse("signalen:scholen"))
    pagina = tekst(antwoord)
    assert "Havencollege 99ZZ00, Veldermeer 15 15 10 n.b. n.b. n.b. 1 tot 4" in pagina
    assert "Klein 99KK00, Veldermeer 1 tot 4 1 tot 4 1 tot 4 n.b." in pagina
    assert "Geheimpje" not in pagina
    assert str(school.sleutel) not in antwoord.content.decode()
    assert als(beleid).get(adres(school)).status_code == 404


def _vragen(venster: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as gezien:
        assert venster.get(url).status_code == 200
    return len(gezien)


def test_het_aantal_vragen_blijft_gelijk(als: Als, coach: Any, gebied: Gebied) -> None:
    vul(gebied, 2)
    school = Instelling.objects.get(naam="School 000")
    tel(gebied)
    venster = als(coach)
    venster.get(reverse("signalen:scholen"))
    lijst, een = _vragen(venster, reverse("signalen:scholen")), _vragen(venster, adres(school))
    vul(gebied, 12, eerste=2)
    for _ in range(20):
        meld(gebied, school, maak_weg(gebied, school), WEG)
    tel(gebied)
    assert _vragen(venster, reverse("signalen:scholen")) == lijst <= 16
    assert _vragen(venster, adres(school)) == een <= 20
    assert _vragen(venster, adres(school, "?toon=ontvangen")) <= een


# -- one school


def test_elk_getal_leidt_naar_zijn_gevallen(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    gemist = maak_weg(gebied, school, achternaam="Gemist")
    laat = maak_weg(gebied, school, achternaam="Laat")
    snel = maak_weg(gebied, school, achternaam="Snel")
    meld(gebied, school, laat, dt.date(2026, 10, 30))
    meld(gebied, school, snel, dt.date(2026, 10, 6), uitkomst="onterecht", uitkomst_op=WEG)
    tel(gebied)
    venster = als(coach)

    def wie(toon: str) -> set[str]:
        pagina = tekst(venster.get(adres(school, f"?toon={toon}")))
        return {naam for naam in ("Gemist", "Laat", "Snel") if f"Yara {naam}" in pagina}

    assert wie("zonder") == {"Gemist"}
    assert wie("laat") == {"Laat"}
    assert wie("op-tijd") == {"Snel"}
    assert wie("ontvangen") == {"Laat", "Snel"}
    assert wie("bespreken") == {"Gemist", "Laat"}  # what runs and what we miss, together (MEL-36)
    pagina = venster.get(adres(school)).content.decode()
    assert reverse("dossiers:overzicht", args=[gemist.sleutel]) in pagina
    assert "3 verwachte meldingen" in tekst(venster.get(adres(school)))


def test_het_beeld_en_de_tabel_zeggen_hetzelfde(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    for jaar in (2024, 2026):
        maak_weg(gebied, school, weg=dt.date(jaar, 10, 5))
    tel(gebied)
    pagina = als(coach).get(adres(school)).content.decode()
    assert "2023-2024: niets." in pagina
    assert "2024-2025: 1 geen melding. 2025-2026: niets. 2026-2027: 1 geen melding." in pagina
    assert pagina.count('class="mist"') == 3  # two columns and the legend


def test_de_spiegel_toont_wat_er_van_de_meldingen_werd(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    for uitkomst in ("geen-actie-na-school", "geen-actie-na-school", ""):
        jongere = fabrieken.maak_jongere(gebied)
        meld(
            gebied, school, jongere, VANDAAG, soort="16-uur", begindatum=VANDAAG, uitkomst=uitkomst,
            uitkomst_op=VANDAAG if uitkomst else None,
        )  # fmt: skip
    tel(gebied)
    pagina = tekst(als(coach).get(adres(school)))
    assert "Na afstemming met school geen actie nodig 2 0" in pagina
    assert "nog niet afgerond 1 0" in pagina


def test_wie_uit_bereik_is_staat_er_niet_meer_bij(als: Als, gebied: Gebied) -> None:
    """Moved since the last count: the number is of last night, the name is gone at once."""
    school = maak_school()
    jongere = maak_weg(gebied, school, achternaam="Verhuisd")
    tel(gebied)
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    coach = fabrieken.maak_gebruiker(gebied, "noor", Rol.DOORSTROOMCOACH, team=gebied.doorstroompunt)
    assert "Verhuisd" in tekst(als(coach).get(adres(school)))
    Jongere.objects.alles(reden="proef").filter(pk=jongere.pk).update(gemeente=gebied.andere_gemeente)
    assert "Verhuisd" not in tekst(als(coach).get(adres(school)))


def test_om_af_te_drukken_zijn_er_geen_formulieren(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    maak_weg(gebied, school, achternaam="Gemist")
    tel(gebied)
    pagina = als(coach).get(adres(school, "?vorm=druk")).content.decode()
    assert "Gemist" in pagina and "Hoe is dit geteld?" in pagina
    assert "<form" not in pagina and "rk-hoofdmenu" not in pagina


# -- the talks


def test_een_gesprek_staat_bij_de_school_en_in_de_lijst(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    maak_weg(gebied, school)
    tel(gebied)
    venster = als(coach)
    velden = {"op": "16-11-2026", "met": "Bea Kramer", "afspraak": "Elke week melden"}
    antwoord = venster.post(reverse("signalen:schoolgesprek", args=[school.sleutel]), velden, follow=True)
    assert "Besproken op 16 november 2026 met Bea Kramer" in tekst(antwoord)
    assert "Toen: 1 verwacht in 2026-2027, 1 zonder melding" in tekst(antwoord)
    assert "besproken, 16 november 2026" in tekst(venster.get(reverse("signalen:scholen")))
    assert Logregel.objects.filter(code="school.besproken").exists()
    gesprek = Schoolgesprek.objects.get()
    weg = reverse("signalen:schoolgesprek-intrekken", args=[school.sleutel, gesprek.sleutel])
    assert "Ingetrokken op" in tekst(venster.post(weg, follow=True))
    assert "nog niet" in tekst(venster.get(reverse("signalen:scholen")))
    assert "al ingetrokken" in tekst(venster.post(weg, follow=True))


def test_een_gesprek_in_de_toekomst_of_zonder_afspraak_kan_niet(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    maak_weg(gebied, school)
    tel(gebied)
    doel = reverse("signalen:schoolgesprek", args=[school.sleutel])
    antwoord = als(coach).post(doel, {"op": "18-11-2026", "met": "Bea Kramer", "afspraak": "Vaker"})
    assert "Deze dag moet nog komen" in tekst(antwoord)
    assert "Bea Kramer" in antwoord.content.decode()
    assert als(coach).post(doel, {"op": "16-11-2026", "met": "Bea"}).status_code == 200
    assert not Schoolgesprek.objects.exists()


def test_de_inspectie_is_de_laatste_stap(gebied: Gebied) -> None:
    school = maak_school()
    els = fabrieken.toegang(fabrieken.maak_gebruiker(gebied, "els", Rol.COORDINATOR))
    hoe: dict[str, Any] = {"cijfers": {}, "toegang": els, "nu": NU}
    with pytest.raises(Geweigerd, match="Bespreek het eerst met de school"):
        meld_aan_inspectie(school, op=VANDAAG, reden="Meldt niet", **hoe)
    gesprek = leg_gesprek_vast(school, op=VANDAAG, met_wie="Bea", afspraak="Vaker", **hoe)
    with pytest.raises(Geweigerd, match="laatste stap"):
        meld_aan_inspectie(school, op=VANDAAG - dt.timedelta(days=1), reden="Meldt niet", **hoe)
    assert meld_aan_inspectie(school, op=VANDAAG, reden="Meldt niet", **hoe).soort == "inspectie"
    trek_gesprek_in(gesprek, toegang=els, nu=NU)
    with pytest.raises(Geweigerd, match="Bespreek het eerst"):
        meld_aan_inspectie(school, op=VANDAAG, reden="Meldt niet", **hoe)


def test_alleen_de_coordinator_meldt_aan_de_inspectie(als: Als, coach: Any, gebied: Gebied) -> None:
    school = maak_school()
    maak_weg(gebied, school)
    tel(gebied)
    els = fabrieken.maak_gebruiker(gebied, "els", Rol.COORDINATOR)
    leg_gesprek_vast(
        school, op=VANDAAG, met_wie="Bea", afspraak="Vaker", cijfers={}, toegang=fabrieken.toegang(els), nu=NU
    )
    doel = reverse("signalen:schoolinspectie", args=[school.sleutel])
    velden = {"inspectie-op": "17-11-2026", "inspectie-afspraak": "Meldt niet"}
    assert als(coach).post(doel, velden).status_code == 404
    assert "Laatste stap" not in tekst(als(coach).get(adres(school)))
    assert "Gemeld aan de inspectie op 17 november 2026" in tekst(als(els).post(doel, velden, follow=True))
    inspectie = Schoolgesprek.objects.get(soort="inspectie")
    weg = reverse("signalen:schoolgesprek-intrekken", args=[school.sleutel, inspectie.sleutel])
    assert als(coach).post(weg).status_code == 404
