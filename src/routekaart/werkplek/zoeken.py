"""Search from anywhere: name, birth date, BSN or onderwijsnummer, number of a werkproces or of a melding (DOS-14)."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Etiket
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.dossier import geboren_voluit
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import label
from routekaart.meldingen.models import Melding
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere
from routekaart.personen.namen import zonder_accenten
from routekaart.personen.nummers import gemaskeerd
from routekaart.personen.selecties import met_nummer, zoek
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.werkregels import wie

HOOGSTENS = 25
_WERKPROCES = re.compile(r"(20\d{2})[-\s/]0*(\d{1,6})")
_MELDING = re.compile(r"m[-\s]?(20\d{2})[-\s/]?0*(\d{1,6})", re.IGNORECASE)
_CIJFERS = re.compile(r"[0-9\s.-]{6,14}")
_LANG = re.compile(r"[0-9](?:[\s.-]?[0-9]){7,}")
_DATUM = re.compile(r"(?<![0-9])(?:[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class Treffer:
    """One person that was found: who, what runs, and why this matched."""

    naam: str
    merken: Sequence[Etiket]
    url: str
    onder: str
    werkprocessen: str
    waarom: str


@dataclass(frozen=True)
class Uitslag:
    """What a search found. `direct` is where one exact number leads; `soort` is what the question was taken for."""

    soort: str
    treffers: Sequence[Treffer] = ()
    meer: bool = False
    direct: str = ""
    jongere_ids: tuple[int, ...] = ()

    @property
    def zin(self) -> str:
        """How many were found, in words."""
        if self.meer:
            return f"Meer dan {HOOGSTENS} jongeren passen hierbij. Typ meer van de naam, of de geboortedatum."
        aantal = len(self.treffers)
        if not aantal:
            return "Geen jongere gevonden in jouw gebied."
        passen = "jongere past" if aantal == 1 else "jongeren passen"
        return f"{taal.hoofdletter(taal.telwoord(aantal))} {passen} hierbij."


def _is_zaaknummer(vraag: str) -> bool:
    return bool(_WERKPROCES.fullmatch(vraag) or _MELDING.fullmatch(vraag))


def is_geheim(vraag: str) -> bool:
    """Whether the question holds a BSN or another long number, or a birth date: that stands in no address."""
    kaal = vraag.strip()
    return not _is_zaaknummer(kaal) and bool(_LANG.search(kaal) or _DATUM.search(kaal))


def voor_logboek(vraag: str) -> str:
    """The question as the log keeps it: without the birth date, and of a long number only the last three figures."""
    kaal = vraag.strip()
    if _is_zaaknummer(kaal):
        return kaal
    zonder_datum = _DATUM.sub("(geboortedatum)", kaal)
    return _LANG.sub(lambda nummer: gemaskeerd(re.sub(r"[^0-9]", "", nummer[0])), zonder_datum)


def zoek_jongere(vraag: str, *, toegang: Toegang, op: dt.date) -> Uitslag:
    """Looks for the question within the scope of this user. A few queries, however many match."""
    kaal = vraag.strip()
    if gevonden := _WERKPROCES.fullmatch(kaal):
        return _met_werkprocesnummer(f"{gevonden[1]}-{int(gevonden[2]):06d}", toegang)
    if gevonden := _MELDING.fullmatch(kaal):
        return _met_meldingsnummer(f"M-{gevonden[1]}-{int(gevonden[2]):06d}", toegang)
    is_datum = bool(_DATUM.search(kaal))
    cijfers = not is_datum and bool(_CIJFERS.fullmatch(kaal))
    if cijfers and (jongere := _met_persoonsnummer(kaal, toegang)) is not None:
        return Uitslag("nummer", direct=_adres(jongere, []), jongere_ids=(jongere.pk,))
    jongeren = list(zoek(kaal, toegang=toegang).select_related("gemeente")[: HOOGSTENS + 1])
    if cijfers and not jongeren:
        return _met_meldingsnummer(re.sub(r"\s", "", kaal), toegang, soort="nummer")
    soort = "geboortedatum" if is_datum or cijfers else "naam"
    getoond = jongeren[:HOOGSTENS]
    lopend = _lopend(getoond, toegang)
    return Uitslag(
        soort,
        [_treffer(jongere, lopend[jongere.pk], kaal, soort, op=op) for jongere in getoond],
        meer=len(jongeren) > HOOGSTENS,
        jongere_ids=tuple(jongere.pk for jongere in getoond),
    )


def _met_persoonsnummer(cijfers: str, toegang: Toegang) -> Jongere | None:
    try:
        return met_nummer(cijfers, toegang=toegang)
    except Geweigerd:
        return None


def _met_werkprocesnummer(nummer: str, toegang: Toegang) -> Uitslag:
    rijen = Werkproces.objects.voor(toegang).filter(nummer=nummer)
    werkproces = rijen.select_related("jongere").first()
    if werkproces is None:
        return Uitslag("werkproces")
    adres = dossier_url("dossiers:route", werkproces.jongere.sleutel, werkproces=werkproces.sleutel)
    return Uitslag("werkproces", direct=adres, jongere_ids=(werkproces.jongere_id,))


def _met_meldingsnummer(nummer: str, toegang: Toegang, *, soort: str = "melding") -> Uitslag:
    """By our own number or that of DUO. What still has to be judged opens in the meldpunt, the rest in the dossier."""
    if not toegang.mag(Recht.MELDINGEN_ZIEN):
        return Uitslag(soort)
    rijen = Melding.objects.voor(toegang).filter(Q(nummer=nummer) | Q(duo_nummer=nummer))
    melding = rijen.select_related("jongere", "werkproces").first()
    if melding is None:
        return Uitslag(soort)
    adres = f"{reverse('meldingen:lijst')}?melding={melding.sleutel}"
    if melding.jongere is not None and melding.oordeel:
        adres = _adres(melding.jongere, [melding.werkproces] if melding.werkproces is not None else [])
    return Uitslag(soort, direct=adres, jongere_ids=(melding.jongere_id,) if melding.jongere_id else ())


def _lopend(jongeren: Sequence[Jongere], toegang: Toegang) -> defaultdict[int, list[Werkproces]]:
    """The werkprocessen of these persons, open ones first, then newest first. One query."""
    per_jongere: defaultdict[int, list[Werkproces]] = defaultdict(list)
    rijen = Werkproces.objects.voor(toegang).filter(jongere__in=[jongere.pk for jongere in jongeren])
    for werkproces in rijen.select_related("behandelaar").order_by("-gestart_op", "-pk"):
        per_jongere[werkproces.jongere_id].append(werkproces)
    for lijst in per_jongere.values():
        lijst.sort(key=lambda werkproces: not werkproces.open)
    return per_jongere


def _adres(jongere: Jongere, werkprocessen: Sequence[Werkproces]) -> str:
    if not werkprocessen:
        return dossier_url("dossiers:overzicht", jongere.sleutel)
    return dossier_url("dossiers:route", jongere.sleutel, werkproces=werkprocessen[0].sleutel)


def _treffer(jongere: Jongere, werkprocessen: Sequence[Werkproces], vraag: str, soort: str, *, op: dt.date) -> Treffer:
    doelgroep = next((w.doelgroep for w in werkprocessen if w.open), "")
    return Treffer(
        naam=jongere.naam,
        merken=merken_kort(jongere, op=op),
        url=_adres(jongere, werkprocessen),
        onder=wie(jongere, gemeente=jongere.gemeente.naam, doelgroep=doelgroep, op=op),
        werkprocessen=_in_woorden(werkprocessen, op=op),
        waarom=f"Geboren op {geboren_voluit(jongere.geboren)}" if soort == "geboortedatum" else waarom(jongere, vraag),
    )


def _in_woorden(werkprocessen: Sequence[Werkproces], *, op: dt.date) -> str:
    """'VSV, bij Noor Haverkamp', 'Verzuim 18+, afgesloten op 12 okt' of 'Geen werkproces'."""
    if not werkprocessen:
        return "Geen werkproces"
    eerste = werkprocessen[0]
    soort = label("soorten-werkproces", eerste.soort, anders=eerste.soort)
    if eerste.afgesloten_op is not None:
        tekst = f"{soort}, afgesloten op {taal.datum_kort(eerste.afgesloten_op, op=op, weekdag=False)}"
    else:
        tekst = f"{soort}, bij {eerste.behandelaar or 'nog niemand'}"
    over = len(werkprocessen) - 1
    return f"{tekst} en nog {over}" if over else tekst


def waarom(jongere: Jongere, vraag: str) -> str:
    """Why a name matched: it stands in it, or it only sounds like it."""
    geschreven = jongere.zoeknaam.partition(" | ")[0].split(" ")
    klinkt = [
        woord for woord in zonder_accenten(vraag).split() if not any(deel.startswith(woord) for deel in geschreven)
    ]
    if klinkt:
        return f"Klinkt als {taal.opsomming(f'‘{woord}’' for woord in klinkt)}"
    delen = {zonder_accenten(jongere.achternaam): "Op achternaam", zonder_accenten(jongere.roepnaam): "Op roepnaam"}
    eerste = zonder_accenten(vraag).split()[0]
    return next((naam for deel, naam in delen.items() if deel.startswith(eerste)), "Op naam")
