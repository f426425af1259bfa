"""The screening of who leaves vo, pro or vso: how somebody stands on a day, and what is next (SCR-01 to SCR-09).

Two phases. Until 1 October schools say who leaves and where to, and who has no next school is asked: by letter, then
by telephone, then at home. From 1 October the enrolments decide: who is not there is approached, and who said to be
enrolled and is not shows by itself. Source: 002 par. 2.3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import (
    BIJ_HELPER,
    MOGELIJK_VSV,
    Antwoord,
    Feit,
    Soort,
    Vertrek,
    Vertrokken,
    soort_bestemming,
    vertrokken_van,
)
from routekaart.regels.signalen.feiten import Kader, Persoon, Schoolinschrijving
from routekaart.regels.uitleg import Feitwaarde, Uitleg, in_woorden, leg_uit

BRON = "002, par. 2.3 (screening in twee fasen)"
NODIG = frozenset({"inschrijvingen", "diplomas", "werk", "vrijstellingen", "uitstroom", "werkprocessen", "meldingen"})


class Staat(StrEnum):
    """How it stands with somebody now. Everybody is in exactly one."""

    BUITEN = "buiten"
    GEKWALIFICEERD = "gekwalificeerd"
    INGESCHREVEN = "ingeschreven"
    WERK = "werk"
    GEPLAATST = "geplaatst"
    BIJ_HELPER = "bij-helper"
    BEGELEIDING = "begeleiding"
    AFGEROND = "afgerond"
    ZEGT_AANGEMELD = "zegt-aangemeld"
    ONBEVESTIGD = "onbevestigd"
    GEHOORD = "gehoord"
    VERWACHT = "verwacht"
    BENADERD = "benaderd"
    NIET_BENADERD = "niet-benaderd"


GEVONDEN = frozenset({Staat.GEKWALIFICEERD, Staat.INGESCHREVEN, Staat.WERK, Staat.GEPLAATST})


class Stap(StrEnum):
    """What is to be done next."""

    ENQUETE = "enquete"
    WACHT = "wacht"
    TELEFOON = "telefoon"
    HUISBEZOEK = "huisbezoek"
    MELDING = "melding"
    CONTROLE = "controle"
    UITSLAG = "uitslag"
    PLAATSING = "plaatsing"
    GEEN = "geen"


TE_DOEN = (
    Stap.MELDING, Stap.HUISBEZOEK, Stap.TELEFOON, Stap.ENQUETE, Stap.UITSLAG, Stap.PLAATSING,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How somebody stands in the screening. `wanneer` is the day until which we wait, or from which the step is due.

    `gemist`: was on no school on 1 October and has no startkwalificatie (phase 2; until then False). `bereikt`: we
    spoke to somebody. `geplaatst`: a helper found a place.
    """

    vertrokken: Vertrokken
    vertrek: Vertrek
    staat: Staat
    stap: Stap
    uitleg: tuple[Uitleg, ...]
    wanneer: date | None = None
    met_diploma: bool = False
    gemist: bool = False
    bereikt: bool = False
    geplaatst: bool = False

    @property
    def mogelijk_vsv(self) -> bool:
        """No startkwalificatie and no next school that is known (SCR-02)."""
        return self.vertrek in MOGELIJK_VSV

    @property
    def gevonden(self) -> bool:
        return self.staat in GEVONDEN


def bepaal(
    persoon: Persoon,
    feiten: Sequence[Feit],
    kader: Kader,
    *,
    schooljaar: Schooljaar,
    handelt: frozenset[str] = frozenset(),
    getuigschrift: bool = False,
    gesproken: Sequence[date] = (),
) -> Stand | None:
    """How somebody stands in the screening of this schooljaar on the day; None for who did not leave.

    `feiten` in the order in which they were recorded. `handelt`: the soorten werkproces that handle it. `gesproken`:
    days on which a colleague spoke to her in a werkproces.
    """
    vertrokken = vertrokken_van(persoon, schooljaar)
    if vertrokken is None:
        return None
    return _Beoordeling(persoon, feiten, kader, vertrokken, handelt, getuigschrift, gesproken).stand()


