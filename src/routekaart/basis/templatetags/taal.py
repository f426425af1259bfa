"""Dates, numbers and words in templates: `{% load taal %}`. The rules are in basis.taal."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from routekaart.basis import taal

register = template.Library()
Moment = date | datetime
Getal = int | float | Decimal


@register.filter
def nl_datum(moment: Moment | None) -> str:
    """'di 17 nov'; with the year when it is not this schooljaar; unknown is 'n.b.'."""
    return taal.datum_kort(moment, op=timezone.localdate()) if moment else taal.NIET_BEKEND


@register.filter
def nl_dag(moment: Moment | None) -> str:
    """'17 nov': where the weekday does not help."""
    return taal.datum_kort(moment, op=timezone.localdate(), weekdag=False) if moment else taal.NIET_BEKEND


@register.filter
def nl_datum_voluit(moment: Moment | None) -> str:
    """'17 november 2026'."""
    return taal.datum_voluit(moment) if moment else taal.NIET_BEKEND


@register.filter
def nl_datumtijd(moment: datetime | None) -> str:
    """'di 17 nov, 15:30'."""
    return taal.datumtijd_kort(moment, op=timezone.localdate()) if moment else taal.NIET_BEKEND


@register.filter
def nl_tijd(moment: datetime | time | None) -> str:
    """'15:30'."""
    return taal.tijd(moment) if moment is not None else taal.NIET_BEKEND


@register.simple_tag
def moment(waarde: Moment | None, vorm: str = "datum") -> SafeString:
    """A `<time>` with the ISO moment: {% moment d %}; or d "datumtijd", "dag", "voluit", "tijd"."""
    if waarde is None:
        return format_html("{}", taal.NIET_BEKEND)
    lokaal = timezone.localtime(waarde) if isinstance(waarde, datetime) and timezone.is_aware(waarde) else waarde
    if isinstance(waarde, datetime) and vorm in {"datumtijd", "tijd"}:
        tekst = nl_datumtijd(waarde) if vorm == "datumtijd" else nl_tijd(waarde)
    else:
        tekst = {"datum": nl_datum, "dag": nl_dag, "voluit": nl_datum_voluit}[vorm](waarde)
    return format_html('<time datetime="{}">{}</time>', lokaal.isoformat(), tekst)


@register.filter
def nl_getal(waarde: Getal | None, decimalen: int = 0) -> str:
    """'30.246'; unknown is 'n.b.'."""
    return taal.getal(waarde, decimalen)


@register.filter
def nl_verschil(waarde: Getal | None, decimalen: int = 0) -> str:
    """'+7' or '−5'."""
    return taal.verschil(waarde, decimalen)


@register.filter
def nl_procent(waarde: Getal | None, decimalen: int = 0) -> str:
    """'2,55%'."""
    return taal.procent(waarde, decimalen)


@register.filter
def meervoud(aantal: int, vormen: str) -> str:
    """{{ 3|meervoud:"dag,dagen" }} is '3 dagen'."""
    een, meer = vormen.split(",")
    return taal.meervoud(aantal, een, meer)


@register.filter
def telwoord(aantal: int) -> str:
    """'twee'; 0 is 'geen'."""
    return taal.telwoord(aantal)


@register.filter
def hoofdletter(tekst: object) -> str:
    """First letter as a capital."""
    return taal.hoofdletter(str(tekst))


@register.filter
def nb(waarde: object) -> object:
    """The value, or 'n.b.' where it is unknown. 0 is 0."""
    return taal.NIET_BEKEND if waarde is None or waarde == "" else waarde
