"""Acts on deliveries: look at one (proef), take one in, throw a looked-at one away. Each is one transaction."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.inrichten import gemeentecodes
from routekaart.basis.models import Gemeente, Regio
from routekaart.basis.nummers import volgend_nummer
from routekaart.basis.taal import datum_voluit, opsomming
from routekaart.leveringen.inlezen import Bron, Telling, Voortgang, bied_opnieuw_aan, open_bron, publiceer
from routekaart.leveringen.koppelingen import Vertaling
from routekaart.leveringen.models import Kolomkoppeling, Levering, Uitvalrij, Vermissing
from routekaart.leveringen.opslag import Kopie, bewaar, bewaarde_kopie, gooi_weg, kopie_van, stukken_van
from routekaart.leveringen.publiceren import Inlezing, Publicatie
from routekaart.leveringen.publiceren.eindigbaar import EINDIGBAAR
from routekaart.leveringen.publiceren.publicatie import in_stukken
from routekaart.leveringen.soorten.velden import Lijsten
from routekaart.leveringen.uitvalrijen import maak_uitvalrijen
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

# kinds that also come as all there is in an area on one day
VOLLEDIG_MOGELIJK = frozenset({"brp", *EINDIGBAAR})
MAX_OVER = 500  # more row numbers than this are not named in one question
WEG_TE_GOOIEN = (Levering.Stand.PROEF, Levering.Stand.KOPPELEN, Levering.Stand.GEWEIGERD)
AL_GEDAAN = "Deze levering is al ingelezen of weggegooid. Ververs de pagina."


@dataclass(frozen=True, kw_only=True)
class Aanpak:
    """How a delivery is meant: mutations, or all there is in an area (gemeentecodes; none: the region) on a day.

    `koppeling` names a saved mapping of its columns; without it the one that fits is found. `herkomst`: how it came.
    """

    aard: str = Levering.Aard.MUTATIES
    peildatum: dt.date | None = None
    gebied: Sequence[str] = ()
    koppeling: str = ""
    herkomst: str = Levering.Herkomst.OPDRACHT

    @property
    def volledig(self) -> bool:
        return self.aard == Levering.Aard.VOLLEDIG


@dataclass(frozen=True, kw_only=True)
class Uitkomst:
    """What taking a delivery in did, or would do. `levering` is None after a trial that is not kept."""

    soort: str
    telling: Telling
    onbekende_kolommen: tuple[str, ...]
    vorm: str
    levering: Levering | None = None
    opgelost: int = 0
    vermist: int | None = None


@dataclass
class _Bezig:
    """One delivery under way."""

    bron: Bron
    levering: Levering
    toegang: Toegang
    nu: dt.datetime
    aanpak: Aanpak
    lijsten: Lijsten
    opgelost: int = 0
    telling: Telling = field(default_factory=Telling)


MUTATIES = Aanpak()
# seconds between tries to reach a database that went away
GEDULD = (1, 2, 4, 8, 16)
# what SQLite and PostgreSQL say where there is no room
SCHIJF_VOL = ("disk is full", "disk I/O error", "No space left on device")
VRAAG_RUIMTE = "Er is niets veranderd. Vraag de beheerder om ruimte en probeer het dan opnieuw."


class Tijdelijk(Geweigerd):
    """Refused because somebody works at the same time: later it may go well."""


def neem_levering_in(
    soort: str,
    pad: Path,
    *,
    regio: Regio,
    toegang: Toegang,
    nu: dt.datetime,
    naam: str = "",
    proef: bool = False,
    aanpak: Aanpak = MUTATIES,
    voortgang: Voortgang | None = None,
) -> Uitkomst:
    """Takes a file in as a delivery of this kind; `proef` gives what would change and changes nothing.

    Raises Geweigerd, and then nothing changed at all: no fact, no row, no file kept.
    """
    with kopie_van(stukken_van(pad), naam=naam or pad.name) as kopie:
        bezig = _open(soort, kopie, regio=regio, toegang=toegang, nu=nu, aanpak=aanpak, voortgang=voortgang)
        if proef:
            return _zonder_levering(met_geduld(lambda: _proefdraai(bezig, voortgang)))
        with _bewaard(kopie, bezig.levering):
            return met_geduld(lambda: _neem_in(bezig, voortgang))


def _neem_in(bezig: _Bezig, voortgang: Voortgang | None) -> Uitkomst:
    """Everything of one delivery, in one transaction."""
    with _vertaald(), transaction.atomic():
        uitkomst = _verwerk(bezig, voortgang)
        _leg_vast(bezig)
    return uitkomst


def bekijk_levering(
    soort: str,
    stukken: Iterator[bytes],
    *,
    naam: str,
    regio: Regio,
    toegang: Toegang,
    nu: dt.datetime,
    aanpak: Aanpak = MUTATIES,
) -> Levering:
    """Keeps an uploaded file as a trial with what it would change; nothing of it is taken in yet. Raises Geweigerd."""
    with kopie_van(stukken, naam=naam) as kopie:
        bezig = _open(soort, kopie, regio=regio, toegang=toegang, nu=nu, aanpak=aanpak)
        uitkomst = _proefdraai(bezig)
        proef = _nieuwe_levering(bezig.bron, kopie, regio=regio, toegang=toegang, nu=nu, aanpak=aanpak)
        with _vertaald(), _bewaard(kopie, proef), transaction.atomic():
            _bewaar_proef(proef, bezig, uitkomst)
    return proef


def bekijk_bewaarde(
    levering: Levering, *, toegang: Toegang, nu: dt.datetime, houder: str = "", voortgang: Voortgang | None = None
) -> None:
    """Looks at a file that is kept already: what it would change. Raises Geweigerd; then it stays as it was."""
    with bewaarde_kopie(levering) as kopie:
        bezig = _open_weer(levering, kopie, toegang=toegang, nu=nu, voortgang=voortgang)
        uitkomst = _proefdraai(bezig, voortgang)
        with _vertaald(), transaction.atomic():
            eigen = Levering.objects.select_for_update().filter(pk=levering.pk, stand=levering.stand, houder=houder)
            if (proef := eigen.first()) is None:
                raise Geweigerd(AL_GEDAAN)
            proef.uitvalrijen.all().delete()
            _bewaar_proef(proef, bezig, uitkomst)
    levering.refresh_from_db()


def kijk_vooraf[T](proef: Levering, kijk: Callable[[Levering], T], *, toegang: Toegang, nu: dt.datetime) -> T:
    """What `kijk` sees of a file that was looked at, as if it were taken in; nothing of it stays. Raises Geweigerd."""
    if proef.stand != Levering.Stand.PROEF:
        raise Geweigerd(AL_GEDAAN)
    with bewaarde_kopie(proef) as kopie:
        bezig = _open_weer(proef, kopie, toegang=toegang, nu=nu, voortgang=None)
        with _vertaald(), transaction.atomic():
            _verwerk(bezig)
            gezien = kijk(bezig.levering)
            transaction.set_rollback(True)
    return gezien


def _proefdraai(bezig: _Bezig, voortgang: Voortgang | None = None) -> Uitkomst:
    """What publishing would do; nothing of it stays."""
    with _vertaald(), transaction.atomic():
        uitkomst = _verwerk(bezig, voortgang)
        transaction.set_rollback(True)
    return uitkomst


def _bewaar_proef(proef: Levering, bezig: _Bezig, uitkomst: Uitkomst) -> None:
    """The trial with its counts and its uitval. Within a transaction."""
    gezien = bezig.levering
    proef.stand, proef.taak, proef.houder, proef.hartslag, proef.reden = Levering.Stand.PROEF, "", "", None, ""
    proef.soort, proef.vorm, proef.koppeling = gezien.soort, gezien.vorm, gezien.koppeling
    proef.onbekende_kolommen, proef.vermist = gezien.onbekende_kolommen, uitkomst.vermist
    for veld, aantal in uitkomst.telling.als_velden().items():
        setattr(proef, veld, aantal)
    proef.save()
    kolommen = bezig.bron.tabel.kolommen
    Uitvalrij.objects.bulk_create(maak_uitvalrijen(proef.pk, kolommen, uitkomst.telling.voorbeelden))
    schrijf("levering.bekeken-vooraf", toegang=bezig.toegang, nu=bezig.nu, onderwerp=proef)


def houd_vast(
    soort: str,
    stukken: Iterator[bytes],
    *,
    naam: str,
    regio: Regio,
    toegang: Toegang,
    nu: dt.datetime,
    aanpak: Aanpak = MUTATIES,
    taak: str = "",
) -> Levering:
    """Keeps an uploaded file without looking at its rows: until somebody says which column is which, or, with `taak`
    bekijken, until a process of its own looks at it. Raises Geweigerd.
    """
    _eis_aanpak(aanpak, regio, op=timezone.localdate(nu))
    with kopie_van(stukken, naam=naam) as kopie:
        levering = Levering(
            regio=regio,
            soort=soort,
            bestandsnaam=kopie.naam,
            sha256=kopie.sha256,
            gestart_op=nu,
            door_id=toegang.gebruiker_id or None,
            aard=aanpak.aard,
            peildatum=aanpak.peildatum,
            gebied=list(aanpak.gebied),
            herkomst=aanpak.herkomst,
            stand=Levering.Stand.WACHT if taak else Levering.Stand.KOPPELEN,
            taak=taak,
        )
        with _vertaald(), _bewaard(kopie, levering), transaction.atomic():
            levering.save()
            schrijf("levering.ontvangen", toegang=toegang, nu=nu, onderwerp=levering)
    return levering


def lees_proef_in(proef: Levering, *, toegang: Toegang, nu: dt.datetime) -> Uitkomst:
    """Takes a file in that was looked at before, once. Raises Geweigerd."""
    if proef.stand != Levering.Stand.PROEF:
        raise Geweigerd(AL_GEDAAN)
    return lees_bewaarde_in(proef, toegang=toegang, nu=nu)


def lees_bewaarde_in(
    levering: Levering, *, toegang: Toegang, nu: dt.datetime, houder: str = "", voortgang: Voortgang | None = None
) -> Uitkomst:
    """Takes the kept file of a delivery in, if it still stands as it does now, with this holder. Raises Geweigerd."""
    with bewaarde_kopie(levering) as kopie:
        bezig = _open_weer(levering, kopie, toegang=toegang, nu=nu, voortgang=voortgang)
        with _vertaald(), transaction.atomic():
            zelfde = Levering.objects.select_for_update().filter(pk=levering.pk, stand=levering.stand, houder=houder)
            if (eigen := zelfde.first()) is None:
                raise Geweigerd(AL_GEDAAN)
            eigen.uitvalrijen.all().delete()
            eigen.gestart_op, eigen.door_id, eigen.stand = nu, toegang.gebruiker_id or None, Levering.Stand.INGELEZEN
            eigen.taak, eigen.houder, eigen.hartslag, eigen.reden = "", "", None, ""
            for veld in ("regels", "nieuw", "gewijzigd", "ongewijzigd", "uitval"):
                setattr(eigen, veld, 0)
            bezig.levering = eigen
            uitkomst = _verwerk(bezig, voortgang)
            _leg_vast(bezig)
    levering.refresh_from_db()
    return uitkomst


def _open_weer(
    levering: Levering, kopie: Kopie, *, toegang: Toegang, nu: dt.datetime, voortgang: Voortgang | None
) -> _Bezig:
    """A kept file, opened as it was meant when it came in. Raises Geweigerd."""
    aanpak = Aanpak(
        aard=levering.aard, peildatum=levering.peildatum, gebied=levering.gebied, herkomst=levering.herkomst
    )
    return _open(
        levering.soort,
        kopie,
        regio=levering.regio,
        toegang=toegang,
        nu=nu,
        aanpak=aanpak,
        koppeling=levering.koppeling,
        voortgang=voortgang,
    )


def verwerp_proef(proef: Levering, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Throws a file away that was not taken in. Raises Geweigerd where it was taken in meanwhile, or is being."""
    with transaction.atomic():
        eigen = Levering.objects.select_for_update().filter(pk=proef.pk, stand__in=WEG_TE_GOOIEN).first()
        if eigen is None:
            raise Geweigerd(AL_GEDAAN)
        naam = eigen.bestand.name
        eigen.uitvalrijen.all().delete()
        schrijf("levering.verworpen", toegang=toegang, nu=nu, onderwerp=eigen)
        eigen.delete()
        if naam:  # of what was refused in the watched folder we keep no copy
            transaction.on_commit(lambda: gooi_weg(naam))


