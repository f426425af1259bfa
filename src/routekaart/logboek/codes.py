"""Log code → Dutch sentence. A test fails on a code that is used without a sentence, or never used.

The sentence names no person: who and about whom stand in the fields of the line.
"""

CODES: dict[str, str] = {
    "aanmelden.gelukt": "Meldde zich aan",
    "aanmelden.mislukt": "Probeerde zich aan te melden",
    "aanmelden.afgemeld": "Meldde zich af",
    "toegang.geweigerd": "Vroeg iets op zonder toegang",
    "toegang.bereik": "Kreeg of gaf toegang tot een dossier",
    "jongere.toegevoegd": "Voegde een jongere toe",
    "dossier.bekeken": "Bekeek een dossier",
    "werkproces.gestart": "Startte een werkproces",
    "werkproces.toegewezen": "Gaf een werkproces een behandelaar",
    "werkproces.heropend": "Opende een werkproces weer",
    "dossier.onderzocht": "Legde het dossieronderzoek vast",
    "contact.vastgelegd": "Legde een contactmoment vast",
    "contact.ingetrokken": "Trok een contactmoment in",
    "doelgroep.vastgesteld": "Stelde de doelgroep vast",
    "stap.overgeslagen": "Sloeg een stap over met uitleg",
    "stap.heropend": "Opende een stap weer",
    "fase.opnieuw": "Ging een fase nog eens door",
    "logboek.bekeken": "Bekeek het logboek",
    "logboek.gewist": "Wiste de inhoud van logregels",
}


def zin(code: str) -> str:
    """The sentence of a code; an unknown (older) code is shown as it is."""
    return CODES.get(code, code)
