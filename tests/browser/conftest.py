"""Chromium for the browser tests: Debian's own, or another that is found. Without one these tests step aside.

Where they must not step aside (CI), ROUTEKAART_EIS_BROWSER=1 makes a missing browser a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

# playwright keeps an event loop running in this thread; Django's ORM would refuse to work beside it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VLAGGEN = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# what can break by the width alone, once everything was looked at on a wide screen
AXE_SMAL = ("target-size", "scrollable-region-focusable")
AXE_REGELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
BREED, TELEFOON, SMAL = 1360, 390, 320


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser and a server."""
    hier = Path(__file__).parent
    for item in items:
        if hier in item.path.parents:
            item.add_marker(pytest.mark.browser)


def vind_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium, or None."""
    for kandidaat in (os.environ.get("CHROMIUM"), *(shutil.which(naam) for naam in NAMEN)):
        if kandidaat and Path(kandidaat).exists():
            return kandidaat
    eigen = playwright.chromium.executable_path
    return eigen if Path(eigen).exists() else None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    """How Chromium starts."""
    pad = vind_chromium(playwright)
    if pad is None:
        zin = "Geen Chromium gevonden: de browsertests doen niet mee. Installeer chromium of zet CHROMIUM op het pad."
        if os.environ.get("ROUTEKAART_EIS_BROWSER") == "1":
            pytest.fail(zin, pytrace=False)
        pytest.skip(zin)
    argumenten = {**browser_type_launch_args, "executable_path": pad}
    argumenten["args"] = [*browser_type_launch_args.get("args", []), *VLAGGEN]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        argumenten["chromium_sandbox"] = False
    return argumenten


@pytest.fixture
def klachten() -> Iterator[list[str]]:
    """What the browser complains about (errors of script, the CSP, missing files). A test ends with none."""
    lijst: list[str] = []
    yield lijst
    assert lijst == []


@pytest.fixture
def open_als(browser: Browser, live_server: Any, klachten: list[str]) -> Iterator[Callable[..., Page]]:
    """`open_als(coach)` is a page in which the coach is signed in; None is nobody.

    Keyword arguments: `breed` in CSS pixels, `javascript=False`, and what else `Browser.new_context` takes.
    """
    gemaakt: list[BrowserContext] = []

    def open_(gebruiker: Any = None, *, breed: int = BREED, javascript: bool = True, **extra: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": breed, "height": 900},
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **extra,
        )
        gemaakt.append(context)
        if gebruiker is not None:
            client = Client()
            client.force_login(gebruiker)
            koek = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": koek.key, "value": koek.value, "url": live_server.url}])
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
        pagina.on("console", lambda regel: luister(regel))
        return pagina

    def luister(regel: ConsoleMessage) -> None:
        # a page that answers 400 or 404 on purpose is no complaint; the test itself looks at that
        if regel.type == "error" and "the server responded with a status of 4" not in regel.text:
            klachten.append(regel.text)

    yield open_
    for context in gemaakt:
        context.close()


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with a readable report where the page breaks WCAG 2.2 AA or good practice.

    `binnen`: look only within this selector, where something that was opened lies over the rest of the page.
    `smal`: the same page was judged on a wide screen already, so only what depends on the width is looked at again.
    """
    from axe_playwright_python.sync_playwright import Axe

    keurmeester = Axe()

    def keur(pagina: Page, *, binnen: str | None = None, smal: bool = False) -> None:
        regels: Any = {"type": "rule", "values": list(AXE_SMAL)} if smal else list(AXE_REGELS)
        # without preload: axe would fetch the @imports of our style once more, from the wrong folder
        uitslag = keurmeester.run(pagina, context=binnen, options={"runOnly": regels, "preload": False})
        assert uitslag.violations_count == 0, f"{pagina.url}\n{uitslag.generate_report()}"

    return keur


@pytest.fixture
def past_in_beeld() -> Callable[[Page], None]:
    """`past_in_beeld(page)` fails where the page scrolls sideways."""

    def meet(pagina: Page) -> None:
        breed, scherm = pagina.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert breed <= scherm, f"{pagina.url} is {breed} px breed op een scherm van {scherm} px"

    return meet
