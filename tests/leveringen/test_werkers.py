"""The worker beside the website lets pages go first, and ends with it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from routekaart.leveringen import werkers


def test_de_werker_laat_paginas_voorgaan_en_stopt_met_de_website(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    merk = tmp_path / "werker"
    monkeypatch.setattr(
        werkers,
        "OPDRACHT",
        f"import os, pathlib, time; pathlib.Path({str(merk)!r}).write_text(str(os.getpid())); time.sleep(60)",
    )
    with werkers.met_werker():
        einde = time.monotonic() + 20
        while not (merk.exists() and merk.read_text()) and time.monotonic() < einde:
            time.sleep(0.01)
        werker = int(merk.read_text())
        opzij = min(19, os.getpriority(os.PRIO_PROCESS, 0) + werkers.OPZIJ)
        while os.getpriority(os.PRIO_PROCESS, werker) != opzij:
            assert time.monotonic() < einde
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(werker, 0)
