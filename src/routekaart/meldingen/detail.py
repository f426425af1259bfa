"""One melding as the page shows it: what we know and miss, who it may be, the proposed doelgroep and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from routekaart.basis.onderdelen import Bewijs, Etiket, Gegeven, Klok, Waarom
from routekaart.basis.taal import datum_kort, datumtijd_kort, telwoord
from routekaart.inhoud.codelijsten import label, uitkomst
from routekaart.meldingen import woorden
from routekaart.meldingen.doelgroep import bepaal
from routekaart.meldingen.dubbelen import Vergelijking, dubbelen_van, geboren, vergelijk
from routekaart.meldingen.informatie import gegeven, open_vragen, volledigheid_van
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.meldingen.soorten import soort_van
from routekaart.meldingen.verhuizing import Verhuizing, verhuizing_van
from routekaart.meldingen.verzuim import verzuim_in_woorden
from routekaart.personen.models import Jongere
from routekaart.regels.doelgroep import Besluit
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.regels.uitleg import in_woorden
from routekaart.regels.volledigheid import Punt, Stand, Volledigheid
from routekaart.toegang.bereik import Toegang

ICOON = {Stand.AANWEZIG: "vink", Stand.ONTBREEKT: "vraag", Stand.MAG_LEEG: "streep"}
KLASSE = {Stand.AANWEZIG: "", Stand.ONTBREEKT: "is-mist", Stand.MAG_LEEG: "is-leeg"}


@dataclass(frozen=True)
class Puntregel:
    """One point of CL-02 as the list shows it."""

    code: str
    icoon: str
    klasse: str
    label: str
    tekst: str
    mist: str
    gevraagd: str


@dataclass(frozen=True)
class Voorstel:
    """The proposed doelgroep, in a few words, with the grounds. `als`: only if the melding is about this person."""

    als: str
    titel: str
    kort: str
    waarom: Waarom
    besluit: Besluit


@dataclass(frozen=True)
class Detail:
    """The melding beside the list. `voorstel` is None where we do not know yet who it is about."""

    melding: Melding
    naam: str
    roepnaam: str
    wie: str
    kanaal: str
    binnen: str
    klok: Klok | None
    punten: Sequence[Puntregel]
    volledigheid: Volledigheid
    vragen: Sequence[Informatievraag]
    vraag_aan: str
    dubbelen: Sequence[Vergelijking]
    geboren: str
    voorstel: Voorstel | None
    feiten: Sequence[Gegeven]
    afhandeling: Sequence[Gegeven]
    merken: Sequence[Etiket] = ()
    verhuizing: Verhuizing | None = None

    @property
    def te_beoordelen(self) -> bool:
        return not self.melding.oordeel and self.melding.ingetrokken_op is None

    @property
    def te_vragen(self) -> list[Puntregel]:
        """What is missing and was not asked yet."""
        return [punt for punt in self.punten if punt.mist and not punt.gevraagd]

    @property
    def telling(self) -> str:
        """'2 van 7 ontbreken'."""
        aantal = len(self.volledigheid.ontbrekend)
        return f"{aantal} van {len(self.punten)} {'ontbreekt' if aantal == 1 else 'ontbreken'}" if aantal else ""

    @property
    def oordeelzin(self) -> str:
        """What to expect before the four ways."""
        aantal = len(self.volledigheid.ontbrekend)
        if not aantal:
            return "Je weet genoeg. Schrijf kort op waarom je zo oordeelt."
        punten = "één punt ontbreekt" if aantal == 1 else f"{telwoord(aantal)} punten ontbreken"
        return f"Je kunt nu al oordelen. Omdat {punten} vragen we je waarom."

    @property
    def te_sluiten(self) -> bool:
        """Judged, without a werkproces that will close it."""
        melding = self.melding
        return bool(melding.oordeel) and melding.werkproces_id is None and not melding.uitkomst


def maak_detail(melding: Melding, *, toegang: Toegang, op: dt.date) -> Detail:
    """Everything the page shows. `jongere`, `gemeente` and `werkproces` must have been selected along. About ten
    queries, whatever the size of the dossier.
    """
    verzuim = verzuim_in_woorden([melding]).get(melding.pk, "")
    stand = volledigheid_van(melding, verzuim=verzuim, op=op)
    vragen = list(open_vragen(melding))
    gevraagd = {vraag.punt: datum_kort(vraag.gevraagd_op, op=op) for vraag in vragen}
    teksten = gegeven(melding, verzuim=verzuim)
    wordt = not melding.oordeel and melding.ingetrokken_op is None
    kandidaten = dubbelen_van(melding, toegang=toegang) if wordt else []
    return Detail(
        melding=melding,
        naam=woorden.naam(melding),
        roepnaam=woorden.roepnaam(melding),
        wie=_wie(melding, op=op),
        kanaal=f"{woorden.kanaal(melding)}, nummer {melding.nummer}",
        binnen=_binnen(melding, op=op),
        klok=woorden.klok(melding, op=op, tekst="laatste dag is vandaag") if wordt else None,
        punten=[_punt(punt, melding, teksten, gevraagd) for punt in stand.punten],
        volledigheid=stand,
        vragen=vragen,
        vraag_aan=melding.melder_naam or melding.melder_organisatie or "de melder",
        dubbelen=vergelijk(melding, kandidaten, toegang=toegang, op=op),
        geboren=geboren_in_woorden(geboren(melding)),
        voorstel=_voorstel(melding, kandidaten, toegang=toegang, op=op) if wordt else None,
        feiten=_feiten(melding, verzuim, op=op),
        afhandeling=_afhandeling(melding, op=op),
        merken=woorden.merken(melding, op=op),
        verhuizing=verhuizing_van(melding),
    )


def geboren_in_woorden(dag: Geboortedatum | None) -> str:
    """'3 juni 2008', 'mei 2008', '2008'; 'niet gegeven' where we do not know."""
    if dag is None:
        return "niet gegeven"
    if dag.volledig:
        return in_woorden(dag.eerste)
    return in_woorden(dag.eerste).split(" ", 1)[1] if dag.maand else str(dag.jaar)


def _wie(melding: Melding, *, op: dt.date) -> str:
    dag = melding.jongere.geboren if melding.jongere is not None else geboren(melding)
    leeftijd = f"{leeftijd_op(dag.laatste, op)} jaar" if dag is not None else "leeftijd onbekend"
    if (verhuizing := verhuizing_van(melding)) is not None:
        return f"{leeftijd}, woont nu in {verhuizing.nu}, bij de melding in {verhuizing.was}"
    woont_in = melding.overdracht_gemeente if melding.overdracht_gemeente is not None else melding.gemeente
    buiten = ", buiten de regio" if melding.overdracht_gemeente is not None else ""
    return f"{leeftijd}, {woont_in}{buiten}"


def _binnen(melding: Melding, *, op: dt.date) -> str:
    moment = timezone.localtime(melding.ontvangen_op)
    tekst = f"Binnen op {datum_kort(moment, op=op)} om {moment:%H:%M}."
    if melding.duo_nummer:
        return f"{tekst} DUO laat school weten dat de melding binnen is."
    if melding.bevestigd_op is None:
        return f"{tekst} De melder kreeg geen bevestiging: er is geen e-mailadres."
    return f"{tekst} De melder kreeg meteen een bevestiging."


def _punt(punt: Punt, melding: Melding, teksten: Mapping[str, str], gevraagd: Mapping[str, str]) -> Puntregel:
    mist = ""
    if punt.ontbreekt:
        mist = {
            "verzuimoverzicht": "Ontbreekt. Verplicht bij verzuim 18+",
            "verwachting-melder": "Ontbreekt. Verplicht bij een directe melding",
        }.get(punt.code, "Niet ingevuld")
    leeg = "Geen opgegeven. Dat mag" if punt.stand is Stand.MAG_LEEG else ""
    return Puntregel(
        code=punt.code,
        icoon=ICOON[punt.stand],
        klasse=KLASSE[punt.stand],
        label=punt.kort.replace("de jongere", woorden.roepnaam(melding)),
        tekst=leeg or (teksten.get(punt.code, "") if not mist else ""),
        mist=mist,
        gevraagd=gevraagd.get(punt.code, ""),
    )


def _voorstel(melding: Melding, kandidaten: Sequence[Jongere], *, toegang: Toegang, op: dt.date) -> Voorstel | None:
    """For the jongere of the melding; where she is not linked yet, for the one who may be her."""
    jongere = melding.jongere
    misschien = kandidaten[0] if jongere is None and len(kandidaten) == 1 else None
    if jongere is None and misschien is None:
        return None
    besluit = bepaal(jongere or kandidaten[0], op=op, toegang=toegang, erbij=melding)
    return Voorstel(
        als=misschien.naam if misschien is not None else "",
        titel=titel_van(besluit),
        kort=besluit.uitleg[0].tekst,
        waarom=waarom_van(besluit, op=op),
        besluit=besluit,
    )


def titel_van(besluit: Besluit) -> str:
    """The doelgroep within a sentence: 'verzuim 18+', 'oud-vsv'er', 'JIKP', 'geen doelgroep'."""
    tekst = label("doelgroepen", besluit.doelgroep.value)
    return tekst if tekst.isupper() else tekst[:1].lower() + tekst[1:]


