"""The loopbaan as a picture: everything lies where its date says."""

from datetime import date

from django.template import Context, Template

from routekaart.basis.tijdlijn import (
    BREED,
    LINKS,
    Baan,
    Balk,
    Mijlpaal,
    Staven,
    Stip,
    Tijdlijn,
    Vorm,
    maandnaam,
    past,
    toppen,
)


def lijn(*banen: Baan | Staven, mijlpalen: tuple[Mijlpaal, ...] = (), vandaag: date = date(2026, 11, 17)) -> Tijdlijn:
    return Tijdlijn(date(2025, 1, 1), date(2026, 12, 31), vandaag, banen, mijlpalen)


def vormen(tijdlijn: Tijdlijn, klasse: str) -> list[Vorm]:
    return [vorm for vorm in tijdlijn.teken().vormen if vorm.klasse == klasse]


def test_periode_begint_en_eindigt_op_haar_datum() -> None:
    halverwege = lijn(Baan("School", (Balk("ROC", date(2026, 1, 1)),)))
    (balk,) = vormen(halverwege, "vol")
    assert float(balk.x) == LINKS + (BREED - LINKS) / 2
    assert float(balk.x) + float(balk.b) == BREED  # still running: to the end


def test_wat_buiten_beeld_valt_staat_er_niet() -> None:
    buiten = Baan("Werk", (Balk("oud", date(2020, 1, 1), date(2024, 12, 31)),), (Stip(date(2024, 1, 1)),))
    assert vormen(lijn(buiten), "vol") == []
    assert vormen(lijn(buiten), "ja") == []


def test_banen_die_elkaar_overlappen_liggen_onder_elkaar() -> None:
    twee = Baan("Werk", (Balk("a", date(2025, 1, 1)), Balk("b", date(2025, 6, 1), date(2025, 8, 1))))
    een, ander = vormen(lijn(twee), "vol")
    assert een.y != ander.y
    na_elkaar = Baan("Werk", (Balk("a", date(2025, 1, 1), date(2025, 5, 31)), Balk("b", date(2025, 6, 1))))
    een, ander = vormen(lijn(na_elkaar), "vol")
    assert een.y == ander.y


def test_verzuim_boven_de_norm_valt_op_en_de_top_krijgt_een_getal() -> None:
    uren = ((date(2025, 10, 1), 17), (date(2025, 11, 1), 31), (date(2025, 12, 1), 20), (date(2026, 2, 1), 16))
    beeld = lijn(Staven("Verzuim", uren, 16, "norm: 16 uur"))
    assert len(vormen(beeld, "hoog")) == 3
    assert len(vormen(beeld, "laag")) == 1
    assert [vorm.tekst for vorm in vormen(beeld, "k b")] == ["31"]


def test_toppen_staan_los_per_aaneengesloten_reeks() -> None:
    assert toppen([(date(2025, 1, 1), 20), (date(2025, 3, 1), 18), (date(2025, 4, 1), 10)], 16) == {
        date(2025, 1, 1),
        date(2025, 3, 1),
    }


def test_namen_van_mijlpalen_liggen_niet_over_elkaar() -> None:
    dicht = tuple(Mijlpaal(date(2026, 11, dag), f"mijlpaal nummer {dag}") for dag in (14, 15, 16))
    beeld = lijn(Baan("School"), mijlpalen=dicht)
    plekken = [(vorm.x, vorm.y, vorm.anker) for vorm in beeld.teken().vormen if "mijlpaal" in vorm.tekst]
    assert len(set(plekken)) == 3
    assert float(beeld.teken().hoogte) > 100


def test_lange_naam_van_een_mijlpaal_past_altijd() -> None:
    beeld = lijn(Baan("School"), mijlpalen=(Mijlpaal(date(2025, 1, 2), "x" * 400),))
    assert any(vorm.tekst.endswith("…") for vorm in beeld.teken().vormen)


def test_tekst_die_niet_past_wordt_korter_of_valt_weg() -> None:
    assert past("ROC De Waarden", 200) == "ROC De Waarden"
    assert past("ROC De Waarden", 60) == "ROC De W…"
    assert past("ROC De Waarden", 20) == ""


def test_beeld_gebruikt_punten_als_decimaalteken() -> None:
    pagina = Template("{% load onderdelen %}{% tijdlijn t %}").render(
        Context(
            {"t": lijn(Baan("School", (Balk("ROC", date(2025, 2, 2), date(2026, 3, 3)),), ruiten=(date(2026, 3, 3),)))}
        )
    )
    assert 'role="img"' in pagina
    assert "style=" not in pagina
    assert not any(
        "," in stuk.split('"')[1] for stuk in pagina.split(" ") if stuk.startswith(('x="', 'y="', 'width="'))
    )


def test_maandnaam() -> None:
    assert maandnaam(date(2026, 3, 1)) == "mrt 2026"
