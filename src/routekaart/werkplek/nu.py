"""The panel *Nu* of the route page: what this step asks, what is known, what is missing, and the act that brings it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie
from routekaart.begeleiding.models import Inzicht
from routekaart.dossiers.actielinks import actielink
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import is_verzuim
from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.models import Melding
from routekaart.regels.route import Stapstand, Termijnstand
from routekaart.regels.route_acties import mag_overslaan
from routekaart.toegang.bereik import Toegang
from routekaart.werkplek.kaart import DOELGROEPSTAP, actie_url

INZICHT = "vooronderzoek"
OORDEEL = "oordeel-geven"


@dataclass(frozen=True)
class Punt:
    """One line: known, with where we know it from, or missing."""

    kop: str
    tekst: str = ""
    bron: str = ""
    klopt: bool = True


@dataclass(frozen=True)
class Nu:
    """Everything the panel shows. `niet_overslaan` says why skipping is not possible, where it is not."""

    titel: str
    onder: str
    te_laat: bool
    uitleg: str
    punten: Sequence[Punt]
    vraag_ook: Sequence[str] = ()
    acties: Sequence[Actie] = ()
    overslaan: Actie | None = None
    niet_overslaan: str = ""

    @property
    def bekend(self) -> str:
        """'3 van 4 bekend', where some of it is known."""
        klopt = sum(punt.klopt for punt in self.punten)
        return f"{klopt} van {len(self.punten)} bekend" if klopt else ""


def inzichten(werkproces: Werkproces, *, toegang: Toegang) -> dict[str, Inzicht]:
    """The findings of this round, by punt. One query."""
    rijen = Inzicht.objects.voor(toegang)
    return {rij.punt: rij for rij in rijen.filter(werkproces=werkproces, ronde=werkproces.ronde)}


def maak_nu(dossier: Dossier) -> Nu | None:
    """The panel; None when the route has been walked to the end. One query at the step with the findings."""
    stand = dossier.stand
    huidige = stand.huidige if stand else None
    if stand is None or huidige is None:
        return None
    stap = huidige.stap
    punten = _inzichtpunten(dossier, huidige) if stap.code == INZICHT else _eisen(dossier, huidige)
    vragen = stap.vragen(verzuim=is_verzuim(dossier.eis_werkproces()))
    mag = mag_overslaan(stand, stap.nummer)
    overslaan = None
    if dossier.mag_werken and mag:
        overslaan = Actie("Sla over en leg uit", dossier.url("dossiers:stap-overslaan", stap.nummer))
    return Nu(
        titel=f"Nu: {stap.titel[:1].lower()}{stap.titel[1:]}",
        onder=f"Stap {stap.nummer}, paragraaf {stap.paragraaf}. {_wanneer(dossier, huidige)}".strip(),
        te_laat=huidige.termijn is not None and huidige.termijn.voorbij,
        uitleg=stap.uitleg,
        punten=punten,
        vraag_ook=[vraag.tekst for vraag in vragen] if stap.code != INZICHT else (),
        acties=_acties(dossier, huidige) if dossier.mag_werken else (),
        overslaan=overslaan,
        niet_overslaan="" if mag else stap.niet_overslaan,
    )


def _acties(dossier: Dossier, huidige: Stapstand) -> list[Actie]:
    """The acts of this step. An oordeel is given at the melding; once every melding has one, at the doelgroep.
    One query at the step of the doelgroep.
    """
    acties = []
    for actie in huidige.acties:
        adres = actie_url(dossier, actie)
        if actie.code == OORDEEL:
            melding = _te_beoordelen(dossier)
            adres = dossier.url("dossiers:doelgroep")
            if melding is not None:
                adres = actielink(OORDEEL, jongere=dossier.jongere.sleutel, melding=melding.sleutel)
        acties.append(Actie(actie.knop, adres))
    return acties


def _te_beoordelen(dossier: Dossier) -> Melding | None:
    rijen = Melding.objects.voor(dossier.toegang).te_beoordelen().filter(werkproces=dossier.werkproces)
    gevonden: Melding | None = rijen.kortste_tijd_eerst().first()
    return gevonden


def vraagt_oordeel(dossier: Dossier) -> bool:
    """Whether the step of the doelgroep is open although there was an oordeel: it was reopened. No query."""
    stap = next((s for s in dossier.stand.stappen if s.stap.code == DOELGROEPSTAP), None) if dossier.stand else None
    gegeven = any(feit.code == "oordeel.gegeven" and not feit.ingetrokken_op for feit in dossier.feiten)
    return stap is not None and not stap.afgehandeld and gegeven


def _wanneer(dossier: Dossier, huidige: Stapstand) -> str:
    if huidige.termijn is not None:
        return _termijn(dossier, huidige.termijn)
    if huidige.verwacht_op is not None:
        return f"Gepland op {taal.datum_kort(huidige.verwacht_op, op=dossier.op)}."
    return f"Sinds {taal.datum_kort(huidige.sinds, op=dossier.op)}." if huidige.sinds else ""


def _termijn(dossier: Dossier, termijn: Termijnstand) -> str:
    dag = taal.datum_kort(termijn.op, op=dossier.op)
    if termijn.voorbij:
        return f"Dat had gemoeten op {dag}."
    return "Vandaag is de laatste dag." if termijn.op == dossier.op else f"Uiterlijk {dag}."


def _eisen(dossier: Dossier, huidige: Stapstand) -> list[Punt]:
    """What fulfils the step: the facts that are there, then what is missing."""
    punten = []
    for feit in huidige.feiten:
        door = f"{feit.door}, " if feit.door else ""
        bron = f"{door}{taal.datum_kort(feit.op, op=dossier.op, weekdag=False)}"
        punten.append(Punt(f"{codelijst('gebeurtenissen').waarde(feit.code).label}.", feit.toelichting, bron))
    if huidige.verwacht_op is not None and len(huidige.mist) == 1:
        dag = taal.datum_kort(huidige.verwacht_op, op=dossier.op)
        return [*punten, Punt(f"Het staat gepland op {dag}.", "Vanaf die dag telt deze stap.")]
    return punten + [Punt(mist, klopt=False) for mist in huidige.mist]


def _inzichtpunten(dossier: Dossier, huidige: Stapstand) -> list[Punt]:
    """The findings that close the analysis (CL-11): known with their source, or not known yet."""
    bekend = inzichten(dossier.eis_werkproces(), toegang=dossier.toegang)
    punten = []
    for vraag in huidige.stap.vragen(verzuim=is_verzuim(dossier.eis_werkproces())):
        rij = bekend.get(vraag.code)
        if rij is None:
            punten.append(Punt(f"{vraag.kort}.", "Nog onbekend.", klopt=False))
        else:
            bron = f"{rij.bron}, {taal.datum_kort(rij.op, op=dossier.op, weekdag=False)}"
            punten.append(Punt(f"{vraag.kort}.", rij.tekst, bron))
    return punten
