"""Reading a delivery as a table of text: encoding, separator and form are recognised, nothing is guessed silently.

    tabel = lees(pad)
    tabel.kolommen            -> ("pgn", "brin", …) as written in the file
    for rij in tabel.rijen()  -> Rij(nummer=2, cellen=("998817314", "99VC00", …))

Pure: knows no kinds of delivery and no database. Rows are read as a stream and can be read again.
"""

from __future__ import annotations

from pathlib import Path

from routekaart.leveringen.lezen.herkenning import herken_vorm
from routekaart.leveringen.lezen.parquet import lees_parquet
from routekaart.leveringen.lezen.tabel import OnleesbaarBestand, Rij, Tabel
from routekaart.leveringen.lezen.tekst import lees_tekst
from routekaart.leveringen.lezen.werkblad import lees_werkblad

__all__ = ["OnleesbaarBestand", "Rij", "Tabel", "lees"]


def lees(pad: Path) -> Tabel:
    """Opens a file and reads its header. Raises OnleesbaarBestand, with a Dutch sentence, for what is no table."""
    return {"xlsx": lees_werkblad, "parquet": lees_parquet, "tekst": lees_tekst}[herken_vorm(pad)](pad)
