"""Who must go to school and does not, or left without a next school (LPL-02, LPL-04, LPL-31, REG-07, REG-09).

Source: Leerplichtwet 1969, art. 2, 10 and 19; 003, Absoluut verzuim and Thuiszitters.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from routekaart.regels.leerplicht import Leerplichtoordeel
from routekaart.regels.signalen.feiten import Kader, Melding, Persoon, Schoolinschrijving, Treffer, Werksoort
from routekaart.regels.uitleg import Grond, Gronden, Uitleg, in_woorden, leg_uit

BRON_ABSOLUUT = "Leerplichtwet 1969, art. 2 en 19; 003, Absoluut verzuim"
BRON_THUISZITTER = "003, Thuiszitters; Kamerstuk 26695, nr. 108"
BRON_UITSCHRIJVING = "Leerplichtwet 1969, art. 10; 003, Absoluut verzuim"
EEN_MAAND_OF_LANGER = "maand"
DRIE_MAANDEN = timedelta(days=91)


def _plicht_zonder_vrijstelling(persoon: Persoon, kader: Kader) -> Leerplichtoordeel | None:
    """The duty that holds for a resident who is not freed from it; None where there is none."""
    if not persoon.is_inwoner(kader.op) or persoon.vrijgesteld(kader.op):
        return None
    oordeel = kader.plicht(persoon)
    return oordeel if oordeel.status.is_plicht else None


def _sinds(persoon: Persoon, oordeel: Leerplichtoordeel, op: date) -> date:
    """The first day without school of the present spell: after school, an exemption or coming here, or when the duty
    began, whichever is last.
    """
    dagen = [oordeel.duur.leerplicht_van]
    dagen += [een.tot + timedelta(days=1) for een in persoon.inschrijvingen if een.van <= op and een.tot is not None]
    dagen += [
        vrij.tot + timedelta(days=1) for vrij in persoon.vrijstellingen if vrij.van <= op and vrij.tot is not None
    ]
    if persoon.in_nederland_sinds is not None:
        dagen.append(persoon.in_nederland_sinds)
    return max(dag for dag in dagen if dag <= op or dag == oordeel.duur.leerplicht_van)


def absoluut_verzuim(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Leer- or kwalificatieplichtig, resident, and on no school, without exemption."""
    if persoon.lopend(kader.op):
        return None
    oordeel = _plicht_zonder_vrijstelling(persoon, kader)
    if oordeel is None:
        return None
    sinds = _sinds(persoon, oordeel, kader.op)
    return Treffer(
        aanleiding=str(sinds),
        gronden=Gronden(_nergens(persoon, kader.op, "LPL-02", BRON_ABSOLUUT), *oordeel.gronden.delen),
        sinds=sinds,
        werksoort=Werksoort.LEERPLICHT,
    )


def _nergens(persoon: Persoon, op: date, regel: str, bron: str) -> Grond:
    return partial(_zin_nergens, persoon.laatste_school(op), persoon.volgende_school(op), op, regel, bron)


def _zin_nergens(
    laatste: Schoolinschrijving | None, volgende: Schoolinschrijving | None, op: date, regel: str, bron: str
) -> Uitleg:
    if laatste is None:
        tekst = "We kennen geen enkele inschrijving op een school."
    else:
        tekst = f"De laatste inschrijving ({laatste.naam}, {laatste.schoolnaam}) liep tot en met " + (
            f"{in_woorden(laatste.tot)}." if laatste.tot else "een onbekende dag."
        )
    if volgende is not None:
        tekst += (
            f" Er is wel een inschrijving die later begint: {volgende.schoolnaam} op {in_woorden(volgende.van)}. "
            "Misschien is dit alleen een administratieve kwestie."
        )
    return leg_uit(
        regel,
        f"Er is vandaag geen inschrijving en geen vrijstelling. {tekst}",
        bron=bron,
        op=op,
        laatste_schooldag=laatste.tot if laatste else None,
        volgende_inschrijving=volgende.van if volgende else None,
    )


