"""What must show beside a name wherever it stands: somebody has died or left, or the address is secret."""

from __future__ import annotations

import datetime as dt

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket
from routekaart.personen.models import Jongere


def merken_kort(jongere: Jongere, *, op: dt.date) -> list[Etiket]:
    """The markers for a list, in a word each."""
    gevonden = []
    if jongere.overleden_op is not None and jongere.overleden_op <= op:
        gevonden.append(Etiket("overleden", "letop", "letop"))
    if jongere.vertrokken_op is not None and jongere.vertrokken_op <= op:
        gevonden.append(Etiket("vertrokken uit Nederland", "letop"))
    if jongere.geheimhouding:
        gevonden.append(Etiket("adres geheim", "letop", "slot"))
    return gevonden


def merken_voluit(jongere: Jongere, *, op: dt.date) -> list[Etiket]:
    """The same for the head of a dossier, with the day."""
    gevonden = []
    if jongere.overleden_op is not None and jongere.overleden_op <= op:
        gevonden.append(Etiket(f"Overleden op {taal.datum_voluit(jongere.overleden_op)}", "letop", "letop"))
    if jongere.vertrokken_op is not None and jongere.vertrokken_op <= op:
        gevonden.append(Etiket(f"Vertrokken uit Nederland op {taal.datum_voluit(jongere.vertrokken_op)}", "letop"))
    if jongere.geheimhouding:
        gevonden.append(Etiket("Geheimhouding: deel het adres niet", "letop", "slot"))
    return gevonden
