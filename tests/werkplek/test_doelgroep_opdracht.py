"""`routekaart doelgroep` is a filter: one JSON object a line in, one explained decision out."""

from __future__ import annotations

import json
import os
import subprocess
import sys

VOORBEELD = {
    "id": "a1", "peildatum": "2024-02-01", "geboortedatum": "2004-05-06",
    "regio": {"bovengrens": 23, "baan_telt": True, "baan_uren": 12},
    "diplomas": [{"soort": "mbo", "niveau": 1, "behaald_op": "2022-07-01"}],
    "inschrijvingen": [
        {"onderwijssoort": "mbo", "niveau": 1, "van": "2021-08-01", "tot": "2022-07-31"},
        {"onderwijssoort": "mbo", "niveau": 2, "van": "2022-08-01", "tot": "2023-03-15"},
    ],
    "werk": [{"van": "2021-05-01", "tot": "2021-09-30", "uren": 8}],
}  # fmt: skip


def filter_(*regels: str) -> subprocess.CompletedProcess[bytes]:
    opdracht = [sys.executable, "-c", "from routekaart.project.opdracht import main; main()", "doelgroep"]
    invoer = "\n".join(regels).encode()
    return subprocess.run(opdracht, input=invoer, capture_output=True, env=dict(os.environ), check=False)


def test_beantwoordt_elke_regel_in_dezelfde_volgorde() -> None:
    antwoord = filter_(json.dumps(VOORBEELD), json.dumps(VOORBEELD | {"id": "a2", "geboortedatum": "2010-01-01"}))
    regels = [json.loads(regel) for regel in antwoord.stdout.decode().splitlines()]
    assert antwoord.returncode == 0
    assert [regel["id"] for regel in regels] == ["a1", "a2"]
    assert regels[0]["doelgroep"] == "nieuwe-vsv"
    assert regels[0]["kenmerken"] == ["jikp"]
    assert regels[1]["reden"] == "onder-18"


def test_een_foute_regel_houdt_de_andere_niet_op() -> None:
    antwoord = filter_(json.dumps(VOORBEELD | {"haarkleur": "rood"}), json.dumps(VOORBEELD))
    regels = [json.loads(regel) for regel in antwoord.stdout.decode().splitlines()]
    assert antwoord.returncode == 1
    assert regels[0]["fout"]["veld"] == "haarkleur"
    assert regels[1]["doelgroep"] == "nieuwe-vsv"