class _Beoordeling:
    """The facts of one person beside each other; `stand` walks the states in their order of weight."""

    def __init__(
        self,
        persoon: Persoon,
        feiten: Sequence[Feit],
        kader: Kader,
        vertrokken: Vertrokken,
        handelt: frozenset[str],
        getuigschrift: bool,
        gesproken: Sequence[date],
    ) -> None:
        self.persoon, self.kader, self.vertrokken, self.handelt = persoon, kader, vertrokken, handelt
        self.op, self.teldatum = kader.op, vertrokken.teldatum
        gedaan = [feit for feit in feiten if feit.op <= self.op]
        self.feiten = [feit for _, feit in sorted(enumerate(gedaan), key=lambda paar: (paar[1].op, paar[0]))]
        self.getuigschrift = getuigschrift
        self.gesproken = [dag for dag in gesproken if vertrokken.vanaf <= dag <= self.op]
        self.vertrek = self._vertrek()

    def stand(self) -> Stand:
        deel = (
            self._buiten() or self._gekwalificeerd() or self._ingeschreven() or self._werk() or self._bij_helper()
            or self._begeleiding() or self._gehoord() or self._verwacht() or self._benader(vanaf=date.min)
        )  # fmt: skip
        buiten = deel.staat is Staat.BUITEN
        keten = self._laatste(BIJ_HELPER)
        return replace(
            deel,
            met_diploma=self._met_diploma(),
            gemist=not buiten and self._gemist(),
            bereikt=bool(self.gesproken) or any(een.gesproken or een.soort in BIJ_HELPER for een in self.feiten),
            geplaatst=not buiten and keten is not None and keten.soort is Soort.PLAATSING,
        )

    def _zo(
        self,
        staat: Staat,
        stap: Stap,
        regel: str,
        tekst: str,
        *,
        wanneer: date | None = None,
        **feiten: Feitwaarde,
    ) -> Stand:
        uitleg = (
            self._waarom_hier(),
            leg_uit(regel, tekst, bron=BRON, op=self.op, **feiten),
        )
        return Stand(
            vertrokken=self.vertrokken, vertrek=self.vertrek, staat=staat, stap=stap, uitleg=uitleg, wanneer=wanneer
        )

    def _waarom_hier(self) -> Uitleg:
        weg = self.vertrokken
        if weg.uit is not None:
            kwam = f"Ging op {in_woorden(weg.uit)} van {weg.schoolnaam} af."
        else:
            kwam = f"Gaat volgens de lijst van {weg.schoolnaam} van school in {weg.schooljaar}."
        if not weg.op_lijst:
            kwam += " Staat niet op een uitstroomlijst."
        elif weg.bestemming:
            kwam += f" School schreef als bestemming: {weg.bestemming}."
        else:
            kwam += " School schreef geen bestemming op."
        return leg_uit("SCR-01", kwam, bron=BRON, op=self.op, school=weg.schoolnaam, laatste_schooldag=weg.uit)

    # -- what stood on 1 October, or stands until then

    def _vertrek(self) -> Vertrek:
        if self._reden_buiten():
            return Vertrek.BUITEN
        if self.kader.heeft_startkwalificatie(self.persoon, min(self.op, self.teldatum)):
            return Vertrek.GEKWALIFICEERD
        return soort_bestemming(self.vertrokken.bestemming)

    def _gemist(self) -> bool:
        if self.op < self.teldatum or self.vertrek in {Vertrek.BUITEN, Vertrek.GEKWALIFICEERD}:
            return False
        return not self.persoon.lopend(self.teldatum)

    def _met_diploma(self) -> bool:
        van, tot = self.vertrokken.schooljaar.begin, min(self.op, self.teldatum)
        return self.getuigschrift or any(van <= een.behaald_op <= tot for een in self.persoon.diplomas)

    # -- the states, by weight

    def _reden_buiten(self) -> str:
        persoon, op = self.persoon, self.op
        if persoon.overleden_op is not None and persoon.overleden_op <= op:
            return "Is overleden. Stuur niets meer naar huis."
        if persoon.vertrokken_op is not None and persoon.vertrokken_op <= op:
            return "Is uit Nederland vertrokken."
        if not persoon.is_inwoner(op):
            return "Woont niet in deze regio."
        return "Is vrijgesteld van de plicht om naar school te gaan." if persoon.vrijgesteld(op) else ""

    def _buiten(self) -> Stand | None:
        reden = self._reden_buiten()
        return self._zo(Staat.BUITEN, Stap.GEEN, "SCR-02", reden) if reden else None

    def _gekwalificeerd(self) -> Stand | None:
        if not self.kader.heeft_startkwalificatie(self.persoon):
            return None
        return self._zo(Staat.GEKWALIFICEERD, Stap.GEEN, "SCR-02", "Heeft een startkwalificatie.")

    def _ingeschreven(self) -> Stand | None:
        """Before 1 October the next place that is known; from then on any place since that day."""
        if self.op >= self.teldatum:
            plekken = [
                een for een in self.persoon.inschrijvingen
                if een.van <= self.op and (een.tot is None or een.tot >= self.teldatum)
            ]  # fmt: skip
        else:
            plekken = [een for een in self.persoon.inschrijvingen if self._is_verder(een)]
        if not plekken:
            return None
        plek = min(plekken, key=lambda een: (een.van, een.school, een.onderwijssoort.value))
        tekst = f"Staat ingeschreven bij {plek.schoolnaam} ({plek.naam}) vanaf {in_woorden(plek.van)}."
        return self._zo(
            Staat.INGESCHREVEN, Stap.GEEN, "SCR-06", tekst, school=plek.schoolnaam, inschrijving_vanaf=plek.van
        )

    def _is_verder(self, een: Schoolinschrijving) -> bool:
        """An enrolment that goes on after this school: it began already elsewhere, or is known for later."""
        if een.tot is not None and een.tot < self.op:
            return False
        if self.vertrokken.uit is None:
            return een.van > self.op or een.school != self.vertrokken.school
        return een.tot is None or een.tot > self.vertrokken.uit

    def _werk(self) -> Stand | None:
        regio = self.kader.regio
        uren = [baan.uren for baan in self.persoon.werk if baan.loopt_op(self.op)]
        genoeg = self.kader.grenzen.baan_uren.op(self.op).waarde if regio.baan_uren is None else regio.baan_uren
        bekend = [een for een in uren if een is not None]
        telt = bool(uren) and (len(bekend) < len(uren) or math.fsum(bekend) >= genoeg)
        if not (regio.baan_telt and telt) or self.kader.plicht(self.persoon).status.is_plicht:
            return None
        return self._zo(Staat.WERK, Stap.GEEN, "SCR-07", "Heeft werk dat meetelt, en hoeft niet meer naar school.")

    def _bij_helper(self) -> Stand | None:
        laatste = self._laatste(BIJ_HELPER)
        if laatste is None or laatste.antwoord is Antwoord.GEEN_PLEK:
            return None
        bij = laatste.bij or "een helper"
        dag = in_woorden(laatste.op)
        if laatste.soort is Soort.PLAATSING:
            tekst = f"Kreeg op {dag} een plek bij {bij}."
            return self._zo(Staat.GEPLAATST, Stap.GEEN, "SCR-08", tekst, geplaatst_op=laatste.op)
        if laatste.soort is Soort.AANMELDING:
            tekst = f"Is op {dag} aangemeld bij {bij}. De uitslag kennen we nog niet."
            return self._zo(Staat.BIJ_HELPER, Stap.UITSLAG, "SCR-08", tekst, aangemeld_op=laatste.op)
        wat = "kan een plek krijgen" if laatste.antwoord is Antwoord.PLEK else "is verder verwezen"
        tekst = f"De uitslag van {dag}: {wat}, bij {bij}. De plaatsing kennen we nog niet."
        return self._zo(Staat.BIJ_HELPER, Stap.PLAATSING, "SCR-08", tekst, uitslag_op=laatste.op)

    def _begeleiding(self) -> Stand | None:
        """Somebody handles it by the route already, or did after she left."""
        open_ = [een for een in self.persoon.werkprocessen if een.soort in self.handelt and een.open_op(self.op)]
        if open_ or any(een.open_op(self.op) and not een.ingetrokken for een in self.persoon.meldingen):
            wat = "Er loopt een werkproces." if open_ else "Er is een melding, die wordt beoordeeld."
            return self._zo(Staat.BEGELEIDING, Stap.GEEN, "SCR-05", f"{wat} Het contact staat in het dossier.")
        gesloten = [
            een.afgesloten_op for een in self.persoon.werkprocessen
            if een.soort in self.handelt and een.afgesloten_op is not None
            and een.afgesloten_op > (self.vertrokken.uit or self.op)
        ]  # fmt: skip
        if not gesloten:
            return None
        tekst = f"Een werkproces is na het vertrek afgesloten, op {in_woorden(max(gesloten))}."
        return self._zo(Staat.AFGEROND, Stap.GEEN, "SCR-05", tekst, afgesloten_op=max(gesloten))

    def _gehoord(self) -> Stand | None:
        """What was said last, or that a colleague rounded it off."""
        beslist = [
            een for een in self.feiten
            if een.gesproken or een.soort is Soort.AFGEROND or een.antwoord is Antwoord.GEEN_PLEK
        ]  # fmt: skip
        if not beslist:
            return None
        laatste = beslist[-1]
        dag = in_woorden(laatste.op)
        if laatste.soort is Soort.AFGEROND:
            tekst = f"Op {dag} is besloten dat er verder niets nodig is."
            return self._zo(Staat.AFGEROND, Stap.GEEN, "SCR-05", tekst, afgerond_op=laatste.op)
        if laatste.antwoord is Antwoord.AANGEMELD:
            return self._aangemeld(laatste)
        bij = f" bij {laatste.bij}" if laatste.bij else ""
        tekst = {
            Antwoord.WERK: f"Vertelde op {dag} te werken{bij}.",
            Antwoord.ANDERS: f"Vertelde op {dag} hoe het gaat; er is geen nieuwe school.",
        }.get(laatste.antwoord or Antwoord.GEEN, f"De uitslag van {dag}: geen plek{bij}.")
        tekst += " Bekijk of begeleiding nodig is: maak een melding, of rond af met een reden."
        return self._zo(Staat.GEHOORD, Stap.MELDING, "SCR-05", tekst, gehoord_op=laatste.op)

    def _aangemeld(self, claim: Feit) -> Stand:
        """A claim of being enrolled: checked on 1 October, or some time after it was made."""
        na = claim.op + timedelta(days=self.kader.norm("screening_controle_dagen"))
        grens = self.teldatum if claim.op < self.teldatum else na
        school = claim.bij or "een school"
        zegt = f"Zei op {in_woorden(claim.op)} aangemeld te zijn bij {school}."
        if self.op < grens:
            tekst = f"{zegt} Vanaf {in_woorden(grens)} kijken we of dat in de registratie staat."
            return self._zo(Staat.ZEGT_AANGEMELD, Stap.CONTROLE, "SCR-03", tekst, wanneer=grens, gezegd_op=claim.op)
        tekst = f"{zegt} In de registratie staat geen inschrijving."
        verder = self._benader(vanaf=grens, brief=False)
        reden = leg_uit("SCR-07", tekst, bron=BRON, op=self.op, gezegd_op=claim.op, school=school)
        return replace(verder, staat=Staat.ONBEVESTIGD, uitleg=(verder.uitleg[0], reden, *verder.uitleg[1:]))

    def _verwacht(self) -> Stand | None:
        if self.op >= self.teldatum or self.vertrek is Vertrek.ONBEKEND or self.feiten:
            return None
        tekst = f"School weet waarheen. Op {in_woorden(self.teldatum)} kijken we of het gelukt is."
        return self._zo(Staat.VERWACHT, Stap.GEEN, "SCR-02", tekst, wanneer=self.teldatum)

    def _benader(self, *, vanaf: date, brief: bool = True) -> Stand:
        """The order of asking: enquête, telefoon, huisbezoek; who is not found that way gets a melding."""
        per_post = not any(feit.soort is Soort.GEEN_BRIEF for feit in self.feiten)
        sinds = [feit for feit in self.feiten if feit.op >= vanaf and feit.soort is not Soort.GEEN_BRIEF]
        enquetes = [feit.op for feit in sinds if feit.soort is Soort.ENQUETE]
        terug = [feit for feit in sinds if feit.soort is Soort.ANTWOORD]
        gebeld = sum(feit.soort is Soort.TELEFOON for feit in sinds)
        bezocht = sum(feit.soort is Soort.HUISBEZOEK for feit in sinds)
        staat = Staat.BENADERD if sinds else Staat.NIET_BENADERD
        if brief and not sinds and per_post:
            tekst = "Is nog niet gevraagd. Stuur eerst een enquête; bellen mag ook meteen."
            return self._zo(staat, Stap.ENQUETE, "SCR-03", tekst)
        if enquetes and not (terug or gebeld or bezocht):
            tot = enquetes[-1] + timedelta(days=self.kader.norm("screening_antwoord_dagen"))
            if self.op < tot:
                tekst = (
                    f"De enquête ging op {in_woorden(enquetes[-1])} weg. We wachten tot {in_woorden(tot)} op antwoord."
                )
                return self._zo(staat, Stap.WACHT, "SCR-03", tekst, wanneer=tot, verstuurd_op=enquetes[-1])
        if gebeld < self.kader.norm("screening_belpogingen") and not bezocht:
            if gebeld:
                tekst = f"Er is {gebeld} keer gebeld, zonder gehoor. Bel nog eens."
            elif per_post or enquetes:
                tekst = "Er kwam geen antwoord. Bel nu."
            else:
                tekst = "De enquête kan niet per post. Bel nu."
            return self._zo(staat, Stap.TELEFOON, "SCR-04", tekst, gebeld=gebeld)
        if bezocht < self.kader.norm("screening_huisbezoeken"):
            ook = f" en {bezocht} keer aangebeld" if bezocht else ""
            tekst = f"Er is {gebeld} keer gebeld{ook}, zonder gehoor. Ga langs."
            return self._zo(staat, Stap.HUISBEZOEK, "SCR-04", tekst, gebeld=gebeld, bezocht=bezocht)
        tekst = "Bellen en langsgaan gaven geen gehoor. Maak een melding, of rond af met een reden."
        return self._zo(staat, Stap.MELDING, "SCR-05", tekst, gebeld=gebeld, bezocht=bezocht)

    def _laatste(self, soorten: frozenset[Soort]) -> Feit | None:
        return next((feit for feit in reversed(self.feiten) if feit.soort in soorten), None)
