"""Makes the pictures of the README from a running demo: `uv run python docs/beeld/maak_beelden.py [address]`.

The pictures of the handleiding come from the browser test:
`ROUTEKAART_SCHERMAFDRUKKEN=docs/handleiding/beeld uv run pytest tests/browser/test_hele_reis.py`.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WACHTWOORD = "veldermeer-2026"  # as the demo prints it
HIER = Path(__file__).parent


def main(adres: str) -> None:
    with sync_playwright() as spel:
        browser = spel.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        pagina = browser.new_context(locale="nl-NL", viewport={"width": 1360, "height": 900}).new_page()
        pagina.goto(adres)
        pagina.locator("input[name=login]").fill("coach@veldermeer.example")
        pagina.locator("input[name=password]").fill(WACHTWOORD)
        with pagina.expect_navigation():
            pagina.keyboard.press("Enter")
        pagina.screenshot(path=HIER / "werkvoorraad.png")
        pagina.goto(f"{adres}/zoeken/?q=Yara+Dekkers")
        pagina.get_by_role("link", name="Yara Dekkers").first.click()
        pagina.screenshot(path=HIER / "route.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
