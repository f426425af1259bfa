"""Where somebody lived on a day that is past, by the changes as they were recorded."""

from __future__ import annotations

from datetime import date

import pytest

from routekaart.regels.woonplaats import Verhuizing, Woonplaats, woonplaats_op

DAG = date(2024, 2, 1)
ERVOOR, EERDER, ERNA, LATER = date(2024, 1, 31), date(2020, 5, 1), date(2024, 2, 2), date(2025, 6, 1)
A, B, C = 1, 2, 3


def van(was: int, wordt: int, sinds: date | None = None, *, vastgelegd: date = LATER) -> Verhuizing:
    return Verhuizing(was, wordt, vastgelegd, sinds)


@pytest.mark.parametrize(
    ("nu", "verhuizingen", "toen"),
    [
        (Woonplaats(B), [van(A, B, LATER)], Woonplaats(B)),  # nobody says since when: always
        (Woonplaats(B, DAG), [van(A, B, DAG)], Woonplaats(B, DAG)),
        (Woonplaats(B, ERNA), [van(A, B, ERNA)], Woonplaats(A)),
        (Woonplaats(B, ERNA), [], Woonplaats(B, ERNA)),  # nothing earlier is known
        (Woonplaats(C, LATER), [van(A, B, ERNA), van(B, C, LATER)], Woonplaats(A)),
        (Woonplaats(C, LATER), [van(A, B, ERVOOR), van(B, C, LATER)], Woonplaats(B, ERVOOR)),
        (Woonplaats(C, LATER), [van(A, B), van(B, C, LATER)], Woonplaats(B)),
        (Woonplaats(A, LATER), [van(A, B, EERDER), van(B, A, LATER)], Woonplaats(B, EERDER)),
        (Woonplaats(B, LATER), [van(A, B, EERDER)], Woonplaats(A)),  # the day was put right afterwards
        (Woonplaats(B, LATER), [van(A, B, EERDER, vastgelegd=EERDER)], Woonplaats(B, EERDER)),  # went and came back
        (Woonplaats(B, LATER), [van(A, B, None, vastgelegd=EERDER)], Woonplaats(B)),
        (Woonplaats(B, LATER), [van(A, B, LATER, vastgelegd=ERNA)], Woonplaats(A)),  # told beforehand
        (Woonplaats(B, LATER), [van(A, B, LATER), van(A, C, LATER)], Woonplaats(A)),  # of two persons
        (Woonplaats(B, LATER), [van(A, C, LATER)], Woonplaats(B, LATER)),
    ],
)
def test_de_geschiedenis_zegt_waar_iemand_woonde(
    nu: Woonplaats, verhuizingen: list[Verhuizing], toen: Woonplaats
) -> None:
    assert woonplaats_op(DAG, nu, verhuizingen) == toen
