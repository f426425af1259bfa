"""The doelgroepwijzer: facts become a decision, the decision explains itself, and a second day shows what changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket
from routekaart.inhoud.bronnen import bron_in_woorden
from routekaart.inhoud.codelijsten import label
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep import Besluit, Feiten, Regio, beslis
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Inschrijving, Onderwijssoort, Vaststelling, Werk
from routekaart.regels.uitleg import Feitwaarde, Uitleg
from routekaart.werkplek.forms_wijzer import Rij, Wijzerinvoer
from routekaart.werkplek.waarom import ONBEKEND

NIETS = "geen"
LIJSTEN = ("diplomas", "inschrijvingen", "werk")


@dataclass(frozen=True)
class Grond:
    """One reason: the sentence, the rule with its source, and the facts that it used."""

    tekst: str
    regel: str
    bron: str
    feiten: str
    nieuw: bool = False


@dataclass(frozen=True)
class Uitkomst:
    """A decision as it is shown. `onbekend` names what was decided without."""

    besluit: Besluit
    op: str
    naam: str
    reden: str
    kenmerken: Sequence[Etiket]
    vervolg: str
    gronden: Sequence[Grond]
    onbekend: str


@dataclass(frozen=True)
class Verschil:
    """One thing on the two days."""

    wat: str
    eerst: str
    dan: str

    @property
    def anders(self) -> bool:
        return self.eerst != self.dan


@dataclass(frozen=True)
class Vergelijking:
    """What a second day changes; `dan` marks the reasons that were not there on the first."""

    zin: str
    verschillen: Sequence[Verschil]
    dan: Uitkomst


def feiten_uit(invoer: Wijzerinvoer) -> Feiten:
    """The facts of a form that was checked. A list without rows is not known, unless the box says there is nothing."""
    data = invoer.form.cleaned_data
    uren = data["baan_uren"]
    return Feiten(
        peildatum=data["peildatum"],
        geboortedatum=data["geboortedatum"],
        regio=Regio(
            bovengrens=data["bovengrens"],
            baan_telt=data["baan_telt"],
            baan_uren=float(uren) if uren is not None else None,
        ),
        overleden_op=data["overleden_op"],
        vertrokken_op=data["vertrokken_op"],
        in_nederland_sinds=data["in_nederland_sinds"],
        startkwalificatie_vastgesteld=(
            Vaststelling(op=data["vastgesteld_op"], bron=data["vastgesteld_bron"] or None)
            if data["vastgesteld_op"]
            else None
        ),
        diplomas=_rijen(invoer, "diplomas", _diploma),
        inschrijvingen=_rijen(invoer, "inschrijvingen", _inschrijving),
        werk=_rijen(invoer, "werk", _werk),
        verzuimmelding=data["verzuimmelding"],
        voorgenomen_uitschrijving=data["voorgenomen_uitschrijving"],
    )


def _rijen(invoer: Wijzerinvoer, code: str, maak: Any) -> Any:
    gevuld: list[Rij] = [rij for rij in invoer.rijen[code] if rij.gevuld]
    if not gevuld and not invoer.form.cleaned_data[f"geen_{code}"]:
        return None
    return tuple(maak(rij.cleaned_data) for rij in gevuld)


def _diploma(data: Mapping[str, Any]) -> Diploma:
    return Diploma(soort=Diplomasoort(data["soort"]), niveau=data["niveau"], behaald_op=data["behaald_op"])


def _inschrijving(data: Mapping[str, Any]) -> Inschrijving:
    soort = Onderwijssoort(data["onderwijssoort"])
    return Inschrijving(onderwijssoort=soort, niveau=data["niveau"], van=data["van"], tot=data["tot"])


def _werk(data: Mapping[str, Any]) -> Werk:
    uren = data["uren"]
    return Werk(van=data["van"], tot=data["tot"], uren=float(uren) if uren is not None else None)


def invoer_van(feiten: Feiten) -> Wijzerinvoer:
    """The form filled in with facts that we have."""
    vastgesteld = feiten.startkwalificatie_vastgesteld
    waarden: dict[str, Any] = {
        "peildatum": feiten.peildatum,
        "geboortedatum": feiten.geboortedatum,
        "bovengrens": feiten.regio.bovengrens,
        "baan_telt": feiten.regio.baan_telt,
        "baan_uren": _getal(feiten.regio.baan_uren),
        "overleden_op": feiten.overleden_op,
        "vertrokken_op": feiten.vertrokken_op,
        "in_nederland_sinds": feiten.in_nederland_sinds,
        "vastgesteld_op": vastgesteld.op if vastgesteld else None,
        "vastgesteld_bron": vastgesteld.bron if vastgesteld else "",
        "verzuimmelding": feiten.verzuimmelding,
        "voorgenomen_uitschrijving": feiten.voorgenomen_uitschrijving,
    }
    waarden |= {f"geen_{code}": getattr(feiten, code) == () for code in LIJSTEN}
    rijen: dict[str, list[dict[str, Any]]] = {
        "diplomas": [
            {"soort": d.soort.value, "niveau": d.niveau, "behaald_op": d.behaald_op} for d in feiten.diplomas or ()
        ],
        "inschrijvingen": [
            {"onderwijssoort": i.onderwijssoort.value, "niveau": i.niveau, "van": i.van, "tot": i.tot}
            for i in sorted(feiten.inschrijvingen or (), key=lambda i: i.van)
        ],
        "werk": [{"van": w.van, "tot": w.tot, "uren": _getal(w.uren)} for w in feiten.werk or ()],
    }
    return Wijzerinvoer.begin(waarden, rijen)


def _getal(uren: float | None) -> float | int | None:
    return int(uren) if uren is not None and uren == int(uren) else uren


def bepaal(feiten: Feiten) -> Uitkomst:
    """The decision on these facts, as it is shown."""
    return toon(beslis(feiten, grenzen=laad_grenzen()))


def toon(besluit: Besluit, *, bekend: Sequence[str] | None = None) -> Uitkomst:
    """A decision in words. `bekend` are the sentences of another day: what is not in it, is new."""
    return Uitkomst(
        besluit=besluit,
        op=taal.datum_voluit(besluit.peildatum),
        naam=label("doelgroepen", besluit.doelgroep.value),
        reden=label("redenen-geen-doelgroep", besluit.reden.value) if besluit.reden else "",
        kenmerken=[Etiket(label("doelgroep-kenmerken", k.value), "accent") for k in besluit.kenmerken],
        vervolg=_vervolg(besluit),
        gronden=[_grond(uitleg, bekend) for uitleg in besluit.uitleg],
        onbekend=taal.opsomming(ONBEKEND.get(naam, naam) for naam in besluit.onbekend),
    )


def _vervolg(besluit: Besluit) -> str:
    vervolg = besluit.vervolg
    route = label("routes", vervolg.route)
    return f"Route ‘{route}’, fase {vervolg.fase}, stap {vervolg.stap}"


def _grond(uitleg: Uitleg, bekend: Sequence[str] | None) -> Grond:
    return Grond(
        tekst=uitleg.tekst,
        regel=uitleg.regel,
        bron=bron_in_woorden(uitleg.bron),
        feiten=", ".join(f"{naam.replace('_', ' ')}: {_waarde(waarde)}" for naam, waarde in uitleg.feiten),
        nieuw=bekend is not None and uitleg.tekst not in bekend,
    )


def _waarde(waarde: Feitwaarde) -> str:
    if waarde is None or waarde == "":
        return "niet bekend"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.date):
        return taal.datum_voluit(waarde)
    return str(waarde)


def vergelijk(feiten: Feiten, eerst: Uitkomst, op: dt.date) -> Vergelijking:
    """The same facts on a second day."""
    besluit = beslis(feiten._replace(peildatum=op), grenzen=laad_grenzen())
    dan = toon(besluit, bekend=[grond.tekst for grond in eerst.gronden])
    alle = [
        Verschil("Doelgroep", eerst.naam, dan.naam),
        Verschil("Reden", eerst.reden or NIETS, dan.reden or NIETS),
        Verschil("Kenmerken", _kenmerken(eerst), _kenmerken(dan)),
        Verschil("Vervolg", eerst.vervolg, dan.vervolg),
    ]
    verschillen = [verschil for verschil in alle if (verschil.eerst, verschil.dan) != (NIETS, NIETS)]
    anders = [verschil.wat.lower() for verschil in verschillen if verschil.anders]
    if not anders:
        zin = f"Op {dan.op} is de uitkomst hetzelfde."
    else:
        wat = taal.opsomming(anders)
        zin = f"Op {dan.op} {'is' if len(anders) == 1 else 'zijn'} anders: {wat}."
    return Vergelijking(zin, verschillen, dan)


def _kenmerken(uitkomst: Uitkomst) -> str:
    return ", ".join(kenmerk.tekst for kenmerk in uitkomst.kenmerken) or NIETS
