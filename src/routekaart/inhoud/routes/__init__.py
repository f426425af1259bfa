"""Routes as data: `inhoud/routes/<route>/<versie>.toml`, read into the dataclasses of the rules.

    laad("doorstroompunt")                 -> the newest version
    laad("doorstroompunt", "2020-1")       -> that version; a running werkproces stays on its own
    laad("doorstroompunt", op=dag)         -> the version in force on a day

How to write one: docs/ontwikkelen/routes.md.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise

from routekaart.inhoud.codelijsten import codelijst
from routekaart.inhoud.laden import Fouten, InhoudFout, Lezer, lees_toml, map_van
from routekaart.regels.route_definitie import (
    EENHEDEN,
    NA_EINDE,
    VOORWAARDEN,
    Actie,
    Eis,
    Fase,
    Route,
    Stap,
    Termijn,
    Vertakking,
    Vraag,
)
from routekaart.regels.route_feiten import STANDCODES


def lees_route(pad: Traversable, *, code: str) -> Route:
    """Read one version from a file; raises InhoudFout with every problem in it."""
    fouten = Fouten(f"routes/{code}/{pad.name}")
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    if not lezer.tabel:
        fouten.gooi()
    for veld, verwacht in (("code", code), ("versie", pad.name.removesuffix(".toml"))):
        if lezer.tabel.get(veld, verwacht) != verwacht:
            lezer.meld(f"veld '{veld}' moet '{verwacht}' zijn, zoals de map en het bestand heten")
    fases = tuple(_lees_fase(fase) for fase in lezer.tabellen("fases", "fase", verplicht=True))
    stappen = tuple(_lees_stap(stap, fases) for stap in lezer.tabellen("stappen", "stap", verplicht=True))
    route = Route(
        code=lezer.tekst("code"),
        versie=lezer.tekst("versie"),
        naam=lezer.tekst("naam"),
        beschrijving=lezer.tekst("beschrijving"),
        bron=lezer.tekst("bron"),
        geldig_vanaf=lezer.datum("geldig_vanaf"),
        vertakt_na=lezer.getal("vertakt_na"),
        fases=fases,
        stappen=stappen,
        vervolg=tuple(_lees_vertakking(tak) for tak in lezer.tabellen("vervolg", "vervolg")),
    )
    lezer.klaar()
    _controleer(route, fouten)
    fouten.gooi()
    return route


def _lees_fase(lezer: Lezer) -> Fase:
    fase = Fase(
        nummer=lezer.getal("nummer"),
        naam=lezer.tekst("naam"),
        vraag=lezer.tekst("vraag"),
        opnieuw_tot=lezer.misschien_getal("opnieuw_tot"),
    )
    lezer.klaar()
    return fase


def _lees_stap(lezer: Lezer, fases: tuple[Fase, ...]) -> Stap:
    fase = lezer.getal("fase")
    if fase not in {bekend.nummer for bekend in fases}:
        lezer.meld(f"veld 'fase': fase {fase} staat niet in deze route")
    eisen = tuple(_lees_eis(eis) for eis in lezer.tabellen("vervuld_door", verplicht=True))
    if eisen and all(eis.als for eis in eisen):
        lezer.meld("veld 'vervuld_door': minstens één eis moet altijd gelden (zonder 'als')")
    vragen = [_lees_vraag(vraag) for vraag in lezer.tabellen("gevraagd")]
    for lijst in lezer.teksten("gevraagd_lijsten"):
        vragen += _vragen_uit_lijst(lijst, lezer)
    termijn = lezer.tabel_of_niets("termijn")
    stap = Stap(
        nummer=lezer.getal("nummer"),
        code=lezer.tekst("code"),
        fase=fase,
        titel=lezer.tekst("titel"),
        naam=lezer.tekst("naam"),
        paragraaf=lezer.tekst("paragraaf"),
        uitleg=lezer.tekst("uitleg"),
        bron=lezer.tekst("bron"),
        vervuld_door=eisen,
        gevraagd=tuple(vragen),
        acties=tuple(_lees_actie(actie) for actie in lezer.tabellen("acties", "actie")),
        termijn=_lees_termijn(termijn) if termijn else None,
        sluit=lezer.ja_nee("sluit", standaard=False),
        na_einde=lezer.keuze("na_einde", NA_EINDE, standaard="vervalt"),
        niet_overslaan=lezer.tekst("niet_overslaan", standaard=""),
        niet_heropenen=lezer.tekst("niet_heropenen", standaard=""),
    )
    lezer.klaar()
    return stap


def _lees_eis(lezer: Lezer) -> Eis:
    alle, een_van = lezer.teksten("alle"), lezer.teksten("een_van")
    if bool(alle) == bool(een_van):
        lezer.meld("geef óf 'alle' óf 'een_van'")
    for code in (*alle, *een_van):
        _controleer_gebeurtenis(code, lezer, als_feit=True)
    eis = Eis(
        naam=lezer.tekst("naam"),
        mist=lezer.tekst("mist"),
        codes=alle or een_van,
        alle=bool(alle),
        als=lezer.keuze("als", VOORWAARDEN, standaard=""),
        blijft=lezer.ja_nee("blijft", standaard=False),
    )
    lezer.klaar()
    return eis


def _controleer_gebeurtenis(code: str, lezer: Lezer, *, als_feit: bool) -> None:
    if code not in codelijst("gebeurtenissen"):
        lezer.meld(f"gebeurtenis '{code}' is onbekend")
    elif als_feit and code in STANDCODES:
        lezer.meld(f"gebeurtenis '{code}' verandert de stand en kan geen stap vervullen")


def _lees_vraag(lezer: Lezer) -> Vraag:
    als = lezer.keuze("als", VOORWAARDEN, standaard="")
    tekst = lezer.tekst("tekst")
    vraag = Vraag(lezer.tekst("code"), tekst, kort=lezer.tekst("kort", standaard=tekst), als=als)
    lezer.klaar()
    return vraag


def _vragen_uit_lijst(lijst: str, lezer: Lezer) -> list[Vraag]:
    """The values of a code list as questions, with the condition that the list gives them."""
    try:
        waarden = codelijst(lijst).waarden
    except InhoudFout as fout:
        lezer.meld(f"veld 'gevraagd_lijsten': {fout}")
        return []
    return [Vraag(w.code, w.label, kort=w.extra.get("kort", w.label), als=w.extra.get("als", "")) for w in waarden]


def _lees_actie(lezer: Lezer) -> Actie:
    actie = Actie(lezer.tekst("code"), lezer.tekst("knop"), lezer.teksten("geeft"))
    if actie.code and actie.code not in codelijst("acties"):
        lezer.meld(f"actie '{actie.code}' is onbekend")
    for code in actie.geeft:
        _controleer_gebeurtenis(code, lezer, als_feit=False)
    lezer.klaar()
    return actie


def _lees_termijn(lezer: Lezer) -> Termijn:
    eerste, laatste = lezer.teksten("na"), lezer.teksten("na_laatste")
    if bool(eerste) == bool(laatste):
        lezer.meld("geef óf 'na' óf 'na_laatste'")
    for code in (*eerste, *laatste):
        _controleer_gebeurtenis(code, lezer, als_feit=False)
    termijn = Termijn(
        aantal=lezer.getal("aantal"),
        eenheid=lezer.keuze("eenheid", EENHEDEN),
        na=eerste or laatste,
        laatste=bool(laatste),
        tekst=lezer.tekst("tekst"),
        bron=lezer.tekst("bron"),
        aanname=lezer.ja_nee("aanname", standaard=False),
        instelling=lezer.tekst("instelling", standaard=""),
    )
    if termijn.aantal < 1:
        lezer.meld("veld 'aantal' moet 1 of meer zijn")
    lezer.klaar()
    return termijn


def _lees_vertakking(lezer: Lezer) -> Vertakking:
    tak = Vertakking(
        doelgroep=lezer.tekst("doelgroep"),
        route=lezer.tekst("route"),
        fase=lezer.getal("fase"),
        stap=lezer.getal("stap"),
        tekst=lezer.tekst("tekst"),
        bron=lezer.tekst("bron"),
        redenen=lezer.teksten("redenen"),
        kenmerk=lezer.tekst("kenmerk", standaard=""),
    )
    if tak.doelgroep and tak.doelgroep not in codelijst("doelgroepen"):
        lezer.meld(f"doelgroep '{tak.doelgroep}' is onbekend")
    if tak.route and tak.route not in codelijst("routes"):
        lezer.meld(f"route '{tak.route}' is onbekend")
    if tak.kenmerk and tak.kenmerk not in codelijst("doelgroep-kenmerken"):
        lezer.meld(f"kenmerk '{tak.kenmerk}' is onbekend")
    for reden in tak.redenen:
        if reden not in codelijst("redenen-geen-doelgroep"):
            lezer.meld(f"reden '{reden}' is onbekend")
    lezer.klaar()
    return tak


def _controleer(route: Route, fouten: Fouten) -> None:
    """What only shows when the whole route is there: numbering, order, closing, branches."""
    nummers = [stap.nummer for stap in route.stappen]
    for nummer in sorted({nummer for nummer in nummers if nummers.count(nummer) > 1}):
        fouten.meld(f"stap {nummer}", "dit nummer komt twee keer voor")
    for nummer in sorted(set(range(1, max(nummers, default=0) + 1)) - set(nummers)):
        fouten.meld(f"stap {nummer}", "deze stap ontbreekt: nummers lopen door vanaf 1")
    if nummers != sorted(nummers):
        fouten.meld("stappen", "de stappen moeten op volgorde van nummer staan")
    for vorige, stap in pairwise(route.stappen):
        if stap.fase < vorige.fase:
            fouten.meld(f"stap {stap.nummer}", f"fase {stap.fase} kan niet na fase {vorige.fase} komen")
    codes = [stap.code for stap in route.stappen]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        fouten.meld("stappen", f"code '{code}' komt twee keer voor")
    sluitend = [stap for stap in route.stappen if stap.sluit]
    if len(sluitend) != 1:
        fouten.meld("stappen", f"precies één stap sluit het werkproces, hier zijn het er {len(sluitend)}")
    _controleer_fases(route, fouten)
    if route.vertakt_na not in nummers:
        fouten.meld("", f"veld 'vertakt_na': stap {route.vertakt_na} bestaat niet")
    for tak in route.vervolg:
        if tak.route == route.code:
            _controleer_doel(tak, route, f"vervolg {tak.doelgroep}", fouten)


def _controleer_fases(route: Route, fouten: Fouten) -> None:
    nummers = [fase.nummer for fase in route.fases]
    if nummers != sorted(set(nummers)):
        fouten.meld("fases", "elke fase staat er één keer, op volgorde van nummer")
    for fase in route.fases:
        if not 1 <= fase.nummer <= len(codelijst("fasen").waarden):
            fouten.meld(f"fase {fase.nummer}", "een route heeft alleen de fasen 1 tot en met 5")
        eigen = [stap.nummer for stap in route.stappen_van(fase.nummer)]
        if not eigen:
            fouten.meld(f"fase {fase.nummer}", "deze fase heeft geen stappen")
        elif fase.opnieuw_tot is not None and not eigen[-1] <= fase.opnieuw_tot <= len(route.stappen):
            fouten.meld(f"fase {fase.nummer}", f"veld 'opnieuw_tot': {fase.opnieuw_tot} ligt buiten de route")


def _controleer_doel(tak: Vertakking, doel: Route, plaats: str, fouten: Fouten) -> None:
    stap = doel.stap(tak.stap)
    if stap is None:
        fouten.meld(plaats, f"stap {tak.stap} bestaat niet in route {doel.code}")
    elif stap.fase != tak.fase:
        fouten.meld(plaats, f"stap {tak.stap} van route {doel.code} hoort bij fase {stap.fase}, niet {tak.fase}")


@cache
def codes() -> tuple[str, ...]:
    """The routes that are shipped."""
    return tuple(sorted(pad.name for pad in map_van("routes").iterdir() if _versiepaden(pad)))


def _versiepaden(pad: Traversable) -> list[Traversable]:
    return [deel for deel in pad.iterdir() if deel.name.endswith(".toml")] if pad.is_dir() else []


@cache
def _versies(code: str) -> tuple[Route, ...]:
    if code not in codes():
        raise InhoudFout(f"route '{code}' bestaat niet; wel: {', '.join(codes())}")
    gelezen = [lees_route(pad, code=code) for pad in _versiepaden(map_van("routes", code))]
    return tuple(sorted(gelezen, key=lambda route: (route.geldig_vanaf, route.versie)))


def versies(code: str) -> tuple[str, ...]:
    """The versions of a route, oldest first; raises InhoudFout when there is no such route."""
    return tuple(route.versie for route in _versies(code))


def laad(code: str, versie: str | None = None, *, op: date | None = None) -> Route:
    """One version of a route; raises InhoudFout when it does not exist.

    Without `versie` the one in force on `op` (before the first version that first one), or the newest.
    """
    alle = _versies(code)
    if versie is None:
        return next((route for route in reversed(alle) if op is None or route.geldig_vanaf <= op), alle[0])
    for route in alle:
        if route.versie == versie:
            return route
    raise InhoudFout(f"route '{code}' heeft geen versie '{versie}'; wel: {', '.join(versies(code))}")


def valideer_routes() -> list[str]:
    """Every problem in the shipped routes, also those between routes; empty when all is well."""
    regels: list[str] = []
    gelezen: dict[str, Route] = {}
    for code in codes():
        if code not in codelijst("routes"):
            regels.append(f"routes/{code}: deze route staat niet in codelijst routes")
        for pad in sorted(_versiepaden(map_van("routes", code)), key=lambda pad: pad.name):
            try:
                route = lees_route(pad, code=code)
            except InhoudFout as fout:
                regels += str(fout).splitlines()
                continue
            huidige = gelezen.get(code)
            if huidige is None or huidige.geldig_vanaf <= route.geldig_vanaf:
                gelezen[code] = route
    for route in gelezen.values():
        fouten = Fouten(f"routes/{route.code}/{route.versie}.toml")
        for tak in route.vervolg:
            if tak.route != route.code and tak.route in gelezen:
                _controleer_doel(tak, gelezen[tak.route], f"vervolg {tak.doelgroep}", fouten)
        regels += fouten.regels
    return regels
