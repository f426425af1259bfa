"""The components: what they say, and what a screen reader hears."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string

from routekaart.basis.onderdelen import (
    Actie,
    Bewijs,
    Domein,
    Fase,
    Filter,
    Halte,
    Kaart,
    Klok,
    Kruimel,
    Padregel,
    Padstap,
    Puntenbeeld,
    Raster,
    Stand,
    Uitleg,
    Waarom,
    Werkregel,
)


def toon(tekst: str, **context: object) -> str:
    pagina = Template("{% load onderdelen %}" + tekst).render(Context(context))
    return re.sub(r"\s+", " ", pagina).strip()


def test_knop_is_een_link_met_adres_en_anders_een_knop() -> None:
    assert toon('{% knop "Ga" url="/x/" %}').startswith(
        '<a class="utrecht-button utrecht-button--primary-action" href="/x/"'
    )
    assert toon('{% knop "Ga" naam="doe" waarde="1" %}').startswith("<button")
    assert 'name="doe" value="1"' in toon('{% knop "Ga" naam="doe" waarde="1" %}')


def test_knop_die_nog_niet_kan_is_geen_link() -> None:
    uit = toon('{% knop "Ga" url="/x/" uit=True %}')
    assert "href" not in uit
    assert "disabled" in uit


def test_knop_neemt_alleen_veilige_extra_kenmerken() -> None:
    assert 'hx-get="/x/"' in toon('{% knop "Ga" hx_get="/x/" %}')
    with pytest.raises(TemplateSyntaxError):
        toon('{% knop "Ga" onclick="x" %}')


def test_tekst_van_mensen_wordt_nooit_html() -> None:
    boos = "<script>alert(1)</script>"
    for stuk in (
        "{% knop t %}",
        "{% etiket t %}",
        "{% teller 1 t %}",
        "{% bericht %}{{ t }}{% endbericht %}",
        "{% leeg t %}{{ t }}{% endleeg %}",
    ):
        assert "<script>" not in toon(stuk, t=boos), stuk
        assert "&lt;script&gt;" in toon(stuk, t=boos), stuk


def test_actie_met_gevolg_is_een_post_met_bescherming() -> None:
    doe = Actie("Geprobeerd", "/x/", post=True, velden={"kanaal": "telefoon"}, bij="Sem")
    uit = toon("{% actie a klein=True %}", a=doe, csrf_token="geheim")
    assert 'method="post" action="/x/"' in uit
    assert 'name="csrfmiddlewaretoken" value="geheim"' in uit
    assert '<input type="hidden" name="kanaal" value="telefoon">' in uit
    assert 'Geprobeerd<span class="rk-alleen-lezer"> bij Sem</span>' in uit


@pytest.mark.parametrize(
    ("over", "tekst", "staat", "op"),
    [
        (5, "nog 5 dagen", "", 0),
        (4, "nog 4 dagen", "", 1),
        (1, "nog 1 dag", "letop", 4),
        (0, "laatste dag", "gevaar", 5),
        (-1, "1 werkdag te laat", "gevaar", 5),
        (-7, "7 werkdagen te laat", "gevaar", 5),
        (9, "nog 9 dagen", "", 0),
    ],
)
def test_klok_zegt_hoeveel_werkdagen_er_nog_zijn(over: int, tekst: str, staat: str, op: int) -> None:
    klok = Klok(over)
    assert (klok.zegt, klok.staat, sum(klok.blokken), len(klok.blokken)) == (tekst, staat, op, 5)
    assert toon("{% klok k %}", k=klok).count('<i class="is-op"></i>') == op


def test_filters_onthouden_hun_keuze_in_het_adres() -> None:
    uit = toon(
        '{% filters f "Toon" %}', f=[Filter("Alles", "?toon=alles", 0, gekozen=True), Filter("Laat", "?toon=laat")]
    )
    assert '<a href="?toon=alles" aria-current="true">Alles <b>0</b></a>' in uit
    assert '<a href="?toon=laat">Laat</a>' in uit


def test_werkregel_zegt_wie_wat_waarom_wanneer_en_wat_te_doen() -> None:
    regel = Werkregel(
        "Ruben Tersteeg", "/r/", "Leg vast", "Protocol", "18 · Oosterwaard", "2 werkdagen te laat", "sinds vr",
        te_laat=True, doe=Actie("Leg vast", "/doe/", "primair", bij="Ruben Tersteeg"),
    )  # fmt: skip
    uit = toon("{% werkregel r %}", r=regel)
    for stuk in ('href="/r/">Ruben Tersteeg', "Protocol", "18 · Oosterwaard", "sinds vr", "bij Ruben Tersteeg"):
        assert stuk in uit
    assert '<div class="rk-gevaar rk-vet"> 2 werkdagen te laat </div>' in uit


def kaart() -> Kaart:
    reden = Uitleg("Stap 2 overgeslagen", "School belde al", "Noor, 3 nov.", Actie("Doe stap 2 alsnog", "/2/"))
    return Kaart(
        (
            Fase(1, "Waarnemen", (Halte(1, "Signaal", Stand.VERVULD, "Melding", "12 okt", "/1/"),)),
            Fase(
                2,
                "Analyseren",
                (Halte(2, "Dossier", "overgeslagen", uitleg=reden), Halte(3, "Doelgroep", Stand.NU, url="/3/")),
            ),
            Fase(3, "Handelen", (Halte(4, "Uitvoeren", Stand.NIET_NODIG),)),
            Fase(4, "Evalueren", (Halte(5, "Evalueren", Stand.OPEN), Halte(6, "Klaar", Stand.OPEN))),
        ),
        wie="Yara",
        stand="Fase 2 van 4.",
    )


def test_kaart_zegt_elke_stand_ook_in_woorden() -> None:
    uit = toon("{% routekaart k %}", k=kaart())
    for woorden in ("vervuld.", "overgeslagen, met uitleg.", "hier is Yara nu.", "niet nodig.", "nog niet begonnen."):
        assert f", {woorden}</span>" in uit
    assert uit.count('aria-current="step"') == 1
    assert 'href="/1/"' in uit
    assert "“School belde al”" in uit
    assert 'href="/2/">Doe stap 2 alsnog' in uit


def test_fase_telt_wat_achter_ons_ligt() -> None:
    standen = [(fase.stand, fase.klasse) for fase in kaart().fasen]
    assert standen == [
        ("1 van 1", "is-klaar"),
        ("1 van 2", "is-nu"),
        ("niet nodig", "is-klaar"),
        ("2 stappen", "is-open"),
    ]


def test_kaart_kent_geen_andere_standen() -> None:
    with pytest.raises(ValueError, match="zomaar"):
        toon("{% routekaart k %}", k=Kaart((Fase(1, "X", (Halte(1, "Y", "zomaar"),)),)))


def test_waarom_noemt_feit_bron_en_wat_we_niet_weten() -> None:
    uit = toon(
        "{% waarom w %}",
        w=Waarom(
            (Bewijs("Is 19.", "BRP"), Bewijs("Werkt.", klopt=None), Bewijs("Vrij.", klopt=False)), "Regel X", open=True
        ),
    )
    assert '<details class="rk-waarom" open>' in uit
    for stuk in ("Klopt: </span>Is 19.", "BRP", "Onbekend: </span>Werkt.", "Klopt niet: </span>Vrij.", "Regel X"):
        assert stuk in uit


def test_pad_zet_pogingen_in_hun_stap() -> None:
    stap = Padstap(1, "Brief", "nu", regels=(Padregel("brief", "ma", "Uitnodiging", "geen contact", "etiket"),))
    uit = toon("{% pad s %}", s=[stap])
    assert 'aria-current="step"' in uit
    assert '<span class="rk-etiket">geen contact</span>' in uit


def test_raster_telt_en_stelt_voor() -> None:
    uit = toon("{% raster r %}", r=Raster((("ochtend", (2, 0, 0, 0, 0, 0, 0)), ("avond", (0,) * 7)), voorstel=(1, 3)))
    assert "2 pogingen" in uit
    assert uit.count(">voorstel<") == 1
    assert uit.count(">geen<") == 12


def test_puntenbeeld_laat_beweging_zien_zonder_totaal() -> None:
    beeld = Puntenbeeld(
        (
            Domein("Werk", 3, 1),
            Domein("Huis", 3, 4),
            Domein("Gezin", 2, 2),
            Domein("Vrije tijd", 4),
            Domein("Justitie", None),
        ),
        start_op="12 mei",
        nu_op="10 nov",
    )
    uit = toon("{% puntenbeeld b %}", b=beeld)
    for woorden in ("start 1, nu 3, beter", "start 4, nu 3, minder", "start 2, nu 2, gelijk", ">nu 4<"):
        assert woorden in uit
    assert "Niet besproken:</b> justitie." in uit
    assert "4 van 5 besproken" in uit
    assert "rk-punt__lijn rk-van-3 rk-tot-4" in uit


def test_voortgang_is_een_echt_progress_element() -> None:
    uit = toon('{% voortgang 50 200 "50 van 200" stappen=s nu=1 %}', s=("Ontvangen", "Lezen", "Klaar"))
    assert 'value="50" max="200"' in uit
    assert "25%" in uit
    assert '<li class="is-nu" aria-current="step">Lezen</li>' in uit


def test_voortgang_waarvan_het_einde_niet_bekend_is_zegt_geen_deel() -> None:
    uit = toon('{% voortgang 0 0 "Lezen" %}')
    assert "<progress" in uit and "value=" not in uit and "%" not in uit


def test_bevestiging_is_een_formulier_dat_de_daad_herhaalt() -> None:
    uit = toon(
        '{% bevestig "Stuur je 2 brieven?" "Verstuur 2 brieven" terug="/t/" %}<p>Kan niet terug.</p>{% endbevestig %}',
        csrf_token="x",
    )
    assert '<h1 class="rk-h-xl">Stuur je 2 brieven?</h1>' in uit
    assert 'method="post"' in uit
    assert 'value="x"' in uit
    assert ">Verstuur 2 brieven</button>" in uit
    assert 'href="/t/" data-sluit="ja">Nog niet</a>' in uit


def test_kruimels_eindigen_waar_je_bent() -> None:
    uit = toon("{% kruimels k %}", k=[Kruimel("Leveringen", "/l/"), Kruimel("L-1")])
    assert '<a href="/l/">Leveringen</a>' in uit
    assert '<li aria-current="page">L-1</li>' in uit
    assert toon("{% kruimels k %}", k=[]) == ""


@pytest.mark.parametrize("naam", ["400", "403", "403_csrf", "404", "500"])
def test_foutpagina_staat_op_zichzelf(naam: str) -> None:
    pagina = render_to_string(f"{naam}.html")
    assert "<h1>" in pagina
    assert "Wat kun je doen?" in pagina
    assert "None" not in pagina


def test_geweigerd_noemt_geen_naam_maar_wel_een_weg() -> None:
    uit = render_to_string("onderdelen/geweigerd.html", {"team": "Leerplicht", "vastgelegd": "vandaag 11:42"})
    assert "Dit dossier hoort bij team Leerplicht." in uit
    assert "Dit bezoek is vastgelegd: vandaag 11:42." in uit