def _open(
    soort: str,
    kopie: Kopie,
    *,
    regio: Regio,
    toegang: Toegang,
    nu: dt.datetime,
    aanpak: Aanpak,
    koppeling: Kolomkoppeling | None = None,
    voortgang: Voortgang | None = None,
) -> _Bezig:
    """Everything that can be refused before anything is written."""
    _eis_aanpak(aanpak, regio, op=timezone.localdate(nu))
    lijsten = Lijsten(gemeentecodes(), timezone.localdate(nu))
    vertaling = Vertaling(regio.pk, timezone.localdate(nu), naam=aanpak.koppeling, koppeling=koppeling)
    bron = open_bron(soort, kopie.pad, lijsten, regio_id=regio.pk, vertaal=vertaling, voortgang=voortgang)
    if aanpak.volledig and bron.soort.code not in VOLLEDIG_MOGELIJK:
        mogelijk = opsomming(sorted(VOLLEDIG_MOGELIJK))
        raise Geweigerd(f"Alleen {mogelijk} kun je als volledig gebied inlezen.", veld="aard")
    levering = _nieuwe_levering(bron, kopie, regio=regio, toegang=toegang, nu=nu, aanpak=aanpak)
    levering.koppeling = vertaling.gebruikt
    return _Bezig(bron, levering, toegang, nu, aanpak, lijsten)


