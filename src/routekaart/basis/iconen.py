"""The icons, as strokes in the current text colour. Decoration only: a word says the same."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# name -> (size in px of the square drawing, stroke width, shapes)
ICONEN: dict[str, tuple[int, float, str]] = {
    "vink": (14, 2, '<path d="m2.5 7.5 3 3 6-7"/>'),
    "kruis": (14, 2, '<path d="m3.5 3.5 7 7m0-7-7 7"/>'),
    "vraag": (14, 1.7, '<path d="M4.6 5.2a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.8-1.1 1.6M7 10.9v1"/>'),
    "streep": (14, 1.8, '<path d="M3.5 7h7"/>'),
    "plus": (14, 1.8, '<path d="M7 2.5v9M2.5 7h9"/>'),
    "slot": (
        12,
        1.5,
        '<rect x="2" y="5.2" width="8" height="5.6" rx="1"/><path d="M4 5V3.6a2 2 0 0 1 4 0V5"/>',
    ),
    "letop": (
        16,
        1.6,
        '<path d="M8 2 14.5 13.5h-13z" stroke-linejoin="round"/><path d="M8 6.5v3.2M8 11.2v.9"/>',
    ),
    "info": (16, 1.6, '<circle cx="8" cy="8" r="6"/><path d="M8 7.2v4M8 4.6v.9"/>'),
    "zoek": (16, 1.6, '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>'),
    "menu": (18, 1.6, '<path d="M3 5h12M3 9h12M3 13h12"/>'),
    "omlaag": (12, 1.6, '<path d="m2 4 4 4 4-4"/>'),
    "download": (16, 1.5, '<path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M3 13.5h10"/>'),
    "brief": (
        16,
        1.4,
        '<rect x="2" y="3.5" width="12" height="9" rx="1"/><path d="m2.5 4.5 5.5 4.2 5.5-4.2"/>',
    ),
    "email": (
        16,
        1.4,
        '<circle cx="8" cy="8" r="2.6"/><path d="M10.6 5.4v3.4a1.7 1.7 0 0 0 3.4 0V8a6 6 0 1 0-2.4 4.8"/>',
    ),
    "telefoon": (
        16,
        1.4,
        '<path d="M5.3 2.5 3 3.2c0 5.4 4.4 9.8 9.8 9.8l.7-2.3-2.9-1.5-1.3 1.3A7.6 7.6 0 0 1 5.5 6.7l1.3-1.3z"'
        ' stroke-linejoin="round"/>',
    ),
    "app": (16, 1.4, '<path d="M2.5 3.5h11v7.5H7.5l-3 2.5V11h-2z" stroke-linejoin="round"/>'),
    "huisbezoek": (
        16,
        1.4,
        '<path d="M2.5 7.5 8 3l5.5 4.5M4 6.5V13h8V6.5M6.7 13V9.5h2.6V13" stroke-linejoin="round"/>',
    ),
    "kantoor": (
        16,
        1.4,
        '<path d="M3.5 13.5V2.5h9v11M2 13.5h12M6 5h1.2M8.8 5H10M6 8h1.2M8.8 8H10M7 13.5V11h2v2.5"/>',
    ),
    "school": (
        16,
        1.4,
        '<path d="M1.5 6 8 3l6.5 3L8 9z" stroke-linejoin="round"/><path d="M4.5 7.5v3.7c2 1.5 5 1.5 7 0V7.5"/>',
    ),
    "partner": (
        16,
        1.4,
        '<circle cx="5.5" cy="5.5" r="2.2"/><circle cx="11" cy="6.2" r="1.7"/>'
        '<path d="M1.8 13c.3-2.4 1.7-3.7 3.7-3.7S9 10.6 9.3 13M10.5 9.8c2-.2 3.3 1 3.7 3.2"/>',
    ),
    "map": (16, 1.4, '<path d="M2 4.5h4.2l1.3 1.5H14v6.5H2z" stroke-linejoin="round"/>'),
    "agenda": (
        16,
        1.4,
        '<rect x="2.5" y="3.5" width="11" height="10" rx="1"/><path d="M2.5 6.5h11M5.5 2v3M10.5 2v3"/>',
    ),
    "persoon": (
        16,
        1.4,
        '<circle cx="8" cy="5.5" r="2.7"/><path d="M3 13.5c.4-3 2.3-4.5 5-4.5s4.6 1.5 5 4.5"/>',
    ),
    "potlood": (16, 1.4, '<path d="m3 13 .6-2.8 7.2-7.2 2.2 2.2-7.2 7.2z" stroke-linejoin="round"/>'),
    "weg": (16, 1.5, '<path d="M2.5 8h10.5M9 4l4 4-4 4"/>'),
}


def teken_icoon(naam: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. KeyError for an unknown name."""
    maat, dikte, vormen = ICONEN[naam]
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 {0} {0}" fill="none" stroke="currentColor"'
        ' stroke-width="{1}" aria-hidden="true">{2}</svg>',
        maat,
        str(dikte),
        mark_safe(vormen),
    )
