"""What can be mended at once where every row has a value of its own: dates that are written otherwise, other words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Min

from routekaart.leveringen.herstel import rijen_van_kolom
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN
from routekaart.leveringen.voorstellen import Voorsteller

MAX_WAARDEN = 2000  # different values of which we look what they mean
TOON = 20


@dataclass(frozen=True)
class Omzetting:
    """The rows of one column of which we know what is meant: (value, how the meant one reads, rows), most first.

    `rest` are the rows of that column of which we do not; `rij` is the key of the first row of the column.
    """

    kolom: str
    waarden: list[tuple[str, str, int]]
    rest: int
    rij: uuid.UUID

    @property
    def aantal(self) -> int:
        return sum(aantal for _, _, aantal in self.waarden)

    @property
    def getoond(self) -> list[tuple[str, str, int]]:
        return self.waarden[:TOON]

    @property
    def meer(self) -> int:
        """How many other values there are."""
        return len(self.waarden) - len(self.getoond)


def omzetting_van(levering: Levering, kolom: str, voorsteller: Voorsteller) -> Omzetting | None:
    """None where there are not two different values of which we are sure. Two queries."""
    if not kolom or kolom in NUMMERKOLOMMEN:
        return None
    groepen = rijen_van_kolom(levering, kolom).order_by().values("waarde").annotate(aantal=Count("pk"), een=Min("pk"))
    geteld = list(groepen.order_by("-aantal", "een")[:MAX_WAARDEN])
    zeker, rest = [], 0
    for groep in geteld:
        voorstel = voorsteller.eerste(kolom, groep["waarde"])
        if voorstel is not None and voorstel.zeker:
            zeker.append((groep["waarde"], voorstel.toon, groep["aantal"]))
        else:
            rest += groep["aantal"]
    if len(zeker) < 2:
        return None
    sleutel = Uitvalrij.objects.values_list("sleutel", flat=True).get(pk=min(groep["een"] for groep in geteld))
    return Omzetting(kolom, zeker, rest, sleutel)
