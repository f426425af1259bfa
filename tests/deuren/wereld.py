"""Two regions with people in them, and a unique marker in every personal field, made from the models themselves.

A model that is added gets its row and its markers by itself; where a field needs a value that means something
(a code, a shape of JSON), `WAARDEN` says which.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from routekaart.basis.models import Basis
from routekaart.basis.privacy import privacy_van
from routekaart.inhoud import brieven
from routekaart.leveringen.models import Kolomkoppeling, Uitwisseling
from routekaart.leveringen.uitvalrijen import versleuteld
from routekaart.netwerk.models import Contactpersoon, Ketenpartner
from routekaart.personen.acties import zoeknaam_van
from routekaart.personen.models import Jongere
from routekaart.signalen.models import Lijstvraag, Schoolgesprek
from routekaart.toegang.models import Gebruiker, Team
from routekaart.toegang.rechten import Rol
from tests import fabrieken
from tests.deuren.test_bronnen import PERSOONLIJK
from tests.fabrieken import NU, VANDAAG, Gebied

Vorm = Callable[[str], Any]

# What a field gets where its type does not say enough. Text: that value. Function: called with the marker, so that
# the field still carries it. Models that factories make (Jongere, Werkproces, Melding) only get their markers.
WAARDEN: dict[str, Any] = {
    "begeleiding.Big5stand.principe": "wonen",
    "begeleiding.Doel.leefdomein": "netwerk",
    "begeleiding.Evaluatie.antwoorden": lambda merk: {"opgelost": merk},
    "begeleiding.Intake.antwoorden": lambda merk: {"behoefte": merk},
    "begeleiding.Intake.gehouden_op": VANDAAG,
    "begeleiding.Inzicht.punt": "redenen",
    "begeleiding.Leefdomeinbeeld.domein": "netwerk",
    "begeleiding.Plan.onderdelen": lambda merk: {"testen": merk},
    "begeleiding.Traject.domein": "onderwijs",
    "begeleiding.Traject.stand": "loopt",
    "begeleiding.Voortgang.stand": "loopt",
    "correspondentie.Brief.sjabloon": "uitnodiging-jongere",
    "correspondentie.Brief.sjabloon_versie": lambda merk: brieven.brief("uitnodiging-jongere").versie,
    "correspondentie.Brief.soort_ontvanger": "jongere",
    "correspondentie.Brief.verzonden_op": NU,
    "delen.Toestemming.gegeven": True,
    "delen.Verstrekking.inhoud": lambda merk: {"naam": merk},
    "delen.Verstrekking.kanaal": "overleg",
    "dossiers.Contactmoment.kanaal": "telefoon",
    "dossiers.Contactmoment.met": "jongere",
    "dossiers.Contactmoment.resultaat": "contact",
    "dossiers.Document.bestand": lambda merk: ContentFile(f"%PDF-1.7 {merk}".encode(), name=f"{merk}.pdf"),
    "dossiers.Document.mime": "application/pdf",
    "dossiers.Document.soort": "brief",
    "dossiers.Gebeurtenis.code": "contact.jongere",
    "dossiers.Taak.soort": "contact",
    "dossiers.Taak.herkomst": "deuren",
    "leveringen.Feitwijziging.soort": "inschrijving",
    "leveringen.Feitwijziging.was": lambda merk: {"opleiding": merk},
    "leveringen.Feitwijziging.wordt": lambda merk: {"opleiding": merk},
    "leveringen.Levering.soort": "duo-verzuim",
    "leveringen.Levering.bestand": lambda merk: ContentFile(b"meldingsnummer;pgn\n", name="levering.csv"),
    "leveringen.Levering.regels": 1,
    "leveringen.Levering.uitval": 1,
    "leveringen.Uitvalrij.kolom": "achternaam",
    "leveringen.Uitvalrij.inhoud": lambda merk: versleuteld(["meldingsnummer", "achternaam"], ["700001", merk]),
    "leveringen.Uitvalrij.wijziging": lambda merk: {"achternaam": merk},
    "loopbaan.Diploma.soort": "vmbo",
    "loopbaan.Inlichting.maand": "2026-10",
    "loopbaan.Inschrijving.onderwijssoort": "mbo",
    "loopbaan.Inschrijving.niveau": 2,
    "loopbaan.Jikpopgave.schooljaar": "2025-2026",
    "loopbaan.Jikpopgave.herkomst": "pro",
    "loopbaan.Uitstroom.schooljaar": "2025-2026",
    "loopbaan.Vsvopgave.schooljaar": "2025-2026",
    "loopbaan.Vsvopgave.rapportage": "A01",
    "meldingen.Informatievraag.punt": "reden",
    "meldingen.Melding.overig": lambda merk: {"extra kolom": merk},
    "meldingen.Meldingversie.inhoud": lambda merk: {"achternaam": merk},
    "personen.BrpWijziging.veld": "straat",
    "personen.Samenvoegregel.wat": "veld",
    "personen.Samenvoegregel.model": "personen.Jongere",
    "personen.Samenvoegregel.veld": "telefoon",
    "personen.Samenvoegregel.was": lambda merk: merk,
    "personen.Samenvoegregel.wordt": lambda merk: merk,
    "samenwerking.Terugkoppeling.soort_ontvanger": "school",
    "signalen.Meldaanleiding.schooljaar": "2026-2027",
    "signalen.Meldaanleiding.soort": "uitschrijving",
    "signalen.Meldaanleiding.stand": "gemeld",
    "signalen.Screeningsbrief.sjabloon": "enquete-vertrek",
    "signalen.Screeningsbrief.beeld": lambda merk: {
        "afzender": dict.fromkeys(("naam", "functie", "telefoon", "email", "team", "regio"), "Team"),
        "adressering": [merk],
        "datum": "17 november 2026",
        "onderwerp": "Vraag",
        "tekst": merk,
        "voet": "",
        "handtekening": False,
        "strook": [],
    },
    "signalen.Enquetestapel.schooljaar": "2025-2026",
    "signalen.Screeningsfeit.schooljaar": "2025-2026",
    "signalen.Screeningsfeit.soort": "telefoon",
    "signalen.Screeningsfeit.antwoord": "anders",
    "signalen.Signaal.soort": "thuiszitter",
    "signalen.Signaal.aanleiding": "2026-09-01",
    "signalen.Vertrekker.schooljaar": "2025-2026",
    "signalen.Vertrekker.vertrek": "onbekend",
    "signalen.Vertrekker.staat": "benaderd",
    "signalen.Vertrekker.stap": "telefoon",
    "signalen.Signaal.uitleg": lambda merk: [{"regel": "LPL-31", "tekst": merk, "bron": "003", "feiten": {}}],
}

# Personal text that carries no marker, and why. Numbers, dates, choices and fields too short for one cannot.
ZONDER_MERK: dict[str, str] = {
    "dossiers.Werkproces.doelgroep_uitleg": "de uitleg van de regel, geen vrije tekst",
    "meldingen.Melding.opgegeven_geboortedatum": "een datum",
    "meldingen.Meldingversie.vingerafdruk": "een vinger, niet te lezen",
    "personen.Jongere.geboortedatum": "een datum",
    "personen.Jongere.zoeknaam": "volgt uit de naam",
    "personen.Persoonsnummer.blinde_index": "een vinger, niet te lezen",
    "personen.Persoonsnummer.cijfertekst": "versleuteld",
    "personen.Verzorger.nummer_index": "een vinger, niet te lezen",
}

# the other end of a pair: another dossier in the same place, that may be (or was) of the same person
ANDER_EINDE = {"personen.Dubbel.ander": "dubbelganger", "personen.Samenvoeging.verdwijnt": "opgegaan"}

MERK_LENGTE = 9
_teller = itertools.count(1)


def nieuw_merk(letter: str) -> str:
    """A text that stands nowhere else: letters that Dutch does not put together, the person, a number."""
    return f"Qx{letter}{next(_teller):05d}w"


@dataclass
class Persoon:
    """One young person with a row in every personal table, and which marker stands in which field."""

    letter: str
    gebied: Gebied
    jongere: Jongere
    dubbelganger: Jongere
    opgegaan: Jongere
    rijen: dict[str, models.Model] = field(default_factory=dict)
    merken: dict[str, str] = field(default_factory=dict)  # marker → model.field

    def rij(self, label: str) -> Any:
        """The row of this person in a table, for instance `dossiers.Contactmoment`."""
        return self.rijen[label]


@dataclass
class Wereld:
    """Persons A and B (of age, and not) in one gemeente, C in another of the same regio, D in another regio."""

    hier: Gebied
    elders: Gebied
    personen: dict[str, Persoon]
    gebruikers: dict[str, Gebruiker]

    @property
    def merken(self) -> dict[str, tuple[str, str]]:
        """Marker → (person, model.field)."""
        return {merk: (p.letter, waar) for p in self.personen.values() for merk, waar in p.merken.items()}


def _volgorde() -> list[type[models.Model]]:
    """Personal models, each after what it points at."""
    sorteerder: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in PERSOONLIJK:
        doelen = [veld.remote_field.model for veld in model._meta.local_concrete_fields if veld.remote_field]
        sorteerder.add(model, *(doel for doel in doelen if doel in PERSOONLIJK and doel is not model))
    return list(sorteerder.static_order())


def kan_geen_merk_dragen(veld: models.Field) -> bool:  # type: ignore[type-arg]
    """A number, a date, yes or no, a choice, or a text that is too short."""
    soorten = models.BooleanField | models.IntegerField | models.DateField | models.TimeField
    kort = isinstance(veld, models.CharField) and (veld.max_length or MERK_LENGTE) < MERK_LENGTE
    return isinstance(veld, soorten) or bool(veld.choices) or kort


def _waarde(persoon: Persoon, model: type[models.Model], veld: models.Field) -> Any:  # type: ignore[type-arg]
    """What goes in this field of this person; remembers the marker that it carries."""
    naam = f"{model._meta.label}.{veld.name}"
    verklaring = privacy_van(model)
    persoonlijk = verklaring is not None and veld.name in verklaring.persoonlijk
    merk = nieuw_merk(persoon.letter)
    if naam in ANDER_EINDE:
        return getattr(persoon, ANDER_EINDE[naam])
    if naam in WAARDEN:
        waarde = WAARDEN[naam]
        if callable(waarde):
            if persoonlijk:
                persoon.merken[merk] = naam
            return waarde(merk)
        return waarde
    if persoonlijk and naam not in ZONDER_MERK and not kan_geen_merk_dragen(veld):
        if isinstance(veld, models.EmailField):
            persoon.merken[merk.lower()] = naam
            return f"{merk.lower()}@voorbeeld.example"
        if not isinstance(veld, models.CharField | models.TextField):
            raise AssertionError(
                f'zet in tests/deuren/wereld.py "{naam}" in WAARDEN (met een functie die het merk krijgt) '
                f"of in ZONDER_MERK (met de reden)"
            )
        persoon.merken[merk] = naam
        return merk
    return _gewoon(persoon, veld)


def _gewoon(persoon: Persoon, veld: models.Field) -> Any:  # type: ignore[type-arg]
    """A value that the type of the field allows."""
    doel = veld.remote_field.model if veld.remote_field else None
    if doel is not None:
        return _verwijzing(persoon, veld, doel)
    if veld.name == "soort_werk":
        return persoon.jongere.soort_werk
    if veld.unique and not veld.null:
        return f"{persoon.letter}{next(_teller)}"[: veld.max_length]
    if veld.has_default():
        return veld.get_default()
    if veld.null:
        return None
    if veld.choices:
        return next(waarde for waarde, _ in veld.flatchoices if waarde != "")
    if isinstance(veld, models.DateTimeField):
        return NU
    if isinstance(veld, models.DateField):
        return VANDAAG
    if isinstance(veld, models.IntegerField):
        return 1
    if isinstance(veld, models.BinaryField):
        return b"geheim"
    return "" if veld.blank else "onbekend"[: veld.max_length]


def _verwijzing(persoon: Persoon, veld: models.Field, doel: type[models.Model]) -> Any:  # type: ignore[type-arg]
    if doel._meta.label in persoon.rijen:
        return persoon.rijen[doel._meta.label]
    eigen = {"basis.Regio": persoon.gebied.regio, "basis.Gemeente": persoon.jongere.gemeente}
    if doel._meta.label in eigen:
        return eigen[doel._meta.label]
    if veld.null:
        return None
    rij = doel(**{v.name: _waarde(persoon, doel, v) for v in _velden(doel)})
    rij.save()
    persoon.rijen[doel._meta.label] = rij
    return rij


def _velden(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    return [veld for veld in model._meta.concrete_fields if veld.name not in Basis.TECHNIEK]


def maak_persoon(letter: str, gebied: Gebied, *, coach: Gebruiker | None = None, school: Gebruiker | None = None,
                 **velden: Any) -> Persoon:  # fmt: skip
    """A young person with a row in every personal table and markers in it."""
    jongere = fabrieken.maak_jongere(gebied, **velden)
    werkproces = fabrieken.maak_werkproces(
        jongere,
        behandelaar=coach,
        soort_werk=jongere.soort_werk,
        team=Team.objects.get(regio=gebied.regio, naam="Administratie"),
    )
    werkproces.doelgroep = werkproces.doelgroep_voorstel = "nieuwe-vsv"
    werkproces.doelgroep_op = VANDAAG
    werkproces.save()
    instelling = fabrieken.maak_instelling()
    if school is not None:
        partner = Ketenpartner.objects.create(regio=gebied.regio, naam="De eigen school", instelling=instelling)
        Contactpersoon.objects.create(ketenpartner=partner, naam=school.naam, gebruiker=school)
    melding = fabrieken.maak_melding(
        gebied, jongere=jongere, werkproces=werkproces, instelling=instelling, melder=school
    )
    merken = {nieuw_merk(letter): "personen.Jongere.achternaam" for _ in ANDER_EINDE}
    anderen = [fabrieken.maak_jongere(gebied, **{**velden, "achternaam": merk, "bsn": None}) for merk in merken]
    persoon = Persoon(letter, gebied, jongere, *anderen, merken=merken)
    vast: dict[str, models.Model] = {
        "personen.Jongere": jongere,
        "dossiers.Werkproces": werkproces,
        "meldingen.Melding": melding,
        "loopbaan.Instelling": instelling,
    }
    persoon.rijen |= vast
    for model in _volgorde():
        label = model._meta.label
        if label in vast:
            _merk(persoon, vast[label])
            continue
        if label == "personen.Persoonsnummer":
            persoon.rijen[label] = jongere.nummers.alles(reden="proef").get()
            continue
        rij = model(**{veld.name: _waarde(persoon, model, veld) for veld in _velden(model)})
        rij.save()
        persoon.rijen[label] = rij
    persoon.rijen["leveringen.Kolomkoppeling"] = Kolomkoppeling.objects.create(
        regio=gebied.regio, soort="diplomas", naam=f"Bron {letter}", kolommen={"pgn": "Nummer"}, van=VANDAAG
    )
    persoon.rijen["leveringen.Uitwisseling"] = Uitwisseling.objects.create(
        regio=gebied.regio, soort="inschrijvingen", naam=f"Naar buren {letter}", ontvangersoort="regio", van=VANDAAG,
        ontvanger="Regio Verder", grondslag="wettelijke-taak", doel="Overdracht na verhuizing", waarom="Begeleiden",
        kolommen=[[naam, naam] for naam in ("pgn", "brin", "onderwijssoort", "van", "uitschrijfreden")],
    )  # fmt: skip
    persoon.rijen["signalen.Schoolgesprek"] = Schoolgesprek.objects.create(
        regio=gebied.regio, instelling=instelling, op=VANDAAG, met="de teamleider", afspraak="vaker melden",
        door=coach or fabrieken.maak_gebruiker(gebied, f"gesprek-{letter.lower()}"),
    )  # fmt: skip
    persoon.rijen["signalen.Lijstvraag"] = Lijstvraag.objects.create(
        regio=gebied.regio, instelling=instelling, schooljaar="2025-2026", op=VANDAAG, met="de teamleider",
        door=persoon.rijen["signalen.Schoolgesprek"].door,  # type: ignore[attr-defined]
    )  # fmt: skip
    return persoon


def _merk(persoon: Persoon, rij: models.Model) -> None:
    """Puts markers in the personal fields of a row that a factory made."""
    verklaring = privacy_van(type(rij))
    assert verklaring is not None
    for naam in verklaring.persoonlijk:
        veld: Any = rij._meta.get_field(naam)
        if f"{rij._meta.label}.{naam}" not in ZONDER_MERK and not kan_geen_merk_dragen(veld):
            setattr(rij, naam, _waarde(persoon, type(rij), veld))
    if isinstance(rij, Jongere):
        rij.zoeknaam = zoeknaam_van(rij)
    rij.save()


def maak_wereld() -> Wereld:
    """Regio Veldermeer with one user per role, and regio Elders with a coach of its own."""
    hier = fabrieken.maak_gebied()
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    for team in (hier.doorstroompunt, hier.leerplicht, hier.alles):
        team.gemeenten.set([hier.gemeente])
    teams = {Rol.DOORSTROOMCOACH: hier.doorstroompunt, Rol.LEERPLICHTAMBTENAAR: hier.leerplicht}
    gebruikers = {
        str(rol): fabrieken.maak_gebruiker(hier, f"rol-{rol}", rol, team=teams.get(rol, hier.alles)) for rol in Rol
    }
    gebruikers["zonder-rol"] = fabrieken.maak_gebruiker(hier, "zonder-rol")
    gebruikers["elders"] = fabrieken.maak_gebruiker(
        elders, "elders", Rol.DOORSTROOMCOACH, Rol.COORDINATOR, Rol.ADMINISTRATIE, team=elders.alles
    )
    school = gebruikers[Rol.SCHOOLCONTACT]
    personen = {
        "A": maak_persoon("A", hier, coach=gebruikers[Rol.DOORSTROOMCOACH], school=school),
        "B": maak_persoon("B", hier, coach=gebruikers[Rol.LEERPLICHTAMBTENAAR], geboortedatum="2012-05-01"),
        "C": maak_persoon("C", hier, gemeente=hier.andere_gemeente),
        "D": maak_persoon("D", elders, coach=gebruikers["elders"]),
    }
    return Wereld(hier, elders, personen, gebruikers)
