"""The pages within one tab of the dossier, in the order of the route."""

from __future__ import annotations

from django.urls import NoReverseMatch

from routekaart.basis.onderdelen import Filter
from routekaart.dossiers.dossier import Dossier

# tab → (text, url name) of its pages
PAGINAS: dict[str, tuple[tuple[str, str], ...]] = {
    "intake": (
        ("Gesprek", "begeleiding:intake"),
        ("Leefdomeinen", "begeleiding:leefdomeinen"),
        ("Big 5", "begeleiding:big5"),
        ("Privacy", "begeleiding:privacy"),
        ("Inzicht", "begeleiding:inzicht"),
    ),
    "plan": (
        ("Plan van aanpak", "begeleiding:plan"),
        ("Uitvoering", "begeleiding:uitvoering"),
        ("Voortgang", "begeleiding:voortgang"),
        ("Nazorg", "begeleiding:nazorg"),
        ("Evaluatie", "begeleiding:evaluatie"),
    ),
}


def submenu(dossier: Dossier, gekozen: str) -> list[Filter]:
    """The pages beside this one within its tab; `gekozen` is its url name."""
    gevonden = []
    for tekst, naam in PAGINAS[dossier.tab]:
        try:
            gevonden.append(Filter(tekst, dossier.url(naam), gekozen=naam == gekozen))
        except NoReverseMatch:
            continue
    return gevonden