def waarom_van(besluit: Besluit, *, op: dt.date) -> Waarom:
    """The grounds of the decision as the component shows them, with what is unknown."""
    feiten = [Bewijs(tekst=reden.tekst, bron=reden.bron) for reden in besluit.uitleg]
    onbekend = {
        "diplomas": "Diploma’s zijn niet bekend",
        "inschrijvingen": "Inschrijvingen zijn niet bekend",
        "werk": "Werk is niet bekend",
        "werk.uren": "Van een baan is niet bekend hoeveel uur",
        "geboortedatum": "De geboortedatum is niet volledig",
    }
    feiten += [Bewijs(tekst=onbekend[wat], klopt=None) for wat in besluit.onbekend]
    dag = datum_kort(besluit.peildatum, op=op)
    return Waarom(
        feiten=feiten, regel=f"Beslist op {dag} met regel {besluit.uitleg[0].regel}, versie {besluit.versie}."
    )


def _feiten(melding: Melding, verzuim: str, *, op: dt.date) -> list[Gegeven]:
    """What the melding says besides the minimum information."""
    rijen = [Gegeven("Soort", woorden.soort_in_woorden(melding))]
    if melding.begindatum:
        tot = f" tot en met {datum_kort(melding.einddatum, op=op)}" if melding.einddatum else ""
        rijen.append(Gegeven("Sinds", f"{datum_kort(melding.begindatum, op=op)}{tot}"))
    if verzuim:
        rijen.append(Gegeven("Verzuim", verzuim))
    if melding.voorgenomen_uitschrijving:
        rijen.append(Gegeven("Uitschrijven", "School wil de jongere uitschrijven"))
    opleiding = str(melding.overig.get("opleiding") or "")
    if opleiding:
        rijen.append(Gegeven("Opleiding", opleiding))
    if melding.berichtcode:
        rijen.append(
            Gegeven("Bericht van DUO", label("duo-berichtcodes", melding.berichtcode, anders=melding.berichtcode))
        )
    if melding.duo_nummer:
        rijen.append(Gegeven("Nummer bij DUO", melding.duo_nummer, zacht=f"versie {melding.duo_versie}"))
    if melding.prioriteit:
        rijen.append(Gegeven("Prioriteit", melding.prioriteit))
    return rijen