def thuiszitter(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Not enrolled, or enrolled and four weeks or longer absent; not freed, and not only absent with leave (ill).

    Absence with leave is counted apart (LPL-32): it is no hit here.
    """
    oordeel = _plicht_zonder_vrijstelling(persoon, kader)
    if oordeel is None:
        return None
    if not persoon.lopend(kader.op):
        sinds = _sinds(persoon, oordeel, kader.op)
        eerst = _nergens(persoon, kader.op, "LPL-31", BRON_THUISZITTER)
        return _thuis(sinds, None, eerst, oordeel, kader.op)
    lang = _langste_afwezigheid(persoon, kader)
    if lang is None or lang.van is None:
        return None
    return _thuis(lang.van, lang.school, partial(_zin_afwezig, lang.van, kader.op), oordeel, kader.op)


def _zin_afwezig(sinds: date, op: date) -> Uitleg:
    weken = (op - sinds).days // 7
    tekst = (
        f"De jongere staat ingeschreven, en is volgens een melding al {weken} weken niet op school: "
        f"sinds {in_woorden(sinds)}."
    )
    return leg_uit("LPL-31", tekst, bron=BRON_THUISZITTER, op=op, afwezig_sinds=sinds, weken=weken)


def _thuis(sinds: date, school: int | None, eerst: Grond, oordeel: Leerplichtoordeel, op: date) -> Treffer:
    return Treffer(
        aanleiding=str(sinds),
        gronden=Gronden(eerst, partial(_zin_duur, sinds, op), *oordeel.gronden.delen),
        sinds=sinds,
        school=school,
        werksoort=Werksoort.LEERPLICHT,
    )


def _zin_duur(sinds: date, op: date) -> Uitleg:
    lang = op - sinds >= DRIE_MAANDEN
    zin = "Dat is drie maanden of langer." if lang else "Dat is korter dan drie maanden."
    return leg_uit(
        "LPL-33", f"Dit duurt sinds {in_woorden(sinds)}. {zin}", bron=BRON_THUISZITTER, op=op, sinds=sinds,
        drie_maanden_of_langer=lang,
    )  # fmt: skip


def _langste_afwezigheid(persoon: Persoon, kader: Kader) -> Melding | None:
    """The open report of an absence that still lasts and began long enough ago, of all lessons and not with leave."""
    grens = kader.op - timedelta(days=kader.norm("signaal_thuiszitter_dagen"))
    lang = [melding for melding in persoon.meldingen if is_langdurig(melding, grens=grens, op=kader.op)]
    return min(lang, key=lambda melding: (melding.van or date.max, melding.ontvangen_op), default=None)


def is_langdurig(melding: Melding, *, grens: date, op: date) -> bool:
    """Whether the report speaks of an absence that began by `grens` and lasts on the day."""
    if not melding.verzuim or not melding.open_op(op) or melding.van is None or melding.van > grens:
        return False
    if melding.tot is not None and melding.tot < op:
        return False
    geoorloofd = bool(melding.dagen) and all(dag.geoorloofd for dag in melding.dagen)
    return not geoorloofd and (melding.soort == EEN_MAAND_OF_LANGER or melding.alle_lessen is True)


def uitschrijving_zonder_vervolg(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Left a school while the duty to go to school holds, and no other school had taken over (LPW art. 10)."""
    laatste = persoon.laatste_school(kader.op)
    if laatste is None or laatste.tot is None:
        return None
    if laatste.tot < kader.op - timedelta(days=kader.norm("signaal_uitschrijving_dagen")):
        return None
    if persoon.volgende_school(kader.op) is not None:
        return None
    oordeel = _plicht_zonder_vrijstelling(persoon, kader)
    if oordeel is None:
        return None
    eerst = partial(_zin_uitgeschreven, laatste.schoolnaam, laatste.naam, laatste.tot, kader.op)
    return Treffer(
        aanleiding=f"{laatste.school}:{laatste.tot}",
        gronden=Gronden(eerst, *oordeel.gronden.delen),
        sinds=laatste.tot,
        school=laatste.school,
        werksoort=Werksoort.LEERPLICHT,
    )


def _zin_uitgeschreven(school: str, opleiding: str, tot: date, op: date) -> Uitleg:
    tekst = (
        f"{school} schreef de jongere uit per {in_woorden(tot)} ({opleiding}). Daarna zien we geen inschrijving op een "
        "andere school. Een school mag pas uitschrijven als de nieuwe school de inschrijving heeft bevestigd."
    )
    return leg_uit("LPL-04", tekst, bron=BRON_UITSCHRIJVING, op=op, uitgeschreven_op=tot, school=school)
