"""Closing (step 11): an uitkomst of the list of this soort, what was left out explained, aftercare started.

The uitkomst goes to the meldingen of the werkproces too, with what DUO tells the schools, unless a melding has an
uitkomst of its own.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.basis.taal import datum_voluit
from routekaart.begeleiding.acties.eisen import BINNEN, eis_codes, eis_niet_later, eis_tekst
from routekaart.begeleiding.acties.nazorg import start_nazorg
from routekaart.begeleiding.models import Big5stand, Doel
from routekaart.dossiers.acties import geef_nummer, zet_uitkomst
from routekaart.dossiers.contactbeeld import als_poging, contactmomenten
from routekaart.dossiers.contactprotocol import Zoektocht, zoektocht
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Contactmoment, Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.inhoud.codelijsten import Uitkomst, codelijst, uitkomsten
from routekaart.inhoud.codelijsten import uitkomst as uitkomst_van
from routekaart.inhoud.protocollen import protocol
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import voorgestelde_afsluitreden
from routekaart.meldingen.vervolg import open_vervolg
from routekaart.regels.route_acties import mag_overslaan
from routekaart.samenwerking.duo import KIES_REDEN, Duoterug, zet_duo
from routekaart.toegang.bereik import Toegang

# tasks that closing leaves alone: the step decides its own, and a melding without oordeel still waits for one
BLIJVENDE_TAKEN = frozenset({"stap", "melding", "informatie", "koppelen"})


def big5_open(werkproces: Werkproces) -> list[str]:
    """The principles that were not in order at the last reading, by name; without a reading none. One query."""
    rijen = Big5stand.objects.alles(reden=BINNEN).filter(werkproces=werkproces).order_by("op", "pk")
    laatste = {rij.principe: rij.stand for rij in rijen}
    return [punt.label for punt in codelijst("big5").waarden if laatste.get(punt.code, "ja") != "ja"]


def duo_meldingen(werkproces: Werkproces) -> list[Melding]:
    """The judged meldingen of this werkproces about which a school hears through DUO. One query."""
    rijen = Melding.objects.alles(reden=BINNEN).filter(werkproces=werkproces, duo_nummer__isnull=False)
    return list(rijen.filter(ingetrokken_op__isnull=True).exclude(oordeel="").order_by("ontvangen_op", "pk"))


def zoektocht_van(momenten: Sequence[Contactmoment], *, op: dt.date, instellingen: Mapping[str, object]) -> Zoektocht:
    """The search for contact, beside the protocol of the region. No query."""
    gekozen = protocol(str(instellingen["contactprotocol"]))
    return zoektocht(gekozen, [als_poging(moment) for moment in momenten], vandaag=op)


def sluit_af(
    werkproces: Werkproces,
    *,
    uitkomst: str,
    afgesloten_op: dt.date,
    afsluiting: str = "",
    resultaatdomeinen: Collection[str] = (),
    uitleg: Mapping[int, str] | None = None,
    afweging: str = "",
    geen_huisbezoek_omdat: str = "",
    bereikte_doelen: Collection[uuid.UUID] = (),
    duo_afsluitreden: int | None = None,
    duo_opmerking: int | None = None,
    nazorg_op: dt.date | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Werkproces | None:
    """Closes the werkproces with an uitkomst, and starts the aftercare unless the uitkomst excludes it.

    `afsluiting` says what was reached. `uitleg`: step number → why it was left out; not needed where the uitkomst
    ends the route early. `afweging`: the professional judgement where nobody was reached (CON-14), with
    `geen_huisbezoek_omdat` where no repeated visit was made (CON-12). `bereikte_doelen`: keys of goals of the plan.
    What the uitkomst proposes for DUO holds unless another reason (1-7) or remark (1-3) is given. `nazorg_op`: one
    day of aftercare instead of the moments of the region.

    Returns the werkproces that goes on where this one ends; None for most uitkomsten (`meldingen.vervolg`).
    """
    with transaction.atomic():
        vervolg = _sluit(
            werkproces, uitkomst=uitkomst, afgesloten_op=afgesloten_op, afsluiting=afsluiting,
            resultaatdomeinen=resultaatdomeinen, uitleg=uitleg, afweging=afweging,
            geen_huisbezoek_omdat=geen_huisbezoek_omdat, bereikte_doelen=bereikte_doelen,
            duo_afsluitreden=duo_afsluitreden, duo_opmerking=duo_opmerking, nazorg_op=nazorg_op, toegang=toegang,
            nu=nu,
        )  # fmt: skip
        if vervolg is not None:
            geef_nummer(vervolg)
    return vervolg


def _sluit(
    werkproces: Werkproces,
    *,
    uitkomst: str,
    afgesloten_op: dt.date,
    afsluiting: str,
    resultaatdomeinen: Collection[str],
    uitleg: Mapping[int, str] | None,
    afweging: str,
    geen_huisbezoek_omdat: str,
    bereikte_doelen: Collection[uuid.UUID],
    duo_afsluitreden: int | None,
    duo_opmerking: int | None,
    nazorg_op: dt.date | None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Werkproces | None:
    with handeling(werkproces, "werkproces.afgesloten", toegang=toegang, nu=nu, inhoud={"uitkomst": uitkomst}) as h:
        _eis_open(h)
        gekozen = _eis_uitkomst(h.werkproces, uitkomst, op=afgesloten_op, vandaag=h.vandaag)
        domeinen = _eis_domeinen(gekozen, resultaatdomeinen)
        gewogen = _weeg_af(h, gekozen, afweging, geen_huisbezoek_omdat, op=afgesloten_op)
        if not gekozen.eindigt_route_vroeg:
            _leg_uit(h, uitleg or {}, op=afgesloten_op)
        eerder = _eerdere_sluitingen(h.werkproces)
        overleden = h.werkproces.jongere.overleden_op is not None
        zet_uitkomst(
            h.werkproces, uitkomst=uitkomst, op=afgesloten_op, afsluiting=afsluiting.strip() or afweging.strip(),
            domeinen=domeinen,
        )  # fmt: skip
        h.feit("werkproces.afgesloten", op=afgesloten_op, toelichting=". ".join([gekozen.label, *gewogen]))
        _bereikt(h, bereikte_doelen, op=afgesloten_op)
        _sluit_meldingen(
            h, gekozen, eerder, reden=duo_afsluitreden or voorgestelde_afsluitreden(gekozen, overleden=overleden),
            opmerking=duo_opmerking or gekozen.duo_opmerking,
        )  # fmt: skip
        _rond_taken_af(h)
        if open_ := big5_open(h.werkproces):
            h.inhoud["big5_niet_op_orde"] = open_
        if gekozen.nazorg and not overleden:
            start_nazorg(h, vanaf=afgesloten_op, op=nazorg_op)
        return open_vervolg(h.werkproces, gekozen, toegang=toegang, nu=nu)


def _eis_open(h: Handeling) -> None:
    """Refuses where a colleague closed it first, and says with which uitkomst."""
    werkproces = h.werkproces
    if werkproces.afgesloten_op is not None:
        label = uitkomst_van(werkproces.soort, werkproces.uitkomst).label
        dag = datum_voluit(werkproces.afgesloten_op)
        raise Geweigerd(f"Dit werkproces is al afgesloten op {dag}, met ‘{label}’. Er is niets gewijzigd.")


def _eis_uitkomst(werkproces: Werkproces, code: str, *, op: dt.date, vandaag: dt.date) -> Uitkomst:
    eis_niet_later(op, vandaag=vandaag, veld="afgesloten_op")
    for keuze in uitkomsten(werkproces.soort, op=op):
        if keuze.code == code:
            return keuze
    raise Geweigerd("Kies een uitkomst uit de lijst.", veld="uitkomst")


def _eis_domeinen(uitkomst: Uitkomst, domeinen: Collection[str]) -> list[str]:
    if not domeinen and uitkomst.eindigt_route_vroeg:
        return []
    zin = "Kies waar de jongere nu is: onderwijs, werk, participatie, dagbesteding, zorg of hulpverlening."
    return eis_codes("resultaatdomeinen", domeinen, veld="resultaatdomeinen", zin=zin)


def _weeg_af(h: Handeling, uitkomst: Uitkomst, afweging: str, geen_huisbezoek: str, *, op: dt.date) -> list[str]:
    """The professional judgement in sentences, where the uitkomst asks it: effort against what may be expected."""
    if not uitkomst.afweging:
        return []
    zin = "Schrijf op waarom je stopt: wat deed je, en wat verwacht je nog van een volgende poging?"
    delen = [eis_tekst(afweging, zin, veld="afweging")]
    instellingen = parameters(h.werkproces.regio_id, op=op)
    tocht = zoektocht_van(contactmomenten(h.werkproces, toegang=h.toegang), op=op, instellingen=instellingen)
    if tocht.contact is None and tocht.nog_huisbezoeken:
        zin = (
            f"Je bent nog niet vaak genoeg langs geweest: {tocht.huisbezoeken} van {tocht.protocol.min_huisbezoeken} "
            "keer. Ga nog een keer langs, of leg uit waarom dat niet gaat."
        )
        delen.append(f"Geen herhaald huisbezoek: {eis_tekst(geen_huisbezoek, zin, veld='geen_huisbezoek_omdat')}")
    return delen


def _leg_uit(h: Handeling, uitleg: Mapping[int, str], *, op: dt.date) -> None:
    """Pas toe of leg uit: every step that is still open gets its explanation, which stays visible (RKT-03)."""
    stand = routestand(h.werkproces, op=h.vandaag)
    for stap in stand.zonder_uitleg:
        tekst = uitleg.get(stap.nummer, "").strip()
        antwoord = mag_overslaan(stand, stap.nummer, toelichting=tekst)
        if not antwoord:
            zin = f"Stap {stap.nummer}, {stap.stap.naam.lower()}: {antwoord.reden}"
            raise Geweigerd(zin, veld=f"stap_{stap.nummer}")
        h.feit("stap.overgeslagen", op=op, stap=stap.nummer, toelichting=tekst)


def _eerdere_sluitingen(werkproces: Werkproces) -> list[tuple[dt.date, str]]:
    """The day and the words of each time that this werkproces was closed before it was opened again."""
    rijen = Gebeurtenis.objects.alles(reden=BINNEN).filter(werkproces=werkproces, code="werkproces.afgesloten")
    return list(rijen.values_list("op", "toelichting"))


def _bereikt(h: Handeling, doelen: Collection[uuid.UUID], *, op: dt.date) -> None:
    if doelen:
        rijen = Doel.objects.alles(reden=BINNEN).filter(plan__werkproces=h.werkproces, plan__vervangen_op__isnull=True)
        rijen.filter(sleutel__in=list(doelen), bereikt_op__isnull=True).update(bereikt_op=op)


def _sluit_meldingen(
    h: Handeling,
    uitkomst: Uitkomst,
    eerder: Collection[tuple[dt.date, str]],
    *,
    reden: int | None,
    opmerking: int | None,
) -> None:
    """Gives the uitkomst to the judged meldingen that have none of their own, and sets what DUO tells the school."""
    op = h.werkproces.afgesloten_op
    rijen = Melding.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, ingetrokken_op__isnull=True)
    for melding in rijen.exclude(oordeel="").order_by("pk"):
        if melding.uitkomst and not _is_afgeleid(melding, h.werkproces.soort, eerder):
            continue
        melding.uitkomst, melding.uitkomst_op = uitkomst.code, op
        velden = ["uitkomst", "uitkomst_op", "updated"]
        if melding.duo_nummer is not None:
            if reden is None:
                raise Geweigerd(KIES_REDEN, veld="duo_afsluitreden")
            velden += zet_duo(melding, Duoterug(afsluitreden=reden, opmerking=opmerking))
        melding.save(update_fields=velden)


def _is_afgeleid(melding: Melding, soort: str, eerder: Collection[tuple[dt.date, str]]) -> bool:
    """Whether the uitkomst of this melding is that of an earlier closing, so that a new closing replaces it."""
    labels = {keuze.code: keuze.label for keuze in uitkomsten(soort)}
    eigen = labels.get(melding.uitkomst, "")
    return any(dag == melding.uitkomst_op and bool(eigen) and woorden.startswith(eigen) for dag, woorden in eerder)


def _rond_taken_af(h: Handeling) -> None:
    rijen = Taak.objects.alles(reden=BINNEN).open().filter(werkproces=h.werkproces)
    rijen.exclude(soort__in=BLIJVENDE_TAKEN).update(gedaan_op=h.nu)
