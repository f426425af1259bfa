"""Whatever the file: it is refused with a sentence, or every row is there. Nothing crashes, nothing is lost."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from routekaart.leveringen.lezen import OnleesbaarBestand, Rij, lees

RUIM = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def probeer(inhoud: bytes) -> tuple[tuple[str, ...], list[Rij]] | str:
    """The table, or the sentence with which it was refused."""
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "levering.csv"
        pad.write_bytes(inhoud)
        try:
            tabel = lees(pad)
            return tabel.kolommen, list(tabel.rijen())
        except OnleesbaarBestand as fout:
            return str(fout)


def klopt(uitkomst: tuple[tuple[str, ...], list[Rij]] | str) -> None:
    if isinstance(uitkomst, str):
        assert uitkomst.endswith(".") and uitkomst[0].isupper()
        return
    kolommen, rijen = uitkomst
    assert kolommen
    assert all(rij.fout or len(rij.cellen) == len(kolommen) for rij in rijen)
    nummers = [rij.nummer for rij in rijen]
    assert nummers == sorted(set(nummers))


@RUIM
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"PAR1\x00\x00\x00\x00PAR1")
@example(b"PK\x05\x06" + b"\0" * 18)
def test_welke_bytes_ook_er_komt_een_tabel_of_een_zin(inhoud: bytes) -> None:
    klopt(probeer(inhoud))


@RUIM
@given(st.text(alphabet=';,"\n\r\t ab1é', max_size=200))
def test_welke_tekst_ook_er_komt_een_tabel_of_een_zin(inhoud: str) -> None:
    klopt(probeer(inhoud.encode()))


@RUIM
@given(st.lists(st.text(alphabet=';"ab \n', max_size=12), min_size=1, max_size=12))
def test_geen_regel_met_tekst_verdwijnt(regels: list[str]) -> None:
    inhoud = "a;b\n" + "\n".join(regels) + "\n"
    uitkomst = probeer(inhoud.encode())
    assert not isinstance(uitkomst, str)
    gelezen = "".join("".join(rij.cellen) for rij in uitkomst[1])
    assert sorted(gelezen.replace(" ", "").replace("\n", "").replace('"', "").replace(";", "")) == sorted(
        teken for teken in "".join(regels) if teken in "ab"
    )


CEL = st.text(alphabet=st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12).map(str.strip)


@RUIM
@given(
    st.lists(st.tuples(CEL, CEL, CEL), min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_wat_goed_is_geschreven_komt_er_gelijk_uit(
    rijen: list[tuple[str, str, str]], scheiding: str, codering: str, citeren: int
) -> None:
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=scheiding, quoting=citeren)  # type: ignore[arg-type]
    schrijver.writerow(["kolom een", "kolom twee", "kolom drie"])
    schrijver.writerows(rijen)
    inhoud = uit.getvalue().encode(codering)
    assume(not _leest_ook_als_iets_anders(inhoud, uit.getvalue()))
    uitkomst = probeer(inhoud)
    if isinstance(uitkomst, str):  # only text that could be two encodings at once
        assert codering == "cp1252" and "deels UTF-8" in uitkomst
        return
    verwacht = [rij for rij in rijen if any(rij)]
    zonder_beveiliging = [tuple(_zonder(cel) for cel in rij) for rij in verwacht]
    assert [rij.cellen for rij in uitkomst[1]] == zonder_beveiliging


def _leest_ook_als_iets_anders(inhoud: bytes, tekst: str) -> bool:
    """Windows text such as `Â¡` is, byte for byte, good UTF-8 for `¡`: nobody can tell, and UTF-8 is what files are."""
    try:
        return inhoud.decode("utf-8-sig") != tekst
    except UnicodeDecodeError:
        return False


def _zonder(cel: str) -> str:
    return cel[1:] if cel[:1] == "'" and cel[1:2] in tuple("=+-@") else cel
