"""Who falls between two schools, and whom a school did not report (MEL-21, MEL-27, MEL-33, SCR-01 to SCR-07).

Source: 002 par. 1.2, 2.1 and 2.3.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from routekaart.regels.loopbaan import Diplomasoort, Onderwijssoort
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen.feiten import Kader, Persoon, Schoolinschrijving, Treffer, Uitstroomvermelding
from routekaart.regels.signalen.plicht import is_langdurig
from routekaart.regels.uitleg import Gronden, Uitleg, in_woorden, leg_uit

BRON_MELDEN = "002, par. 1.2 en 2.1 (controle op volledigheid); Leerplichtwet 1969, art. 21a"
BRON_OVERSTAP = "002, par. 2.3 (screening in twee fasen)"
VAN_VO = frozenset(
    {
        Onderwijssoort.VO_ONDERBOUW, Onderwijssoort.VMBO, Onderwijssoort.VMBO_BB, Onderwijssoort.VMBO_KB,
        Onderwijssoort.VMBO_GL, Onderwijssoort.VMBO_TL, Onderwijssoort.HAVO, Onderwijssoort.VWO, Onderwijssoort.PRO,
        Onderwijssoort.VSO, Onderwijssoort.ISK, Onderwijssoort.LEERWERKTRAJECT,
    }
)  # fmt: skip
AFGEROND = frozenset({Diplomasoort.PRO_GETUIGSCHRIFT, Diplomasoort.VSO})


def _bovengrens(kader: Kader) -> int:
    wettelijk = kader.grenzen.doelgroep_bovengrens.op(kader.op).waarde
    return max(wettelijk, kader.regio.bovengrens or 0)


def _komt_in_aanmerking(persoon: Persoon, kader: Kader) -> bool:
    """A resident below the upper limit without startkwalificatie."""
    return (
        persoon.is_inwoner(kader.op)
        and persoon.jonger_dan_op(_bovengrens(kader), kader.op)
        and not kader.heeft_startkwalificatie(persoon)
    )


def uitval_zonder_melding(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Written off, or absent for long by what somebody else says, and that school reported nothing."""
    if not _komt_in_aanmerking(persoon, kader) or persoon.vrijgesteld(kader.op):
        return None
    return _uitgeschreven_zonder_melding(persoon, kader) or _afwezig_zonder_melding(persoon, kader)


def _uitgeschreven_zonder_melding(persoon: Persoon, kader: Kader) -> Treffer | None:
    laatste = persoon.laatste_school(kader.op)
    if laatste is None or laatste.tot is None or persoon.volgende_school(kader.op) is not None:
        return None
    dagen = (kader.op - laatste.tot).days
    if not kader.norm("signaal_meldtermijn_dagen") <= dagen <= kader.norm("signaal_uitschrijving_dagen"):
        return None
    if any(diploma.soort in AFGEROND and diploma.behaald_op <= kader.op for diploma in persoon.diplomas):
        return None
    if _gemeld_door(persoon, laatste.school, kader, rond=laatste.tot):
        return None
    return Treffer(
        aanleiding=f"{laatste.school}:uit:{laatste.tot}",
        gronden=Gronden(partial(_zin_uitgeschreven, laatste.schoolnaam, laatste.naam, laatste.tot, kader.op)),
        sinds=laatste.tot,
        school=laatste.school,
    )


def _zin_uitgeschreven(school: str, opleiding: str, tot: date, op: date) -> Uitleg:
    tekst = (
        f"{school} schreef de jongere uit per {in_woorden(tot)} ({opleiding}). Er is geen startkwalificatie en geen "
        "nieuwe school. Een melding van deze school kwam niet binnen."
    )
    return leg_uit("MEL-21", tekst, bron=BRON_MELDEN, op=op, school=school, sinds=tot)


def _afwezig_zonder_melding(persoon: Persoon, kader: Kader) -> Treffer | None:
    grens = kader.op - timedelta(days=kader.norm("signaal_thuiszitter_dagen"))
    lang = [een for een in persoon.meldingen if is_langdurig(een, grens=grens, op=kader.op)]
    if not lang:
        return None
    van = min(een.van for een in lang if een.van is not None)
    for school in persoon.lopend(kader.op):
        if school.van <= van and not _gemeld_door(persoon, school.school, kader, rond=van):
            return Treffer(
                aanleiding=f"{school.school}:weg:{van}",
                gronden=Gronden(partial(_zin_afwezig, school.schoolnaam, van, kader.op)),
                sinds=van,
                school=school.school,
            )
    return None


