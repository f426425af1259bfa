"""A stored file that no row refers to is swept a day later; what a row knows, what is new and too much at once stay."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from routekaart.basis import wezen
from routekaart.basis.wezen import ruim_wezen_op

NU = dt.datetime(2026, 11, 17, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def opslag(tmp_path: Path) -> FileSystemStorage:
    return FileSystemStorage(location=tmp_path)


def zet(opslag: FileSystemStorage, naam: str, *, dagen: float = 2) -> str:
    pad = Path(opslag.path(naam))
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text("x")
    moment = (NU - dt.timedelta(days=dagen)).timestamp()
    os.utime(pad, (moment, moment))
    return naam


def test_alleen_wat_oud_is_en_nergens_bij_hoort_gaat_weg(opslag: FileSystemStorage) -> None:
    bij_rij = zet(opslag, "documenten/2026/11/a.pdf")
    wees = zet(opslag, "documenten/2026/10/b.pdf")
    vers = zet(opslag, "documenten/2026/11/c.pdf", dagen=0.5)
    elders = zet(opslag, "leveringen/2026/11/d.csv")
    uitkomst = ruim_wezen_op("documenten", lambda namen: {bij_rij} & set(namen), nu=NU, opslag=opslag)
    assert (uitkomst.bekeken, uitkomst.weg, uitkomst.te_veel) == (3, [wees], 0)
    assert [opslag.exists(naam) for naam in (bij_rij, wees, vers, elders)] == [True, False, True, True]


def test_een_map_die_er_niet_is_heeft_geen_wezen(opslag: FileSystemStorage) -> None:
    assert ruim_wezen_op("documenten", lambda namen: set(), nu=NU, opslag=opslag).bekeken == 0


def test_na_het_terugzetten_van_een_oude_database_blijft_alles_staan(
    opslag: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wezen, "STUK", 7)
    namen = [zet(opslag, f"documenten/{nummer}.pdf") for nummer in range(40)]
    te_veel = ruim_wezen_op("documenten", lambda stuk: set(stuk) & set(namen[:10]), nu=NU, opslag=opslag)
    assert (te_veel.te_veel, te_veel.weg) == (30, [])
    genoeg = ruim_wezen_op("documenten", lambda stuk: set(stuk) & set(namen[:25]), nu=NU, opslag=opslag)
    assert len(genoeg.weg) == 15
