"""The process that takes large deliveries in, beside the website, for as long as the website runs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

OPDRACHT = "from routekaart.project.opdracht import main; main()"
OPNIEUW_NA = 5.0  # seconds after one that fell over
GEDULD = 20.0  # seconds to end in
OPZIJ = 5  # how much later than the website it has its turn on the processor: somebody waits for a page


@contextmanager
def met_werker() -> Iterator[None]:
    """Starts a `routekaart werker` and keeps one running; it ends with this process, however that ends."""
    klaar = threading.Event()
    lopend: list[subprocess.Popen[bytes]] = []

    def houd_gaande() -> None:
        while not klaar.is_set():
            werker = subprocess.Popen([sys.executable, "-c", OPDRACHT, "werker", "--bij", str(os.getpid())])
            lopend[:] = [werker]
            os.setpriority(os.PRIO_PROCESS, werker.pid, os.getpriority(os.PRIO_PROCESS, 0) + OPZIJ)
            werker.wait()
            klaar.wait(OPNIEUW_NA)

    draad = threading.Thread(target=houd_gaande, name="werker", daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        for werker in lopend:
            werker.terminate()
            try:
                werker.wait(GEDULD)
            except subprocess.TimeoutExpired:
                werker.kill()