def _afhandeling(melding: Melding, *, op: dt.date) -> list[Gegeven]:
    """What was decided, by whom and why; empty before the oordeel."""
    rijen = []
    if melding.ingetrokken_op is not None:
        rijen.append(Gegeven("Ingetrokken", f"Door school, op {datumtijd_kort(melding.ingetrokken_op, op=op)}"))
    if not melding.oordeel or melding.oordeel_op is None:
        return rijen
    door = melding.oordeel_door.naam if melding.oordeel_door is not None else "Routekaart"
    rijen.append(
        Gegeven("Oordeel", melding.get_oordeel_display(), zacht=f"{door}, {datumtijd_kort(melding.oordeel_op, op=op)}")
    )
    rijen.append(Gegeven("Waarom", melding.oordeel_motivatie))
    if melding.onvolledig_omdat:
        rijen.append(Gegeven("Zonder alle informatie", melding.onvolledig_omdat))
    werkproces = melding.werkproces
    code = melding.uitkomst or (werkproces.uitkomst if werkproces is not None else "")
    if code:
        dag = melding.uitkomst_op or (werkproces.afgesloten_op if werkproces is not None else None)
        rijen.append(
            Gegeven("Uitkomst", uitkomst(soort_van(melding), code).label, zacht=datum_kort(dag, op=op) if dag else "")
        )
    return rijen
