"""Persons from the BRP: new ones are made, known ones brought up to date with a trace of old and new (REG-02).

Own contact data are never touched. A person who moves out of the area of her team while a werkproces runs stays in
reach of that team.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from routekaart.basis.lading import laad, reserveer, wijzig_velen
from routekaart.basis.sleutels import Sleutels
from routekaart.basis.versies import leesbaar
from routekaart.dossiers.models import Werkproces
from routekaart.leveringen.publiceren.brp_relaties import herzie_thuis
from routekaart.leveringen.publiceren.opzoeken import NUMMERVELDEN, Gemeenten, nummerrij, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.meldingen.models import Melding
from routekaart.personen.acties import afgeleid, soort_werk_voor, zoeknaam_van
from routekaart.personen.models import BrpWijziging, Jongere, Persoonsnummer
from routekaart.personen.nummers import blinde_index
from routekaart.toegang.models import Bereik, Team

TEKSTVELDEN = (
    "achternaam", "voorvoegsel", "voornamen", "naamgebruik", "geboortedatum", "geslacht", "straat", "huisnummer",
    "huisletter", "toevoeging", "postcode", "woonplaats", "functie_adres", "adres_sinds", "in_gemeente_sinds",
    "in_nederland_sinds", "geheimhouding", "in_onderzoek", "overleden_op", "vertrokken_op", "land",
)  # fmt: skip
NAAMVELDEN = {"achternaam", "voorvoegsel", "voornamen"}
ADRESVELDEN = {"postcode", "huisnummer", "huisletter", "toevoeging"}
AFGELEID = ("geboren_vanaf", "geboren_tot", "soort_werk", "zoeknaam", "levering_id")
_SPOOR = ("jongere_id", "veld", "was", "wordt", "geldig_vanaf", "vastgelegd_op", "levering_id")
# of which facts the BRP says from which day they hold, and in which column; of the others it does not
_SINDS = {
    **dict.fromkeys(
        ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "functie_adres", "adres_sinds"),
        "adres_sinds",
    ),
    "gemeente_id": "in_gemeente_sinds",
    "in_gemeente_sinds": "in_gemeente_sinds",
    "in_nederland_sinds": "in_nederland_sinds",
    "overleden_op": "overleden_op",
    "vertrokken_op": "vertrokken_op",
    "land": "vertrokken_op",
}


# the columns of somebody new, and what stands in those that the file does not have
_NIEUW = ("id", "regio_id", "levering_id", "gemeente_id", *TEKSTVELDEN, *AFGELEID[:4])
_LEEG = {veld.name: veld.get_default() for veld in Jongere._meta.concrete_fields if veld.name in TEKSTVELDEN}


class BrpPublicatie(Toestandpublicatie):
    """The thing is a person, by BSN."""

    VELDEN = ("gemeente_id", *TEKSTVELDEN)

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.gemeenten = Gemeenten()
        self.jongeren: dict[Nummer, Jongere] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        return [Doel(rij.waarden["bsn"], self._gewenst(rij.waarden)) for rij in rijen]

    def _gewenst(self, waarden: Staat) -> dict[str, Any]:
        velden = {naam: waarden[naam] for naam in TEKSTVELDEN if naam in waarden}
        return {"gemeente_id": self.gemeenten[waarden["gemeentecode"]].pk, **velden}

    def huidig(self, sleutels: Collection[Nummer]) -> dict[Hashable, Staat]:
        op_nummer = zoek_personen(sleutels, self.inlezing)
        rijen = Jongere.objects.voor(self.inlezing.bereik).filter(pk__in_rij=Sleutels.van(set(op_nummer.values())))
        op_id = {jongere.pk: jongere for jongere in rijen}
        self.jongeren = {nummer: op_id[pk] for nummer, pk in op_nummer.items()}
        return {nummer: _staat(jongere) for nummer, jongere in self.jongeren.items()}

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        gezien = {nummer for nummer in self.gezien or () if isinstance(nummer, Nummer)} | self.genoemd
        indexen = {blinde_index(nummer.soort, nummer.cijfers) for nummer in gezien}
        nummers = Persoonsnummer.objects.voor(self.inlezing.bereik).filter(
            Q(jongere__overleden_op=None) | Q(jongere__overleden_op__gt=peildatum),
            Q(jongere__vertrokken_op=None) | Q(jongere__vertrokken_op__gt=peildatum),
            soort=Persoonsnummer.Soort.BSN,
            jongere__gemeente__in=gemeente_ids,
        )
        for index, jongere_id, gemeente in nummers.values_list("blinde_index", "jongere_id", "jongere__gemeente__naam"):
            if index not in indexen:
                yield jongere_id, f"woont volgens ons in {gemeente}"

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        self._maak([v for v in veranderingen if v.was is None])
        if gewijzigd := [v for v in veranderingen if v.was is not None]:
            self._wijzig(gewijzigd)

    def _maak(self, nieuw: Sequence[Verandering]) -> None:
        ids = reserveer(Jongere, len(nieuw))
        nu, regio_id = self.inlezing.nu, self.inlezing.regio_id
        laad(Jongere, _NIEUW, (self._nieuwe_rij(pk, v) for pk, v in zip(ids, nieuw, strict=True)), nu=nu)
        nummers = (nummerrij(v.sleutel, pk) for pk, v in zip(ids, nieuw, strict=True) if isinstance(v.sleutel, Nummer))
        laad(Persoonsnummer, NUMMERVELDEN, ((regio_id, *rij) for rij in nummers), nu=nu)
        self.inlezing.nieuwe_personen += len(nieuw)

    def _nieuwe_rij(self, pk: int, verandering: Verandering) -> tuple[Any, ...]:
        assert verandering.wordt is not None
        alles = {**_LEEG, **verandering.wordt, **afgeleid(verandering.wordt, op=self.inlezing.vandaag)}
        return (pk, self.inlezing.regio_id, self.inlezing.levering_id, *(alles[naam] for naam in _NIEUW[3:]))

    def _wijzig(self, gewijzigd: Sequence[Verandering]) -> None:
        sporen: list[tuple[Any, ...]] = []
        jongeren: list[Jongere] = []
        verhuisd: list[Jongere] = []
        ander_adres: list[Jongere] = []
        for verandering in gewijzigd:
            assert isinstance(verandering.sleutel, Nummer)
            assert verandering.was is not None and verandering.wordt is not None
            jongere = self.jongeren[verandering.sleutel]
            anders = {naam for naam, waarde in verandering.wordt.items() if waarde != verandering.was[naam]}
            sporen += [self._spoor(jongere, naam, verandering.was, verandering.wordt) for naam in sorted(anders)]
            for naam in anders:
                setattr(jongere, naam, verandering.wordt[naam])
            self._leid_af(jongere, anders)
            jongeren.append(jongere)
            if "gemeente_id" in anders:
                verhuisd.append(jongere)
            if anders & ADRESVELDEN:
                ander_adres.append(jongere)
        velden = ["gemeente_id", *TEKSTVELDEN, *AFGELEID]
        rijen = ((j.pk, *(getattr(j, naam) for naam in velden)) for j in jongeren)
        wijzig_velen(Jongere, velden, rijen, nu=self.inlezing.nu)
        laad(BrpWijziging, _SPOOR, sporen, nu=self.inlezing.nu)
        if ander_adres:
            herzie_thuis(ander_adres, self.inlezing)
        self._houd_bereikbaar(verhuisd)

    def _leid_af(self, jongere: Jongere, anders: set[str]) -> None:
        if "geboortedatum" in anders:
            geboren = jongere.geboren
            jongere.geboren_vanaf, jongere.geboren_tot = geboren.eerste, geboren.laatste
            jongere.soort_werk = soort_werk_voor(geboren, op=self.inlezing.vandaag)
        if anders & NAAMVELDEN:
            jongere.zoeknaam = zoeknaam_van(jongere)
        jongere.levering_id = self.inlezing.levering_id

    def _spoor(self, jongere: Jongere, naam: str, was: Staat, wordt: Staat) -> tuple[Any, ...]:
        sinds: dt.date | None = wordt.get(_SINDS.get(naam, ""))
        if naam == "gemeente_id":
            oud, nieuw = (str(self.gemeenten.met_id(staat[naam])) for staat in (was, wordt))
            naam = "gemeente"
        else:
            oud, nieuw = (leesbaar(staat[naam]) for staat in (was, wordt))
        return jongere.pk, naam, oud[:200], nieuw[:200], sinds, self.inlezing.nu, self.inlezing.levering_id

    def _houd_bereikbaar(self, verhuisd: Sequence[Jongere]) -> None:
        """A team that has an open werkproces or melding keeps somebody who moves out of its gemeenten, until it is
        handed over.
        """
        if not verhuisd:
            return
        nieuwe_gemeente = {jongere.pk: jongere.gemeente_id for jongere in verhuisd}
        lopend = Werkproces.objects.voor(self.inlezing.bereik).open().filter(jongere_id__in=nieuwe_gemeente)
        paren = set(lopend.exclude(team=None).values_list("team_id", "jongere_id"))
        bedient = set(Team.gemeenten.through.objects.values_list("team_id", "gemeente_id"))
        paren |= self._met_open_melding(list(nieuwe_gemeente), bedient)
        al = set(
            Bereik.objects.geldig_op(self.inlezing.vandaag)
            .filter(team__isnull=False, jongere_id__in=nieuwe_gemeente)
            .values_list("team_id", "jongere_id")
        )
        Bereik.objects.bulk_create(
            Bereik(
                team_id=team_id,
                jongere_id=jongere_id,
                grond=Bereik.Grond.VERHUISD,
                doel="lopend werkproces",
                van=self.inlezing.vandaag,
            )
            for team_id, jongere_id in sorted(paren - al)
            if (team_id, nieuwe_gemeente[jongere_id]) not in bedient
        )

    def _met_open_melding(self, ids: list[int], bedient: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """(team, jongere) of the teams where a melding about who moved still waits for an oordeel."""
        rijen = Melding.objects.voor(self.inlezing.bereik).te_beoordelen().filter(jongere_id__in=ids)
        meldingen = list(rijen.values_list("jongere_id", "gemeente_id", "soort_werk"))
        teams = Team.objects.filter(regio_id=self.inlezing.regio_id) if meldingen else ()
        return {
            (team.pk, jongere_id)
            for team in teams
            for jongere_id, gemeente_id, soort_werk in meldingen
            if soort_werk in team.soorten_werk and (team.pk, gemeente_id) in bedient
        }


def _staat(jongere: Jongere) -> dict[str, Any]:
    return {naam: getattr(jongere, naam) for naam in BrpPublicatie.VELDEN}
