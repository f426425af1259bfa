"""What goes back to a school through DUO: a status, with `afgesloten` a reason, and a remark; never a free text."""

from __future__ import annotations

from dataclasses import dataclass

from routekaart.basis.fouten import Geweigerd
from routekaart.inhoud.codelijsten import Uitkomst, codelijst
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import voorgestelde_afsluitreden

KIES_REDEN = "Kies wat school via DUO te horen krijgt."


@dataclass(frozen=True, slots=True)
class Duoterug:
    """Status B, G or K; with G a closing reason 1-7; a remark 1-3 (contracten.md, section 2)."""

    status: str = Melding.DuoStatus.GESLOTEN
    afsluitreden: int | None = None
    opmerking: int | None = None

    @property
    def in_woorden(self) -> str:
        """'Via DUO: afgesloten, terug naar school, opleiding hervat.'"""
        delen = [Melding.DuoStatus(self.status).label]
        if self.afsluitreden is not None:
            delen.append(codelijst("duo-afsluitredenen").waarde(str(self.afsluitreden)).label)
        zin = f"Via DUO: {', '.join(delen)}."
        if self.opmerking is not None:
            zin += f" Opmerking: {codelijst('duo-afsluitopmerkingen').waarde(str(self.opmerking)).label}."
        return zin

    def als_gegevens(self) -> dict[str, object]:
        """As plain data, for the snapshot of what went out."""
        return {"status": str(self.status), "afsluitreden": self.afsluitreden, "opmerking": self.opmerking}


def voorstel_duo(uitkomst: Uitkomst, *, overleden: bool) -> Duoterug:
    """What this uitkomst proposes to tell DUO; without a reason the colleague chooses one."""
    reden = voorgestelde_afsluitreden(uitkomst, overleden=overleden)
    return Duoterug(afsluitreden=reden, opmerking=uitkomst.duo_opmerking)


def staat_klaar(melding: Melding) -> Duoterug | None:
    """What was set for this melding already; None where nothing is."""
    if not melding.duo_status:
        return None
    return Duoterug(melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking)


def zet_duo(melding: Melding, duo: Duoterug) -> list[str]:
    """Writes on a (locked) melding what goes back; it waits to be sent, unless exactly this was sent before.

    Returns the names of the fields to save. Refuses `afgesloten` without a reason.
    """
    if melding.duo_nummer is None:
        raise Geweigerd("Deze melding kwam niet via DUO. Kies een andere weg.", veld="kanaal")
    if duo.status not in Melding.DuoStatus.values:
        raise Geweigerd(KIES_REDEN, veld="duo")
    gesloten = duo.status == Melding.DuoStatus.GESLOTEN
    if gesloten and str(duo.afsluitreden or "") not in codelijst("duo-afsluitredenen"):
        raise Geweigerd(KIES_REDEN, veld="duo")
    if duo.opmerking is not None and str(duo.opmerking) not in codelijst("duo-afsluitopmerkingen"):
        raise Geweigerd("Kies een opmerking uit de lijst.", veld="duo_opmerking")
    nieuw = (str(duo.status), duo.afsluitreden if gesloten else None, duo.opmerking)
    if nieuw == (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking):
        return []
    melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking = nieuw
    melding.duo_terug_op = None
    return ["duo_status", "duo_afsluitreden", "duo_opmerking", "duo_terug_op"]
