"""Acts on exchange with other registers: agree what goes, make the file, stop (REG-17).

What goes is kept per person, as a Verstrekking and as a line of the log, in the transaction that writes the file: it
leaves with its trace or not at all.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import laad
from routekaart.basis.nummers import volgend_nummer
from routekaart.delen.gronden import GRONDSLAGEN
from routekaart.delen.models import Verstrekking
from routekaart.leveringen.models import Kolomkoppeling, Uitgave, Uitwisseling
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import normaal
from routekaart.leveringen.uitvoer import GEVAARLIJK, als_csv, schrijf_werkblad
from routekaart.leveringen.uitwisselen import (
    UITSOORTEN,
    Keuze,
    Uitrij,
    gemeenten_binnen,
    kolommen_van,
    omgekeerd,
    rijen_van,
    tel,
)
from routekaart.logboek.acties import noteer_velen
from routekaart.regels.uitwisselen import ONTVANGERS, weigering
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import Schrijver, schrijf

KANAAL = "uitwisseling"
STUK = 1_000  # persons whose trace is written at once
MEESTE_IN_EXCEL = 1_000_000
VELDEN = (
    "naam", "ontvangersoort", "ontvanger", "brin", "grondslag", "doel", "waarom", "vorm", "scheiding", "codering",
)  # fmt: skip
GESTOPT = "Deze afspraak is gestopt. Maak een nieuwe."


@dataclass(frozen=True)
class Gemaakt:
    """What went out, and the file from its beginning; it is gone when it is closed."""

    uitgave: Uitgave
    bestand: IO[bytes]
    naam: str


@transaction.atomic
def spreek_af(
    soort: str,
    *,
    kolommen: Sequence[tuple[str, str]],
    koppeling: Kolomkoppeling | None,
    regio_id: int,
    toegang: Toegang,
    nu: dt.datetime,
    **velden: str,
) -> Uitwisseling:
    """Saves what goes to whom and in which form. `velden` are those of VELDEN. Raises Geweigerd."""
    afspraak = Uitwisseling(
        regio_id=regio_id,
        soort=soort,
        kolommen=[list(paar) for paar in kolommen],
        waarden=omgekeerd(koppeling.waarden, [onze for onze, _ in kolommen]) if koppeling else {},
        door_id=toegang.gebruiker_id or None,
        van=timezone.localdate(nu),
        **{naam: velden[naam].strip() if naam != "scheiding" else velden[naam] for naam in VELDEN},
    )
    if soort not in UITSOORTEN:
        raise Geweigerd("Kies wat er in het bestand staat", veld="soort")
    _keur(afspraak)
    if Uitwisseling.objects.filter(regio_id=regio_id, naam__iexact=afspraak.naam, tot=None).exists():
        raise Geweigerd("Er is al een afspraak met deze naam. Kies een andere naam", veld="naam")
    afspraak.save()
    inhoud = {naam: getattr(afspraak, naam) for naam in ("ontvanger", "doel", "grondslag", "waarom", "kolommen")}
    schrijf("uitwisseling.afgesproken", toegang=toegang, nu=nu, onderwerp=afspraak, inhoud=inhoud)
    return afspraak


def _keur(afspraak: Uitwisseling) -> None:
    """The four steps of sharing in order (PRV-04), then the form of the file. Raises Geweigerd."""
    ontvanger = ONTVANGERS.get(afspraak.ontvangersoort)
    if ontvanger is None or not afspraak.ontvanger:
        raise Geweigerd("Zeg wie het bestand krijgt", veld="ontvanger")
    if afspraak.grondslag not in GRONDSLAGEN:
        raise Geweigerd("Kies op welke grond je dit deelt", veld="grondslag")
    if not afspraak.doel:
        raise Geweigerd("Schrijf op waarvoor de ontvanger dit nodig heeft", veld="doel")
    onze = [naam for naam, _ in afspraak.kolommen]
    if reden := weigering(ontvanger, afspraak.soort, onze):
        raise Geweigerd(reden, veld="ontvangersoort")
    if not afspraak.waarom:
        raise Geweigerd("Schrijf op waarom de ontvanger elk van deze kolommen nodig heeft", veld="waarom")
    if ontvanger.eigen_leerlingen and not afspraak.brin:
        raise Geweigerd("Vul het BRIN van de school in: zij krijgt alleen haar eigen leerlingen", veld="brin")
    _keur_kolommen(afspraak)


def _keur_kolommen(afspraak: Uitwisseling) -> None:
    bekend = {kolom.naam for kolom in kolommen_van(afspraak.soort)}
    onze = [naam for naam, _ in afspraak.kolommen]
    if weg := [naam for naam in SOORTEN[afspraak.soort].verplicht if naam not in onze]:
        raise Geweigerd(f"Zonder ‘{weg[0]}’ kan niemand dit bestand lezen", veld=f"kolom-{weg[0]}")
    if vreemd := [naam for naam in onze if naam not in bekend]:
        raise Geweigerd(f"De kolom ‘{vreemd[0]}’ kennen we niet", veld=None)
    gezien: set[str] = set()
    for naam, hun in afspraak.kolommen:
        if not normaal(hun) or hun.startswith(GEVAARLIJK):
            raise Geweigerd(f"‘{hun}’ kan niet boven een kolom staan. Begin met een letter", veld=f"kolom-{naam}")
        if normaal(hun) in gezien:
            raise Geweigerd(f"‘{hun}’ staat er twee keer. Geef elke kolom een eigen naam", veld=f"kolom-{naam}")
        gezien.add(normaal(hun))


def eis_keuze(keuze: Keuze, *, toegang: Toegang) -> None:
    """Refuses a choice of nobody, of somebody out of reach, and of a period that ends before it begins."""
    if not keuze.gemeente_ids:
        raise Geweigerd("Kies van welke gemeenten je de jongeren deelt", veld="gemeenten")
    if not set(keuze.gemeente_ids) <= {gemeente.pk for gemeente in gemeenten_binnen(toegang)}:
        raise Geweigerd("Een van deze gemeenten hoort niet bij je werk", veld="gemeenten")
    if keuze.van and keuze.tot and keuze.tot < keuze.van:
        raise Geweigerd("De laatste dag ligt voor de eerste dag", veld="tot")


def maak_bestand(afspraak: Uitwisseling, keuze: Keuze, *, toegang: Toegang, nu: dt.datetime) -> Gemaakt:
    """Writes the file and who is in it. Memory does not grow with the rows. Raises Geweigerd; then nothing went."""
    eis_keuze(keuze, toegang=toegang)
    if afspraak.tot is not None:
        raise Geweigerd(GESTOPT)
    if reden := weigering(ONTVANGERS[afspraak.ontvangersoort], afspraak.soort, [naam for naam, _ in afspraak.kolommen]):
        raise Geweigerd(reden)
    telling = tel(afspraak, keuze, toegang=toegang)
    if not telling.rijen:
        raise Geweigerd(
            "Er gaat niemand mee. Kies meer gemeenten, een langere periode of alle jongeren.", veld="gemeenten"
        )
    if afspraak.vorm == Uitwisseling.Vorm.EXCEL and telling.rijen > MEESTE_IN_EXCEL:
        raise Geweigerd("Zo veel rijen passen niet in Excel. Maak een afspraak met CSV, of kies minder gemeenten.")
    bestand = tempfile.TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    try:
        with transaction.atomic():
            if not Uitwisseling.objects.select_for_update(no_key=True).filter(pk=afspraak.pk, tot=None).exists():
                raise Geweigerd(GESTOPT)
            uitgave = Uitgave(uitwisseling=afspraak, gemaakt_op=nu, door_id=toegang.gebruiker_id or None)
            boeking = _Boeking(afspraak, uitgave, toegang, nu)
            rijen = boeking.door(rijen_van(afspraak, keuze, toegang=toegang))
            _schrijf(bestand, afspraak, [hun for _, hun in afspraak.kolommen], rijen)
            uitgave.rijen, uitgave.personen = boeking.rijen, boeking.personen
            uitgave.alleen_lopend = keuze.alleen_lopend
            uitgave.periode_van, uitgave.periode_tot = keuze.van, keuze.tot
            gekozen = [een for een in gemeenten_binnen(toegang) if een.pk in keuze.gemeente_ids]
            uitgave.gemeenten = [gemeente.code for gemeente in gekozen]
            jaar = timezone.localdate(nu).year
            uitgave.nummer = f"U-{jaar}-{volgend_nummer('uitgave', jaar):04d}"
            uitgave.save()
            inhoud = {"ontvanger": afspraak.ontvanger, "rijen": uitgave.rijen, "personen": uitgave.personen}
            schrijf("uitwisseling.gemaakt", toegang=toegang, nu=nu, onderwerp=uitgave, inhoud=inhoud)
    except BaseException:
        bestand.close()
        raise
    bestand.seek(0)
    return Gemaakt(uitgave, bestand, f"{uitgave.nummer}-{afspraak.soort}.{afspraak.vorm}")


def _schrijf(uit: IO[bytes], afspraak: Uitwisseling, kop: Sequence[str], rijen: Iterable[Sequence[str]]) -> None:
    if afspraak.vorm == Uitwisseling.Vorm.EXCEL:
        schrijf_werkblad(uit, kop, rijen, blad=SOORTEN[afspraak.soort].naam[:31])
        return
    codering = "utf-8" if afspraak.codering == Uitwisseling.Codering.UTF8 else afspraak.codering
    if afspraak.codering == Uitwisseling.Codering.UTF8:
        uit.write("\ufeff".encode())  # tells Excel that it is UTF-8
    try:
        for regel in als_csv(kop, rijen, scheiding=afspraak.scheiding):
            uit.write(regel.encode(codering))
    except UnicodeEncodeError:
        raise Geweigerd(
            "In een naam staat een letter die Windows-1252 niet kent. Maak een afspraak met UTF-8. Er is niets gedeeld."
        ) from None


@dataclass
class _Boeking:
    """Lets rows through and keeps, person by person, what went: what the receiver got, without the number."""

    afspraak: Uitwisseling
    uitgave: Uitgave
    toegang: Toegang
    nu: dt.datetime
    rijen: int = 0
    personen: int = 0
    wacht: list[tuple[int, str]] = field(default_factory=list)

    def door(self, rijen: Iterable[Uitrij]) -> Iterator[tuple[str, ...]]:
        for jongere_id, van_haar in groupby(rijen, key=lambda rij: rij.jongere_id):
            eigen = [rij.cellen for rij in van_haar]
            self.rijen += len(eigen)
            self.personen += 1
            self.wacht.append((jongere_id, self._tekst(eigen)))
            yield from eigen
            if len(self.wacht) >= STUK:
                self._boek()
        self._boek()

    def _tekst(self, eigen: Sequence[Sequence[str]]) -> str:
        nummer = UITSOORTEN[self.afspraak.soort].nummer
        regels = [f"{SOORTEN[self.afspraak.soort].naam}, met het nummer van de jongere."]
        for cellen in eigen:
            paren = zip(self.afspraak.kolommen, cellen, strict=True)
            regels.append(", ".join(f"{naam}: {cel}" for (naam, _), cel in paren if naam != nummer and cel))
        return "\n".join(regels)

    def _boek(self) -> None:
        afspraak, schrijver = self.afspraak, Schrijver(toegang=self.toegang, nu=self.nu)
        onderwerp = f"leveringen.uitgave:{self.uitgave.sleutel}"
        vast = (afspraak.ontvanger, afspraak.doel, GRONDSLAGEN[afspraak.grondslag], KANAAL, self.nu)
        laad(
            Verstrekking,
            ("jongere_id", "inhoud", "door_id", "ontvanger", "doel", "grondslag", "kanaal", "op"),
            ((pk, {"tekst": tekst}, self.uitgave.door_id, *vast) for pk, tekst in self.wacht),
            nu=self.nu,
        )
        wat: Mapping[str, Any] = {"ontvanger": afspraak.ontvanger, "doel": afspraak.doel}
        regels = (
            schrijver.regel("uitwisseling.gedeeld", jongere_id=pk, onderwerp=onderwerp, inhoud=wat)
            for pk, _ in self.wacht
        )
        noteer_velen(regels, nu=self.nu)
        self.wacht.clear()


def stop_uitwisseling(afspraak: Uitwisseling, *, toegang: Toegang, nu: dt.datetime) -> None:
    """From now on nothing goes by it; what went stays known. Raises Geweigerd."""
    with transaction.atomic():
        lopend = Uitwisseling.objects.filter(pk=afspraak.pk, tot=None)
        if not lopend.update(tot=max(timezone.localdate(nu), afspraak.van)):
            raise Geweigerd("Deze afspraak is al gestopt.")
        schrijf("uitwisseling.gestopt", toegang=toegang, nu=nu, onderwerp=afspraak)
