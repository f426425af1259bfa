"""How dates, numbers and names look in Dutch text. Pure functions; "today" is always an argument."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from routekaart.regels.schooljaar import Schooljaar

WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
TELWOORDEN = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip
MIN = "\N{MINUS SIGN}"
NIET_BEKEND = "n.b."
NIET_VAN_TOEPASSING = "n.v.t."


def dag_van(moment: date | datetime) -> date:
    """The calendar day of a moment, in local time for an aware datetime."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def datum_kort(moment: date | datetime, *, op: date, weekdag: bool = True) -> str:
    """'di 17 nov', or '17 nov' without the weekday; with the year when not in the schooljaar of `op`."""
    dag = dag_van(moment)
    delen = [WEEKDAGEN[dag.weekday()][:2]] if weekdag else []
    delen += [str(dag.day), "mrt" if dag.month == 3 else MAANDEN[dag.month - 1][:3]]
    if Schooljaar.van(dag) != Schooljaar.van(op):
        delen.append(str(dag.year))
    return " ".join(delen)


def datum_voluit(moment: date | datetime, *, weekdag: bool = False) -> str:
    """'17 november 2026', or 'dinsdag 17 november 2026': for letters, reports and headings."""
    dag = dag_van(moment)
    tekst = f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"
    return f"{WEEKDAGEN[dag.weekday()]} {tekst}" if weekdag else tekst


def tijd(moment: datetime | time) -> str:
    """'15:30', in local time."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment.hour:02d}:{moment.minute:02d}"


def datumtijd_kort(moment: datetime, *, op: date) -> str:
    """'di 17 nov, 15:30'."""
    return f"{datum_kort(moment, op=op)}, {tijd(moment)}"


def getal(waarde: int | float | Decimal | None, decimalen: int = 0) -> str:
    """'30.246', '2,55', '−5' with a true minus; unknown is 'n.b.' and 0 is 0."""
    if waarde is None:
        return NIET_BEKEND
    tekst = f"{abs(waarde):,.{decimalen}f}"
    tekst = tekst.replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{MIN}{tekst}" if waarde < 0 and any(teken in "123456789" for teken in tekst) else tekst


def verschil(waarde: int | float | Decimal | None, decimalen: int = 0) -> str:
    """'+7', '−5' or '0'."""
    tekst = getal(waarde, decimalen)
    return f"+{tekst}" if waarde is not None and waarde > 0 else tekst


def procent(waarde: int | float | Decimal | None, decimalen: int = 0) -> str:
    """'2,55%'; unknown is 'n.b.'."""
    return NIET_BEKEND if waarde is None else f"{getal(waarde, decimalen)}%"


def meervoud(aantal: int, een: str, meer: str) -> str:
    """'1 dag', '3 dagen', '0 dagen'."""
    return f"{getal(aantal)} {een if aantal == 1 else meer}"


def telwoord(aantal: int) -> str:
    """'twee' up to twaalf, digits above; 0 is 'geen'."""
    return TELWOORDEN[aantal] if 0 <= aantal < len(TELWOORDEN) else getal(aantal)


def hoofdletter(tekst: str) -> str:
    """The text with its first letter as a capital; the rest stays. A capital has no accent here: 'Eén'."""
    if tekst.startswith("é"):
        return f"E{tekst[1:]}"
    return tekst[:1].upper() + tekst[1:]


def opsomming(woorden: Iterable[str], voeg: str = "en") -> str:
    """'a, b en c'."""
    lijst = [str(woord) for woord in woorden]
    if len(lijst) < 2:
        return "".join(lijst)
    return f"{', '.join(lijst[:-1])} {voeg} {lijst[-1]}"


def initialen(naam: str) -> str:
    """'NH' for 'Noor Haverkamp', 'SR' for 'Sem van Rooij': first letter of the first and the last word."""
    woorden = naam.split()
    if not woorden:
        return "?"
    letters = woorden[0][0] if len(woorden) == 1 else woorden[0][0] + woorden[-1][0]
    return letters.upper()
