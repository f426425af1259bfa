"""What was tried before for this jongere, so that it is not repeated by accident (DOS-06, PVA-11; 000 §3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.models import Traject
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Hulp
from routekaart.regels.namen import klank, zonder_accenten
from routekaart.toegang.bereik import Toegang

# a word that says what something is; two texts are about the same where most words of the shorter one are in both
LETTERS = 4
DEEL = 0.6
LOOPT_NOG = ("gepland", "loopt", "herzien", "stagneert")


@dataclass(frozen=True)
class Inzet:
    """One intervention of before: what, with whom, when, and what came of it."""

    wat: str
    bij: str
    periode: str
    effect: str

    @property
    def in_woorden(self) -> str:
        return f"‘{self.wat}’{f' bij {self.bij}' if self.bij else ''}, {self.periode}"


def alle_trajecten(werkproces: Werkproces, *, toegang: Toegang) -> list[Traject]:
    """The paths of every werkproces of this jongere, in order of their start. One query."""
    rijen = Traject.objects.voor(toegang).filter(werkproces__jongere_id=werkproces.jongere_id)
    return list(rijen.order_by("start_op", "pk"))


def eerdere_inzet(
    werkproces: Werkproces, *, op: dt.date, toegang: Toegang, trajecten: Sequence[Traject] | None = None
) -> list[Inzet]:
    """The paths of earlier werkprocessen or that ended in this one, and the help that ended; newest first, as far as
    this user may read them. Two queries, one where `alle_trajecten` were read already.
    """
    inzet = [
        (rij.start_op, Inzet(rij.wat, rij.aanbieder, _periode(rij.start_op, rij.gestopt_op), _stand(rij)))
        for rij in (alle_trajecten(werkproces, toegang=toegang) if trajecten is None else trajecten)
        if rij.start_op <= op and not (rij.werkproces_id == werkproces.pk and _loopt(rij))
    ]
    hulp = Hulp.objects.voor(toegang).filter(jongere_id=werkproces.jongere_id, tot__lt=op)
    inzet += [(rij.van, Inzet(rij.waarvoor, rij.aanbieder, _periode(rij.van, rij.tot), rij.effect)) for rij in hulp]
    return [rij for _, rij in sorted(inzet, key=lambda paar: paar[0], reverse=True)]


def _loopt(traject: Traject) -> bool:
    return traject.gestopt_op is None and traject.stand in LOOPT_NOG


def _stand(traject: Traject) -> str:
    return label("status-vervolgtraject", traject.stand, anders=traject.stand).lower()


def _periode(van: dt.date, tot: dt.date | None) -> str:
    return f"{taal.datum_voluit(van)} tot {taal.datum_voluit(tot)}" if tot else f"sinds {taal.datum_voluit(van)}"


def herhaald(teksten: Iterable[str], eerder: Sequence[Inzet]) -> list[Inzet]:
    """What of before one of these texts repeats, as far as the words tell."""
    nieuw = [woorden for tekst in teksten if (woorden := _woorden(tekst))]
    return [inzet for inzet in eerder if any(_zelfde(_woorden(inzet.wat), woorden) for woorden in nieuw)]


def _woorden(tekst: str) -> frozenset[str]:
    return frozenset(klank(woord) for woord in zonder_accenten(tekst).split() if len(woord) >= LETTERS)


def _zelfde(een: frozenset[str], ander: frozenset[str]) -> bool:
    kortste = min(len(een), len(ander))
    return bool(kortste) and len(een & ander) >= DEEL * kortste


def eis_reden(teksten: Iterable[str], omdat: str, werkproces: Werkproces, *, op: dt.date, toegang: Toegang) -> str:
    """Warns where something is repeated without a reason, and gives what the history keeps of the reason."""
    dubbel = herhaald(teksten, eerdere_inzet(werkproces, op=op, toegang=toegang))
    if not dubbel:
        return ""
    if not omdat.strip():
        eerste = dubbel[0]
        effect = f" Toen: {eerste.effect}." if eerste.effect else ""
        raise Geweigerd(
            f"Dit is eerder ingezet: {eerste.in_woorden}.{effect} Schrijf op waarom het nu wel past, of kies iets "
            "anders.",
            veld="herhaling_omdat",
        )
    return f"Opnieuw ingezet ({dubbel[0].in_woorden}), omdat: {omdat.strip()}"
