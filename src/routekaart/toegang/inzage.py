"""Reading is logged: one line per page, written down before the page leaves, without waiting for who writes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from routekaart.logboek.acties import maak_regel, noteer_gelezen
from routekaart.logboek.models import Logregel
from routekaart.toegang.bereik import Toegang


@dataclass
class _Regel:
    code: str
    jongere_id: int | None
    onderwerp: str
    doel: str
    inhoud: Mapping[str, Any] | None


@dataclass
class Inzage:
    """What this request read. A page that shows persons says so once; tests/deuren/test_kanarie.py finds who forgets.

    `doel` is the purpose where a line names none: the right that opened the door (ontwerp.md, section 1 point 4).
    """

    verzoek: str = field(default_factory=lambda: secrets.token_hex(8))
    regels: list[_Regel] = field(default_factory=list)
    doel: str = ""
    geschreven: bool = False

    def noteer(
        self,
        code: str,
        *,
        jongere_id: int | None = None,
        onderwerp: str = "",
        doel: str = "",
        inhoud: Mapping[str, Any] | None = None,
    ) -> None:
        """Remembers that the page shows this; a list gives its query in `inhoud`, a dossier its `jongere_id`.

        Raises RuntimeError once the page has left: too late to log (a streamed page notes before it streams).
        """
        if self.geschreven:
            raise RuntimeError(f"{code}: de pagina is al weg")
        self.regels.append(_Regel(code, jongere_id, onderwerp, doel, inhoud))

    def weiger(self, onderwerp: str) -> None:
        """Remembers that something was asked for that this user may not have, or that is not there."""
        self.noteer("toegang.geweigerd", onderwerp=str(onderwerp)[:120])

    def schrijf(self, toegang: Toegang, *, nu: dt.datetime) -> None:
        """Writes the lines of this request, all or none. What it raises keeps the page inside."""
        self.geschreven = True
        if not self.regels:
            return
        noteer_gelezen(
            [
                maak_regel(
                    regel.code,
                    nu=nu,
                    soort=Logregel.Soort.LEZEN,
                    regio_id=toegang.regio_id,
                    gebruiker_id=toegang.gebruiker_id or None,
                    rol=toegang.rol,
                    doel=regel.doel or self.doel,
                    jongere_id=regel.jongere_id,
                    onderwerp=regel.onderwerp,
                    verzoek=self.verzoek,
                    inhoud=regel.inhoud,
                )
                for regel in self.regels
            ]
        )