def _zin_afwezig(school: str, van: date, op: date) -> Uitleg:
    tekst = (
        f"De jongere staat ingeschreven bij {school} en is sinds {in_woorden(van)} niet op school, volgens een melding "
        "van iemand anders. De school zelf meldde dit niet."
    )
    return leg_uit("MEL-21", tekst, bron=BRON_MELDEN, op=op, school=school, sinds=van)


def _gemeld_door(persoon: Persoon, school: int, kader: Kader, *, rond: date) -> bool:
    """Whether this school reported the person between some time before that day and the peildatum."""
    vanaf = rond - timedelta(days=kader.norm("signaal_melding_vooraf_dagen"))
    return any(
        een.school == school and not een.ingetrokken and vanaf <= een.ontvangen_op <= kader.op
        for een in persoon.meldingen
    )


def overstap_1_oktober(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Left vo, pro or vso last summer, or is about to by the list of the school, without a next place.

    Before 1 October this is the first phase (what is expected), from that day on the second (what became of it); it
    ends with the schooljaar.
    """
    if not _komt_in_aanmerking(persoon, kader):
        return None
    laatste = persoon.laatste_school(kader.op)
    if laatste is not None and laatste.tot is not None:
        return _na_vertrek(persoon, laatste, laatste.tot, kader)
    return _voor_vertrek(persoon, kader)


def _na_vertrek(persoon: Persoon, laatste: Schoolinschrijving, tot: date, kader: Kader) -> Treffer | None:
    teldatum = _teldatum_na_vertrek(tot)
    if laatste.onderwijssoort not in VAN_VO or kader.op > Schooljaar.van(teldatum).einde:
        return None
    volgende = persoon.volgende_school(kader.op)
    if volgende is not None and volgende.van <= max(teldatum, kader.op):
        return None
    fase = 1 if kader.op < teldatum else 2
    return Treffer(
        aanleiding=f"{teldatum.year}:fase-{fase}",
        gronden=Gronden(partial(_zin_van_school, laatste.schoolnaam, laatste.naam, tot, teldatum, fase, kader.op)),
        sinds=tot,
        school=laatste.school,
    )


def _zin_van_school(school: str, opleiding: str, tot: date, teldatum: date, fase: int, op: date) -> Uitleg:
    wat = (
        f"Voor {in_woorden(teldatum)} is nog geen nieuwe opleiding bekend."
        if fase == 1
        else f"Op {in_woorden(teldatum)} was er geen nieuwe inschrijving, en nu nog niet."
    )
    tekst = f"De jongere ging op {in_woorden(tot)} van {school} af ({opleiding}). {wat}"
    return leg_uit(
        "SCR-02" if fase == 1 else "SCR-07", tekst, bron=BRON_OVERSTAP, op=op, laatste_schooldag=tot,
        teldatum=teldatum, fase=fase,
    )  # fmt: skip


def _teldatum_na_vertrek(tot: date) -> date:
    """The 1 October by which somebody who left on this day should have a next place."""
    schooljaar = Schooljaar.van(tot)
    return schooljaar.teldatum if tot < schooljaar.teldatum else schooljaar.volgende.teldatum


def _voor_vertrek(persoon: Persoon, kader: Kader) -> Treffer | None:
    schooljaar = Schooljaar.van(kader.op)
    vermeld: Uitstroomvermelding | None = next(
        (een for een in persoon.uitstroom if een.schooljaar == str(schooljaar) and not een.bestemming.strip()), None
    )
    if vermeld is None or persoon.volgende_school(kader.op) is not None:
        return None
    if not any(een.school == vermeld.school for een in persoon.lopend(kader.op)):
        return None
    return Treffer(
        aanleiding=f"{schooljaar.volgende.teldatum.year}:lijst",
        gronden=Gronden(partial(_zin_op_lijst, vermeld.schoolnaam, str(schooljaar), kader.op)),
        school=vermeld.school,
    )


def _zin_op_lijst(school: str, schooljaar: str, op: date) -> Uitleg:
    tekst = (
        f"Volgens de uitstroomlijst van {school} gaat de jongere dit schooljaar van school. "
        "Waarheen staat er niet bij, en we zien nog geen nieuwe inschrijving."
    )
    return leg_uit("SCR-02", tekst, bron=BRON_OVERSTAP, op=op, schooljaar=schooljaar, fase=1)