def _eis_aanpak(aanpak: Aanpak, regio: Regio, *, op: dt.date) -> None:
    """Of a day that has not come nobody can know all there is, and of another region we know too little to miss."""
    if aanpak.peildatum is not None and aanpak.peildatum > op:
        dag = datum_voluit(aanpak.peildatum)
        raise Geweigerd(f"De dag {dag} ligt in de toekomst. Kies vandaag of een eerdere dag.", veld="peildatum")
    eigen = set(Gemeente.objects.filter(regio=regio, code__in=aanpak.gebied).values_list("code", flat=True))
    if vreemd := [code for code in aanpak.gebied if code not in eigen]:
        raise Geweigerd(f"Gemeente {opsomming(vreemd)} hoort niet bij {regio}.", veld="gebied")


def _nieuwe_levering(
    bron: Bron, kopie: Kopie, *, regio: Regio, toegang: Toegang, nu: dt.datetime, aanpak: Aanpak
) -> Levering:
    return Levering(
        regio=regio,
        soort=bron.soort.code,
        bestandsnaam=kopie.naam,
        sha256=kopie.sha256,
        gestart_op=nu,
        door_id=toegang.gebruiker_id or None,
        onbekende_kolommen=list(bron.kolommen.onbekend),
        vorm=bron.tabel.vorm,
        aard=aanpak.aard,
        peildatum=aanpak.peildatum,
        gebied=list(aanpak.gebied),
        herkomst=aanpak.herkomst,
    )


