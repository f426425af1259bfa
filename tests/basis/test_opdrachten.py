"""What is typed wrongly on the command line is answered in Dutch, with how to write it."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError

import pytest
from django.core.management import CommandError, call_command

from routekaart.basis.opdrachten import dag, lezer
from routekaart.regels.schooljaar import Schooljaar


def test_een_dag() -> None:
    assert dag("2024-02-29") == dt.date(2024, 2, 29)


@pytest.mark.parametrize("tekst", ["2023-02-29", "29-02-2024", "vandaag", ""])
def test_een_dag_die_niet_bestaat_zegt_hoe_het_moet(tekst: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"geen dag\. Schrijf hem zo: 2024-02-01"):
        dag(tekst)


def test_wat_een_lezer_weigert_komt_als_zin_terug() -> None:
    with pytest.raises(ArgumentTypeError, match="is geen schooljaar; schrijf het zo"):
        lezer(Schooljaar.lees)("2023-2025")


def test_de_opdracht_zelf_zegt_het_ook() -> None:
    with pytest.raises(CommandError, match="'morgen' is geen dag"):
        call_command("signaleer", "--peildatum", "morgen")
