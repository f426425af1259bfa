"""Forms: what people may type, what they read when it is not right yet, and that nothing typed is lost."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.fouten import Geweigerd, Tussentijds, Wijziging
from routekaart.basis.velden import DatumVeld, Keuze, TijdVeld, Vinken, VrijeTekst


class Contact(VersieFormulier):
    rijen = (("datum", "tijd"),)
    kanaal = forms.ChoiceField(
        label="Hoe zocht je contact?", choices=[("brief", "Brief"), ("app", "App")], widget=Keuze
    )
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd", required=False)
    uitkomst = forms.CharField(label="Uitkomst", max_length=5, error_messages={"required": "Kies een uitkomst"})
    notitie = VrijeTekst(label="Wat zag je?", required=False, lezers="Alleen jij.")


def formulier(**extra: str) -> Contact:
    """A form in which everything is right, but for what the test changes."""
    data = QueryDict(mutable=True)
    data.update({"versie": "3", "kanaal": "app", "datum": "17-11-2026", "uitkomst": "thuis"} | extra)
    return Contact(data)


def html(
    form: forms.BaseForm, tekst: str = '{% load onderdelen %}{% formulier f "Leg vast" annuleer="/terug/" %}'
) -> str:
    return Template(tekst).render(Context({"f": form}))


@pytest.mark.parametrize(
    "getypt",
    ["17-11-2026", "17-11-26", "17/11/2026", "17.11.26", "2026-11-17", "17112026", "17 nov 2026", "17 november 2026"],
)
def test_leest_een_datum_zoals_mensen_hem_schrijven(getypt: str) -> None:
    assert DatumVeld().clean(getypt) == date(2026, 11, 17)


def test_leest_twee_cijfers_voor_een_geboortejaar() -> None:
    assert DatumVeld().clean("1-3-07") == date(2007, 3, 1)
    assert DatumVeld().clean("1-3-99") == date(1999, 3, 1)


@pytest.mark.parametrize("getypt", ["31-02-2026", "0-1-2026", "2026-13-01"])
def test_zegt_dat_een_datum_niet_bestaat(getypt: str) -> None:
    with pytest.raises(forms.ValidationError, match="Deze datum bestaat niet"):
        DatumVeld().clean(getypt)


@pytest.mark.parametrize("getypt", ["morgen", "17-11", "17 foo 2026", "1-1-20266"])
def test_zegt_hoe_je_een_datum_schrijft(getypt: str) -> None:
    with pytest.raises(forms.ValidationError, match="dag-maand-jaar"):
        DatumVeld().clean(getypt)


@pytest.mark.parametrize("getypt", ["15:30", "15.30", "1530", "15u30", "15:30 uur"])
def test_leest_een_tijd_zoals_mensen_hem_schrijven(getypt: str) -> None:
    assert TijdVeld().clean(getypt) == time(15, 30)
    assert TijdVeld().clean("9 uur") == time(9, 0)


@pytest.mark.parametrize("getypt", ["25:00", "half vier", "15:75"])
def test_zegt_hoe_je_een_tijd_schrijft(getypt: str) -> None:
    with pytest.raises(forms.ValidationError, match="uren en minuten"):
        TijdVeld().clean(getypt)


def test_goed_formulier_is_goed() -> None:
    form = formulier()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["datum"] == date(2026, 11, 17)
    assert 'role="alert"' not in html(form)


def test_leeg_formulier_toont_geen_fouten() -> None:
    pagina = html(Contact(initial={"versie": 3, "datum": date(2026, 11, 17)}))
    assert 'role="alert"' not in pagina
    assert 'value="17-11-2026"' in pagina
    assert '<input type="hidden" name="versie" value="3"' in pagina


@pytest.mark.parametrize(
    ("extra", "kop"),
    [
        ({"datum": "31-02-2026"}, "Eén ding klopt nog niet"),
        ({"datum": "31-02-2026", "kanaal": ""}, "Twee dingen kloppen nog niet"),
    ],
)
def test_samenvatting_telt_in_woorden(extra: Mapping[str, str], kop: str) -> None:
    form = formulier(**extra)
    assert not form.is_valid()
    assert f'<h2 id="id_foutkop">{kop}</h2>' in html(form)


def test_samenvatting_wijst_naar_het_veld_en_het_veld_naar_zijn_fout() -> None:
    pagina = html(formulier(datum="31-02-2026", kanaal=""))
    assert '<a href="#id_datum">Deze datum bestaat niet' in pagina
    assert 'aria-invalid="true" aria-describedby="id_datum_error"' in pagina
    assert 'id="id_datum_error"' in pagina
    assert '<a href="#id_kanaal_0">' in pagina
    assert '<fieldset class="rk-veld rk-veld--fout" aria-describedby="id_kanaal_error">' in pagina


def test_wat_je_typte_staat_er_nog() -> None:
    pagina = html(formulier(datum="31-02-2026", notitie="Niemand <thuis>"))
    assert 'value="31-02-2026"' in pagina
    assert "Niemand &lt;thuis&gt;" in pagina


def test_eigen_boodschap_gaat_voor() -> None:
    assert formulier(uitkomst="").errors["uitkomst"] == ["Kies een uitkomst"]


def test_standaardboodschappen_zijn_nederlands_en_noemen_het_veld() -> None:
    form = formulier(kanaal="", datum="", uitkomst="veel te lang")
    assert form.errors["kanaal"] == ["Maak een keuze bij ‘Hoe zocht je contact?’"]
    assert form.errors["datum"] == ["Vul bij ‘Datum’ een datum in"]
    assert form.errors["uitkomst"] == ["‘Uitkomst’ is te lang: hooguit 5 tekens, nu zijn het er 12"]
    assert formulier(kanaal="fax").errors["kanaal"] == ["Kies bij ‘Hoe zocht je contact?’ iets uit de lijst"]


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        (forms.CharField(), "", "‘Proef’ is nog leeg"),
        (forms.CharField(min_length=3), "a", "‘Proef’ is te kort: minstens 3 tekens, nu zijn het er 1"),
        (forms.IntegerField(), "twee", "Schrijf bij ‘Proef’ een heel getal"),
        (forms.IntegerField(max_value=5), "9", "‘Proef’ is te hoog: hooguit 5"),
        (forms.IntegerField(min_value=5), "2", "‘Proef’ is te laag: minstens 5"),
        (forms.DecimalField(), "x", "Schrijf bij ‘Proef’ een getal, bijvoorbeeld 2,5"),
        (forms.EmailField(), "x", "‘Proef’ is geen e-mailadres. Het ziet eruit als naam@school.nl"),
        (forms.BooleanField(), "", "Zet een vinkje bij ‘Proef’"),
        (forms.FileField(), "", "Kies bij ‘Proef’ een bestand"),
        (forms.MultipleChoiceField(choices=[("a", "A")]), "", "Maak een keuze bij ‘Proef’"),
        (forms.CharField(), "a\x00b", "In ‘Proef’ staat een teken dat niet kan. Typ de tekst opnieuw"),
    ],
)
def test_elke_soort_veld_spreekt_nederlands(veld: forms.Field, waarde: str, fout: str) -> None:
    soort = type("Proefformulier", (Formulier,), {"proef": veld})
    data = QueryDict(mutable=True)
    if waarde:
        data["proef"] = waarde
    assert fout in soort(data, {}).errors["proef"]


def test_procentteken_in_een_label_breekt_geen_boodschap() -> None:
    soort = type("Proefformulier", (Formulier,), {"deel": forms.ChoiceField(label="Deel in %", choices=[("a", "A")])})
    assert "procent" in soort({"deel": "z"}).errors["deel"][0]


def test_ongeldig_getal_gaat_niet_verloren() -> None:
    soort = type("Proefformulier", (Formulier,), {"uren": forms.IntegerField(label="Uren")})
    assert 'type="text" name="uren" value="uur of tien"' in html(soort({"uren": "uur of tien"}))


def test_velden_naast_elkaar_en_mag_leeg() -> None:
    pagina = html(Contact())
    rij = pagina[pagina.index("rk-veldrij") : pagina.index("id_uitkomst")]
    assert "id_datum" in rij
    assert "id_tijd" in rij
    assert pagina.count("mag leeg") == 2  # tijd and notitie, not the required ones


def test_vrije_tekst_zegt_wie_het_leest() -> None:
    pagina = html(Contact())
    assert 'aria-describedby="id_notitie_privacy"' in pagina
    assert "<b>Wie leest dit?</b> Alleen jij." in pagina


def test_weigering_komt_bij_het_veld_of_bovenaan() -> None:
    form = formulier()
    assert form.is_valid()
    form.geweigerd(Geweigerd("De datum ligt voor de melding", veld="datum"))
    form.geweigerd(Geweigerd("Het werkproces is al gesloten"))
    form.geweigerd(Geweigerd("Dit hoort nergens bij", veld="bestaat_niet"))
    pagina = html(form)
    assert '<a href="#id_datum">De datum ligt voor de melding</a>' in pagina
    assert "<li>Het werkproces is al gesloten</li>" in pagina
    assert "<li>Dit hoort nergens bij</li>" in pagina


def test_na_een_wijziging_van_een_ander_zie_je_wat_er_staat_en_wat_jij_typte() -> None:
    form = formulier(uitkomst="thuis")
    assert form.is_valid()
    form.geweigerd(Tussentijds([Wijziging("uitkomst", "Uitkomst", "niets", "weg")], versie=7, door="Joris Kuipers"))
    pagina = html(form)
    assert "Joris Kuipers wijzigde dit" in pagina
    assert "Uitkomst: er staat nu <b>weg</b>. Toen jij begon: niets." in pagina
    assert 'name="uitkomst" value="thuis"' in pagina
    assert "Er staat nu: <b>weg</b>" in pagina
    assert 'name="versie" value="7"' in pagina


def test_formulier_zonder_versie_wordt_niet_aangenomen() -> None:
    form = formulier(versie="")
    assert not form.is_valid()
    assert "Open hem opnieuw" in html(form)


def test_formulier_van_een_ander_krijgt_hetzelfde_gezicht() -> None:
    class Vreemd(forms.Form):
        naam = forms.CharField(label="Naam")
        keuze = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=Vinken)

    pagina = str(Vreemd({"naam": ""}))
    assert 'class="rk-fouten"' in pagina
    assert "utrecht-textbox" in pagina
    assert pagina.count('class="rk-vink"') == 2


def test_hele_formulier_heeft_knop_en_terugweg() -> None:
    pagina = html(Contact())
    assert '<button class="utrecht-button utrecht-button--primary-action" type="submit">Leg vast</button>' in pagina
    assert 'href="/terug/">Annuleer</a>' in pagina
    assert "novalidate" in pagina


def test_bestand_maakt_het_formulier_meerdelig() -> None:
    soort: Any = type("Proefformulier", (Formulier,), {"bestand": forms.FileField(label="Bestand")})
    assert 'enctype="multipart/form-data"' in html(soort())
    assert "enctype" not in html(Contact())
