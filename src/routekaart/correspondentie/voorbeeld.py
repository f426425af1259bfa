"""How a letter will look, before it is made: what is known filled in, what is missing marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from routekaart.correspondentie.pdf import Afzender, Briefbeeld
from routekaart.inhoud.brieven import PLAATSHOUDER, PLAATSHOUDERS, Briefsjabloon


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of text; `mist` where a placeholder has no value yet, `vreemd` where it is none."""

    tekst: str
    mist: bool = False


@dataclass(frozen=True, slots=True)
class Deel:
    """A paragraph or a list, in lines of pieces."""

    lijst: bool
    regels: tuple[tuple[Stuk, ...], ...]


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """The sheet beside the form."""

    afzender: Afzender
    adressering: tuple[str, ...]
    datum: str
    onderwerp: tuple[Stuk, ...]
    delen: tuple[Deel, ...]
    mist: int
    handtekening: bool


def stukken(tekst: str, bekend: Mapping[str, str]) -> tuple[Stuk, ...]:
    """The text in pieces: every placeholder is its value, or its name marked as missing."""
    gevonden: list[Stuk] = []
    vanaf = 0
    for treffer in PLAATSHOUDER.finditer(tekst):
        gevonden.append(Stuk(tekst[vanaf : treffer.start()]))
        naam = treffer[1]
        waarde = bekend.get(naam, "") if naam in PLAATSHOUDERS else ""
        wat = PLAATSHOUDERS[naam].wat if naam in PLAATSHOUDERS else naam
        gevonden.append(Stuk(waarde) if waarde else Stuk(wat, mist=True))
        vanaf = treffer.end()
    gevonden.append(Stuk(tekst[vanaf:]))
    return tuple(stuk for stuk in gevonden if stuk.tekst)


def voorbeeld_van(
    vorm: Briefsjabloon, bron: Mapping[str, Any], bekend: Mapping[str, str], *, wie: Afzender, datum: str
) -> Voorbeeld:
    """The sheet for what stands in the form (`bron`) with what is known (`bekend`)."""
    onderwerp = stukken(str(bron.get("onderwerp", "")), bekend)
    # a value of several lines (a list of receivers) becomes lines of the text before it is cut in parts
    lang = {naam: waarde for naam, waarde in bekend.items() if "\n" in waarde or waarde.startswith("- ")}
    tekst = str(bron.get("tekst", ""))
    for naam, waarde in lang.items():
        tekst = tekst.replace(f"{{{naam}}}", waarde)
    beeld = Briefbeeld(wie, (), datum, "", tekst, "")
    delen = tuple(
        Deel(deel["soort"] == "lijst", tuple(stukken(str(regel), bekend) for regel in _regels(deel)))
        for deel in beeld.delen
    )
    alle = [*onderwerp, *(stuk for deel in delen for regel in deel.regels for stuk in regel)]
    adres = [regel.strip() for regel in str(bron.get("adres") or "").splitlines() if regel.strip()]
    return Voorbeeld(
        afzender=wie,
        adressering=(str(bron.get("aan") or ""), *adres),
        datum=datum,
        onderwerp=onderwerp,
        delen=delen,
        mist=sum(1 for stuk in alle if stuk.mist),
        handtekening=vorm.handtekening,
    )


def _regels(deel: Mapping[str, object]) -> list[object]:
    regels = deel["regels"]
    return list(regels) if isinstance(regels, list) else []
