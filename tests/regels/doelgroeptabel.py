"""The decision table of the doelgroep: reads `tabellen/doelgroep.csv` and writes it into the documentation.

The cells are written for people: `mbo 2: 2022-08-01 t/m 2023-03-15`, `12 uur: vanaf 2023-10-01`, several with
` + ` between. `onbekend` is a list that was not given. After a change: `python -m tests.regels.doelgroeptabel`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

TABEL = Path(__file__).parent / "tabellen" / "doelgroep.csv"
DOCUMENT = Path(__file__).parents[2] / "docs" / "ontwikkelen" / "regels" / "doelgroep.md"
BEGIN, EINDE = "<!-- begin tabel -->", "<!-- einde tabel -->"
UITKOMST = ("doelgroep", "reden", "kenmerken", "onbekend", "vervolg")

DATUM = r"(\d{4}-\d\d-\d\d)"
PERIODE = rf"(?:vanaf {DATUM}|{DATUM} t/m {DATUM})"


def rijen() -> list[dict[str, str]]:
    with TABEL.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";", strict=True))


def vraag(rij: dict[str, str]) -> dict[str, Any]:
    """The row as a question in the outside form."""
    vlaggen = _delen(rij["vlaggen"])
    return {
        "id": rij["geval"],
        "peildatum": rij["peildatum"],
        "geboortedatum": rij["geboortedatum"],
        "regio": _regio(rij["regio"]),
        **_persoon(rij["persoon"]),
        "diplomas": _lijst(rij["diplomas"], _diploma),
        "inschrijvingen": _lijst(rij["inschrijvingen"], _inschrijving),
        "werk": _lijst(rij["werk"], _werk),
        "verzuimmelding": "verzuimmelding" in vlaggen,
        "voorgenomen_uitschrijving": "voorgenomen uitschrijving" in vlaggen,
    }


def uitkomst(antwoord: dict[str, Any]) -> dict[str, str]:
    """The answer, in the cells of the table."""
    vervolg = antwoord["vervolg"]
    return {
        "doelgroep": antwoord["doelgroep"],
        "reden": antwoord["reden"] or "",
        "kenmerken": " + ".join(antwoord["kenmerken"]),
        "onbekend": " + ".join(antwoord["onbekend"]),
        "vervolg": f"{vervolg['route']} {vervolg['fase']}/{vervolg['stap']}",
    }


def _delen(cel: str) -> list[str]:
    return cel.split(" + ") if cel else []


def _lijst(cel: str, lees: Callable[[str], dict[str, Any]]) -> list[dict[str, Any]] | None:
    return None if cel == "onbekend" else [lees(deel) for deel in _delen(cel)]


def _lees(patroon: str, tekst: str) -> tuple[str | None, ...]:
    gelezen = re.fullmatch(patroon, tekst)
    assert gelezen, f"onleesbare cel: {tekst!r}"
    return gelezen.groups()


def _regio(cel: str) -> dict[str, Any] | None:
    regio: dict[str, Any] = {}
    for deel in _delen(cel):
        grens, uren, telt_niet = _lees(r"bovengrens (\d+)|baan vanaf (\d+) uur|(baan telt niet)", deel)
        regio |= {"bovengrens": int(grens)} if grens else {"baan_uren": int(uren)} if uren else {}
        regio |= {"baan_telt": False} if telt_niet else {}
    return regio or None


def _persoon(cel: str) -> dict[str, Any]:
    velden = {
        "overleden": "overleden_op",
        "vertrokken": "vertrokken_op",
        "in Nederland sinds": "in_nederland_sinds",
        "vastgesteld": "startkwalificatie_vastgesteld",
    }
    persoon: dict[str, Any] = {}
    for deel in _delen(cel):
        wat, dag = _lees(rf"({'|'.join(velden)}) {DATUM}", deel)
        persoon[velden[wat or ""]] = {"op": dag, "bron": "IDW"} if wat == "vastgesteld" else dag
    return persoon


def _diploma(deel: str) -> dict[str, Any]:
    soort, niveau, dag = _lees(rf"([\w-]+?)(?: (\d))? op {DATUM}", deel)
    return {"soort": soort, "niveau": int(niveau) if niveau else None, "behaald_op": dag}


def _inschrijving(deel: str) -> dict[str, Any]:
    soort, niveau, vanaf, van, tot = _lees(rf"([\w-]+?)(?: (\d))?: {PERIODE}", deel)
    return {"onderwijssoort": soort, "niveau": int(niveau) if niveau else None, "van": vanaf or van, "tot": tot}


def _werk(deel: str) -> dict[str, Any]:
    uren, vanaf, van, tot = _lees(rf"(\d+|\?) uur: {PERIODE}", deel)
    return {"van": vanaf or van, "tot": tot, "uren": None if uren == "?" else int(uren or 0)}


def als_markdown() -> str:
    """The table as it stands in the documentation: one row per case, what is empty left out."""
    regels = ["| Geval | Op | Feiten | Besluit | Vervolg | Bron |", "|---|---|---|---|---|---|"]
    for rij in rijen():
        feiten = "<br>".join(
            tekst
            for tekst in (
                f"geboren {rij['geboortedatum']}",
                f"regio: {rij['regio']}" if rij["regio"] else "",
                rij["persoon"],
                f"diploma: {rij['diplomas']}" if rij["diplomas"] else "",
                f"onderwijs: {rij['inschrijvingen']}" if rij["inschrijvingen"] else "",
                f"werk: {rij['werk']}" if rij["werk"] else "",
                rij["vlaggen"],
            )
            if tekst
        )
        besluit = "<br>".join(
            tekst
            for tekst in (
                f"**{rij['doelgroep']}**" + (f" ({rij['reden']})" if rij["reden"] else ""),
                rij["kenmerken"],
                f"onbekend: {rij['onbekend']}" if rij["onbekend"] else "",
            )
            if tekst
        )
        cellen = (rij["geval"], rij["peildatum"], feiten, besluit, rij["vervolg"], rij["bron"])
        regels.append(f"| {' | '.join(cellen)} |")
    return "\n".join(regels)


def met_tabel(document: str) -> str:
    """The document with the table between its marks replaced."""
    voor, rest = document.split(BEGIN)
    _, na = rest.split(EINDE)
    return f"{voor}{BEGIN}\n\n{als_markdown()}\n\n{EINDE}{na}"


if __name__ == "__main__":
    DOCUMENT.write_text(met_tabel(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
