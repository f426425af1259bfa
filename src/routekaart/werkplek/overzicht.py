"""The dossier at a glance: the last talk, what is still to do, school and care, and every werkproces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket, Gegeven
from routekaart.begeleiding.models import Afspraak
from routekaart.dossiers.actielinks import actielink, dossier_url
from routekaart.dossiers.contactbeeld import omschrijving
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Contactmoment, Taak, Werkproces
from routekaart.dossiers.stand import uitkomstlijst
from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Hulp, Inschrijving, Werk
from routekaart.loopbaan.selecties import Loopbaanfeiten, alle_feiten, naam_diploma, naam_inschrijving
from routekaart.meldingen.models import Melding
from routekaart.meldingen.woorden import soort_in_woorden
from routekaart.personen.models import Jongere

HOOGSTENS = 8


@dataclass(frozen=True)
class Gesprek:
    """The last talk in which there was contact (DOS-02)."""

    wanneer: str
    wat: str
    verslag: str
    wie: str


@dataclass(frozen=True)
class Actieregel:
    """Something that is still open, with where it is done."""

    wat: str
    waarom: str
    wanneer: str
    te_laat: bool
    url: str
    wie: str


@dataclass(frozen=True)
class Werkprocesregel:
    """One werkproces with its uitkomst, or where it stands."""

    nummer: str
    soort: str
    periode: str
    stand: Etiket
    behandelaar: str
    url: str


@dataclass(frozen=True)
class Overzicht:
    """Everything the page shows."""

    gegevens: Sequence[Gegeven]
    gesprek: Gesprek | None
    acties: Sequence[Actieregel]
    loopbaan: Sequence[tuple[str, Sequence[Gegeven], str]]
    werkprocessen: Sequence[Werkprocesregel]
    meldingen: Sequence[Gegeven]


def maak_overzicht(dossier: Dossier) -> Overzicht:
    """The page. Eight queries."""
    loopbaan = alle_feiten(dossier.jongere, toegang=dossier.toegang, inschrijvingen=dossier.inschrijvingen)
    return Overzicht(
        gegevens=_gegevens(dossier),
        gesprek=_laatste_gesprek(dossier),
        acties=_acties(dossier),
        loopbaan=[
            ("School", _school(dossier, loopbaan), "Nog onbekend."),
            ("Werk", [_werk(dossier, rij) for rij in reversed(loopbaan.werk)], "Nog onbekend."),
            ("Hulp", [_hulp(dossier, rij) for rij in reversed(loopbaan.hulp)], "Geen hulp vastgelegd."),
        ],
        werkprocessen=[_werkproces(dossier, rij) for rij in dossier.werkprocessen],
        meldingen=_meldingen(dossier),
    )


def _gegevens(dossier: Dossier) -> list[Gegeven]:
    jongere: Jongere = dossier.jongere
    onbekend = "nog onbekend"
    adres = ", ".join(filter(None, [jongere.adres, f"{jongere.postcode} {jongere.woonplaats}".strip()]))
    bron = "BRP, in onderzoek" if jongere.in_onderzoek else "BRP"
    gegevens = [
        Gegeven("Telefoon", jongere.telefoon or onbekend),
        Gegeven("E-mail", jongere.email or onbekend),
        Gegeven("Adres", adres or onbekend, bron if adres else ""),
    ]
    if jongere.verblijfadres:
        gegevens.append(Gegeven("Verblijft op", jongere.verblijfadres))
    return [*gegevens, Gegeven("Geslacht", jongere.get_geslacht_display())]


def _laatste_gesprek(dossier: Dossier) -> Gesprek | None:
    rijen = Contactmoment.objects.voor(dossier.toegang).filter(
        werkproces__in=dossier.werkprocessen, resultaat="contact", ingetrokken_op__isnull=True
    )
    laatste: Contactmoment | None = rijen.select_related("door").order_by("-moment", "-pk").first()
    if laatste is None:
        return None
    wanneer = taal.datumtijd_kort(laatste.moment, op=dossier.op)
    return Gesprek(wanneer, omschrijving(laatste), laatste.verslag, str(laatste.door or ""))


def _acties(dossier: Dossier) -> list[Actieregel]:
    taken = Taak.objects.voor(dossier.toegang).open().filter(werkproces__in=dossier.werkprocessen)
    regels = [
        (taak.due, _taakregel(dossier, taak))
        for taak in taken.select_related("eigenaar", "werkproces").op_volgorde()[:HOOGSTENS]
    ]
    van_anderen = Afspraak.objects.voor(dossier.toegang).filter(
        plan__werkproces__in=dossier.werkprocessen,
        plan__vervangen_op__isnull=True,
        gedaan_op__isnull=True,
        van_ons=False,
    )
    for afspraak in van_anderen.order_by("voor", "pk")[:HOOGSTENS]:
        wanneer = taal.datum_kort(afspraak.voor, op=dossier.op)
        te_laat = afspraak.voor < dossier.op
        regels.append(
            (
                afspraak.voor,
                Actieregel(
                    afspraak.wat, "Uit het plan", wanneer, te_laat, dossier.url("begeleiding:plan"), afspraak.wie
                ),
            )
        )
    return [regel for _, regel in sorted(regels, key=lambda paar: paar[0])][:HOOGSTENS]


def _taakregel(dossier: Dossier, taak: Taak) -> Actieregel:
    wanneer = taal.datum_kort(taak.due, op=dossier.op)
    if taak.tijd is not None:
        wanneer = f"{wanneer}, {taal.tijd(taak.tijd)}"
    adres = ""
    if dossier.mag_werken:
        werkproces = (
            taak.werkproces.sleutel if taak.werkproces and taak.werkproces != dossier.werkprocessen[0] else None
        )
        adres = actielink(taak.actie, jongere=dossier.jongere.sleutel, werkproces=werkproces)
    return Actieregel(taak.wat, taak.waarom, wanneer, taak.due < dossier.op, adres, str(taak.eigenaar or "team"))


def _periode(dossier: Dossier, rij: Inschrijving | Hulp | Werk) -> str:
    van = taal.datum_kort(rij.van, op=dossier.op, weekdag=False)
    if rij.tot is None:
        return f"sinds {van}"
    return f"{van} tot {taal.datum_kort(rij.tot, op=dossier.op, weekdag=False)}"


def _school(dossier: Dossier, loopbaan: Loopbaanfeiten) -> list[Gegeven]:
    """Enrolments newest first, then what was obtained."""
    regels = [
        Gegeven("", f"{rij.instelling.naam}, {naam_inschrijving(rij)}", _periode(dossier, rij))
        for rij in reversed(loopbaan.inschrijvingen)
    ]
    regels += [
        Gegeven("", naam_diploma(rij), taal.datum_kort(rij.behaald_op, op=dossier.op, weekdag=False))
        for rij in reversed(loopbaan.diplomas)
    ]
    regels += [
        Gegeven(
            "", f"Startkwalificatie vastgesteld: {feit.wat}", taal.datum_kort(feit.van, op=dossier.op, weekdag=False)
        )
        for feit in reversed(loopbaan.vaststellingen)
        if feit.van is not None
    ]
    return regels


def _hulp(dossier: Dossier, rij: Hulp) -> Gegeven:
    effect = f". Leverde op: {rij.effect}" if rij.effect else ""
    return Gegeven("", f"{taal.hoofdletter(rij.waarvoor)}, {rij.aanbieder}{effect}", _periode(dossier, rij))


def _werk(dossier: Dossier, rij: Werk) -> Gegeven:
    uren = f"{rij.uren} uur per week" if rij.uren is not None else "uren niet bekend"
    naam = ", ".join(filter(None, [rij.functie, rij.werkgever])) or "Werk"
    return Gegeven("", f"{naam}, {uren}", _periode(dossier, rij))


def _werkproces(dossier: Dossier, rij: Werkproces) -> Werkprocesregel:
    van = taal.datum_kort(rij.gestart_op, op=dossier.op, weekdag=False)
    if rij.afgesloten_op is None:
        stand = Etiket(f"stap {rij.stap}" if rij.stap else "in behandeling", "accent")
        periode = f"sinds {van}"
    else:
        stand = Etiket(label(uitkomstlijst(rij.soort), rij.uitkomst, anders=rij.uitkomst), "rustig")
        periode = f"{van} tot {taal.datum_kort(rij.afgesloten_op, op=dossier.op, weekdag=False)}"
    soort = label("soorten-werkproces", rij.soort)
    if rij.doelgroep:
        soort = f"{soort}, {label('doelgroepen', rij.doelgroep).lower()}"
    if rij.administratief:
        soort = f"{soort} (administratief)"
    eerder = {wp.pk: wp.nummer for wp in dossier.werkprocessen}.get(rij.vervolg_op_id or 0)
    if eerder:
        soort = f"{soort}, vervolg op {eerder}"
    adres = dossier_url("dossiers:route", dossier.jongere.sleutel, werkproces=rij.sleutel)
    return Werkprocesregel(rij.nummer or "", soort, periode, stand, str(rij.behandelaar or "nog niemand"), adres)


def _meldingen(dossier: Dossier) -> list[Gegeven]:
    rijen = Melding.objects.voor(dossier.toegang).filter(jongere=dossier.jongere).select_related("instelling")
    gevonden = []
    for rij in rijen.order_by("-ontvangen_op", "-pk")[:HOOGSTENS]:
        van = (
            rij.instelling.naam if rij.instelling else (rij.melder_organisatie or rij.melder_naam or "onbekende melder")
        )
        soort = soort_in_woorden(rij)
        wanneer = taal.datum_kort(rij.ontvangen_op, op=dossier.op, weekdag=False)
        oordeel = rij.get_oordeel_display() if rij.oordeel else rij.get_stand_display()
        gevonden.append(Gegeven(wanneer, f"{soort}, {van}", oordeel))
    return gevonden
