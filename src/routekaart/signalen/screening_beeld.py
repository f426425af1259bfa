"""The screening in words: states and steps, the funnel with its links, the lists of schools, one leaver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from routekaart.basis import taal
from routekaart.basis.onderdelen import Bewijs, Etiket, Filter, Gegeven, Padregel, Padstap, Waarom
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere, Verzorger
from routekaart.regels.screening import TE_DOEN, Staat, Stand, Stap
from routekaart.regels.screening_feiten import Soort, Vertrek
from routekaart.regels.screening_telling import Groep, Trechter
from routekaart.signalen.lijst import Getal
from routekaart.signalen.models import Screeningsbrief, Screeningsfeit, Vertrekker
from routekaart.signalen.screening import Lijst, Overzicht, Schoolrij, Vraag

STAAT = {
    Staat.BUITEN: "valt buiten de screening",
    Staat.GEKWALIFICEERD: "heeft een startkwalificatie",
    Staat.INGESCHREVEN: "staat ingeschreven",
    Staat.WERK: "werkt",
    Staat.GEPLAATST: "geplaatst",
    Staat.BIJ_HELPER: "aangemeld bij een helper",
    Staat.BEGELEIDING: "melding of werkproces loopt",
    Staat.AFGEROND: "afgerond",
    Staat.ZEGT_AANGEMELD: "zegt aangemeld te zijn",
    Staat.ONBEVESTIGD: "zegt aangemeld te zijn, staat nergens",
    Staat.GEHOORD: "gesproken, geen school",
    Staat.VERWACHT: "school weet waarheen",
    Staat.BENADERD: "benaderd, geen antwoord",
    Staat.NIET_BENADERD: "nog niet benaderd",
}
STAP = {
    "": "Iedereen",
    "te-doen": "Te doen",
    Stap.MELDING: "Melding of afronden",
    Stap.HUISBEZOEK: "Ga langs",
    Stap.TELEFOON: "Bel",
    Stap.ENQUETE: "Stuur een enquête",
    Stap.UITSLAG: "Vraag de uitslag",
    Stap.PLAATSING: "Vraag naar de plek",
    Stap.WACHT: "Wacht op antwoord",
    Stap.CONTROLE: "Wacht op controle",
    Stap.GEEN: "Niets te doen",
}
TOON = {
    "iedereen": "van school gegaan",
    "diploma": "met een diploma of getuigschrift van dat jaar",
    "buiten": "buiten de screening: overleden, vertrokken, verhuisd of vrijgesteld",
    "gekwalificeerd": "met een startkwalificatie",
    "bekend": "met een vervolgopleiding volgens school",
    "mogelijk": "zonder startkwalificatie en zonder bekende vervolgopleiding",
    "mogelijk-bereikt": "zonder bekende vervolgopleiding, en bereikt",
    "mogelijk-gevonden": "zonder bekende vervolgopleiding, en gevonden",
    "mogelijk-geplaatst": "zonder bekende vervolgopleiding, en geplaatst",
    "mogelijk-open": "zonder bekende vervolgopleiding, en nog zonder plek",
    "ingeschreven": "op 1 oktober ingeschreven",
    "gemist": "op 1 oktober nergens ingeschreven, zonder startkwalificatie",
    "gemist-bereikt": "op 1 oktober nergens ingeschreven, en bereikt",
    "gemist-gevonden": "op 1 oktober nergens ingeschreven, en daarna gevonden",
    "gemist-geplaatst": "op 1 oktober nergens ingeschreven, en geplaatst",
    "gemist-open": "op 1 oktober nergens ingeschreven, en nog zonder plek",
    "onbevestigd": "die zeggen aangemeld te zijn, en nergens staan",
}
KLEUR: dict[str, Any] = {
    Stap.MELDING: "letop",
    Stap.HUISBEZOEK: "letop",
    Stap.TELEFOON: "accent",
    Stap.ENQUETE: "accent",
}
GROEPEN = ("mogelijk", "gemist")
KOPPEN = ("Aantal", "Bereikt", "Gevonden", "Geplaatst", "Nog zonder plek")


def _getallen(groep: Groep, naam: str, vraag: Vraag, wie: str) -> list[Getal]:
    delen = (
        (groep.aantal, naam), (groep.bereikt, f"{naam}-bereikt"), (groep.gevonden, f"{naam}-gevonden"),
        (groep.geplaatst, f"{naam}-geplaatst"), (groep.open, f"{naam}-open"),
    )  # fmt: skip
    return [_getal(aantal, toon, vraag, wie) for aantal, toon in delen]


def _getal(aantal: int, toon: str, vraag: Vraag, wie: str) -> Getal:
    return Getal(aantal, vraag.adres(toon=toon), f"{wie}, {TOON[toon]}")


@dataclass(frozen=True)
class Rij:
    """One row of the overview: a school, or all of them together."""

    naam: str
    onder: str
    url: str
    lijst: Etiket | None
    lijst_zegt: str
    weg: Sequence[Getal]
    mogelijk: Sequence[Getal]
    gemist: Sequence[Getal]
    te_doen: Getal


def rij_van(naam: str, trechter: Trechter, te_doen: int, vraag: Vraag, **meer: Any) -> Rij:
    """The numbers of one funnel with where they lead."""
    velden: dict[str, Any] = {"onder": "", "url": "", "lijst": None, "lijst_zegt": ""} | meer
    return Rij(
        naam=naam,
        weg=[
            _getal(trechter.uitgeschreven, "iedereen", vraag, naam),
            _getal(trechter.met_diploma, "diploma", vraag, naam),
        ],
        mogelijk=_getallen(trechter.mogelijk, "mogelijk", vraag, naam),
        gemist=_getallen(trechter.gemist, "gemist", vraag, naam),
        te_doen=Getal(te_doen, vraag.adres(stap="te-doen"), f"{naam}, te doen"),
        **velden,
    )  # fmt: skip


def schoolrij(rij: Schoolrij, vraag: Vraag, *, op: dt.date) -> Rij:
    """One school."""
    eigen = Vraag(schooljaar=vraag.schooljaar, school=str(rij.school.sleutel), gemeente=vraag.gemeente)
    etiket, zegt = lijst_in_woorden(rij.lijst, op=op)
    plaats = ", ".join(deel for deel in (rij.school.brin, rij.school.plaats) if deel)
    return rij_van(
        rij.school.naam, rij.trechter, rij.te_doen, eigen, onder=plaats, url=eigen.adres(gemeente=""), lijst=etiket,
        lijst_zegt=zegt,
    )  # fmt: skip


def lijst_in_woorden(lijst: Lijst, *, op: dt.date) -> tuple[Etiket, str]:
    """Whether the list is in, and what we did about it."""
    if lijst.binnen_op is not None:
        wie = taal.meervoud(lijst.vermeld, "jongere", "jongeren")
        return Etiket("lijst binnen", "goed"), f"{taal.datum_kort(lijst.binnen_op, op=op, weekdag=False)}, {wie}"
    gevraagd = lijst.gevraagd
    if gevraagd is not None and lijst.niemand:
        return Etiket("niemand vertrekt", "goed"), f"volgens {gevraagd.met}"
    zegt = f"gevraagd op {taal.datum_kort(gevraagd.op, op=op, weekdag=False)}" if gevraagd is not None else ""
    if lijst.portaal:
        zegt = f"{taal.meervoud(lijst.portaal, 'antwoord', 'antwoorden')} in het portaal"
    return Etiket("lijst ontbreekt" if lijst.laat else "nog niet binnen", "letop" if lijst.laat else "rustig"), zegt


def splitsing(trechter: Trechter, vraag: Vraag, *, fase: int, wie: str) -> list[tuple[str, list[tuple[str, Getal]]]]:
    """Per phase the parts that add up to everybody who left."""

    def deel(naam: str, aantal: int, toon: str) -> tuple[str, Getal]:
        return naam, _getal(aantal, toon, vraag, wie)

    samen = [
        deel("Buiten de screening", trechter.buiten, "buiten"),
        deel("Startkwalificatie", trechter.gekwalificeerd, "gekwalificeerd"),
    ]
    delen = [
        (
            "Fase 1: voor 1 oktober",
            [
                *samen,
                deel("Vervolgopleiding bekend bij school", trechter.bekend, "bekend"),
                deel("Geen vervolgopleiding bekend", trechter.mogelijk.aantal, "mogelijk"),
                deel("Samen: van school gegaan", trechter.uitgeschreven, "iedereen"),
            ],
        )
    ]
    if fase == 2:
        delen.append(
            (
                "Fase 2: op 1 oktober",
                [
                    *samen,
                    deel("Ingeschreven", trechter.ingeschreven, "ingeschreven"),
                    deel("Nergens ingeschreven", trechter.gemist.aantal, "gemist"),
                    deel("Samen: van school gegaan", trechter.uitgeschreven, "iedereen"),
                ],
            )
        )
    return delen


def zin_van(overzicht: Overzicht, *, fase: int) -> str:
    """How things stand, in a sentence."""
    alle = len(overzicht.rijen)
    if not alle:
        return "We zien nog geen scholen met leerlingen die van school gaan."
    lijsten = f"Van {overzicht.lijsten} van de {alle} scholen is de lijst binnen."
    som = overzicht.totaal
    if fase == 1:
        weg = taal.meervoud(som.mogelijk.aantal, "jongere heeft", "jongeren hebben")
        wie = f"{weg} geen bekend vervolg en geen startkwalificatie; {som.mogelijk.open} daarvan nog zonder plek."
    else:
        weg = taal.meervoud(som.gemist.aantal, "jongere stond", "jongeren stonden")
        wie = f"{weg} op 1 oktober nergens ingeschreven; {som.gemist.open} daarvan nog zonder plek."
    return f"{lijsten} {wie}"


def stapfilters(vraag: Vraag, aantallen: Any) -> list[Filter]:
    """The steps with how many there are; a step without anybody is left out, unless it is chosen."""
    return [
        Filter(tekst, vraag.adres(stap=stap, pagina=""), taal.getal(aantallen[stap]), gekozen=stap == vraag.stap)
        for stap, tekst in STAP.items()
        if aantallen.get(stap) or stap in ("", "te-doen", vraag.stap)
    ]


@dataclass(frozen=True)
class Geval:
    """One leaver in a list."""

    sleutel: str
    naam: str
    url: str
    merken: Sequence[Etiket]
    leeftijd: int
    gemeente: str
    school: str
    staat: str
    stap: Etiket
    wanneer: str
    bij: str


def gevallen_in_woorden(rijen: Sequence[Vertrekker], *, op: dt.date) -> list[Geval]:
    """The rows of a list."""
    return [
        Geval(
            sleutel=str(rij.sleutel),
            naam=rij.jongere.naam,
            url=adres_van(rij),
            merken=merken_kort(rij.jongere, op=op),
            leeftijd=rij.jongere.leeftijd(op=op),
            gemeente=rij.jongere.gemeente.naam,
            school=rij.instelling.naam,
            staat=STAAT[Staat(rij.staat)],
            stap=stapetiket(rij.stap),
            wanneer=f"tot {taal.datum_kort(rij.wanneer, op=op, weekdag=False)}" if rij.wanneer else "",
            bij=rij.behandelaar.naam if rij.behandelaar is not None else "",
        )
        for rij in rijen
    ]


KOP_LIJST = (
    "Naam", "Geboortedatum", "Gemeente", "School", "Laatste schooldag", "Diploma van dat jaar", "Volgens school",
    "Op 1 oktober nergens", "Hoe staat het", "Volgende stap", "Wanneer", "Bij wie",
)  # fmt: skip
VERTREK = {
    Vertrek.BUITEN: "buiten de screening",
    Vertrek.GEKWALIFICEERD: "startkwalificatie",
    Vertrek.BEKEND: "vervolgopleiding bekend",
    Vertrek.ANDERS: "werk of iets anders",
    Vertrek.ONBEKEND: "niets bekend",
}


def lijstrijen(rijen: Sequence[Vertrekker]) -> Iterator[list[object]]:
    """The rows of a file: who it is and what is next, without address, number or what somebody told us."""
    for rij in rijen:
        yield [
            rij.jongere.naam, rij.jongere.geboortedatum, rij.jongere.gemeente.naam, rij.instelling.naam, rij.uit or "",
            "ja" if rij.met_diploma else "niet bekend", VERTREK[Vertrek(rij.vertrek)], "ja" if rij.gemist else "nee",
            STAAT[Staat(rij.staat)], STAP[rij.stap], rij.wanneer or "",
            rij.behandelaar.naam if rij.behandelaar is not None else "",
        ]  # fmt: skip


def stapetiket(stap: str) -> Etiket:
    """The next step as a label."""
    return Etiket(STAP[stap], KLEUR.get(stap, "rustig"))


def adres_van(rij: Vertrekker) -> str:
    """The page of one leaver in this season."""
    return f"{reverse('signalen:screening-jongere', args=[rij.jongere.sleutel])}?schooljaar={rij.schooljaar}"


def waarom_van(stand: Stand) -> Waarom:
    """The reasons of the rule."""
    feiten = [Bewijs(uitleg.tekst, f"{uitleg.regel}. {uitleg.bron}") for uitleg in stand.uitleg]
    return Waarom(feiten, open=True, kop="Waarom deze stap?")


PADEN = (
    (Soort.ENQUETE, "Enquête", (Soort.ENQUETE, Soort.GEEN_BRIEF, Soort.ANTWOORD), "brief"),
    (Soort.TELEFOON, "Telefoon", (Soort.TELEFOON,), "telefoon"),
    (Soort.HUISBEZOEK, "Huisbezoek", (Soort.HUISBEZOEK,), "huisbezoek"),
)


def pad_van(feiten: Sequence[Screeningsfeit], stap: str, *, op: dt.date) -> list[Padstap]:
    """The order of asking, with what was tried in each."""
    geldig = [feit for feit in feiten if feit.ingetrokken_op is None]
    stappen = []
    for nummer, (soort, titel, samen, icoon) in enumerate(PADEN, start=1):
        eigen = [feit for feit in geldig if feit.soort in samen]
        nu = stap == soort.value or (soort is Soort.ENQUETE and stap == Stap.WACHT)
        regels = [
            Padregel(icoon, taal.datum_kort(feit.op, op=op), feit.get_soort_display(), _uitkomst(feit))
            for feit in eigen
        ]
        stappen.append(Padstap(nummer, titel, "nu" if nu else "klaar" if eigen else "open", regels=regels))
    return stappen


def _uitkomst(feit: Screeningsfeit) -> str:
    if not feit.antwoord:
        return ""
    return f"{feit.get_antwoord_display()}{f': {feit.bij}' if feit.bij else ''}"


@dataclass(frozen=True)
class Feitregel:
    """One fact in the history of a screening."""

    wanneer: str
    wat: str
    toelichting: str
    door: str
    weg: bool
    intrekken: str
    brief: str = ""


def feitregels(rij: Vertrekker, feiten: Sequence[Screeningsfeit], *, op: dt.date, mag: bool) -> Iterator[Feitregel]:
    """Everything that was recorded, the last first; also what was taken back."""
    for feit in reversed(feiten):
        wat = feit.get_soort_display()
        if feit.soort == Screeningsfeit.Soort.TOEGEWEZEN:
            wat = f"{wat} aan {feit.aan.naam if feit.aan is not None else 'het team'}"
        elif uitkomst := _uitkomst(feit):
            wat = f"{wat}: {uitkomst}"
        elif feit.bij:
            wat = f"{wat}: {feit.bij}"
        yield Feitregel(
            wanneer=taal.datum_kort(feit.op, op=op),
            wat=taal.hoofdletter(wat),
            toelichting=feit.toelichting,
            door=feit.door.naam if feit.door is not None else "",
            weg=feit.ingetrokken_op is not None,
            intrekken=reverse("signalen:screening-intrekken", args=[rij.jongere.sleutel, feit.sleutel])
            if mag and feit.ingetrokken_op is None
            else "",
            brief=_brief(rij, feit),
        )


def _brief(rij: Vertrekker, feit: Screeningsfeit) -> str:
    """Where the letter of this fact is, empty without one."""
    brief: Screeningsbrief | None = getattr(feit, "brief", None)
    return reverse("correspondentie:document", args=[rij.jongere.sleutel, brief.document.sleutel]) if brief else ""


def gegevens_van(rij: Vertrekker, verzorgers: Sequence[Verzorger], *, op: dt.date) -> list[Gegeven]:
    """What one needs to call or to go there."""
    jongere: Jongere = rij.jongere
    adres = ", ".join(deel for deel in (jongere.adres, f"{jongere.postcode} {jongere.woonplaats}".strip()) if deel)
    return [
        Gegeven("Telefoon", jongere.telefoon or "niet bekend", url=_bel(jongere.telefoon)),
        Gegeven("Adres", jongere.verblijfadres or adres or "niet bekend"),
        *(Gegeven(taal.hoofdletter(wie.relatie), wie.naam, wie.telefoon, url=_bel(wie.telefoon)) for wie in verzorgers),
        Gegeven("Leeftijd", str(jongere.leeftijd(op=op))),
        Gegeven("Gemeente", jongere.gemeente.naam),
        Gegeven("School", rij.instelling.naam),
        Gegeven("Laatste schooldag", taal.datum_voluit(rij.uit) if rij.uit else "nog niet uitgeschreven"),
        Gegeven("Diploma van dat jaar", "ja" if rij.met_diploma else "niet bekend"),
        Gegeven("Bij wie", rij.behandelaar.naam if rij.behandelaar is not None else "nog niemand"),
    ]


def _bel(nummer: str) -> str:
    return f"tel:{nummer.replace(' ', '')}" if nummer else ""


def te_doen_in_woorden(stappen: Any) -> list[tuple[str, str]]:
    """The steps that ask something, with how many, in the order in which they weigh."""
    return [(str(stap), STAP[stap]) for stap in TE_DOEN if stappen.get(stap)]
