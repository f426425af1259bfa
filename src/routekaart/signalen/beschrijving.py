"""The table of the rules in docs/ontwikkelen/signalen.md, made from the register; a test keeps the two the same."""

from __future__ import annotations

from routekaart.basis.parameters import STANDAARD
from routekaart.regels.signalen import SIGNAALREGELS, Signaalregel

BEGIN, EINDE = "<!-- begin regels -->", "<!-- einde regels -->"


def als_markdown() -> str:
    """One row per rule, one row per setting, between the marks."""
    regels = [
        BEGIN,
        "",
        "| code | finds | source | owner | holds | melding made of it | handled by |",
        "|---|---|---|---|---|---|---|",
        *(_rij(regel) for regel in SIGNAALREGELS.values()),
        "",
        "| setting | default | what | source |",
        "|---|---|---|---|",
        *(
            f"| `{code}` | {_waarde(standaard.waarde)} | {standaard.wat} | {standaard.bron} |"
            for code, standaard in STANDAARD.items()
            if code.startswith("signaal_")
        ),
        "",
        EINDE,
    ]
    return "\n".join(regels)


def _rij(regel: Signaalregel) -> str:
    vanaf = f"from {regel.vanaf}" if regel.vanaf else "always"
    tot = f"{vanaf} to {regel.tot}" if regel.tot else vanaf
    melding = f"`{regel.meldingsoort}`, {regel.kanaal}" if regel.meldingsoort else "none"
    werk = ", ".join(f"`{soort}`" for soort in regel.werkprocessen) or "-"
    wat = f"**{regel.naam}.** {regel.wat}"
    return f"| `{regel.code}` | {wat} | {regel.nummer}: {regel.bron} | {regel.eigenaar} | {tot} | {melding} | {werk} |"


def _waarde(waarde: object) -> str:
    return ("yes" if waarde else "no") if isinstance(waarde, bool) else str(waarde)
