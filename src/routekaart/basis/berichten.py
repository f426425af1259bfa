"""What the page says after an act: one sentence, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def meld(request: HttpRequest, tekst: str, *, ongedaan: str = "") -> None:
    """Shows `tekst` on the next page; with `ongedaan`, where a POST takes it back, for 10 seconds."""
    messages.success(request, tekst, extra_tags=f"ongedaan {ongedaan}" if ongedaan else "")


def waarschuw(request: HttpRequest, tekst: str) -> None:
    """Shows on the next page what asks attention."""
    messages.warning(request, tekst)
