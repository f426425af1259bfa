"""Two dossiers become one, and can be two again: nothing is lost, nothing is left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.acties_samenvoegen import maak_ongedaan, veeg_na, voeg_samen
from routekaart.personen.models import Dubbel, Jongere, Persoonsnummer, Samenvoeging, Samenvoegregel
from routekaart.personen.relaties import alle_relaties, relaties_naar, rijen_van
from routekaart.toegang.models import Bereik
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied, maak_inschrijving, maak_jongere, maak_melding, maak_werkproces, systeem

TEST = "de proef leest wat zij maakte"


@pytest.fixture
def paar(gebied: Gebied) -> tuple[Jongere, Jongere]:
    """Noor with a BSN, and Noor once more without."""
    met_bsn = maak_jongere(gebied, achternaam="Bakker", voornamen="Noor", straat="Kade", postcode="9901 AB")
    return met_bsn, maak_jongere(gebied, achternaam="Backer", voornamen="Noor", bsn=None, telefoon="06 12345678")


def samen(gebied: Gebied, blijft: Jongere, verdwijnt: Jongere, **anders: Any) -> Samenvoeging:
    return voeg_samen(
        blijft, verdwijnt, **{"waarom": "zelfde", "toegang": systeem(gebied), "nu": NU, "op": VANDAAG} | anders
    )


def ongedaan(gebied: Gebied, samenvoeging: Samenvoeging) -> Jongere:
    return maak_ongedaan(samenvoeging, toegang=systeem(gebied), nu=NU)


def ververs(jongere: Jongere) -> Jongere:
    return Jongere.objects.met_verwijzingen(reden=TEST).get(pk=jongere.pk)


def test_alles_van_de_een_hoort_voortaan_bij_de_ander(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    blijft, verdwijnt = paar
    maak_inschrijving(verdwijnt)
    werkproces = maak_werkproces(verdwijnt)
    maak_melding(gebied, jongere=verdwijnt, werkproces=werkproces)
    samenvoeging = samen(gebied, blijft, verdwijnt)
    werkproces.refresh_from_db()
    assert werkproces.jongere_id == blijft.pk
    assert blijft.meldingen.alles(reden=TEST).count() == blijft.inschrijvingen.alles(reden=TEST).count() == 1
    verhuisd = samenvoeging.regels.alles(reden=TEST).filter(wat="verhuisd").values_list("model", "veld", "was", "wordt")
    assert ("dossiers.Werkproces", "jongere_id", verdwijnt.pk, blijft.pk) in verhuisd
    for relatie in relaties_naar(Jongere):
        if relatie.model is not Samenvoeging:
            assert not relatie.van(verdwijnt.pk).exists(), relatie.label


def test_wie_opging_in_een_ander_is_geen_jongere_meer(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    blijft, verdwijnt = paar
    samen(gebied, blijft, verdwijnt)
    assert list(Jongere.objects.voor(systeem(gebied))) == [blijft]
    assert list(Jongere.objects.alles(reden=TEST)) == [blijft]
    leeg = ververs(verdwijnt)
    assert leeg.samengevoegd_met == blijft
    assert leeg.naam == leeg.telefoon == leeg.zoeknaam == leeg.postcode == ""
    assert leeg.leeftijd(op=VANDAAG) > 100


def test_eigen_contactgegevens_blijven_en_wat_leeg_was_komt_van_de_ander(
    gebied: Gebied, paar: tuple[Jongere, Jongere]
) -> None:
    blijft, verdwijnt = paar
    Jongere.objects.alles(reden=TEST).filter(pk=blijft.pk).update(email="noor@voorbeeld.example")
    Jongere.objects.alles(reden=TEST).filter(pk=verdwijnt.pk).update(
        email="anders@voorbeeld.example", geheimhouding=7, niet_alleen=True, postcode="9902 CD"
    )
    samen(gebied, blijft, verdwijnt)
    nu = ververs(blijft)
    assert (nu.telefoon, nu.email, nu.postcode) == ("06 12345678", "noor@voorbeeld.example", "9901 AB")
    assert nu.geheimhouding == 7 and nu.niet_alleen, "een waarschuwing raakt nooit weg"


def test_de_feiten_van_de_brp_komen_van_wie_een_bsn_heeft(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    met_bsn, zonder = paar
    samen(gebied, zonder, met_bsn)
    nu = ververs(zonder)
    assert (nu.achternaam, nu.straat, nu.telefoon) == ("Bakker", "Kade", "06 12345678")
    assert "bakker" in nu.zoeknaam
    assert nu.versie == zonder.versie + 1


def test_van_twee_gelijke_feiten_blijft_wat_het_laatst_is_bijgewerkt(
    gebied: Gebied, paar: tuple[Jongere, Jongere]
) -> None:
    blijft, verdwijnt = paar
    oud = maak_inschrijving(blijft)
    nieuw = maak_inschrijving(verdwijnt, instelling=oud.instelling, tot=dt.date(2026, 10, 1))
    samenvoeging = samen(gebied, blijft, verdwijnt)
    assert Inschrijving.objects.alles(reden=TEST).get().tot == nieuw.tot
    bewaard = samenvoeging.regels.alles(reden=TEST).get(wat="bewaard")
    assert (bewaard.model, bewaard.rij, bewaard.was["fields"]["tot"]) == ("loopbaan.Inschrijving", oud.pk, None)
    ongedaan(gebied, samenvoeging)
    tot = Inschrijving.objects.alles(reden=TEST).values_list("jongere_id", "tot")
    assert set(tot) == {(blijft.pk, None), (verdwijnt.pk, nieuw.tot)}


def test_twee_lopende_werkprocessen_van_een_soort_beslist_een_mens(
    gebied: Gebied, paar: tuple[Jongere, Jongere]
) -> None:
    for jongere in paar:
        maak_werkproces(jongere)
    with pytest.raises(Geweigerd, match="lopend werkproces van dezelfde soort"):
        samen(gebied, *paar)
    assert not Samenvoeging.objects.alles(reden=TEST).exists()
    Werkproces.objects.alles(reden=TEST).filter(jongere=paar[1]).update(afgesloten_op=VANDAAG, uitkomst="x")
    samen(gebied, *paar)


def test_twee_bsns_zijn_twee_mensen(gebied: Gebied) -> None:
    with pytest.raises(Geweigerd, match="een eigen BSN"):
        samen(gebied, maak_jongere(gebied), maak_jongere(gebied))


def test_wat_als_verschillend_is_vastgelegd_gaat_niet_samen(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    Dubbel.objects.create(een=paar[1], ander=paar[0], punten=80, gevonden_op=NU, verschillend_op=NU)
    with pytest.raises(Geweigerd, match="17 november 2026 is vastgelegd dat dit twee mensen zijn"):
        samen(gebied, *paar)


def test_niemand_gaat_samen_met_zichzelf_of_met_wie_al_weg_is(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    with pytest.raises(Geweigerd, match="twee keer dezelfde"):
        samen(gebied, paar[0], paar[0])
    samen(gebied, *paar)
    derde = maak_jongere(gebied, bsn=None)
    with pytest.raises(Geweigerd, match="al samengevoegd"):
        samen(gebied, derde, paar[1])


def test_wie_een_van_beiden_niet_mag_zien_voegt_niet_samen(gebied: Gebied, buitenstaander: Any, coach: Any) -> None:
    elders = maak_jongere(fabrieken.maak_gebied(nummer=3, naam="Regio Elders 3"), bsn=None)
    hier = maak_jongere(gebied)
    with pytest.raises(Geweigerd, match="verschillende regio"):
        samen(gebied, hier, elders)
    kind = maak_jongere(gebied, geboortedatum="2015-01-01", bsn=None)
    with pytest.raises(Geweigerd, match="buiten jouw gebied"):
        samen(gebied, hier, kind, toegang=fabrieken.toegang(coach))


def test_een_samenvoeging_schrijft_een_regel_en_laat_het_logboek_met_rust(
    gebied: Gebied, paar: tuple[Jongere, Jongere]
) -> None:
    maak_werkproces(paar[1])
    eerder = list(Logregel.objects.order_by("pk").values())
    samenvoeging = samen(gebied, *paar)
    assert list(Logregel.objects.order_by("pk").values())[: len(eerder)] == eerder
    nieuw = Logregel.objects.order_by("pk")[len(eerder) :]
    assert [(regel.code, regel.jongere_id) for regel in nieuw] == [("jongere.samengevoegd", paar[0].pk)]
    ongedaan(gebied, samenvoeging)
    assert Logregel.objects.order_by("-pk")[0].code == "jongere.gesplitst"


def test_wat_na_het_samenvoegen_kwam_blijft_bij_wie_bleef(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    blijft, verdwijnt = paar
    eerder = maak_werkproces(verdwijnt)
    samenvoeging = samen(gebied, blijft, verdwijnt)
    later = maak_werkproces(ververs(blijft), soort="jikp")
    Jongere.objects.alles(reden=TEST).filter(pk=blijft.pk).update(telefoon="06 87654321")
    terug = ongedaan(gebied, samenvoeging)
    assert (terug.naam, terug.telefoon) == ("Noor Backer", "06 12345678")
    van = dict(Werkproces.objects.alles(reden=TEST).values_list("pk", "jongere_id"))
    assert van == {eerder.pk: verdwijnt.pk, later.pk: blijft.pk}
    assert ververs(blijft).telefoon == "06 87654321", "wat sindsdien is gewijzigd, blijft"


def test_de_laatste_samenvoeging_gaat_eerst_ongedaan(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    a = maak_jongere(gebied, bsn=None, achternaam="Derde")
    eerste = samen(gebied, paar[1], a)
    tweede = samen(gebied, *paar)
    assert ververs(a).samengevoegd_met == paar[0], "een oud adres leidt in een keer naar wie er nog is"
    with pytest.raises(Geweigerd, match="Hierna is nog iemand samengevoegd"):
        ongedaan(gebied, eerste)
    ongedaan(gebied, tweede)
    assert ververs(a).samengevoegd_met == paar[1]
    ongedaan(gebied, eerste)
    assert ververs(a).naam == "Yara Derde"
    with pytest.raises(Geweigerd, match="al ongedaan"):
        ongedaan(gebied, eerste)


def test_wie_er_bij_uitzondering_bij_mocht_mag_dat_nog(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    rij = Bereik.objects.create(
        team=gebied.leerplicht, jongere_id=paar[1].pk, grond="verhuisd", doel="werkproces", van=VANDAAG
    )
    samenvoeging = samen(gebied, *paar)
    rij.refresh_from_db()
    assert rij.jongere_id == paar[0].pk
    ongedaan(gebied, samenvoeging)
    rij.refresh_from_db()
    assert rij.jongere_id == paar[1].pk


def test_een_oud_adres_leidt_naar_wie_bleef(
    gebied: Gebied, paar: tuple[Jongere, Jongere], coach: Any, ambtenaar: Any, als: Callable[[Any], Client]
) -> None:
    blijft, verdwijnt = paar
    werkproces = maak_werkproces(verdwijnt)
    samen(gebied, blijft, verdwijnt)
    oud = reverse("dossiers:route", args=[verdwijnt.sleutel]) + f"?werkproces={werkproces.sleutel}"
    antwoord = als(coach).get(oud)
    assert antwoord.status_code == 302
    assert antwoord.headers["Location"] == oud.replace(str(verdwijnt.sleutel), str(blijft.sleutel))
    assert als(coach).get(antwoord.headers["Location"]).status_code == 200
    formulier = als(coach).post(reverse("dossiers:contactgegevens", args=[verdwijnt.sleutel]), {"versie": "1"})
    assert formulier.status_code == 307, "wat is ingevuld gaat mee"
    assert als(ambtenaar).get(oud).status_code == 404, "buiten bereik verraadt een oud adres niets"


def test_wat_onderweg_was_wordt_nageveegd(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    """A melding that was being written while the dossiers were merged lands on the empty row."""
    samenvoeging = samen(gebied, *paar)
    melding = maak_melding(gebied, jongere=paar[1], soort_werk="doorstroompunt", gemeente=gebied.gemeente)
    assert veeg_na() == 1
    melding.refresh_from_db()
    assert melding.jongere_id == paar[0].pk
    ongedaan(gebied, samenvoeging)
    melding.refresh_from_db()
    assert melding.jongere_id == paar[1].pk, "het stond er met opzet over de een"
    assert veeg_na() == 0


def test_elke_unieke_grens_kan_worden_nagekeken() -> None:
    """A constraint with an expression would be missed; there is none."""
    gezien = 0
    for relatie in alle_relaties(Jongere):
        for grens in relatie.model._meta.total_unique_constraints:
            assert not grens.expressions, f"{relatie.label}: {grens.name}"
        gezien += len(list(relatie.uniek()))
    assert gezien >= 15
    assert {"loopbaan.Inschrijving", "begeleiding.Afspraak"} <= {relatie.label for relatie in alle_relaties(Jongere)}


def test_een_nummer_verhuist_mee(gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    samen(gebied, paar[1], paar[0])
    assert Persoonsnummer.objects.alles(reden=TEST).get().jongere_id == paar[1].pk
    assert rijen_van(Samenvoegregel).exists()