def _verwerk(bezig: _Bezig, voortgang: Voortgang | None = None) -> Uitkomst:
    """Publishes the rows under the levering and fills in its counts. Within a transaction."""
    levering = bezig.levering
    # one delivery per region at a time; NO KEY, so that other work may still point at the region
    Regio.objects.select_for_update(no_key=True).get(pk=levering.regio_id)
    levering.save()
    inlezing = Inlezing(levering.regio_id, bezig.toegang, bezig.nu, levering.pk, volledig=bezig.aanpak.volledig)
    bezig.telling, publicatie = publiceer(bezig.bron, inlezing, voortgang=voortgang)
    if bezig.aanpak.volledig:
        levering.vermist = _bewaar_vermisten(bezig, publicatie)
    if inlezing.nieuwe_personen:
        bezig.opgelost = bied_opnieuw_aan(inlezing, bezig.lijsten)
    for veld, aantal in bezig.telling.als_velden().items():
        setattr(levering, veld, aantal)
    return Uitkomst(
        soort=levering.soort,
        telling=bezig.telling,
        onbekende_kolommen=bezig.bron.kolommen.onbekend,
        vorm=bezig.bron.tabel.vorm,
        levering=levering,
        opgelost=bezig.opgelost,
        vermist=levering.vermist,
    )


def _leg_vast(bezig: _Bezig) -> None:
    """The log line and, as the last statements, the number and the counts."""
    levering = bezig.levering
    inhoud = {**bezig.telling.als_velden(), "soort": levering.soort, "sha256": levering.sha256}
    schrijf("levering.ingelezen", toegang=bezig.toegang, nu=bezig.nu, onderwerp=levering, inhoud=inhoud)
    _neem_uitval_over(bezig)
    jaar = timezone.localdate(bezig.nu).year
    levering.nummer = f"L-{jaar}-{volgend_nummer('levering', jaar):04d}"
    levering.save()


