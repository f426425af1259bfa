"""A letter as a tagged PDF, by Typst: data goes in as JSON, never as text of the program (stack.md)."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import typst

from routekaart.inhoud.laden import map_van

STANDAARD: Final = "ua-1"  # accessible PDF: tagged, with language and title


@dataclass(frozen=True, slots=True)
class Afzender:
    """Who writes: the colleague and the team."""

    naam: str
    functie: str
    telefoon: str
    email: str
    team: str
    regio: str


@dataclass(frozen=True, slots=True)
class Briefbeeld:
    """A letter as it will stand on paper, every word filled in. `tekst`: paragraphs between blank lines, lists as
    lines that begin with "- "."""

    afzender: Afzender
    adressering: tuple[str, ...]
    datum: str
    onderwerp: str
    tekst: str
    voet: str
    handtekening: bool = False
    strook: tuple[str, ...] = ()

    @property
    def delen(self) -> list[dict[str, object]]:
        """The text in parts: `tekst` with its lines, or `lijst` with its items."""
        delen: list[dict[str, object]] = []
        for alinea in self.tekst.replace("\r\n", "\n").split("\n\n"):
            regels = [regel.strip() for regel in alinea.splitlines() if regel.strip()]
            for regel in regels:
                soort = "lijst" if regel.startswith("- ") else "tekst"
                if not delen or delen[-1]["soort"] != soort or regel is regels[0]:
                    delen.append({"soort": soort, "regels": []})
                inhoud = delen[-1]["regels"]
                assert isinstance(inhoud, list)
                inhoud.append(regel.removeprefix("- "))
        return delen


@cache
def _ontwerp() -> bytes:
    return map_van("brieven", "brief.typ").read_bytes()


def maak_pdf(beeld: Briefbeeld, *, nu: dt.datetime) -> bytes:
    """One letter as a PDF."""
    return maak_stapel([beeld], titel=beeld.onderwerp, nu=nu)


def maak_stapel(beelden: Sequence[Briefbeeld], *, titel: str, nu: dt.datetime) -> bytes:
    """A pile of letters as one PDF to print, each on a page of its own; at least one. The compiler sees an empty folder
    and no fonts but its own, so that a letter is the same everywhere.
    """
    gegevens = [
        {
            "afzender": {"team": beeld.afzender.team, "regio": beeld.afzender.regio},
            "adressering": list(beeld.adressering),
            "datum": beeld.datum,
            "onderwerp": beeld.onderwerp,
            "delen": beeld.delen,
            "voet": beeld.voet,
            "handtekening": beeld.handtekening,
            "strook": list(beeld.strook),
        }
        for beeld in beelden
    ]
    ontwerp: Any = _ontwerp()  # the stubs want input and root to be of one type; bytes keep the root empty
    with tempfile.TemporaryDirectory(prefix="routekaart-brief-") as leeg:
        return typst.compile(
            ontwerp,
            root=leeg,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"brieven": json.dumps(gegevens, ensure_ascii=False), "titel": titel},
            pdf_standards=[STANDAARD],
            timestamp=int(nu.timestamp()),
        )
