"""What the contact page shows: the protocol with its attempts, the grid, the proposal, and all talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket, Padregel, Padstap, Raster
from routekaart.dossiers.contactprotocol import DAGDELEN, Poging, Stap, Voorstel, Zoektocht, dagdeel, zoektocht
from routekaart.dossiers.models import Contactmoment, Taak, Werkproces
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.inhoud.protocollen import Protocol
from routekaart.toegang.bereik import Toegang

ICONEN = {
    "brief": "brief",
    "telefoon": "telefoon",
    "app": "app",
    "e-mail": "email",
    "kantoor": "kantoor",
    "school": "school",
    "huisbezoek": "huisbezoek",
    "huisbezoek-onaangekondigd": "huisbezoek",
    "ketenpartner": "partner",
}
GEDAAN = {
    "brief": "Brief gestuurd",
    "telefoon": "Gebeld",
    "app": "App gestuurd",
    "e-mail": "E-mail gestuurd",
    "kantoor": "Gesprek op kantoor",
    "school": "Gesprek op school",
    "huisbezoek": "Huisbezoek",
    "huisbezoek-onaangekondigd": "Huisbezoek, niet aangekondigd",
    "ketenpartner": "Via een partner gezocht",
}


@dataclass(frozen=True)
class Contactbeeld:
    """Everything that the contact page shows. `momenten` are all that were not withdrawn, newest first."""

    tocht: Zoektocht
    momenten: list[Contactmoment]
    gepland: Taak | None
    nu: dt.datetime

    @property
    def vandaag(self) -> dt.date:
        return timezone.localdate(self.nu)

    @property
    def voorstel(self) -> Voorstel | None:
        return self.tocht.voorstel

    @property
    def zin(self) -> str:
        """How the search stands, in one sentence."""
        tocht = self.tocht
        if tocht.contact is not None:
            return f"Er is contact: je sprak elkaar op {taal.datum_kort(tocht.contact.moment, op=self.vandaag)}."
        if not tocht.pogingen:
            return "Er is nog niet gezocht."
        aantal = taal.meervoud(len(tocht.pogingen), "poging", "pogingen")
        sinds = taal.datum_kort(tocht.pogingen[0].moment, op=self.vandaag)
        return f"{aantal} sinds {sinds}, nog geen contact."

    @property
    def weken_om(self) -> str:
        """Until when the protocol says to go on; empty where it sets no end."""
        weken, pogingen = self.tocht.protocol.looptijd_weken, self.tocht.pogingen
        if weken is None or not pogingen:
            return ""
        einde = pogingen[0].moment.date() + dt.timedelta(weeks=weken)
        return f"Zoek hooguit {weken} weken: tot {taal.datum_kort(einde, op=self.vandaag)}."

    @property
    def pad(self) -> list[Padstap]:
        return [self._padstap(stap) for stap in self.tocht.stappen]

    @property
    def raster(self) -> Raster:
        voorstel = self.voorstel
        cel = None
        if voorstel is not None and voorstel.kanaal not in {"brief", "e-mail"}:
            cel = (DAGDELEN.index(dagdeel(voorstel.moment)), voorstel.moment.weekday())
        return Raster(rijen=self.tocht.raster, voorstel=cel)

    @property
    def voorstel_titel(self) -> str:
        voorstel = self.voorstel
        if voorstel is None:
            return ""
        if voorstel.moment.weekday() > 4:
            return "Probeer het in het weekend"
        return {
            "ochtend": "Probeer een ochtend",
            "middag": "Probeer een middag",
            "avond": "Probeer een avond",
        }[dagdeel(voorstel.moment)]

    @property
    def voorstel_zin(self) -> str:
        voorstel = self.voorstel
        if voorstel is None:
            return ""
        wat = label("contactkanalen", voorstel.kanaal).lower()
        dag = taal.datum_voluit(voorstel.moment, weekdag=True).rsplit(" ", 1)[0]
        return f"{voorstel.reden} Ons voorstel: {wat} op {dag} om {taal.tijd(voorstel.moment)}."

    def na_poging(self, kanaal: str, *, nu: dt.datetime) -> Voorstel | None:
        """What the protocol proposes once this attempt, of now, is in it."""
        erbij = Poging(timezone.localtime(nu).replace(tzinfo=None), kanaal, "geen-contact")
        alle = [*(als_poging(moment) for moment in self.momenten), erbij]
        return zoektocht(self.tocht.protocol, alle, vandaag=timezone.localdate(nu)).voorstel

    def _padstap(self, stap: Stap) -> Padstap:
        regels = [self._regel(poging) for poging in stap.pogingen]
        etiket: Etiket | None = None
        if stap.stand == "klaar":
            etiket = Etiket("gedaan", "goed")
        elif stap.stand == "niet-nodig":
            etiket = Etiket("niet nodig", "rustig")
        elif stap.stand == "nu" and self.gepland is not None:
            te_laat = self.gepland.due < self.vandaag
            regels.append(self._gepland(self.gepland, te_laat=te_laat))
            etiket = Etiket("te laat", "gevaar") if te_laat else None
        elif stap.stand == "open" and self.tocht.contact is None:
            etiket = Etiket("daarna", "lijn")
        status = {"klaar": "klaar", "nu": "nu"}.get(stap.stand, "open")
        return Padstap(stap.nummer, stap.titel, status, stap.uitleg, etiket, regels)  # type: ignore[arg-type]

    def _regel(self, poging: Poging) -> Padregel:
        resultaat = label("contactresultaten", poging.resultaat, anders=poging.resultaat).lower()
        if poging.brief:
            resultaat = resultaat if "brief" in resultaat else f"{resultaat}, brief achtergelaten"
        wat = GEDAAN.get(poging.kanaal, poging.kanaal)
        if poging.met != "jongere":
            wat = f"{wat}: {label('contactpartijen', poging.met).lower()}"
        return Padregel(
            ICONEN.get(poging.kanaal, "info"),
            taal.datumtijd_kort(poging.moment, op=self.vandaag),
            wat,
            resultaat,
            "etiket",
        )

    def _gepland(self, taak: Taak, *, te_laat: bool) -> Padregel:
        wanneer = taal.datum_kort(taak.due, op=self.vandaag)
        if taak.tijd is not None:
            wanneer = f"{wanneer}, {taal.tijd(taak.tijd)}"
        uitkomst = "uitkomst nog niet vastgelegd" if te_laat else "gepland"
        return Padregel("agenda", wanneer, taak.wat, uitkomst, "gevaar" if te_laat else "")


def contactmomenten(werkproces: Werkproces, *, toegang: Toegang) -> list[Contactmoment]:
    """All moments of the werkproces that were not withdrawn, newest first. One query."""
    rijen = (
        Contactmoment.objects.voor(toegang)
        .filter(werkproces=werkproces, ingetrokken_op__isnull=True)
        .select_related("door")
    )
    return list(rijen.order_by("-moment", "-pk"))


def als_poging(moment: Contactmoment) -> Poging:
    """A stored moment as the search reads it, in local time."""
    return Poging(
        moment=timezone.localtime(moment.moment).replace(tzinfo=None),
        kanaal=moment.kanaal,
        resultaat=moment.resultaat,
        met=moment.met,
        stap=moment.protocolstap,
        brief=moment.brief_achtergelaten,
        sleutel=str(moment.sleutel),
    )


def contactbeeld(
    protocol: Protocol, momenten: Sequence[Contactmoment], *, gepland: Taak | None, nu: dt.datetime
) -> Contactbeeld:
    """The search as it stands now."""
    tocht = zoektocht(protocol, [als_poging(moment) for moment in momenten], vandaag=timezone.localdate(nu))
    return Contactbeeld(tocht=tocht, momenten=list(momenten), gepland=gepland, nu=nu)


@dataclass(frozen=True)
class Gespreksregel:
    """One moment in the list of all talks and attempts."""

    rij: Contactmoment
    wat: str
    resultaat: Etiket


def gespreksregels(momenten: Sequence[Contactmoment]) -> list[Gespreksregel]:
    """The moments as they are read: what was done with whom, and what came of it."""
    regels = []
    for moment in momenten:
        tekst = label("contactresultaten", moment.resultaat, anders=moment.resultaat).lower()
        if moment.brief_achtergelaten and "brief" not in tekst:
            tekst = f"{tekst}, brief achtergelaten"
        gelukt = moment.resultaat == "contact"
        regels.append(Gespreksregel(moment, omschrijving(moment), Etiket(tekst, "goed" if gelukt else "rustig")))
    return regels


def omschrijving(moment: Contactmoment) -> str:
    """'Gebeld met school' or 'Huisbezoek': what was done, with whom where it was not the jongere."""
    wat = GEDAAN.get(moment.kanaal, label("contactkanalen", moment.kanaal, anders=moment.kanaal))
    if moment.met == "jongere":
        return wat
    wie = moment.met_naam or codelijst("contactpartijen").waarde(moment.met).label.lower()
    return f"{wat}, {wie}"
