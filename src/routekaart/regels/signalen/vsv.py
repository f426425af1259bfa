"""Possible vsv'ers by the target-group decision, and when an oud-vsv'er is due again (REG-08, OUD-01, OUD-02).

Nothing is decided anew here: `regels.doelgroep` says who is a dreigend, nieuwe or oud-vsv'er.
Source: 000, Aanpak and par. 3.2; 003, Doorstroompunt.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from routekaart.regels.doelgroep import Besluit, Doelgroep, Kenmerk
from routekaart.regels.leeftijd import jaren_later, wordt
from routekaart.regels.signalen.feiten import Kader, Persoon, Schoolinschrijving, Treffer, Werksoort
from routekaart.regels.uitleg import Gronden, Uitleg, in_woorden, leg_uit

BRON_OUD = "000, par. 3.2; 003, Aantal werkprocessen VSV"
BRON_WERK = "000, Doelgroepen 2; 003, Doorstroompunt"
VSV = frozenset({Doelgroep.DREIGEND_VSV, Doelgroep.NIEUWE_VSV, Doelgroep.OUD_VSV})


def uitval(persoon: Persoon, laatste: Schoolinschrijving | None, kader: Kader) -> date:
    """The last day of education; without any, the later of the day that the age was reached and coming here."""
    if laatste is not None and laatste.tot is not None:
        return laatste.tot
    volwassen = wordt(persoon.geboortedatum.eerste, kader.grenzen.doelgroep_ondergrens.op(kader.op).waarde)
    komst = persoon.in_nederland_sinds
    return komst if komst is not None and volwassen < komst <= kader.op else volwassen


def _besluit(persoon: Persoon, kader: Kader) -> Besluit | None:
    return kader.doelgroep(persoon) if persoon.in_regio and persoon.is_inwoner(kader.op) else None


def _vsv(persoon: Persoon, kader: Kader, doelgroep: Doelgroep) -> Treffer | None:
    besluit = _besluit(persoon, kader)
    if besluit is None or besluit.doelgroep is not doelgroep:
        return None
    lopend = persoon.lopend(kader.op)
    if lopend:  # the school has said that it will write her off
        voornemen = [een for een in persoon.meldingen if een.open_op(kader.op) and een.voorgenomen_uitschrijving]
        sinds = min(een.ontvangen_op for een in voornemen)
        return _treffer(f"voornemen:{sinds}", besluit, sinds, lopend[-1].school)
    laatste = persoon.laatste_school(kader.op)
    sinds = uitval(persoon, laatste, kader)
    return _treffer(f"uitval:{sinds}", besluit, sinds, laatste.school if laatste is not None else None)


def _treffer(aanleiding: str, besluit: Besluit, sinds: date, school: int | None) -> Treffer:
    return Treffer(
        aanleiding=aanleiding,
        gronden=besluit.gronden,
        sinds=sinds,
        school=school,
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def vsv_dreigend(persoon: Persoon, kader: Kader) -> Treffer | None:
    """A dreigend vsv'er by the target-group decision."""
    return _vsv(persoon, kader, Doelgroep.DREIGEND_VSV)


def vsv_nieuw(persoon: Persoon, kader: Kader) -> Treffer | None:
    """A nieuwe vsv'er by the target-group decision (not by the official count, which is another rule)."""
    return _vsv(persoon, kader, Doelgroep.NIEUWE_VSV)


def vsv_oud(persoon: Persoon, kader: Kader) -> Treffer | None:
    """An oud-vsv'er by the target-group decision."""
    return _vsv(persoon, kader, Doelgroep.OUD_VSV)


def laatst_benaderd(persoon: Persoon, dag: date) -> date | None:
    """The last day by then that somebody approached the person, or that her handling ended."""
    dagen = [moment for moment in persoon.benaderd if moment <= dag]
    dagen += [een.afgesloten_op for een in persoon.werkprocessen if een.afgesloten_op and een.afgesloten_op <= dag]
    return max(dagen, default=None)


def oud_vsv_jaarlijks(persoon: Persoon, kader: Kader) -> Treffer | None:
    """An oud-vsv'er whom we know, and whom nobody approached for a year (the months are a setting)."""
    laatst = laatst_benaderd(persoon, kader.op)
    if laatst is None:
        return None
    maanden = kader.norm("signaal_oud_vsv_maanden")
    jaren, rest = divmod(maanden, 12)
    weer = jaren_later(laatst, jaren) + timedelta(days=30 * rest)
    if kader.op < weer:
        return None
    besluit = _besluit(persoon, kader)
    if besluit is None or besluit.doelgroep is not Doelgroep.OUD_VSV:
        return None
    return Treffer(
        aanleiding=f"{laatst}:{(kader.op - laatst).days // 365}",
        gronden=Gronden(partial(_zin_weer, laatst, weer, maanden, kader.op), *besluit.gronden.delen),
        sinds=weer,
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def _zin_weer(laatst: date, weer: date, maanden: int, op: date) -> Uitleg:
    tekst = (
        f"De laatste keer dat we iets van ons lieten horen was {in_woorden(laatst)}. We benaderen iedere oud-vsv’er "
        f"ten minste eens per {maanden} maanden, en gaan daarna op huisbezoek."
    )
    return leg_uit("OUD-01", tekst, bron=BRON_OUD, op=op, laatst_benaderd_op=laatst, weer_vanaf=weer)


def werk_gestopt(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Work ended lately, and there is no enrolment: whom we left in peace because of the work is a vsv'er now."""
    gestopt = [baan.tot for baan in persoon.werk if baan.tot is not None and baan.tot < kader.op]
    sinds = max(gestopt, default=None)
    if sinds is None or sinds < kader.op - timedelta(days=kader.norm("signaal_werk_gestopt_dagen")):
        return None
    besluit = _besluit(persoon, kader)
    if besluit is None or besluit.doelgroep not in VSV or persoon.lopend(kader.op):
        return None
    verloren = Kenmerk.WERK_VERLOREN in besluit.kenmerken
    return Treffer(
        aanleiding=f"werk:{sinds}",
        gronden=Gronden(partial(_zin_gestopt, sinds, verloren, kader.op), *besluit.gronden.delen),
        sinds=sinds,
        werksoort=Werksoort.DOORSTROOMPUNT,
    )


def _zin_gestopt(sinds: date, verloren: bool, op: date) -> Uitleg:
    tekst = f"Het werk stopte op {in_woorden(sinds)}. Er is geen inschrijving op een school."
    return leg_uit("DGR-05", tekst, bron=BRON_WERK, op=op, werk_tot=sinds, werkte_op_teldatum=verloren)
