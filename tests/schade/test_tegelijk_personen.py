"""Many merge the same two dossiers at once, while others still write about one of them: one merge, nothing lost."""

from __future__ import annotations

from collections import Counter

from routekaart.basis.fouten import Geweigerd
from routekaart.meldingen.models import Melding
from routekaart.personen.acties import maak_jongere
from routekaart.personen.acties_samenvoegen import maak_ongedaan, veeg_na, voeg_samen
from routekaart.personen.models import Jongere, Samenvoeging
from routekaart.personen.relaties import relaties_naar
from tests.fabrieken import NU, VANDAAG
from tests.schade.proef import Proef
from tests.schade.spel import REDEN, Spel
from tests.schade.test_tegelijk import SCHRIJVERS, SPEL, allemaal, begin, lees

__all__ = ["begin"]


def _tweede() -> None:
    maak_jongere(
        gemeente=SPEL.jongere.gemeente, achternaam="Deckers", voornamen="Yara", geboortedatum="2007-03-04", **SPEL.wie
    )


def _paar() -> tuple[Jongere, Jongere]:
    een, ander = Jongere.objects.met_verwijzingen(reden=REDEN).order_by("pk")
    return een, ander


def test_een_paar_gaat_een_keer_samen_en_wat_onderweg_was_komt_thuis(begin: Proef) -> None:
    begin.doe("tegelijk", _tweede)

    def werk(nummer: int) -> str:
        een, ander = _paar()
        if nummer % 2:
            # as an act that had read the dossier before it was merged
            Melding.objects.create(
                regio=een.regio, gemeente=een.gemeente, soort_werk="doorstroompunt", jongere=ander, kanaal="A.II",
                soort="vsv", melder_soort="school", ontvangen_op=NU, termijn=VANDAAG, nummer=f"M-{nummer}",
            )  # fmt: skip
            return "melding"
        try:
            voeg_samen(een, ander, waarom="tegelijk", op=VANDAAG, **SPEL.wie)
        except Geweigerd:
            return "geweigerd"
        return "samen"

    telling = Counter(allemaal(begin, werk))
    assert telling["samen"] == 1
    assert telling["geweigerd"] == SCHRIJVERS // 2 - 1
    assert lees(begin, _achtergebleven) == 0
    assert lees(begin, _hoeveel) == (1, telling["melding"], telling["melding"])


def test_ongedaan_maken_gebeurt_een_keer(begin: Proef) -> None:
    begin.doe("tegelijk", _tweede)
    begin.doe("tegelijk", _samen)

    def werk(nummer: int) -> str:
        try:
            maak_ongedaan(Spel().samenvoeging, **SPEL.wie)
        except Geweigerd:
            return "geweigerd"
        return "ongedaan"

    assert Counter(allemaal(begin, werk)) == {"ongedaan": 1, "geweigerd": SCHRIJVERS - 1}


def _samen() -> None:
    voeg_samen(*_paar(), waarom="eerst", op=VANDAAG, **SPEL.wie)


def _achtergebleven() -> int:
    """How much still points at the empty row after the sweep of the night."""
    veeg_na()
    leeg = Jongere.objects.met_verwijzingen(reden=REDEN).get(samengevoegd_met__isnull=False)
    return sum(relatie.van(leeg.pk).count() for relatie in relaties_naar(Jongere) if relatie.gedrag != "blijft")


def _hoeveel() -> tuple[int, int, int]:
    meldingen = Melding.objects.alles(reden=REDEN)
    blijft = Jongere.objects.alles(reden=REDEN).get()
    return (
        Samenvoeging.objects.alles(reden=REDEN).count(),
        meldingen.count(),
        meldingen.filter(jongere=blijft).count(),
    )
