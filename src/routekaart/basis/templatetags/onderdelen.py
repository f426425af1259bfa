"""The components as template tags. Each shows one template from templates/onderdelen/ and decides nothing.

docs/ontwikkelen/onderdelen.md names them all, with their parameters and an example.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from routekaart.basis import onderdelen
from routekaart.basis.formulieren import fouten_van, rijen_van
from routekaart.basis.iconen import teken_icoon
from routekaart.basis.onderdelen import telling_in_woorden
from routekaart.basis.taal import initialen as _initialen

register = template.Library()
Context = dict[str, Any]

KNOPPEN = {
    "primair": "utrecht-button--primary-action",
    "tweede": "utrecht-button--secondary-action",
    "derde": "utrecht-button--subtle",
    "gevaar": "utrecht-button--danger",
}
BERICHT_ICONEN = {"goed": "vink", "letop": "letop", "gevaar": "letop", "accent": "info", "rustig": "info"}
TOEGESTAAN = ("hx_", "data_", "aria_")


def _attributen(extra: Mapping[str, Any]) -> SafeString:
    """Extra attributes of a tag: hx_get="…" becomes hx-get. All but hx-, data- and aria- is a mistake."""
    for naam in extra:
        if not naam.startswith(TOEGESTAAN):
            raise template.TemplateSyntaxError(f"onbekende parameter '{naam}'")
    paren = ((naam.replace("_", "-"), wat) for naam, wat in extra.items() if wat not in (None, False))
    return format_html_join("", ' {}="{}"', paren)


def knopklassen(soort: str, klein: bool) -> str:
    """The classes of a button of this kind."""
    return " ".join(filter(None, ("utrecht-button", KNOPPEN[soort], "rk-knop-s" if klein else "")))


@register.simple_tag
def icoon(naam: str) -> SafeString:
    """{% icoon "vink" %}"""
    return teken_icoon(naam)


@register.inclusion_tag("onderdelen/knop.html")
def knop(
    tekst: str,
    *,
    url: str = "",
    soort: str = "primair",
    klein: bool = False,
    bij: str = "",
    icoon: str = "",
    naam: str = "",
    waarde: str = "",
    formulier: str = "",
    bezig: bool = False,
    uit: bool = False,
    klasse: str = "",
    **extra: Any,
) -> Context:
    """A link that looks like a button when it has a url, else a submit button."""
    return {
        "tekst": tekst,
        "url": url,
        "klassen": f"{knopklassen(soort, klein)} {klasse}".strip(),
        "bij": bij,
        "icoon": icoon,
        "naam": naam,
        "waarde": waarde,
        "formulier": formulier,
        "bezig": bezig,
        "uit": uit,
        "attributen": _attributen(extra),
    }


@register.inclusion_tag("onderdelen/actie.html")
def actie(actie: onderdelen.Actie, *, soort: str = "", klein: bool = False) -> Context:
    """An `Actie`: link or post button. `soort` overrides the kind."""
    return {"actie": actie, "klassen": knopklassen(soort or actie.soort, klein)}


@register.inclusion_tag("onderdelen/etiket.html")
def etiket(tekst: str | onderdelen.Etiket, soort: str = "rustig", icoon: str = "") -> Context:
    """One word of status, or an `Etiket`."""
    if isinstance(tekst, onderdelen.Etiket):
        return {"tekst": tekst.tekst, "soort": tekst.soort, "icoon": tekst.icoon}
    return {"tekst": tekst, "soort": soort, "icoon": icoon}


@register.simple_tag
def teller(aantal: int | str, tekst: str = "", soort: str = "") -> SafeString:
    """A number of things; `tekst` says to a screen reader what is counted."""
    klasse = "rk-teller rk-teller--gevaar" if soort == "gevaar" else "rk-teller"
    uitleg = format_html('<span class="rk-alleen-lezer"> {}</span>', tekst) if tekst else ""
    return format_html('<span class="{}">{}{}</span>', klasse, aantal, uitleg)


@register.inclusion_tag("onderdelen/filters.html")
def filters(filters: Sequence[onderdelen.Filter], label: str, klasse: str = "") -> Context:
    """Links that narrow a list."""
    return {"filters": filters, "label": label, "klasse": klasse}


@register.inclusion_tag("onderdelen/klok.html")
def klok(klok: onderdelen.Klok | int, tekst: str = "", totaal: int = 5) -> Context:
    """Working days left; an int makes a `Klok`."""
    return {"klok": klok if isinstance(klok, onderdelen.Klok) else onderdelen.Klok(klok, totaal, tekst)}


@register.inclusion_tag("onderdelen/werkgroep.html")
def werkgroep(groep: onderdelen.Werkgroep) -> Context:
    """A block of the werkvoorraad with its rows."""
    return {"groep": groep}


@register.inclusion_tag("onderdelen/werkregel.html")
def werkregel(regel: onderdelen.Werkregel) -> Context:
    """One `<li>` of work."""
    return {"regel": regel}


@register.inclusion_tag("onderdelen/routekaart.html")
def routekaart(kaart: onderdelen.Kaart, id: str = "route") -> Context:
    """The route map."""
    fasen = [(fase, [(halte, halte.voorgelezen(kaart.wie)) for halte in fase.haltes]) for fase in kaart.fasen]
    return {"kaart": kaart, "fasen": fasen, "id": id}


@register.inclusion_tag("onderdelen/uitleg.html")
def uitleg(uitleg: onderdelen.Uitleg) -> Context:
    """The motivation of a skipped or reopened step."""
    return {"uitleg": uitleg}


@register.inclusion_tag("onderdelen/waarom.html")
def waarom(waarom: onderdelen.Waarom) -> Context:
    """Facts, rule, source and date under a decision."""
    return {"waarom": waarom}


@register.inclusion_tag("onderdelen/pad.html")
def pad(stappen: Sequence[onderdelen.Padstap]) -> Context:
    """The contact protocol with the attempts in it."""
    return {"stappen": stappen}


@register.inclusion_tag("onderdelen/raster.html")
def raster(raster: onderdelen.Raster, titel: str = "Pogingen per dag en dagdeel") -> Context:
    """Attempts by part of day and weekday."""
    return {"raster": raster, "titel": titel}


@register.inclusion_tag("onderdelen/puntenbeeld.html")
def puntenbeeld(
    beeld: onderdelen.Puntenbeeld, titel: str = "Leefdomeinen: bij de start en nu", id: str = "domeinen"
) -> Context:
    """The life domains at the start and now."""
    return {"beeld": beeld, "titel": titel, "id": id}


@register.inclusion_tag("onderdelen/tijdlijn.html")
def tijdlijn(lijn: Any, id: str = "tijdlijn") -> Context:
    """A `basis.tijdlijn.Tijdlijn`: school, work, care, absence and contact on one axis."""
    return {"lijn": lijn, "beeld": lijn.teken(), "id": id}


@register.inclusion_tag("onderdelen/persoon.html")
def persoon(persoon: onderdelen.Persoon) -> Context:
    """One `<li>`: a person with a role."""
    return {"persoon": persoon}


@register.inclusion_tag("onderdelen/gegevens.html")
def gegevens(gegevens: Sequence[onderdelen.Gegeven]) -> Context:
    """Terms and values under each other."""
    return {"gegevens": gegevens}


@register.inclusion_tag("onderdelen/dossierkop.html")
def dossierkop(kop: onderdelen.Dossierkop) -> Context:
    """Name, markers, facts and tabs of a dossier."""
    return {"kop": kop}


@register.inclusion_tag("onderdelen/kruimels.html")
def kruimels(kruimels: Sequence[onderdelen.Kruimel]) -> Context:
    """The way up; only for depth over two."""
    return {"kruimels": kruimels}


@register.inclusion_tag("onderdelen/voortgang.html")
def voortgang(
    waarde: int,
    totaal: int,
    tekst: str,
    *,
    rechts: str = "",
    stappen: Sequence[str] = (),
    nu: int = 0,
    gestopt: str = "",
    id: str = "voortgang",
) -> Context:
    """How far a long job is. `nu` is the index in `stappen` of what runs, `gestopt` why it stopped. Without `totaal`
    nobody knows how much it is: then it shows no share.
    """
    klassen = ["is-klaar"] * nu + ["is-nu"] + [""] * len(stappen)
    delen = list(zip(stappen, klassen, strict=False))
    deel = round(100 * waarde / totaal) if totaal else 0
    return {
        "waarde": waarde,
        "totaal": totaal,
        "tekst": tekst,
        "rechts": rechts,
        "delen": delen,
        "procent": deel,
        "gestopt": gestopt,
        "id": id,
    }


@register.inclusion_tag("onderdelen/pagina.html")
def paginering(tekst: str, vorige: str = "", volgende: str = "") -> Context:
    """Foot of a list: where you are and the way on."""
    return {"tekst": tekst, "vorige": vorige, "volgende": volgende}


@register.inclusion_tag("onderdelen/privacy.html")
def privacy(lezers: str, schrijf_niet: str = "", id: str = "") -> Context:
    """Who reads this and what not to write."""
    return {"lezers": lezers, "schrijf_niet": schrijf_niet, "id": id}


@register.inclusion_tag("onderdelen/ongedaan.html")
def ongedaan(tekst: str, url: str, knop: str = "Maak ongedaan") -> Context:
    """The bar after an act that can go back."""
    return {"tekst": tekst, "url": url, "knop": knop}


@register.simple_block_tag(end_name="endbericht")
def bericht(content: str, soort: str = "rustig", *, klasse: str = "", rol: str = "", id: str = "") -> SafeString:
    """{% bericht "letop" %}…{% endbericht %}"""
    return format_html(
        '<div class="rk-bericht rk-bericht--{} {}"{}{}>{}<div>{}</div></div>',
        soort,
        klasse,
        format_html(' role="{}"', rol) if rol else "",
        format_html(' id="{}"', id) if id else "",
        teken_icoon(BERICHT_ICONEN[soort]),
        content,
    )


@register.simple_block_tag(takes_context=True, end_name="endleeg")
def leeg(context: template.Context, content: str, titel: str, *, niveau: int = 2) -> SafeString:
    """{% leeg "Je bent bij." %}<p>…</p>{% endleeg %}: an empty list, with the way on."""
    sjabloon = _sjabloon(context, "onderdelen/leeg.html")
    return sjabloon.render(context.new({"titel": titel, "inhoud": content, "niveau": niveau}))


@register.simple_block_tag(takes_context=True, end_name="endbevestig")
def bevestig(
    context: template.Context,
    content: str,
    vraag: str,
    doe: str,
    *,
    terug: str,
    niet: str = "Nog niet",
    url: str = "",
    soort: str = "primair",
    niveau: int = 1,
) -> SafeString:
    """{% bevestig "Stuur je deze brief?" "Verstuur 2 brieven" terug=url %}<p>…</p>{% endbevestig %}"""
    sjabloon = _sjabloon(context, "onderdelen/bevestig.html")
    gegevens = {
        "vraag": vraag,
        "doe": doe,
        "inhoud": content,
        "terug": terug,
        "niet": niet,
        "url": url,
        "soort": soort,
        "niveau": niveau,
        "csrf_token": context.get("csrf_token"),
    }
    return sjabloon.render(context.new(gegevens))


def _sjabloon(context: template.Context, naam: str) -> template.Template:
    """A template, by the engine that is rendering now."""
    if context.template is None:
        raise template.TemplateSyntaxError("dit onderdeel kan alleen binnen een sjabloon")
    return context.template.engine.get_template(naam)


@register.simple_tag
def veld(veld: BoundField) -> SafeString:
    """One field with label, hint, error and input."""
    return veld.as_field_group()


@register.inclusion_tag("onderdelen/veldrij.html")
def veldrij(*velden: BoundField) -> Context:
    """Fields beside each other."""
    return {"velden": velden}


@register.inclusion_tag("onderdelen/fouten.html")
def fouten(*formulieren: forms.BaseForm) -> Context:
    """The error summary of one or more forms; nothing when all is well."""
    lijst = [fout for formulier in formulieren if formulier.is_bound for fout in fouten_van(formulier)]
    wijzigingen = [w for formulier in formulieren for w in getattr(formulier, "wijzigingen", ())]
    patroon, naam = str(formulieren[0].auto_id), formulieren[0].add_prefix("foutkop")
    kop_id = patroon % naam if "%s" in patroon else naam
    return {"fouten": lijst, "kop": telling_in_woorden(len(lijst)), "kop_id": kop_id, "wijzigingen": wijzigingen}


@register.inclusion_tag("onderdelen/formulier.html", takes_context=True)
def formulier(
    context: template.Context,
    formulier: forms.BaseForm,
    doe: str,
    *,
    kop: str = "",
    bij_kop: str = "",
    url: str = "",
    annuleer: str = "",
    annuleer_tekst: str = "Annuleer",
    soort: str = "primair",
    kader: bool = True,
    methode: str = "post",
    id: str = "formulier",
    fouten: bool = True,
    **extra: Any,
) -> Context:
    """A whole form: error summary, fields, buttons. `doe` is what the button does ("Leg vast")."""
    return {
        "formulier": formulier,
        "rijen": rijen_van(formulier, getattr(formulier, "rijen", ())),
        "doe": doe,
        "kop": kop,
        "bij_kop": bij_kop,
        "url": url,
        "annuleer": annuleer,
        "annuleer_tekst": annuleer_tekst,
        "soort": soort,
        "kader": kader,
        "methode": methode,
        "id": id,
        "toon_fouten": fouten,
        "attributen": _attributen(extra),
        "request": context.get("request"),
    }


@register.filter
def veldrijen(formulier: forms.BaseForm) -> list[list[BoundField]]:
    """The visible fields of any form in rows."""
    return list(rijen_van(formulier, getattr(formulier, "rijen", ())))


@register.filter
def initialen(naam: object) -> str:
    """'NH' for 'Noor Haverkamp'."""
    return _initialen(str(naam))


@register.filter
def bericht_soort(niveau: str) -> str:
    """The colour of a Django message: success is goed, warning letop, error gevaar."""
    return {"success": "goed", "warning": "letop", "error": "gevaar"}.get(niveau, "rustig")


@register.filter
def ongedaan_url(extra_tags: str) -> str:
    """The address behind 'Maak ongedaan' of a message made with `basis.berichten.meld`."""
    soort, _, url = (extra_tags or "").partition(" ")
    return url if soort == "ongedaan" else ""
