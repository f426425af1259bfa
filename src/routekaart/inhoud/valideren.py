"""All shipped content checked at once, for the check at start: every problem as a line, none raised."""

from __future__ import annotations

from routekaart.inhoud.codelijsten import codelijst, lijsten
from routekaart.inhoud.laden import InhoudFout
from routekaart.inhoud.routes import valideer_routes


def valideer() -> list[str]:
    """Every problem in the shipped content, as "file: place: problem"; empty when all is well."""
    regels = _valideer_codelijsten()
    return regels or valideer_routes()


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
