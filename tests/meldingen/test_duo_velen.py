"""Many rows of DUO at once give exactly what the same rows give one by one."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Nummerreeks
from routekaart.dossiers.acties import leg_contact_vast
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.logboek.acties import controleer, verzegel
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling, Vaststelling, Werk
from routekaart.meldingen.acties import (
    DuoMelding,
    Duorij,
    Verzuimdag,
    duo_velen,
    neem_duo_melding_aan,
    neem_duo_meldingen_aan,
)
from routekaart.meldingen.models import Melding, Meldingversie
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from tests import fabrieken
from tests.fabrieken import NU

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}
EERDER = NU - dt.timedelta(days=12)
NOOIT_GELIJK = {"id", "sleutel", "created", "updated", "zout", "inhoud_vinger", "vinger"}
PERSONEN = (
    "ingeschreven", "onder-18", "elders", "onbediend", "overleden", "lopend", "afgesloten", "wil-stoppen", "onbekend",
    "net-18", "kwetsbaar", "afgesproken", "bezig", "diploma", "tweede-gemeente", "jong-lopend",
)  # fmt: skip

DUO = DuoMelding(
    meldingsnummer="700000",
    versie=1,
    soort="16-uur",
    brin="99VA00",
    begindatum=dt.date(2026, 11, 2),
    reden="Komt niet opdagen",
    contact_naam="K. Slot",
    contact_email="slot@school.example",
    gemeld_op=dt.datetime(2026, 11, 12, 8, 30, tzinfo=dt.UTC),
)
UREN = (Verzuimdag(dt.date(2026, 11, 2), 180), Verzuimdag(dt.date(2026, 11, 3)), Verzuimdag(dt.date(2026, 11, 2), 60))


class Wereld:
    """Young persons in every position that matters, and two ways to take rows about them in."""

    def __init__(self, gebied: fabrieken.Gebied, toegang: Toegang) -> None:
        self.gebied, self.toegang = gebied, toegang
        self.school = fabrieken.maak_instelling(brin="99VA00", naam="ROC De Waarden")
        van = dt.date(2000, 1, 1)
        elders = Gemeente.objects.create(code="9901", naam="Elders", van=van)
        onbediend = Gemeente.objects.create(code="9103", naam="Zonder team", regio=gebied.regio, van=van)
        bijzonder: dict[str, dict[str, Any]] = {
            "onder-18": {"geboortedatum": "2011-02-03"},
            "jong-lopend": {"geboortedatum": "2010-02-03"},
            "elders": {"gemeente": elders},
            "onbediend": {"gemeente": onbediend},
            "overleden": {"overleden_op": dt.date(2026, 11, 1)},
            "net-18": {"geboortedatum": "2008-11-10"},
            "tweede-gemeente": {"gemeente": gebied.andere_gemeente, "geboortedatum": "2001-00-00"},
        }
        self.jongeren: dict[str, Jongere] = {
            naam: fabrieken.maak_jongere(gebied, **bijzonder.get(naam, {})) for naam in PERSONEN
        }
        Jongere.objects.alles(**ALLES).filter(pk=self.jongeren["net-18"].pk).update(soort_werk="leerplicht")
        self.jongeren["net-18"].refresh_from_db()
        for naam in ("ingeschreven", "lopend", "wil-stoppen", "afgesproken", "overleden", "jong-lopend"):
            fabrieken.maak_inschrijving(self.jongeren[naam], instelling=self.school)
        fabrieken.maak_inschrijving(self.jongeren["kwetsbaar"], onderwijssoort="pro", niveau=0, instelling=self.school)
        Werk.objects.create(jongere=self.jongeren["kwetsbaar"], van=dt.date(2026, 1, 1), uren=20, bron="IB")
        fabrieken.maak_diploma(self.jongeren["diploma"])
        Vaststelling.objects.create(jongere=self.jongeren["tweede-gemeente"], op=dt.date(2026, 1, 1), bron="oordeel")
        fabrieken.maak_melding(
            gebied, jongere=self.jongeren["wil-stoppen"], soort="vsv", voorgenomen_uitschrijving=True
        )
        for i, naam in enumerate(("lopend", "afgesloten", "afgesproken", "bezig", "jong-lopend")):
            self.een_voor_een([self.rij(naam, meldingsnummer=f"60000{i}")], nu=EERDER)
        lopend = {rij.jongere_id: rij for rij in Werkproces.objects.alles(**ALLES).select_related("jongere")}
        dicht = lopend[self.jongeren["afgesloten"].pk]
        dicht.uitkomst, dicht.afgesloten_op = "onterecht", dt.date(2026, 11, 10)
        dicht.save()
        contact: dict[str, Any] = {
            "met": "jongere",
            "kanaal": "telefoon",
            "toegang": toegang,
            "nu": NU - dt.timedelta(days=2),
        }
        leg_contact_vast(
            lopend[self.jongeren["afgesproken"].pk], moment=NU - dt.timedelta(days=3), resultaat="geen-contact",
            volgende=NU + dt.timedelta(days=3), volgend_kanaal="telefoon", **contact,
        )  # fmt: skip
        leg_contact_vast(
            lopend[self.jongeren["bezig"].pk], moment=NU - dt.timedelta(days=3), resultaat="contact", **contact
        )
        self.een_voor_een([self.rij("ingeschreven", meldingsnummer="650000", status="ingetrokken")], nu=EERDER)
        Melding.objects.alles(**ALLES).filter(duo_nummer="650000").update(jongere=None, werkproces=None)
        # judged by a colleague, who added to what the school wrote
        geoordeeld = Melding.objects.alles(**ALLES).filter(duo_nummer__in=("600000", "600003"))
        geoordeeld.update(
            oordeel="directe-actie", oordeel_op=EERDER, stand="beoordeeld", reden=f"{DUO.reden}\nBelde zelf"
        )

    def rij(self, naam: str, *, gemeente_onbekend: bool = False, **velden: Any) -> Duorij:
        return Duorij(replace(DUO, **velden), self.jongeren[naam], self.school, gemeente_onbekend=gemeente_onbekend)

    def velen(self, rijen: Sequence[Duorij], *, nu: dt.datetime = NU) -> list[Any]:
        uit = neem_duo_meldingen_aan(rijen, toegang=self.toegang, nu=nu, levering_id=7)
        return [getattr(uitslag, "boodschap", uitslag) for uitslag in uit]

    def een_voor_een(self, rijen: Sequence[Duorij], *, nu: dt.datetime = NU) -> list[Any]:
        uit = []
        for rij in rijen:
            try:
                uitslag: Any = neem_duo_melding_aan(
                    rij.duo, jongere=rij.jongere, instelling=rij.instelling, gemeente=rij.jongere.gemeente,
                    gemeente_onbekend=rij.gemeente_onbekend, toegang=self.toegang, nu=nu, levering_id=7,
                )  # fmt: skip
            except Geweigerd as fout:
                uitslag = fout.boodschap
            uit.append(uitslag)
        return uit

    def na(self, neem: Callable[[Sequence[Duorij]], list[Any]], rijen: Sequence[Duorij]) -> tuple[list[Any], Any]:
        """What the rows give, and how every table stands afterwards; then all is as it was."""
        with transaction.atomic():
            uit = neem(rijen)
            beeld = tabellen()
            transaction.set_rollback(True)
        return uit, beeld

    def eis_gelijk(
        self, rijen: Sequence[Duorij], *, neem: Callable[[Sequence[Duorij]], list[Any]] | None = None
    ) -> list[Any]:
        """That both ways give the same; gives what it is. `neem`: another way to take many in."""
        uit, beeld = self.na(neem or self.velen, rijen)
        verwacht, moet = self.na(self.een_voor_een, rijen)
        assert uit == verwacht
        for tabel, inhoud in moet.items():
            assert beeld[tabel] == inhoud, tabel
        return uit


def tabellen() -> dict[str, Counter[str]]:
    """All rows of all tables, by what they say; rows that are pointed to are named by what people call them."""
    namen = {f"melding:{pk}": nummer for pk, nummer in Melding.objects.alles(**ALLES).values_list("pk", "nummer")} | {
        f"werkproces:{pk}": nummer for pk, nummer in Werkproces.objects.alles(**ALLES).values_list("pk", "nummer")
    }
    assert None not in namen.values()
    sleutels = {
        str(sleutel): nummer
        for model in (Melding, Werkproces)
        for sleutel, nummer in model.objects.alles(**ALLES).values_list("sleutel", "nummer")
    }

    def noem(veld: str, waarde: Any) -> Any:
        if veld in {"melding_id", "werkproces_id"}:
            return namen.get(f"{veld[:-3]}:{waarde}")
        if veld == "herkomst" and (rij := re.fullmatch(r"([a-z]+):([0-9]+)", waarde)):
            return rij[1], namen.get(f"melding:{rij[2]}")
        if isinstance(waarde, str):
            return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", lambda m: sleutels.get(m[0], "rij"), waarde)
        return waarde

    return {
        model._meta.label: Counter(
            json.dumps({v: noem(v, w) for v, w in rij.items() if v not in NOOIT_GELIJK}, default=str, sort_keys=True)
            for rij in model._base_manager.values()
        )
        for model in apps.get_models()
    }


@pytest.fixture(params=["systeem", "administratie"])
def wereld(request: pytest.FixtureRequest, gebied: fabrieken.Gebied, administratie: Any) -> Wereld:
    """Taken in by the command, and by somebody of the administration."""
    toegang = fabrieken.systeem(gebied) if request.param == "systeem" else fabrieken.toegang(administratie)
    return Wereld(gebied, toegang)


def test_een_twee_en_drie_meldingen_over_iemand(wereld: Wereld) -> None:
    for naam in PERSONEN:
        rijen = [
            wereld.rij(naam, uren=UREN),
            wereld.rij(naam, meldingsnummer="700001", soort="luxe", versie=None),
            wereld.rij(naam, meldingsnummer="700002", status="gewijzigd", achternaam="Bos"),
        ]
        for aantal in (1, 2, 3):
            assert wereld.eis_gelijk(rijen[:aantal]) == ["nieuw"] * aantal, naam


def test_alle_randen_door_elkaar(wereld: Wereld) -> None:
    """Also the order of the numbers, and what was known before."""
    rijen = [wereld.rij(naam, meldingsnummer=f"70{i:04}", uren=UREN) for i, naam in enumerate(PERSONEN)]
    rijen += [
        wereld.rij("ingeschreven", meldingsnummer="710000", status="ingetrokken"),
        wereld.rij("ingeschreven", meldingsnummer="710001"),
        wereld.rij("diploma", meldingsnummer="710002"),
        wereld.rij("diploma", meldingsnummer="710002", versie=2, reden="Anders"),
        wereld.rij("diploma", meldingsnummer="710002", versie=2, reden="Anders"),
        wereld.rij("diploma", meldingsnummer="710002", versie=3, status="ingetrokken"),
        wereld.rij("diploma", meldingsnummer="710003"),
        wereld.rij("onbekend", meldingsnummer="710004", gemeente_onbekend=True),
        wereld.rij("onbekend", meldingsnummer="710005"),
        wereld.rij("kwetsbaar", meldingsnummer="710002", versie=9),
        wereld.rij("kwetsbaar", meldingsnummer="600000", versie=9),
        wereld.rij("lopend", meldingsnummer="600000"),
        wereld.rij("lopend", meldingsnummer="600000", versie=2, uren=UREN[:1]),
        wereld.rij("lopend", meldingsnummer="710006"),
        wereld.rij("ingeschreven", meldingsnummer="650000"),
        wereld.rij("tweede-gemeente", meldingsnummer="710007"),
    ]
    uit = wereld.eis_gelijk(rijen)
    assert Counter(uit)["nieuw"] == len(PERSONEN) + 8
    assert sum("iemand anders" in uitslag for uitslag in uit) == 2


RIJEN = st.lists(
    st.fixed_dictionaries(
        {
            "naam": st.sampled_from(PERSONEN),
            "meldingsnummer": st.sampled_from(["600000", "600001", "650000", *(f"70000{i}" for i in range(8))]),
            "gemeld_op": st.sampled_from([DUO.gemeld_op, DUO.gemeld_op, NU]),
            "versie": st.sampled_from([None, 1, 1, 1, 2, 3]),
            "status": st.sampled_from(["nieuw", "nieuw", "nieuw", "gewijzigd", "ingetrokken"]),
            "soort": st.sampled_from(["16-uur", "maand", "luxe", "overig"]),
            "uren": st.sampled_from([(), UREN, UREN[:1]]),
            "reden": st.sampled_from(["Komt niet opdagen", "Is ziek geweest"]),
            "gemeente_onbekend": st.sampled_from([False, False, False, True]),
        }
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def stille_wereld(gebied: fabrieken.Gebied) -> Wereld:
    return Wereld(gebied, fabrieken.systeem(gebied))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rijen=RIJEN)
def test_welke_rijen_ook(stille_wereld: Wereld, rijen: list[dict[str, Any]]) -> None:
    stille_wereld.eis_gelijk([stille_wereld.rij(**rij) for rij in rijen])


# about the same person each time, so that versions are taken and not refused
REEKS = {f"60000{i}": naam for i, naam in enumerate(("lopend", "afgesloten", "afgesproken", "bezig"))} | {
    "650000": "ingeschreven",
    "700000": "diploma",
    "700001": "diploma",
    "700002": "onder-18",
}
VERSIES = st.lists(
    st.fixed_dictionaries(
        {
            "meldingsnummer": st.sampled_from(list(REEKS)),
            "versie": st.sampled_from([None, 1, 2, 3]),
            "status": st.sampled_from(["nieuw", "gewijzigd", "ingetrokken"]),
            "gemeld_op": st.sampled_from([None, DUO.gemeld_op, NU]),
            "soort": st.sampled_from(["16-uur", "overig"]),
            "brin": st.sampled_from(["99VA00", "99VB00", ""]),
            "uren": st.sampled_from([(), UREN, UREN[:1]]),
            "reden": st.sampled_from(["", "Komt niet opdagen", "Is ziek geweest"]),
            "achternaam": st.sampled_from(["", "Bos"]),
        }
    ),
    min_size=2,
    max_size=16,
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rijen=VERSIES, knip=st.integers(0, 16))
def test_versies_in_welke_volgorde_en_in_welke_stukken_ook(
    stille_wereld: Wereld, rijen: list[dict[str, Any]], knip: int
) -> None:
    """Later, earlier, withdrawn and repeated versions: together they do what they do one by one, log and all."""
    Instelling.objects.get_or_create(brin="99VB00", defaults={"naam": "Het Eiland"})
    duo = [stille_wereld.rij(REEKS[rij["meldingsnummer"]], **rij) for rij in rijen]

    def in_tweeen(alle: Sequence[Duorij]) -> list[Any]:
        return stille_wereld.velen(alle[:knip]) + stille_wereld.velen(alle[knip:])

    stille_wereld.eis_gelijk(duo, neem=in_tweeen)


def test_in_twee_leveringen_achter_elkaar(stille_wereld: Wereld) -> None:
    """The second one joins what the first one started."""
    eerste = [stille_wereld.rij(naam, meldingsnummer=f"70{i:04}") for i, naam in enumerate(PERSONEN)]
    stille_wereld.velen(eerste, nu=NU - dt.timedelta(days=1))
    tweede = [stille_wereld.rij(naam, meldingsnummer=f"71{i:04}") for i, naam in enumerate(PERSONEN)]
    assert stille_wereld.eis_gelijk([*eerste, *tweede]) == ["ongewijzigd"] * len(eerste) + ["nieuw"] * len(tweede)


def test_de_keten_van_het_logboek_klopt(stille_wereld: Wereld) -> None:
    stille_wereld.velen([stille_wereld.rij(naam, meldingsnummer=f"70{i:04}") for i, naam in enumerate(PERSONEN)])
    verzegel(nu=NU)
    uitslag = controleer()
    assert uitslag.fouten == [] and uitslag.regels == Logregel.objects.count()


def gewone(gebied: fabrieken.Gebied, aantal: int, *, begin: int) -> list[Duorij]:
    """Rows about so many others who are enrolled, two about each."""
    school = fabrieken.maak_instelling()
    rijen = []
    for i in range(aantal):
        jongere = fabrieken.maak_jongere(gebied)
        fabrieken.maak_inschrijving(jongere, instelling=school)
        rijen += [
            Duorij(replace(DUO, meldingsnummer=f"8{begin + 2 * i + keer:05}", uren=UREN), jongere, school)
            for keer in (0, 1)
        ]
    return rijen


def test_het_aantal_queries_groeit_niet_met_de_rijen(gebied: fabrieken.Gebied) -> None:
    """Nor where they join what runs, nor where they are known already."""
    toegang = fabrieken.systeem(gebied)

    def tel(rijen: Sequence[Duorij]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            neem_duo_meldingen_aan(rijen, toegang=toegang, nu=NU)
        return len(queries)

    weinig, veel = gewone(gebied, 2, begin=0), gewone(gebied, 30, begin=100)
    tel(gewone(gebied, 1, begin=900))
    assert tel(weinig) == tel(veel) <= 40
    volgend = [
        [replace(rij, duo=replace(rij.duo, meldingsnummer=f"9{i:05}{j}")) for i, rij in enumerate(rijen)]
        for j, rijen in enumerate((weinig, veel))
    ]
    assert tel(volgend[0]) == tel(volgend[1]) <= 45
    assert tel(weinig) == tel(veel) <= 5
    assert Meldingversie.objects.alles(**ALLES).count() == 2 * len(weinig) + 2 * len(veel) + 2


def test_ook_latere_versies_en_intrekken_niet(gebied: fabrieken.Gebied, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judged or not, once or twice in the file: the number of queries stays the same."""
    toegang = fabrieken.systeem(gebied)
    weinig, veel = gewone(gebied, 2, begin=0), gewone(gebied, 30, begin=100)
    neem_duo_meldingen_aan([*weinig, *veel], toegang=toegang, nu=EERDER)
    Melding.objects.alles(**ALLES).update(oordeel="directe-actie", oordeel_op=EERDER)

    def nooit(*_: Any, **__: Any) -> Any:
        raise AssertionError("deze rij ging een voor een")

    monkeypatch.setattr(duo_velen, "neem_duo_melding_aan", nooit)

    def tel(rijen: Sequence[Duorij], **velden: Any) -> int:
        anders = [replace(rij, duo=replace(rij.duo, **velden)) for rij in rijen]
        with CaptureQueriesContext(connection) as queries:
            uit = neem_duo_meldingen_aan(anders, toegang=toegang, nu=NU)
        assert uit == ["gewijzigd"] * len(rijen)
        return len(queries)

    for velden in (
        {"versie": 2, "uren": UREN[:1], "reden": "Ziek"},
        {"versie": 3, "status": "ingetrokken"},
        {"versie": 4, "status": "gewijzigd"},
    ):
        assert tel(weinig, **velden) == tel(veel, **velden) <= 40
    assert Taak.objects.alles(**ALLES).filter(soort="melding").count() == len(weinig) + len(veel)


