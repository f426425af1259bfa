"""The written enquête of the screening: who can get one, and why somebody cannot; making the letters (SCR-03)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.basis.taal import datum_voluit, opsomming
from routekaart.correspondentie.acties import Opgesteld, afzender_van, bewaar_los, stel_op_aan
from routekaart.correspondentie.pdf import Afzender, Briefbeeld, maak_stapel
from routekaart.delen.acties import zeggenschap
from routekaart.dossiers.acties_velen import Bediening
from routekaart.inhoud import brieven
from routekaart.personen.models import Jongere, Verzorger
from routekaart.regels.screening import Staat
from routekaart.regels.screening_feiten import Soort
from routekaart.signalen.acties_screening import NIETS_TE_VRAGEN, bezig, maak_feit, openstaande_enquetes
from routekaart.signalen.models import Enquetestapel, Screeningsbrief, Screeningsfeit, Vertrekker
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Team

AAN_JONGERE, AAN_OUDERS = "enquete-vertrek", "enquete-vertrek-ouders"
_BEREIKT = "van jongeren die de aanroeper al bereikte"
GEHEIM = "Het adres is geheim."
GEEN_ADRES = "We kennen geen adres."
GEEN_GEZAG = "Is nog geen 16, en we kennen geen ouder of voogd met gezag bij wie de jongere woont."


@dataclass(frozen=True)
class Keuring:
    """Whether somebody can get the enquête by post. `reden` why not; `anders` whether another way of asking is next."""

    vertrekker: Vertrekker
    sjabloon: str = ""
    aan: str = ""
    adres: str = ""
    reden: str = ""
    anders: bool = False

    @property
    def kan(self) -> bool:
        return not self.reden

    @property
    def verder(self) -> str:
        """What one does instead."""
        return verder_zonder_brief(self.vertrekker.jongere) if self.anders else ""


@dataclass(frozen=True)
class Verstuurd:
    """What came of one pile."""

    stapel: Enquetestapel
    brieven: int
    anders: int
    overgeslagen: Sequence[Keuring]


def verder_zonder_brief(jongere: Jongere) -> str:
    """The next step where no letter can go: telephone, else a visit, else finding out where somebody is (SCR-04)."""
    if jongere.telefoon:
        return f"Bel {jongere.telefoon}"
    if postadres(jongere):
        return "Ga langs: we kennen geen telefoonnummer"
    return "Vraag school om een telefoonnummer of adres"


def postadres(jongere: Jongere) -> str:
    """Where a letter reaches somebody, in lines; empty where we do not know."""
    if jongere.verblijfadres.strip():
        return "\n".join(deel.strip() for deel in jongere.verblijfadres.split(","))
    plaats = f"{jongere.postcode} {jongere.woonplaats}".strip()
    return f"{jongere.adres}\n{plaats}" if jongere.straat and jongere.huisnummer and plaats else ""


def keur(vertrekkers: Sequence[Vertrekker], *, nu: dt.datetime) -> list[Keuring]:
    """For each of these whether a letter can go, and to whom. Two queries, and none for who is 16 or older."""
    op = timezone.localdate(nu)
    uit = openstaande_enquetes(vertrekkers)
    jong = [een.jongere_id for een in vertrekkers if zeggenschap(een.jongere, op=op).door == "verzorger"]
    ouders: dict[int, Verzorger] = {}
    if jong:
        rijen = Verzorger.objects.alles(reden=_BEREIKT).filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
        met_gezag = rijen.filter(jongere_id__in=jong, gezag=Verzorger.Gezag.JA, thuis=True)
        for ouder in met_gezag.order_by("naam", "pk"):
            ouders.setdefault(ouder.jongere_id, ouder)
    return [_keur(een, uit.get(een.jongere_id), een.jongere_id in jong, ouders, op=op) for een in vertrekkers]


def _keur(een: Vertrekker, eerder: dt.date | None, jong: bool, ouders: dict[int, Verzorger], *, op: dt.date) -> Keuring:
    jongere = een.jongere
    if jongere.overleden_op is not None and jongere.overleden_op <= op:
        return Keuring(een, reden="Is overleden. Er gaat geen brief meer uit.")
    if een.staat == Staat.BUITEN:
        return Keuring(een, reden="Valt buiten de screening: vertrokken, verhuisd of vrijgesteld.")
    if een.staat in NIETS_TE_VRAGEN:
        return Keuring(een, reden="Heeft al een plek.")
    if eerder is not None:
        return Keuring(een, reden=f"Kreeg de enquête al, op {datum_voluit(eerder)}.")
    if jongere.geheimhouding:
        return Keuring(een, reden=GEHEIM, anders=True)
    adres = postadres(jongere)
    if not adres:
        return Keuring(een, reden=GEEN_ADRES, anders=True)
    if not jong:
        return Keuring(een, AAN_JONGERE, jongere.naam, adres)
    ouder = ouders.get(jongere.pk)
    if ouder is None:
        return Keuring(een, reden=GEEN_GEZAG, anders=True)
    eigen = "\n".join(deel.strip() for deel in ouder.adres.split(",")) if ouder.adres.strip() else adres
    return Keuring(een, AAN_OUDERS, ouder.naam, eigen)


def schrijf_enquetes(vertrekkers: Sequence[Vertrekker], *, toegang: Toegang, nu: dt.datetime) -> Verstuurd:
    """Makes the letters of today for whom it can, records that they went, and records for whom another way is next.

    One transaction. Who needs no enquête is passed over. Raises Geweigerd where nobody is left.
    """
    op = timezone.localdate(nu)
    with bezig(vertrekkers, nu=nu) as vast:
        gekeurd = keur(vast, nu=nu)
        schrijfbaar = [een for een in gekeurd if een.kan]
        bekend = _bekend(vast)
        anders = [een for een in gekeurd if een.anders and (een.vertrekker.jongere_id, een.reden) not in bekend]
        if not schrijfbaar and not anders:
            raise Geweigerd(_niemand(gekeurd))
        stapel = Enquetestapel.objects.create(
            regio_id=vast[0].regio_id, schooljaar=vast[0].schooljaar, door_id=toegang.gebruiker_id or None
        )
        Enquetestapel.objects.filter(pk=stapel.pk).update(created=nu)
        afzenders = _Afzenders(vast[0].regio_id, toegang)
        dagen = parameters(vast[0].regio_id, op=op)["screening_antwoord_dagen"]
        wie: dict[str, Any] = {"toegang": toegang, "nu": nu}
        for een in schrijfbaar:
            brief = _stel_op(een, afzenders.van(een.vertrekker.jongere), voor=op + dt.timedelta(days=dagen), **wie)
            _bewaar(een, brief, stapel, op=op, **wie)
        for een in anders:
            maak_feit(een.vertrekker, Soort.GEEN_BRIEF, op=op, toelichting=een.reden, stapel=stapel, **wie)
    over = [een for een in gekeurd if not een.kan and een not in anders]
    return Verstuurd(stapel, len(schrijfbaar), len(anders), over)


def _bekend(vertrekkers: Sequence[Vertrekker]) -> set[tuple[int, str]]:
    """For whom it was recorded before that no letter can go, and why. One query."""
    rijen = Screeningsfeit.objects.alles(reden=_BEREIKT).filter(
        jongere_id__in=[een.jongere_id for een in vertrekkers], schooljaar=vertrekkers[0].schooljaar,
        soort=Soort.GEEN_BRIEF, ingetrokken_op__isnull=True,
    )  # fmt: skip
    return set(rijen.values_list("jongere_id", "toelichting"))


def _niemand(gekeurd: Sequence[Keuring]) -> str:
    if len(gekeurd) == 1:
        een = gekeurd[0]
        zin = f"{een.vertrekker.jongere.naam}: {een.reden[0].lower()}{een.reden[1:]}"
        return f"{zin} {een.verder}." if een.verder else zin
    redenen = dict.fromkeys(een.reden.rstrip(".").lower() for een in gekeurd)
    return f"Niemand van hen kan een brief krijgen: {opsomming(redenen)}."


class _Afzenders:
    """Who writes: the colleague, with the team that does this kind of work in the gemeente. A few queries in all."""

    def __init__(self, regio_id: int, toegang: Toegang) -> None:
        self.toegang, self.bediening = toegang, Bediening(regio_id)
        self._al: dict[int | None, Afzender] = {}

    def van(self, jongere: Jongere) -> Afzender:
        team_id = self.bediening.team_id(jongere.gemeente_id, jongere.soort_werk)
        if team_id not in self._al:
            team = Team.objects.filter(pk=team_id or 0).first()
            self._al[team_id] = afzender_van(team, regio=self.toegang.regio_naam, toegang=self.toegang)
        return self._al[team_id]


def _stel_op(een: Keuring, wie: Afzender, *, voor: dt.date, toegang: Toegang, nu: dt.datetime) -> Opgesteld:
    vorm = brieven.brief(een.sjabloon)
    if not wie.telefoon or not wie.email:
        wat = "telefoonnummer" if not wie.telefoon else "e-mailadres"
        raise Geweigerd(f"Er staat geen {wat} bij jou of je team. Zonder dat kan niemand antwoorden.")
    return stel_op_aan(
        een.vertrekker.jongere,
        wie=wie,
        sjabloon=een.sjabloon,
        aan=een.aan,
        adres=een.adres,
        onderwerp=vorm.onderwerp,
        tekst=vorm.tekst,
        gegevens={"school": een.vertrekker.instelling.naam, "antwoord_voor": datum_voluit(voor)},
        toegang=toegang,
        nu=nu,
    )


def _bewaar(
    een: Keuring, brief: Opgesteld, stapel: Enquetestapel, *, op: dt.date, toegang: Toegang, nu: dt.datetime
) -> None:
    rij = een.vertrekker
    document = bewaar_los(rij.jongere, brief, op=op, door_id=toegang.gebruiker_id or None)
    feit = maak_feit(rij, Soort.ENQUETE, op=op, stapel=stapel, toegang=toegang, nu=nu)
    Screeningsbrief.objects.create(
        jongere=rij.jongere,
        stapel=stapel,
        feit=feit,
        sjabloon=brief.sjabloon.code,
        sjabloon_versie=brief.sjabloon.versie,
        aan=brief.aan[:200],
        beeld=dataclasses.asdict(brief.beeld),
        document=document,
    )


def druk_af(rijen: Sequence[Screeningsbrief], *, nu: dt.datetime) -> bytes:
    """The letters of a pile as one PDF to print, as they were made. At least one."""
    return maak_stapel([_beeld(rij.beeld) for rij in rijen], titel="Enquêtes", nu=nu)


def _beeld(velden: dict[str, Any]) -> Briefbeeld:
    over = {**velden, "afzender": Afzender(**velden["afzender"])}
    return Briefbeeld(**{**over, **{naam: tuple(over[naam]) for naam in ("adressering", "strook")}})
