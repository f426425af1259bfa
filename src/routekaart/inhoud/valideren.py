"""All shipped content checked at once, for the check at start: every problem as a line, none raised."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from routekaart.inhoud import brieven, gebied, protocollen
from routekaart.inhoud.aandachtspunten import aandachtspunten
from routekaart.inhoud.codelijsten import codelijst, lijsten
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.inhoud.laden import InhoudFout
from routekaart.inhoud.routes import valideer_routes


def valideer() -> list[str]:
    """Every problem in the shipped content, as "file: place: problem"; empty when all is well.

    The lists come first: with a broken list nothing that refers to it can be judged.
    """
    regels = _valideer_codelijsten()
    if regels:
        return regels
    regels = valideer_routes()
    regels += _probeer(lambda: aandachtspunten(fase=1))
    regels += _probeer(gebied.subregios)
    regels += _probeer(laad_grenzen)
    for code in protocollen.codes():
        regels += _probeer(partial(_protocol_met_brieven, code))
    return regels + brieven.valideer()


def _protocol_met_brieven(code: str) -> None:
    """Reads a protocol; raises InhoudFout where it names a letter that is not there."""
    for stap in protocollen.protocol(code).stappen:
        for brief in stap.brieven:
            if brief not in brieven.codes():
                raise InhoudFout(f"protocollen/{code}.toml: stap {stap.nummer}: brief '{brief}' bestaat niet")


def _probeer(lees: Callable[[], object]) -> list[str]:
    try:
        lees()
    except InhoudFout as fout:
        return str(fout).splitlines()
    return []


def _valideer_codelijsten() -> list[str]:
    """Problems within a list, and codes that point to a value of another list that is not there."""
    regels: list[str] = []
    for naam in lijsten():
        try:
            lijst = codelijst(naam)
        except InhoudFout as fout:
            regels += str(fout).splitlines()
            continue
        for veld, soort in lijst.velden.items():
            if not soort.startswith("code:"):
                continue
            doel = soort.removeprefix("code:").removesuffix("?")
            if doel not in lijsten():
                regels.append(f"codelijsten/{naam}.toml: velden.{veld}: codelijst '{doel}' bestaat niet")
                continue
            regels += [
                f"codelijsten/{naam}.toml: waarde {waarde.code}: veld '{veld}': code "
                f"'{waarde.extra[veld]}' staat niet in codelijst {doel}"
                for waarde in lijst.waarden
                if veld in waarde.extra and waarde.extra[veld] not in codelijst(doel)
            ]
    return regels
