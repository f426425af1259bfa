"""The night sweeps stored files of which the row never came."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from routekaart.leveringen.models import Levering
from routekaart.werkplek.nachtwerk import nacht
from tests.fabrieken import Gebied
from tests.leveringen.hulp import Inlezer, persoon


def test_de_nacht_ruimt_op_wat_bij_niets_hoort(gebied: Gebied, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    Inlezer(gebied, tmp_path)("brp", [persoon()])
    bewaard = str(Levering.objects.get().bestand.name)
    wezen = [default_storage.save(f"{map_}/2026/11/wees", ContentFile(b"x")) for map_ in ("leveringen", "documenten")]
    assert nacht(nu=timezone.now()).bestanden_opgeruimd == 0
    assert nacht(nu=timezone.now() + dt.timedelta(days=2)).bestanden_opgeruimd == 2
    assert default_storage.exists(bewaard) and not any(map(default_storage.exists, wezen))