def _neem_uitval_over(bezig: _Bezig) -> None:
    """Rows that wait with an earlier reading of exactly this file wait with this one from now on, not twice; what
    somebody mended or set aside then need not be done again.
    """
    levering = bezig.levering
    eerder = Levering.objects.filter(
        regio_id=levering.regio_id, soort=levering.soort, sha256=levering.sha256, stand=Levering.Stand.INGELEZEN
    ).exclude(pk=levering.pk)
    rijen = Uitvalrij.objects.filter(levering__in=eerder)
    met_de_hand = rijen.exclude(hoe=Uitvalrij.Hoe.VANZELF).order_by("pk")
    gedaan = {rij.rij: rij for rij in met_de_hand}
    velden = ("hoe", "motivatie", "opgelost_op", "opgelost_door_id", "wijziging")
    over = []
    for rij in levering.uitvalrijen.filter(rij__in=gedaan) if len(gedaan) < MAX_OVER else levering.uitvalrijen.all():
        if (was := gedaan.get(rij.rij)) is not None:
            for veld in velden:
                setattr(rij, veld, getattr(was, veld))
            over.append(rij)
    Uitvalrij.objects.bulk_update(over, [veld.removesuffix("_id") for veld in velden], batch_size=100)
    rijen.filter(opgelost_op=None).update(opgelost_op=bezig.nu)


def _bewaar_vermisten(bezig: _Bezig, publicatie: Publicatie) -> int:
    """Lists what a full delivery did not hold; nothing ends by itself."""
    levering, aanpak = bezig.levering, bezig.aanpak
    peildatum = aanpak.peildatum or timezone.localdate(bezig.nu)
    gemeenten = Gemeente.objects.filter(regio_id=levering.regio_id)
    if aanpak.gebied:
        gemeenten = Gemeente.objects.filter(code__in=aanpak.gebied)
    aantal = 0
    gevonden = publicatie.vermist(peildatum=peildatum, gemeente_ids=list(gemeenten.values_list("pk", flat=True)))
    for stuk in in_stukken(gevonden, 1000):
        aantal += len(stuk)
        Vermissing.objects.bulk_create(
            Vermissing(levering=levering, jongere_id=jongere_id, wat=wat[:160]) for jongere_id, wat in stuk
        )
    return aantal


def _zonder_levering(uitkomst: Uitkomst) -> Uitkomst:
    return Uitkomst(
        soort=uitkomst.soort,
        telling=uitkomst.telling,
        onbekende_kolommen=uitkomst.onbekende_kolommen,
        vorm=uitkomst.vorm,
        opgelost=uitkomst.opgelost,
        vermist=uitkomst.vermist,
    )


@contextmanager
def _bewaard(kopie: Kopie, levering: Levering) -> Iterator[None]:
    """Keeps the file under the levering; what fails afterwards takes the file along."""
    naam = bewaar(kopie, levering)
    levering.bestand.name = naam
    try:
        yield
    except BaseException:
        gooi_weg(naam)
        raise


@contextmanager
def _vertaald() -> Iterator[None]:
    """What the database refuses because somebody works at the same time, in words."""
    try:
        yield
    except IntegrityError as fout:
        raise Tijdelijk(
            "Iemand anders wijzigde in hetzelfde moment dezelfde gegevens. Er is niets veranderd. Probeer het nog eens."
        ) from fout
    except (OperationalError, InterfaceError) as fout:
        if any(teken in str(fout) for teken in SCHIJF_VOL):
            raise Tijdelijk(f"De schijf van de database is vol. {VRAAG_RUIMTE}") from fout
        raise Tijdelijk("De database is bezig. Er is niets veranderd. Probeer het zo nog eens.") from fout


def met_geduld[T](doe: Callable[[], T]) -> T:
    """Does something that is one transaction; where the database went away under way, once more when it is back.

    A delivery that was just taken in when the answer got lost is taken in a second time, and changes nothing then.
    Raises Tijdelijk after half a minute, and at once where it fails for another reason.
    """
    for wachten in (*GEDULD, None):
        try:
            return doe()
        except Tijdelijk:
            if wachten is None or not _database_weg():
                raise
        connection.close()
        time.sleep(wachten)
    raise AssertionError("the last try returns or raises")


def _database_weg() -> bool:
    """Whether our connection is broken; inside a transaction of the caller only the caller can begin again."""
    return not connection.in_atomic_block and (connection.connection is None or not connection.is_usable())
