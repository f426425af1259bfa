"""Many meldingen of the DUO-verzuimloket at once, as a delivery brings them.

`neem_duo_melding_aan` is the truth of what one row does. Here the ordinary row goes faster: a number that we do not
know yet, about somebody of the own regio whom a team serves, whose werkproces begins or goes on without anything
else changing; a later version of a melding that we know (duo_bijwerken.py); and the row that says what we know
already. Every other row goes through that act, in its turn.
The outcome is the same row for row (tests/meldingen/test_duo_velen.py).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import Json, laad, met_streepjes, nieuwe_sleutels, reserveer
from routekaart.basis.nummers import volgende_nummers
from routekaart.basis.sleutels import Sleutels
from routekaart.dossiers.acties_velen import ONTVANGEN, Aansluiting, Bediening, Werkprocessen
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.logboek.acties import noteer_velen
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties.duo import Resultaat, neem_duo_melding_aan, zoals_gestuurd
from routekaart.meldingen.acties.duo_bijwerken import Versie, werk_meldingen_bij
from routekaart.meldingen.acties.ontvangst import meldingnummer, oppaktermijn, zoals_gemeld
from routekaart.meldingen.doelgroep import Feitenbron, verzuimsoorten
from routekaart.meldingen.gegevens import DuoMelding, verzuim_per_dag
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from routekaart.meldingen.soorten import soort_werkproces, startroute
from routekaart.meldingen.versies import letterlijk, vingerafdruk_van
from routekaart.personen.acties import soort_werk_voor
from routekaart.personen.models import Jongere
from routekaart.regels.doelgroep import Besluit, beslis
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk
from routekaart.toegang.schrijven import Schrijver

_BINNEN = "een levering geldt voor de hele regio"
_VERWIJZINGEN = ("gemeente", "overdracht_gemeente", "jongere", "melder", "instelling")
_VERSIE = ("melding_id", "duo_versie", "inhoud", "vingerafdruk", "ontvangen_op", "levering_id")
_DAG = ("melding_id", "datum", "minuten", "hele_dag", "geoorloofd")


@dataclass(frozen=True, slots=True)
class Duorij:
    """One row: what it says, about whom, and of which school. `gemeente_onbekend`: where she lives is only a guess."""

    duo: DuoMelding
    jongere: Jongere
    instelling: Instelling
    gemeente_onbekend: bool = False


def neem_duo_meldingen_aan(
    rijen: Sequence[Duorij], *, toegang: Toegang, nu: dt.datetime, levering_id: int | None = None
) -> list[Resultaat | Geweigerd]:
    """Takes these rows in, in their order, in one transaction; gives for each what `neem_duo_melding_aan` would have
    given, or the refusal that it would have raised. The numbers of queries do not grow with the ordinary rows.
    """
    with transaction.atomic():
        return _Stapel(rijen, toegang=toegang, nu=nu, levering_id=levering_id).verwerk()


@dataclass(slots=True)
class _Klaar:
    """A row that has been thought out, and is written with the others."""

    plek: int
    rij: Duorij
    inhoud: str
    afdruk: str
    soort_werk: SoortWerk
    aansluiting: Aansluiting | None


class _Stapel:
    """The rows of one call. Rows about one jongere keep their order, also where one of them goes one by one."""

    def __init__(self, rijen: Sequence[Duorij], *, toegang: Toegang, nu: dt.datetime, levering_id: int | None) -> None:
        self.rijen, self.toegang, self.nu, self.levering_id = rijen, toegang, nu, levering_id
        self.op = timezone.localdate(nu)
        self.uitslagen: dict[int, Resultaat | Geweigerd] = {}
        self.klaar: list[_Klaar] = []
        # changes of known meldingen take no number and can wait; places in `rijen`
        self.uitgesteld: list[int] = []
        # about whom something goes one by one: what we read of them beforehand does not hold any more
        self.apart: set[int] = set()
        # by jongere: whether a melding of absence counted, and what was decided
        self.besluiten: dict[int, tuple[bool, Besluit]] = {}
        # by place: what the row says, written down, and its fingerprint
        teksten = [letterlijk(rij.duo.als_gegevens()) for rij in rijen]
        self.gezegd = [(tekst, vingerafdruk_van(tekst)) for tekst in teksten]
        self._lees_bekend()

    def _lees_bekend(self) -> None:
        """About whom the numbers are that we know, and which versions of them we have. Two queries."""
        nummers = {rij.duo.meldingsnummer for rij in self.rijen}
        meldingen = Melding.objects.alles(reden=_BINNEN).filter(regio_id=self.toegang.regio_id, duo_nummer__in=nummers)
        bekend = list(meldingen.values_list("pk", "duo_nummer", "jongere_id"))
        self.over: dict[str, int | None] = {nummer: jongere_id for _, nummer, jongere_id in bekend}
        self.afdrukken: defaultdict[str, set[str]] = defaultdict(set)
        op_pk = {pk: nummer for pk, nummer, _ in bekend}
        if op_pk:
            versies = Meldingversie.objects.alles(reden=_BINNEN).filter(melding__in_rij=Sleutels.van(op_pk))
            for pk, afdruk in versies.values_list("melding_id", "vingerafdruk"):
                self.afdrukken[op_pk[pk]].add(afdruk)

    def _lees_feiten(self) -> None:
        """Everything that new meldingen need, in a number of queries that does not depend on how many they are."""
        self.bron: Feitenbron | None = None
        nieuw = {rij.jongere.pk for rij in self.rijen if rij.duo.meldingsnummer not in self.over}
        if nieuw and self.toegang.regio_id is not None:
            self.bron = Feitenbron(nieuw, regio_id=self.toegang.regio_id, op=self.op)
            self.termijn = oppaktermijn(self.bron.instellingen, op=self.op)
            self.bediening = Bediening(self.toegang.regio_id)
            self.werkprocessen = Werkprocessen(
                regio_id=self.toegang.regio_id,
                bediening=self.bediening,
                instellingen=self.bron.instellingen,
                op=self.op,
                toegang=self.toegang,
                nu=self.nu,
            )
            gemeld = {rij.duo.soort for rij in self.rijen}
            self.werkprocessen.laad(nieuw, {soort_werkproces(soort, werk) for soort in gemeld for werk in SoortWerk})

    def verwerk(self) -> list[Resultaat | Geweigerd]:
        self._werk_bij(self._vooraf())
        self.apart.clear()  # what new meldingen need is read after this
        self._lees_feiten()
        for plek, rij in enumerate(self.rijen):
            if plek in self.uitslagen:
                continue
            nummer = rij.duo.meldingsnummer
            inhoud, afdruk = self.gezegd[plek]
            if nummer in self.over:
                if afdruk in self.afdrukken[nummer]:
                    self.uitslagen[plek] = "ongewijzigd"
                else:
                    self.uitgesteld.append(plek)
                    self.apart |= {rij.jongere.pk, self.over[nummer] or rij.jongere.pk}
                continue
            klaar = self._bereid(plek, rij, inhoud, afdruk)
            if klaar is None:
                self._schrijf()
                self._een(plek)
                continue
            self.klaar.append(klaar)
            self.over[nummer] = rij.jongere.pk
            self.afdrukken[nummer].add(afdruk)
        self._schrijf()
        return [self.uitslagen[plek] for plek in range(len(self.rijen))]

    def _vooraf(self) -> list[int]:
        """The later versions of known meldingen that may come before everything else: about whom no new melding
        stands before them.
        """
        vooraf: list[int] = []
        nieuw: set[int | None] = set()
        for plek, rij in enumerate(self.rijen):
            nummer = rij.duo.meldingsnummer
            if nummer not in self.over:
                nieuw.add(rij.jongere.pk)
            elif self.gezegd[plek][1] not in self.afdrukken[nummer] and not nieuw & {rij.jongere.pk, self.over[nummer]}:
                vooraf.append(plek)
        return vooraf

    def _werk_bij(self, plekken: Sequence[int]) -> None:
        """Later versions of known meldingen: together where that can be, else one by one."""
        if not plekken:
            return
        rijen = {plek: Versie(self.rijen[plek].duo, self.rijen[plek].jongere, *self.gezegd[plek]) for plek in plekken}
        gedaan = werk_meldingen_bij(rijen, toegang=self.toegang, nu=self.nu, levering_id=self.levering_id)
        self.uitslagen |= gedaan
        for plek in plekken:
            if plek not in gedaan:
                self._een(plek)
            elif not isinstance(gedaan[plek], Geweigerd):
                self.afdrukken[self.rijen[plek].duo.meldingsnummer].add(self.gezegd[plek][1])

    def _bereid(self, plek: int, rij: Duorij, inhoud: str, afdruk: str) -> _Klaar | None:
        """What an ordinary row leads to; None for one that must go one by one."""
        jongere, bron = rij.jongere, self.bron
        regio_id = self.toegang.regio_id
        if (
            bron is None
            or jongere.pk in self.apart
            or rij.gemeente_onbekend
            or rij.duo.status == "ingetrokken"
            or jongere.regio_id != regio_id
            or jongere.gemeente.regio_id != regio_id
        ):
            return None
        soort_werk = soort_werk_voor(jongere.geboren, op=self.op)
        bediend = self.bediening.team_id(jongere.gemeente_id, soort_werk) is not None
        if not bediend and soort_werk in self.bediening.soorten_werk:
            return None
        besluit = self._besluit(jongere, rij.duo.soort, bron)
        soort = soort_werkproces(rij.duo.soort, soort_werk, besluit)
        route = startroute(soort, besluit)
        aansluiting = None
        if route is not None:
            aansluiting = self.werkprocessen.sluit_aan(jongere, soort=soort, route=route, soort_werk=soort_werk)
            if aansluiting is None:
                return None
        return _Klaar(plek, rij, inhoud, afdruk, soort_werk, aansluiting)

    def _besluit(self, jongere: Jongere, soort: str, bron: Feitenbron) -> Besluit:
        """The proposed doelgroep, with this melding and those before it."""
        eerder = self.besluiten.get(jongere.pk)
        if eerder is not None and (eerder[0] or soort not in verzuimsoorten()):  # this one adds nothing
            return eerder[1]
        feiten = bron.feiten(jongere, erbij=[(soort, False)])
        besluit = beslis(feiten, grenzen=laad_grenzen())
        self.besluiten[jongere.pk] = feiten.verzuimmelding, besluit
        return besluit

    def _een(self, plek: int) -> None:
        """One row through the act for one."""
        rij = self.rijen[plek]
        self.apart.add(rij.jongere.pk)
        try:
            self.uitslagen[plek] = neem_duo_melding_aan(
                rij.duo,
                jongere=rij.jongere,
                instelling=rij.instelling,
                gemeente=rij.jongere.gemeente,
                gemeente_onbekend=rij.gemeente_onbekend,
                toegang=self.toegang,
                nu=self.nu,
                levering_id=self.levering_id,
            )
        except Geweigerd as fout:
            self.uitslagen[plek] = fout
            return
        nummer = rij.duo.meldingsnummer
        self.over.setdefault(nummer, rij.jongere.pk)
        self.afdrukken[nummer].add(self.gezegd[plek][1])

    def _schrijf(self) -> None:
        """Writes what is ready, then the changes that waited for it."""
        klaar, self.klaar = self.klaar, []
        uitgesteld, self.uitgesteld = self.uitgesteld, []
        # a werkproces that starts now is read anew by whoever comes to it after this
        self.apart |= {k.rij.jongere.pk for k in klaar if k.aansluiting and k.aansluiting.werkproces.bestaand is None}
        if klaar:
            try:
                with transaction.atomic():
                    self._laad(klaar)
            except IntegrityError:
                # in this very moment somebody brought one of these numbers, or opened a werkproces for one of them
                self.apart |= {k.rij.jongere.pk for k in klaar}
                for plek in (*(k.plek for k in klaar), *uitgesteld):
                    self._een(plek)
                return
            self.uitslagen |= {k.plek: "nieuw" for k in klaar}
        self._werk_bij(uitgesteld)

    def _laad(self, klaar: Sequence[_Klaar]) -> None:
        """The rows of every table. The numbers come as late as can be: who else needs one waits for us."""
        nu, jaar = self.nu, self.op.year
        ids = reserveer(Melding, len(klaar))
        vers = nieuwe_sleutels()
        sleutels = [next(vers) for _ in klaar]
        aansluitingen = [(k.aansluiting, pk) for k, pk in zip(klaar, ids, strict=True) if k.aansluiting is not None]
        self.werkprocessen.schrijf(aansluitingen, vers)
        nummers = volgende_nummers("melding", jaar, len(klaar))
        rijen = [
            {"id": pk, "sleutel": sleutel, "nummer": meldingnummer(jaar, nummer), **self._velden(k)}
            for k, pk, sleutel, nummer in zip(klaar, ids, sleutels, nummers, strict=True)
        ]
        laad(Melding, tuple(rijen[0]), (tuple(rij.values()) for rij in rijen), nu=nu)
        versies = (
            (pk, k.rij.duo.versie or 0, Json(k.inhoud), k.afdruk, nu, self.levering_id)
            for k, pk in zip(klaar, ids, strict=True)
        )
        laad(Meldingversie, _VERSIE, versies, nu=nu)
        dagen = (
            (pk, dag.datum, dag.minuten, dag.minuten is None, dag.geoorloofd)
            for k, pk in zip(klaar, ids, strict=True)
            for dag in verzuim_per_dag(k.rij.duo.uren).values()
        )
        laad(Verzuimregel, _DAG, dagen, nu=nu)
        noteer_velen(self._logregels(klaar, sleutels), nu=nu)

    def _velden(self, k: _Klaar) -> dict[str, Any]:
        """The Melding of a row. DUO acknowledges it by itself (meldingen/berichten.py)."""
        rij = k.rij
        velden = {
            "regio_id": self.toegang.regio_id,
            "gemeente": rij.jongere.gemeente,
            "soort_werk": k.soort_werk.value,
            "jongere": rij.jongere,
            "werkproces_id": k.aansluiting.werkproces.pk if k.aansluiting else None,
            "ontvangen_op": self.nu,
            "termijn": self.termijn,
            **zoals_gemeld(**zoals_gestuurd(rij.duo, instelling=rij.instelling, levering_id=self.levering_id)),
        }
        for naam in _VERWIJZINGEN:
            if (ding := velden.get(naam)) is not None:
                velden[naam] = ding.pk
        return velden

    def _logregels(self, klaar: Sequence[_Klaar], sleutels: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The lines in the order in which one by one they would come."""
        schrijver = Schrijver(toegang=self.toegang, nu=self.nu)
        for k, sleutel in zip(klaar, sleutels, strict=True):
            jongere_id, melding = k.rij.jongere.pk, met_streepjes(sleutel)
            if k.aansluiting is None:
                yield schrijver.regel(ONTVANGEN, jongere_id=jongere_id, onderwerp=f"meldingen.melding:{melding}")
                continue
            lopend, code = k.aansluiting
            werkproces = f"dossiers.werkproces:{met_streepjes(lopend.sleutel)}"
            if code == ONTVANGEN:
                yield schrijver.regel("werkproces.gestart", jongere_id=jongere_id, onderwerp=werkproces)
            yield schrijver.regel(code, jongere_id=jongere_id, onderwerp=werkproces, inhoud={"melding": melding})