def test_gewone_rijen_gaan_niet_een_voor_een(gebied: fabrieken.Gebied, monkeypatch: pytest.MonkeyPatch) -> None:
    def nooit(*_: Any, **__: Any) -> Any:
        raise AssertionError("deze rij ging een voor een")

    monkeypatch.setattr(duo_velen, "neem_duo_melding_aan", nooit)
    rijen = gewone(gebied, 3, begin=0)
    toegang = fabrieken.systeem(gebied)
    assert neem_duo_meldingen_aan(rijen, toegang=toegang, nu=NU) == ["nieuw"] * 6
    assert Gebeurtenis.objects.alles(**ALLES).count() == 6
    assert Taak.objects.alles(**ALLES).count() == Werkproces.objects.alles(**ALLES).count() == 3


def test_ook_wie_al_een_werkproces_heeft_gaat_mee(stille_wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes one by one is what asks for more: whom no team serves, or who is given another team."""
    apart: list[str] = []
    echt = neem_duo_melding_aan
    namen = {jongere.pk: naam for naam, jongere in stille_wereld.jongeren.items()}

    def onthoud(duo: DuoMelding, **opties: Any) -> Any:
        apart.append(namen[opties["jongere"].pk])
        return echt(duo, **opties)

    monkeypatch.setattr(duo_velen, "neem_duo_melding_aan", onthoud)
    stille_wereld.velen([stille_wereld.rij(naam, meldingsnummer=f"70{i:04}") for i, naam in enumerate(PERSONEN)])
    assert set(apart) == {"elders", "onbediend", "net-18"}


def test_wie_tegelijk_hetzelfde_brengt_stoort_niet(stille_wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody brought a number between reading and writing, the rows go one by one."""
    rijen = [stille_wereld.rij(naam, meldingsnummer=f"70000{i}") for i, naam in enumerate(("ingeschreven", "diploma"))]
    echt = duo_velen._Stapel._laad

    def te_laat(stapel: Any, klaar: Any) -> None:
        echt(stapel, klaar)
        raise IntegrityError

    verwacht, moet = stille_wereld.na(stille_wereld.een_voor_een, rijen)
    monkeypatch.setattr(duo_velen._Stapel, "_laad", te_laat)
    uit, beeld = stille_wereld.na(stille_wereld.velen, rijen)
    assert (uit, beeld) == (verwacht, moet)
    assert Nummerreeks.objects.filter(soort="melding").exists()
