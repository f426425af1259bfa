"""Pages by key: the rows after or before a row, never a count of all and never an offset."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

NA, VOOR = "na", "voor"


@dataclass(frozen=True)
class Bladzijde:
    """The rows of one page, and what the address of the page before and after it says; empty where there is none."""

    rijen: list[Any]
    vorige: str
    volgende: str


def blader(rijen: Any, plaats: str, *, veld: str, aflopend: bool, per: int) -> Bladzijde:
    """One page in the order of `veld` and the key. `plaats` is `na.<sleutel>` or `voor.<sleutel>`; anything else, also
    a row that is no longer in the list, gives the beginning. At most two queries.
    """
    richting, _, sleutel = plaats.partition(".")
    grens = _grens(rijen, sleutel, veld) if richting in {NA, VOOR} else None
    terug = richting == VOOR and grens is not None
    omgekeerd = aflopend != terug
    if grens is not None:
        waarde, pk = grens
        verder = "lt" if omgekeerd else "gt"
        rijen = rijen.filter(Q(**{f"{veld}__{verder}": waarde}) | Q(**{veld: waarde, f"pk__{verder}": pk}))
    teken = "-" if omgekeerd else ""
    gelezen = list(rijen.order_by(f"{teken}{veld}", f"{teken}pk")[: per + 1])
    meer = len(gelezen) > per
    pagina = gelezen[:per]
    if terug:
        pagina.reverse()
    heeft_vorige = meer if terug else grens is not None
    heeft_volgende = terug or meer
    return Bladzijde(
        pagina,
        f"{VOOR}.{pagina[0].sleutel}" if pagina and heeft_vorige else "",
        f"{NA}.{pagina[-1].sleutel}" if pagina and heeft_volgende else "",
    )


def _grens(rijen: Any, sleutel: str, veld: str) -> tuple[Any, int] | None:
    """The place of the row with this key in the order; None where it is not (or no longer) in the list."""
    try:
        gezocht = uuid.UUID(sleutel)
    except ValueError:
        return None
    grens: tuple[Any, int] | None = rijen.filter(sleutel=gezocht).values_list(veld, "pk").first()
    return grens
