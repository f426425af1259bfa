"""Reading TOML content: every problem is noted with file, place and field, none is passed over.

A loader makes one `Fouten` per file, reads through `Lezer` and ends with `fouten.gooi()`; the check at
start collects the same lines without raising. Nothing here knows what the content means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

LEEG: Mapping[str, Any] = {}


class InhoudFout(ValueError):
    """Content that cannot be used; the message names file, place and field, one problem per line."""


class Fouten:
    """The problems found in one file, in the order of reading."""

    def __init__(self, bestand: str) -> None:
        self.bestand = bestand
        self.regels: list[str] = []

    def meld(self, plaats: str, boodschap: str) -> None:
        """Note one problem; `plaats` is empty for the file as a whole."""
        waar = f"{self.bestand}: {plaats}: " if plaats else f"{self.bestand}: "
        self.regels.append(waar + boodschap)

    def gooi(self) -> None:
        """Raise InhoudFout with every problem, if there is one."""
        if self.regels:
            raise InhoudFout("\n".join(self.regels))


def map_van(*delen: str) -> Traversable:
    """The folder of shipped content below `routekaart.inhoud`, also when installed as a wheel."""
    pad: Traversable = files("routekaart.inhoud")
    for deel in delen:
        pad = pad / deel
    return pad


def lees_toml(pad: Traversable, fouten: Fouten) -> Mapping[str, Any]:
    """The tables of a TOML file; an unreadable file is noted and reads as empty."""
    try:
        return tomllib.loads(pad.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fouten.meld("", "dit bestand bestaat niet")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        fouten.meld("", f"geen leesbare TOML ({fout})")
    return LEEG


class Lezer:
    """One TOML table: reads fields by type, and at the end names the fields nobody asked for."""

    def __init__(self, tabel: Mapping[str, Any], plaats: str, fouten: Fouten) -> None:
        self.tabel = tabel
        self.plaats = plaats
        self.fouten = fouten
        self.gevraagd: set[str] = set()

    def meld(self, boodschap: str) -> None:
        self.fouten.meld(self.plaats, boodschap)

    def _neem(self, veld: str, soort: type, wat: str, *, verplicht: bool) -> Any:
        self.gevraagd.add(veld)
        if veld not in self.tabel:
            if verplicht:
                self.meld(f"veld '{veld}' ontbreekt")
            return None
        waarde = self.tabel[veld]
        if not isinstance(waarde, soort) or (soort is int and isinstance(waarde, bool)):
            self.meld(f"veld '{veld}' moet {wat} zijn, niet {waarde!r}")
            return None
        return waarde

    def tekst(self, veld: str, standaard: str | None = None) -> str:
        """A text; required and not blank when there is no `standaard`."""
        waarde = self._neem(veld, str, "een tekst", verplicht=standaard is None)
        if waarde is None:
            return standaard or ""
        tekst = " ".join(str(waarde).split())
        if standaard is None and not tekst:
            self.meld(f"veld '{veld}' is leeg")
        return tekst

    def keuze(self, veld: str, mogelijk: frozenset[str], standaard: str | None = None) -> str:
        """A text out of a fixed set."""
        waarde = self.tekst(veld, standaard)
        if waarde and waarde not in mogelijk:
            self.meld(f"veld '{veld}': '{waarde}' is onbekend; kies uit {', '.join(sorted(mogelijk))}")
        return waarde

    def getal(self, veld: str, standaard: int | None = None) -> int:
        waarde = self._neem(veld, int, "een heel getal", verplicht=standaard is None)
        return int(waarde) if waarde is not None else (standaard or 0)

    def misschien_getal(self, veld: str) -> int | None:
        waarde = self._neem(veld, int, "een heel getal", verplicht=False)
        return None if waarde is None else int(waarde)

    def ja_nee(self, veld: str, standaard: bool | None = None) -> bool:
        waarde = self._neem(veld, bool, "true of false", verplicht=standaard is None)
        return bool(waarde) if waarde is not None else bool(standaard)

    def datum(self, veld: str) -> date:
        waarde = self._neem(veld, date, "een datum", verplicht=True)
        return waarde if isinstance(waarde, date) else date.min

    def misschien_datum(self, veld: str) -> date | None:
        waarde = self._neem(veld, date, "een datum", verplicht=False)
        return waarde if isinstance(waarde, date) else None

    def teksten(self, veld: str) -> tuple[str, ...]:
        """A list of texts; missing is empty."""
        waarde = self._neem(veld, list, "een lijst teksten", verplicht=False) or []
        goed = [deel for deel in waarde if isinstance(deel, str) and deel.strip()]
        if len(goed) != len(waarde):
            self.meld(f"veld '{veld}' mag alleen niet-lege teksten bevatten")
        return tuple(goed)

    def tabellen(self, veld: str, naam: str = "", *, verplicht: bool = False) -> list[Lezer]:
        """The tables under `veld`, each with its own place: `naam` and its number, code or order."""
        waarde = self._neem(veld, list, "een lijst tabellen", verplicht=verplicht) or []
        lezers = []
        for volgnummer, tabel in enumerate(waarde, start=1):
            kenmerk: object = volgnummer
            if isinstance(tabel, dict):
                kenmerk = tabel.get("nummer", tabel.get("code", volgnummer))
            plaats = ": ".join(deel for deel in (self.plaats, f"{naam or veld} {kenmerk}") if deel)
            if not isinstance(tabel, dict):
                self.fouten.meld(plaats, "moet een tabel zijn")
                continue
            lezers.append(Lezer(tabel, plaats, self.fouten))
        if verplicht and not lezers and veld in self.tabel:
            self.meld(f"veld '{veld}' is leeg")
        return lezers

    def tabel_of_niets(self, veld: str) -> Lezer | None:
        """The one table under `veld`, None when it is not there."""
        waarde = self._neem(veld, dict, "een tabel", verplicht=False)
        plaats = ": ".join(deel for deel in (self.plaats, veld) if deel)
        return None if waarde is None else Lezer(waarde, plaats, self.fouten)

    def rest(self) -> dict[str, Any]:
        """The fields that were not asked for; asks for them all."""
        over = {veld: waarde for veld, waarde in self.tabel.items() if veld not in self.gevraagd}
        self.gevraagd |= set(over)
        return over

    def klaar(self) -> None:
        """Note every field that nobody asked for: a typing error never passes for a missing field."""
        for veld in self.tabel:
            if veld not in self.gevraagd:
                self.meld(f"veld '{veld}' is onbekend")
