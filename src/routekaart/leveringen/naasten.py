"""Who is probably meant by a row whose number cannot be read or is not there: by a number that is almost hers, or by
name and birth date. Within the scope of who looks; a person decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.herstel import geleverd, soort_van
from routekaart.leveringen.models import Uitvalrij
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.nummers import blinde_index, gemaskeerd, lees_nummer, ontsleutel
from routekaart.personen.selecties import mogelijke_dubbelen, zoek
from routekaart.personen.vergelijking import geboren
from routekaart.toegang.bereik import Toegang

HOOGSTENS = 5
# the columns in which a row says whom it is about; those of a parent are not for this
WIE_KOLOMMEN = ("pgn", "bsn")


@dataclass(frozen=True)
class Naaste:
    """One who may be meant, and why we think so."""

    jongere: Jongere
    waarom: str

    @property
    def wie(self) -> str:
        """'geboren op 15 januari 2007, Veldermeer; bijna hetzelfde nummer'."""
        return f"geboren {geboren(self.jongere.geboren)}, {self.jongere.gemeente}; {self.waarom}"


def kolom_van_wie(rij: Uitvalrij) -> str:
    """The column of this kind that says whom a row is about; empty where there is none, or where nothing is wrong
    with who it is.
    """
    wie = next((kolom.naam for kolom in soort_van(rij.levering).kolommen if kolom.naam in WIE_KOLOMMEN), "")
    return wie if wie and rij.kolom in {wie, "achternaam", "geboortedatum"} else ""


def naasten_van(rij: Uitvalrij, *, toegang: Toegang) -> list[Naaste]:
    """At most five, those with an almost equal number first. At most three queries."""
    kolom = kolom_van_wie(rij)
    # a new person of the BRP with a wrong number is not somebody whom we know
    if not kolom or rij.opgelost_op is not None:
        return []
    cellen = geleverd(rij)
    gevonden = {een.pk: Naaste(een, waarom) for een, waarom in _op_nummer(cellen.get(kolom, ""), kolom, toegang)}
    for een in _op_naam(cellen, toegang):
        gevonden.setdefault(een.pk, Naaste(een, "zelfde naam en geboortedatum, of bijna"))
    met_nummer = _met_nummer(kolom, list(gevonden), toegang)
    return [naaste for pk, naaste in gevonden.items() if pk in met_nummer][:HOOGSTENS]


def nummer_van(jongere: Jongere, kolom: str, *, toegang: Toegang) -> str:
    """The digits to put in that column. Raises Geweigerd where we do not have them."""
    rijen = Persoonsnummer.objects.voor(toegang).filter(jongere=jongere, soort__in=_soorten(kolom))
    # a BSN where there is one: it sorts before `onderwijsnummer`
    eerste = rijen.order_by("soort").first()
    if eerste is None:
        raise Geweigerd("Van deze jongere kennen we geen nummer.")
    return ontsleutel(eerste.cijfertekst)


def _soorten(kolom: str) -> tuple[str, ...]:
    bsn, onderwijsnummer = Persoonsnummer.Soort.BSN, Persoonsnummer.Soort.ONDERWIJSNUMMER
    return (bsn,) if kolom == "bsn" else (bsn, onderwijsnummer)


def _met_nummer(kolom: str, ids: list[int], toegang: Toegang) -> set[int]:
    rijen = Persoonsnummer.objects.voor(toegang).filter(jongere_id__in=ids, soort__in=_soorten(kolom))
    return set(rijen.values_list("jongere_id", flat=True)) if ids else set()


def _op_nummer(cel: str, kolom: str, toegang: Toegang) -> list[tuple[Jongere, str]]:
    """Who has a number of which one digit differs, is missing or too many, or two neighbours are swapped."""
    per_soort: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for variant in varianten(re.sub(r"\D", "", cel)):
        try:
            soort, cijfers = lees_nummer(variant)
        except Geweigerd:
            continue
        if soort in _soorten(kolom):
            per_soort[soort][blinde_index(soort, cijfers)] = cijfers
    gevonden = []
    for nummersoort, op_index in per_soort.items():
        rijen = Persoonsnummer.objects.voor(toegang).filter(soort=nummersoort, blinde_index__in=list(op_index))
        for rij in rijen.select_related("jongere__gemeente").order_by("jongere__zoeknaam", "pk"):
            gevonden.append((rij.jongere, f"bijna hetzelfde nummer, {gemaskeerd(op_index[rij.blinde_index])}"))
    return gevonden


def varianten(cijfers: str) -> Iterator[str]:
    """Every nine digits that are one slip of the fingers away. What was typed itself is no slip."""
    tien = "0123456789"
    if len(cijfers) == 9:
        for plek in range(9):
            yield from (cijfers[:plek] + cijfer + cijfers[plek + 1 :] for cijfer in tien if cijfer != cijfers[plek])
        for plek in range(8):
            if cijfers[plek] != cijfers[plek + 1]:
                yield cijfers[:plek] + cijfers[plek + 1] + cijfers[plek] + cijfers[plek + 2 :]
    elif len(cijfers) == 8:
        yield from (cijfers[:plek] + cijfer + cijfers[plek:] for plek in range(9) for cijfer in tien)
    elif len(cijfers) == 10:
        yield from (cijfers[:plek] + cijfers[plek + 1 :] for plek in range(10))


def _op_naam(cellen: dict[str, str], toegang: Toegang) -> list[Jongere]:
    achternaam = cellen.get("achternaam", "")
    if not achternaam:
        return []
    try:
        dag = dt.date.fromisoformat(cellen.get("geboortedatum", ""))
    except ValueError:
        return list(zoek(achternaam, toegang=toegang).select_related("gemeente")[:HOOGSTENS])
    voornamen = cellen.get("voornamen", "")
    return mogelijke_dubbelen(achternaam=achternaam, geboortedatum=dag, voornamen=voornamen, toegang=toegang)
