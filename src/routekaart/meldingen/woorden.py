"""A melding in words: what it is about, who reported, over which channel, and how much time is left."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.text import Truncator

from routekaart.basis.onderdelen import Etiket, Klok
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.meldingen.informatie import is_verzuim_18_plus
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import is_verzuim
from routekaart.personen.merken import merken_kort
from routekaart.regels.werkdagen import verschil
from routekaart.toegang.models import SoortWerk

NIVEAU = {"a": "Directe melding", "b": "Melding uit samenwerking", "c": "Eigen onderzoek"}
HERKOMST = {"school": "school", "partner": "partner", "verzorger": "ouder of verzorger", "overleg": "overleg"}


def naam(melding: Melding) -> str:
    """The name of the jongere, or as the melder gave it. `jongere` must have been selected along."""
    if melding.jongere is not None:
        return melding.jongere.naam
    return melding.opgegeven_naam or "Naam onbekend"


def merken(melding: Melding, *, op: dt.date) -> list[Etiket]:
    """What must show beside the name; nothing where we do not know who it is."""
    return merken_kort(melding.jongere, op=op) if melding.jongere is not None else []


def roepnaam(melding: Melding) -> str:
    """The name to call the jongere by; 'de jongere' where we do not know it."""
    if melding.jongere is not None and melding.jongere.aanspreeknaam:
        return melding.jongere.aanspreeknaam
    return melding.opgegeven_voornamen.split(" ")[0] or "de jongere"


def onderwerp(melding: Melding, *, verzuim: str) -> str:
    """What the melding is about, in a few words. `verzuim` is the absence in words, where it is known."""
    if is_verzuim(melding.soort):
        kop = "verzuim 18+" if is_verzuim_18_plus(melding) else "verzuim"
        if verzuim:
            return f"{kop}, {verzuim}"
        soorten = {"16-uur": "16 uur in 4 weken", "maand": "een maand of langer", "luxe": "luxeverzuim"}
        return f"{kop}, {soorten.get(melding.soort, 'overig')}"
    if melding.soort == "vsv" and melding.voorgenomen_uitschrijving:
        return "school wil uitschrijven"
    if melding.soort == "eigen-aanmelding" and (woorden := melding.verwachte_inzet or melding.reden):
        return f"“{Truncator(woorden).chars(44)}”"
    return _klein(soort_in_woorden(melding))


def soort_in_woorden(melding: Melding) -> str:
    """The soort melding as people say it; who has to go to school and is on none, is no vsv'er."""
    lijst = codelijst("meldingsoorten")
    if melding.soort_werk == SoortWerk.LEERPLICHT and melding.soort in lijst.codes:
        return str(lijst.waarde(melding.soort)["leerplicht"] or lijst.waarde(melding.soort).label)
    return label("meldingsoorten", melding.soort, anders=melding.soort)


def _klein(tekst: str) -> str:
    """Within a sentence: only the first letter changes, so that DUO stays DUO."""
    return tekst[:1].lower() + tekst[1:]


def herkomst(melding: Melding) -> str:
    """Who reported: 'school: ROC De Waarden', 'DUO: ROC De Waarden', 'zelf', 'eigen onderzoek: lijsten van DUO'."""
    organisatie = melding.melder_organisatie or melding.melder_naam
    if melding.melder_soort == "jongere":
        return f"zelf: {melding.melder_organisatie}" if melding.melder_organisatie else "zelf"
    if melding.melder_soort == "duo":
        return f"DUO: {organisatie}" if organisatie else "DUO"
    if melding.melder_soort == "onderzoek":
        return f"eigen onderzoek: {_klein(_kanaal(melding))}"
    wie = HERKOMST.get(melding.melder_soort, melding.melder_soort)
    return f"{wie}: {organisatie}" if organisatie else wie


def kanaal(melding: Melding) -> str:
    """The level and channel in one phrase: 'Directe melding van ROC De Waarden (a II)'."""
    van = melding.melder_organisatie or melding.melder_naam
    if melding.melder_soort in {"duo", "jongere", "onderzoek"}:
        via = {"duo": f" via DUO van {van}" if van else " via DUO", "jongere": " van de jongere zelf"}
        tussen = via.get(melding.melder_soort, f": {_klein(_kanaal(melding))}")
    else:
        tussen = f" van {van}" if van else ""
    nummer = melding.kanaal.partition(".")[2]
    return f"{NIVEAU.get(melding.niveau, 'Melding')}{tussen} ({melding.niveau} {nummer})"


def _kanaal(melding: Melding) -> str:
    lijst = codelijst("meldingskanalen")
    return str(lijst.waarde(melding.kanaal)["kort"]) if melding.kanaal in lijst else melding.kanaal


def klok(melding: Melding, *, op: dt.date, tekst: str = "") -> Klok:
    """The working days that are left: one block per day of the term of this regio."""
    totaal = max(1, verschil(timezone.localdate(melding.ontvangen_op), melding.termijn))
    over = verschil(op, melding.termijn)
    if over == 0 and op > melding.termijn:  # in the weekend after the last day
        return Klok(over=-1, totaal=totaal, tekst="te laat")
    return Klok(over=over, totaal=totaal, tekst=tekst if over == 0 else "")
