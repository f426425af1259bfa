"""Parents and guardians with their gezag. What colleagues wrote down (phone, mail, notes) is never touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from typing import Any

from routekaart.basis.lading import laad
from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.feiten import SPOORVELDEN, feitwijziging
from routekaart.leveringen.publiceren.opzoeken import zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval, Waarden
from routekaart.personen.models import Jongere, Verzorger
from routekaart.personen.namen import zonder_accenten
from routekaart.personen.nummers import blinde_index

ADRESKOLOMMEN = {"straat", "huisnummer", "postcode", "woonplaats"}
SLEUTEL = ("jongere_id",)


class RelatiePublicatie(Toestandpublicatie):
    """The thing is a verzorger, by young person, relatie, who (BSN, else name) and first day.

    One whom a colleague wrote down before is taken to be the same where young person and name are.
    """

    VELDEN = ("naam", "relatie", "gezag", "van", "tot", "adres", "thuis", "nummer_index")

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.rijen: dict[Hashable, Verzorger] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        personen = zoek_personen((rij.waarden["bsn"] for rij in rijen), self.inlezing)
        jongeren = Jongere.objects.voor(self.inlezing.bereik).in_bulk(list(set(personen.values())))
        doelen: list[Doel | Uitval] = []
        for rij in rijen:
            waarden = rij.waarden
            if waarden["bsn"] not in personen:
                doelen.append(Uitval(rij.rij, "bsn", waarden["bsn"].cijfers, PERSOON_ONBEKEND, rij.cellen))
                continue
            jongere = jongeren[personen[waarden["bsn"]]]
            gewenst = self._gewenst(waarden, jongere)
            wie = gewenst["nummer_index"] or zonder_accenten(waarden["naam"])
            doelen.append(Doel((jongere.pk, gewenst["relatie"], wie, gewenst["van"]), gewenst))
        return doelen

    def _gewenst(self, waarden: Waarden, jongere: Jongere) -> dict[str, Any]:
        nummer = waarden.get("relatie_bsn")
        gewenst: dict[str, Any] = {
            "relatie": waarden["relatie"].lower(),
            "gezag": waarden["gezag"],
            # without a first day: from birth
            "van": waarden.get("van") or jongere.geboren_vanaf,
            "nummer_index": blinde_index(nummer.soort, nummer.cijfers) if nummer else "",
        }
        if waarden.get("naam"):
            gewenst["naam"] = waarden["naam"]
        if "tot" in waarden:
            gewenst["tot"] = waarden["tot"]
        if ADRESKOLOMMEN & waarden.keys():
            gewenst["adres"] = _adres(waarden)
        if waarden.get("postcode"):
            gewenst["thuis"] = _woont_bij(waarden, jongere)
        return gewenst

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        self.rijen, met_de_hand = {}, {}
        for rij in Verzorger.objects.voor(self.inlezing.bereik).filter(jongere_id__in=ids).order_by("pk"):
            wie = rij.nummer_index or zonder_accenten(rij.naam)
            self.rijen[(rij.jongere_id, rij.relatie, wie, rij.van)] = rij
            if rij.levering_id is None:
                met_de_hand[(rij.jongere_id, zonder_accenten(rij.naam))] = rij
        self.met_de_hand = met_de_hand
        return {sleutel: _staat(self.rijen[sleutel]) for sleutel in sleutels if sleutel in self.rijen}

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        nieuw, gewijzigd, sporen = [], [], []
        for verandering in veranderingen:
            assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
            rij = self.rijen.get(verandering.sleutel) if verandering.was is not None else self._zelfde(verandering)
            if rij is None:
                velden = {"naam": verandering.wordt["relatie"].capitalize(), **verandering.wordt}
                nieuw.append(
                    Verzorger(jongere_id=verandering.sleutel[0], levering_id=self.inlezing.levering_id, **velden)
                )
                continue
            spoor = Verandering(verandering.sleutel, _staat(rij), {**_staat(rij), **verandering.wordt})
            sporen.append(feitwijziging("verzorger", SLEUTEL, spoor, self.inlezing))
            for naam, waarde in verandering.wordt.items():
                setattr(rij, naam, waarde)
            rij.levering_id = self.inlezing.levering_id
            rij.versie += 1
            gewijzigd.append(rij)
        Verzorger.objects.bulk_create(nieuw)
        Verzorger.objects.voor(self.inlezing.bereik).bulk_create(
            gewijzigd,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*self.VELDEN, "levering_id", "versie", "updated"],
        )
        laad(Feitwijziging, SPOORVELDEN, sporen, nu=self.inlezing.nu)

    def _zelfde(self, verandering: Verandering) -> Verzorger | None:
        """The verzorger whom a colleague wrote down by hand under this name, taken once."""
        assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
        naam = zonder_accenten(verandering.wordt.get("naam", ""))
        return self.met_de_hand.pop((verandering.sleutel[0], naam), None) if naam else None


def _staat(rij: Verzorger) -> dict[str, Any]:
    return {naam: getattr(rij, naam) for naam in RelatiePublicatie.VELDEN}


def _adres(waarden: Waarden) -> str:
    straat = f"{waarden.get('straat', '')} {waarden.get('huisnummer', '')}".strip()
    plaats = f"{waarden.get('postcode', '')} {waarden.get('woonplaats', '')}".strip()
    return ", ".join(deel for deel in (straat, plaats) if deel)[:200]


def _woont_bij(waarden: Waarden, jongere: Jongere) -> bool:
    """Whether postcode and house number are those of the young person."""
    nummer = _kaal(waarden.get("huisnummer", ""))
    eigen = _kaal(f"{jongere.huisnummer}{jongere.huisletter}{jongere.toevoeging}")
    return _kaal(waarden["postcode"]) == _kaal(jongere.postcode) and nummer in {eigen, _kaal(jongere.huisnummer)}


def _kaal(tekst: str) -> str:
    return re.sub(r"[^a-z0-9]", "", tekst.lower())
