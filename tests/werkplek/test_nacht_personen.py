"""The night run looks for doubles, and sweeps up what was written in the moment of a merge."""

from __future__ import annotations

from routekaart.personen.acties_samenvoegen import voeg_samen
from routekaart.werkplek.nachtwerk import nacht
from tests.fabrieken import NU, VANDAAG, Gebied, maak_jongere, maak_melding, systeem


def test_de_nacht_vindt_wie_er_dubbel_in_staat(gebied: Gebied) -> None:
    for _ in range(2):
        maak_jongere(gebied, achternaam="Bakker", voornamen="Noor", bsn=None)
    assert nacht(nu=NU).dubbelen == 1
    assert nacht(nu=NU).dubbelen == 0


def test_de_nacht_brengt_thuis_wat_onderweg_was(gebied: Gebied) -> None:
    blijft, verdwijnt = maak_jongere(gebied), maak_jongere(gebied, bsn=None)
    voeg_samen(blijft, verdwijnt, waarom="proef", toegang=systeem(gebied), nu=NU, op=VANDAAG)
    melding = maak_melding(gebied, jongere=verdwijnt)
    nacht(nu=NU)
    melding.refresh_from_db()
    assert melding.jongere_id == blijft.pk
