"""What the refusing queryset cannot catch, found in the text: raw SQL, subqueries, base managers, the word `alles`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import models

from routekaart.basis.models import Basis
from routekaart.basis.privacy import Privacy, privacy_van
from routekaart.inhoud.codelijsten import codelijst
from routekaart.logboek.codes import CODES
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import BereikQuerySet
from tests.deuren.bron import aanroepen, boom, bronbestanden, eigen_modellen, kort

# Ways around the queryset, each place with its reason. Nowhere else.
BUITENOM: dict[str, dict[str, str]] = {
    "basis/lading.py": {"cursor": "laadt duizenden rijen ineens; wie dat mag, beslist de aanroeper"},
    "basis/sleutels.py": {"cursor": "zegt PostgreSQL hoe het zoekt, en leest niets"},
    "logboek/acties.py": {"cursor": "het slot van de verzegelaar op PostgreSQL"},
    "basis/versies.py": {"_base_manager": "schrijft één rij die de aanroeper al binnen bereik heeft"},
}
VERBODEN_AANROEP = {"raw", "extra", "cursor"}
VERBODEN_NAAM = {"RawSQL", "_base_manager", "_raw_delete"}

# `.alles(reden=…)` belongs in acts, on rows that were reached within scope. Other files, each with its reason.
ALLES: dict[str, str] = {
    "dossiers/stand.py": "de stand van een werkproces dat al binnen bereik is",
    "meldingen/doelgroep.py": "de feiten voor de doelgroep van een jongere die al binnen bereik is",
    "meldingen/informatie.py": "de vragen bij een melding die al binnen bereik is",
    "meldingen/selecties.py": "de eerste van meldingen die binnen bereik gekozen zijn; zonder bereik weigert die keuze",
    "meldingen/verzuim.py": "het verzuim van meldingen die al binnen bereik zijn",
    "personen/bereik.py": "de selectie van jongeren zelf, die `alles` zegt zoals haar aanroeper",
    "personen/beelden.py": "de nummers van jongeren die al binnen bereik zijn",
    "personen/relaties.py": "samenvoegen raakt elke rij van twee jongeren die al binnen bereik zijn",
    "portaal/selecties.py": "alleen wat de eigen school zelf meldde, en wat wij haar daarover vroegen en vertelden",
    "signalen/instroom.py": "hoeveel er van een hele regio in de werkvoorraad komt, zonder gebruiker",
    "signalen/schoolvraag.py": "de leerlingen van de eigen school van wie het vraagt, en wat die school zelf opgaf",
    "signalen/screening.py": "of de lijst van een school binnen is, zonder personen",
    "signalen/telling.py": "alleen getallen over een hele regio, zonder personen",
    "signalen/kader.py": "welke lijst van het Inlichtingenbureau de nieuwste is, voor een hele regio",
    "signalen/volledigheid.py": "getallen over een regio of over één school, zonder personen",
    "signalen/kandidaten/bouwstenen.py": "detectie over een hele regio, zonder gebruiker",
    "signalen/kandidaten/laden.py": "de feiten van kandidaten, die alleen de detectie ziet",
    "signalen/kandidaten/selecties.py": "detectie over een hele regio, zonder gebruiker",
    "signalen/kandidaten/verleden.py": "waar kandidaten op een andere dag woonden, wat alleen de detectie ziet",
    "werkplek/nachtwerk.py": "het nachtwerk loopt alle werkprocessen van een regio na, zonder gebruiker",
}

# Personal models without the refusing queryset, with what guards them instead.
ANDERS_BEWAAKT: dict[str, str] = {
    "leveringen.Uitvalrij": "alleen wie het recht op leveringen heeft; een uitvalrij hoort nog bij niemand",
}


def _is_handeling(bestand: Path) -> bool:
    delen = kort(bestand).split("/")
    return any(re.fullmatch(r"(acties(_\w+)?|handeling)(\.py)?", deel) for deel in delen[1:])


def _namen(bestand: Path) -> Iterator[tuple[str, int]]:
    """Every name that is used, and `naam(` for every method that is called."""
    for knoop in ast.walk(boom(bestand)):
        if isinstance(knoop, ast.Attribute):
            yield knoop.attr, knoop.lineno
        elif isinstance(knoop, ast.Name):
            yield knoop.id, knoop.lineno
        elif isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute):
            yield f"{knoop.func.attr}(", knoop.lineno


def test_niemand_gaat_buiten_de_selectie_om() -> None:
    gezien, gebruikt, fout = 0, set(), []
    for bestand in bronbestanden():
        if "migrations" in bestand.parts:
            continue
        waar = kort(bestand)
        for naam, regel in _namen(bestand):
            gezien += 1
            if naam not in VERBODEN_NAAM and naam.removesuffix("(") == naam:
                continue
            naam = naam.removesuffix("(")
            if naam not in VERBODEN_NAAM | VERBODEN_AANROEP:
                continue
            if naam in BUITENOM.get(waar, {}):
                gebruikt.add((waar, naam))
            elif waar != "toegang/bereik.py":
                fout.append(f"{waar}:{regel} {naam}")
    assert not fout, "dit gaat om het bereik heen; zet het in BUITENOM met een reden, of liever: haal het weg:\n" + (
        "\n".join(fout)
    )
    assert gebruikt == {(waar, naam) for waar, namen in BUITENOM.items() for naam in namen}, "verouderd in BUITENOM"
    assert gezien >= 10_000


def test_alles_staat_alleen_in_handelingen() -> None:
    fout, gebruikt, gezien = [], set(), 0
    for bestand in bronbestanden():
        waar = kort(bestand)
        for naam, knoop in aanroepen(bestand):
            if naam != "alles" or not any(sleutel.arg == "reden" for sleutel in knoop.keywords):
                continue
            gezien += 1
            if waar in ALLES:
                gebruikt.add(waar)
            elif not _is_handeling(bestand) and not waar.startswith("demo/"):  # the demo makes what it reads
                fout.append(f'    "{waar}": "waarom hier zonder bereik gelezen mag worden",  # regel {knoop.lineno}')
    assert not fout, "gebruik .voor(toegang), of zet in ALLES van tests/deuren/test_bronnen.py:\n" + "\n".join(fout)
    assert gebruikt == set(ALLES), f"verouderd in ALLES: {set(ALLES) - gebruikt}"
    assert gezien >= 8


def _persoonlijke_modellen() -> list[type[models.Model]]:
    """Models with a path to Jongere over forward keys, and those that declare PRIVACY."""
    alle = eigen_modellen()
    persoonlijk: set[type[models.Model]] = {Jongere}
    while True:
        erbij = {
            model
            for model in alle
            if model not in persoonlijk
            and any(veld.remote_field and veld.remote_field.model in persoonlijk for veld in model._meta.local_fields)
        }
        if not erbij:
            break
        persoonlijk |= erbij
    return sorted(persoonlijk | {model for model in alle if privacy_van(model)}, key=lambda model: model._meta.label)


PERSOONLIJK = _persoonlijke_modellen()
OP_NAAM = {model.__name__ for model in PERSOONLIJK if model._meta.label not in ANDERS_BEWAAKT}


def test_de_persoonlijke_modellen_zijn_gevonden() -> None:
    labels = {model._meta.label for model in PERSOONLIJK}
    assert len(labels) >= 30
    assert labels >= {"personen.Jongere", "meldingen.Verzuimregel", "begeleiding.Afspraak", "leveringen.Uitvalrij"}


@pytest.mark.parametrize("model", PERSOONLIJK, ids=lambda model: model._meta.label)
def test_elk_persoonlijk_model_weigert_zonder_bereik(model: type[models.Model]) -> None:
    if model._meta.label in ANDERS_BEWAAKT:
        return
    assert isinstance(model._default_manager.get_queryset(), BereikQuerySet), (
        f"{model._meta.label} staat in verband met een jongere: laat het van Persoonlijk erven"
    )
    for beheer in model._meta.managers:
        assert isinstance(beheer.get_queryset(), BereikQuerySet), beheer.name


@pytest.mark.parametrize("model", PERSOONLIJK, ids=lambda model: model._meta.label)
def test_elk_persoonlijk_model_verklaart_al_zijn_velden(model: type[models.Model]) -> None:
    verklaring = privacy_van(model)
    assert isinstance(verklaring, Privacy), f"{model._meta.label} heeft geen PRIVACY"
    velden = {veld.name for veld in model._meta.get_fields() if veld.concrete} - set(Basis.TECHNIEK)
    genoemd = [*verklaring.persoonlijk, *verklaring.zakelijk]
    assert len(genoemd) == len(set(genoemd)), "een veld staat dubbel in PRIVACY"
    assert velden - set(genoemd) == set(), f"{model._meta.label}: zet deze velden in PRIVACY"
    assert set(genoemd) - velden == set(), f"{model._meta.label}: deze velden bestaan niet"
    assert verklaring.bewaargrond in {"dossier", "melding", "toegang", "levering"}
    assert verklaring.samenvoegen in {"verhuist", "ontdubbelt", "blijft"}
    assert verklaring.regime in {"avg", "wpg"}


def _keten(knoop: ast.expr) -> tuple[str, list[str]] | None:
    """`Jongere.objects.filter(…).values(…)` → (`Jongere`, [`objects`, `filter`, `values`])."""
    namen: list[str] = []
    while True:
        if isinstance(knoop, ast.Call):
            knoop = knoop.func
        elif isinstance(knoop, ast.Attribute):
            namen.append(knoop.attr)
            knoop = knoop.value
        elif isinstance(knoop, ast.Subscript):
            knoop = knoop.value
        else:
            return (knoop.id, namen[::-1]) if isinstance(knoop, ast.Name) else None


def test_elke_selectie_van_personen_noemt_haar_bereik() -> None:
    """Also inside Exists and Subquery, where the refusing queryset is not asked."""
    vrij = {"voor", "alles", "met_verwijzingen", "create", "bulk_create", "none"}
    gezien, fout = 0, []
    for bestand in bronbestanden():
        if "migrations" in bestand.parts:
            continue
        # `haal(Model.objects.select_related(…), request, sleutel)` puts the scope on by itself
        binnenste = {id(knoop.args[0]) for naam, knoop in aanroepen(bestand) if naam == "haal" and knoop.args}
        for knoop in ast.walk(boom(bestand)):  # outermost first: the whole chain comes before its parts
            if not isinstance(knoop, ast.Call | ast.Attribute | ast.Subscript):
                continue
            heel = id(knoop) not in binnenste
            deel: ast.expr = knoop
            while isinstance(deel, ast.Call | ast.Attribute | ast.Subscript):
                deel = deel.func if isinstance(deel, ast.Call) else deel.value
                binnenste.add(id(deel))
            keten = _keten(knoop) if heel else None
            if keten is None or keten[0] not in OP_NAAM or "objects" not in keten[1]:
                continue
            gezien += 1
            stappen = keten[1][keten[1].index("objects") + 1 :]
            if stappen and not vrij & set(stappen):
                fout.append(f"{kort(bestand)}:{knoop.lineno} {keten[0]}.objects.{'.'.join(stappen)}")
    assert not fout, "zet .voor(toegang) of .alles(reden=…) in deze selecties:\n" + "\n".join(fout)
    assert gezien >= 15


def _teksten(bestand: Path) -> set[str]:
    return {
        knoop.value
        for knoop in ast.walk(boom(bestand))
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str)
    }


def _eerste_argumenten(namen: set[str], plaats: int = 0) -> dict[str, str]:
    """Text literals at this place in calls of these functions → where."""
    gevonden: dict[str, str] = {}
    for bestand in bronbestanden():
        for naam, knoop in aanroepen(bestand):
            if naam not in namen or len(knoop.args) <= plaats:
                continue
            for deel in ast.walk(knoop.args[plaats]):
                if isinstance(deel, ast.Constant) and isinstance(deel.value, str) and "." in deel.value:
                    gevonden.setdefault(deel.value, f"{kort(bestand)}:{knoop.lineno}")
    return gevonden


def test_elke_logcode_heeft_een_zin() -> None:
    gebruikt = _eerste_argumenten({"noteer", "schrijf"}) | _eerste_argumenten({"handeling"}, 1)
    zonder = {code: waar for code, waar in gebruikt.items() if code not in CODES}
    assert not zonder, f"zet een zin in logboek/codes.py voor {zonder}"
    assert len(gebruikt) >= 10


def test_elke_zin_van_het_logboek_wordt_gebruikt() -> None:
    elders = [bestand for bestand in bronbestanden() if kort(bestand) != "logboek/codes.py"]
    gebruikt = set().union(*(_teksten(bestand) for bestand in elders))
    over = sorted(set(CODES) - gebruikt)
    assert not over, "haal deze zinnen weg uit logboek/codes.py, of gebruik ze"


@pytest.mark.parametrize("code", sorted(CODES))
def test_een_zin_van_het_logboek_is_kort_en_noemt_niemand(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", code)
    assert CODES[code][0].isupper() and not CODES[code].endswith(".")
    assert "{" not in CODES[code]


def test_elke_gebeurtenis_in_de_code_bestaat() -> None:
    bekend = {waarde.code for waarde in codelijst("gebeurtenissen").waarden}
    gebruikt = _eerste_argumenten({"feit"})
    fout = {code: waar for code, waar in gebruikt.items() if code not in bekend}
    assert not fout, f"deze gebeurtenissen staan niet in inhoud/codelijsten/gebeurtenissen.toml: {fout}"
    assert len(gebruikt) >= 7
