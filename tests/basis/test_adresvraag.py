"""The address of a list: what is standard stays out of it, and one part can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from routekaart.basis.adresvraag import Adresvraag


@dataclass(frozen=True)
class Vraag(Adresvraag):
    toon: str = "open"
    gemeente: str = ""
    pagina: int = 1


@dataclass(frozen=True)
class OpPagina(Vraag):
    PAGINA = "signalen:lijst"
    IN_PAD = frozenset({"gemeente"})


def test_wat_standaard_is_staat_er_niet_in() -> None:
    assert Vraag(toon="open", gemeente="9101").adres() == "?gemeente=9101"
    assert Vraag(gemeente="9101").adres(toon="alles", pagina=2) == "?toon=alles&gemeente=9101&pagina=2"
    assert Vraag(gemeente="9101", pagina=3).adres(gemeente="", pagina=1) == "?"


def test_met_een_pagina_begint_het_adres_daar() -> None:
    assert OpPagina().adres() == "/signalen/"
    assert OpPagina(gemeente="9101").adres(toon="alles") == "/signalen/?toon=alles"


def test_het_log_bewaart_wat_gevraagd_is() -> None:
    assert Vraag(gemeente="9101").als_inhoud == {"toon": "open", "gemeente": "9101", "pagina": 1}
