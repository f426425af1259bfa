"""Fills the forms of a page as somebody would who answers everything with something that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEKST = {"email": "naam@school.example", "tel": "06 12345678", "number": "1", "search": "x", "date": "2026-11-16"}


@dataclass
class Formulier:
    """One form that changes something: where it goes, and what is filled in."""

    waarheen: str
    velden: dict[str, str] = field(default_factory=dict)
    knoppen: int = 0


class Invuller(HTMLParser):
    """Reads a page and keeps its POST forms, filled."""

    def __init__(self) -> None:
        super().__init__()
        self.formulieren: list[Formulier] = []
        self._nu: Formulier | None = None
        self._lijst = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerken = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "form":
            post = kenmerken.get("method", "get").lower() == "post"
            self._nu = Formulier(kenmerken.get("action", "")) if post else None
        elif self._nu is None:
            return
        elif tag == "input":
            self._invoer(self._nu, kenmerken)
        elif tag == "textarea":
            self._nu.velden[kenmerken.get("name", "")] = "Een proef"
        elif tag == "select":
            self._lijst = kenmerken.get("name", "")
        elif tag == "option" and self._lijst and kenmerken.get("value"):
            self._nu.velden.setdefault(self._lijst, kenmerken["value"])
        elif tag == "button":
            self._nu.knoppen += 1
            if kenmerken.get("name"):
                self._nu.velden.setdefault(kenmerken["name"], kenmerken.get("value", ""))

    def _invoer(self, formulier: Formulier, kenmerken: dict[str, str]) -> None:
        naam, soort = kenmerken.get("name", ""), kenmerken.get("type", "text")
        waarde = kenmerken.get("value", "")
        if not naam or soort in {"file", "submit", "button"}:
            return
        if soort in {"radio", "checkbox"}:
            if waarde or soort == "checkbox":
                formulier.velden.setdefault(naam, waarde or "on")
        elif soort == "hidden" or waarde:
            formulier.velden[naam] = waarde
        elif any(deel in naam for deel in ("datum", "_op", "voor", "tot", "van")):
            formulier.velden[naam] = "17-11-2026"
        elif "tijd" in naam:
            formulier.velden[naam] = "10:00"
        else:
            formulier.velden[naam] = TEKST.get(soort, "Een proef")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._nu is not None:
            self.formulieren.append(self._nu)
            self._nu = None
        elif tag == "select":
            self._lijst = ""


def formulieren(html: str) -> list[Formulier]:
    """The POST forms of a page, filled; without a button nobody can send it."""
    invuller = Invuller()
    invuller.feed(html)
    return [formulier for formulier in invuller.formulieren if formulier.knoppen]
