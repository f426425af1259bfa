"""`routekaart doelgroep < facts.jsonl`: the target-group decision as a filter (contracten.md, section 1)."""

from __future__ import annotations

import io
import sys
from typing import Any

from django.core.management.base import BaseCommand

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep_feiten import beantwoord_regels


class Command(BaseCommand):
    help = "Leest per regel de feiten van een jongere (JSON) en schrijft per regel de doelgroep met uitleg."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads standard input to its end; exit status 1 when a line could not be judged."""
        invoer = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="surrogateescape")
        ergens_fout = False
        for antwoord in beantwoord_regels(invoer, grenzen=laad_grenzen()):
            self.stdout.write(antwoord.regel)
            ergens_fout = ergens_fout or antwoord.is_fout
        if ergens_fout:
            sys.exit(1)
