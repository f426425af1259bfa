"""The form of the plan van aanpak, with rows for goals and agreements, and that of the casusregie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from routekaart.basis.formulieren import VersieFormulier
from routekaart.basis.velden import DatumVeld, Vinken
from routekaart.begeleiding.acties import NieuwDoel, NieuweAfspraak, Regiekeuze
from routekaart.begeleiding.forms_intake import voeg_toe
from routekaart.begeleiding.selecties import Planbeeld
from routekaart.inhoud.codelijsten import codelijst

MEESTE = 12
DOELEN, AFSPRAKEN = 2, 3
MIST = {"wat": "Schrijf op wat er gedaan wordt", "wie": "Schrijf op wie dit doet", "voor": "Kies een datum"}


def regievelden(naam: str) -> dict[str, forms.Field]:
    """Who holds the casusregie, asked to the jongere (RGI-02)."""
    return {
        "houder": forms.CharField(label="Wie houdt de casusregie?", max_length=120),
        "organisatie": forms.CharField(label="Van welke organisatie?", required=False, max_length=160),
        "gevraagd": forms.BooleanField(label=f"Ik heb {naam} gevraagd wie dit moet zijn", required=False),
        "keuze": forms.CharField(
            label=f"Wat zei {naam}?",
            required=False,
            max_length=200,
            help_text="Niet gevraagd? Schrijf dan op waarom.",
        ),
    }


def regiekeuze(data: Mapping[str, Any]) -> Regiekeuze:
    """What the act takes."""
    return Regiekeuze(data["houder"], data["organisatie"], data["gevraagd"], data["keuze"], data.get("reden", ""))


class RegieFormulier(VersieFormulier):
    """Settling the casusregie, or handing it over."""

    rijen = (("houder", "organisatie"),)

    def __init__(self, *args: Any, naam: str, wissel: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veldnaam, veld in regievelden(naam).items():
            voeg_toe(self, veldnaam, veld)
        if wissel:
            hulp = "Alleen als iemand anders het wordt."
            reden = forms.CharField(label="Waarom wisselt de regie?", required=False, max_length=200, help_text=hulp)
            voeg_toe(self, "reden", reden)
        voeg_toe(self, "van", DatumVeld(label="Vanaf wanneer?"))


class PlanFormulier(VersieFormulier):
    """The plan: with whom, on what, the goals, and who does what before when."""

    op = DatumVeld(label="Wanneer maakten jullie het plan?")
    deelnemers = forms.CharField(label="Met wie?", max_length=240)
    domeinen = forms.MultipleChoiceField(label="Waar gaat het plan over?", widget=Vinken)
    akkoord = forms.BooleanField(label="De jongere is het ermee eens", required=False)
    zonder_akkoord = forms.CharField(label="Niet eens? Waarom leg je het toch vast?", required=False, max_length=240)
    herhaling_omdat = forms.CharField(
        label="Eerder gedaan? Waarom past het nu wel?",
        required=False,
        max_length=240,
        help_text="Alleen als je iets opnieuw inzet.",
    )
    aantal_doelen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MEESTE)
    aantal_afspraken = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MEESTE)

    def __init__(
        self, *args: Any, naam: str, doelen: int, afspraken: int, met_regie: bool, met_eerder: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not met_eerder:
            del self.fields["herhaling_omdat"]
        self.doelnummers, self.afspraaknummers = range(doelen), range(afspraken)
        self.met_regie = met_regie
        self.initial.setdefault("aantal_doelen", doelen)
        self.initial.setdefault("aantal_afspraken", afspraken)
        velden: dict[str, Any] = self.fields
        velden["domeinen"].choices = [(waarde.code, waarde.label) for waarde in codelijst("vervolgdomeinen").waarden]
        velden["akkoord"].label = f"{naam} is het ermee eens"
        for onderdeel in codelijst("onderdelen-plan").waarden:
            veld = forms.CharField(
                label=str(onderdeel["kort"]),
                required=False,
                help_text=onderdeel.label + (f" ({onderdeel['toelichting']})" if onderdeel["toelichting"] else ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            voeg_toe(self, f"onderdeel_{onderdeel.code}", veld, bij_label=" ")
        for nummer in self.doelnummers:
            self._doelrij(nummer)
        for nummer in self.afspraaknummers:
            self._afspraakrij(nummer)
        if met_regie:
            for veldnaam, regieveld in regievelden(naam).items():
                voeg_toe(self, veldnaam, regieveld)

    def _doelrij(self, nummer: int) -> None:
        domeinen = [("", "geen leefdomein"), *((w.code, str(w["kort"])) for w in codelijst("leefdomeinen").waarden)]
        voeg_toe(self, f"doel_{nummer}", forms.CharField(label="Doel", required=False, max_length=200), bij_label=" ")
        leefdomein = forms.ChoiceField(label="Leefdomein", required=False, choices=domeinen)
        voeg_toe(self, f"doel_{nummer}_domein", leefdomein, bij_label=" ")
        voeg_toe(self, f"doel_{nummer}_klaar", DatumVeld(label="Klaar voor", required=False), bij_label=" ")
        uit = forms.UUIDField(required=False, widget=forms.HiddenInput)
        voeg_toe(self, f"doel_{nummer}_uit", uit)

    def _afspraakrij(self, nummer: int) -> None:
        voeg_toe(self, f"wat_{nummer}", forms.CharField(label="Wat", required=False, max_length=200), bij_label=" ")
        voeg_toe(self, f"wie_{nummer}", forms.CharField(label="Wie", required=False, max_length=120), bij_label=" ")
        voeg_toe(self, f"voor_{nummer}", DatumVeld(label="Voor", required=False), bij_label=" ")
        voeg_toe(self, f"ons_{nummer}", forms.BooleanField(label="Wij doen dit", required=False))

    def zonder_controle(self) -> None:
        """Shows what was typed without judging it: another row was asked for, nothing was sent yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    @property
    def doelrijen(self) -> Iterator[tuple[BoundField, ...]]:
        """The rows of goals: text, domain, day, and the goal it goes on from."""
        for nr in self.doelnummers:
            yield self[f"doel_{nr}"], self[f"doel_{nr}_domein"], self[f"doel_{nr}_klaar"], self[f"doel_{nr}_uit"]

    @property
    def afspraakrijen(self) -> Iterator[tuple[BoundField, ...]]:
        """The rows of agreements: what, who, before when, ours."""
        for nr in self.afspraaknummers:
            yield self[f"wat_{nr}"], self[f"wie_{nr}"], self[f"voor_{nr}"], self[f"ons_{nr}"]

    @property
    def onderdelen(self) -> list[BoundField]:
        """What the plan covers (CL-13)."""
        return [self[naam] for naam in self.fields if naam.startswith("onderdeel_")]

    @property
    def iets_ingevuld(self) -> bool:
        """Whether one of these has a text or an error: then they stand open."""
        return any(veld.value() or veld.errors for veld in self.onderdelen)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for nr in self.afspraaknummers:
            wat, wie, voor = (data.get(f"{naam}_{nr}") for naam in ("wat", "wie", "voor"))
            if not wat and not wie and not voor and not data.get(f"ons_{nr}"):
                continue
            zinnen = {
                "wat": "Schrijf op wat er gedaan wordt",
                "wie": "Schrijf op wie dit doet",
                "voor": "Kies een datum",
            }
            for naam, zin in zinnen.items():
                if not data.get(f"{naam}_{nr}") and f"{naam}_{nr}" not in self.errors:
                    self.add_error(f"{naam}_{nr}", zin)
        for nr in self.doelnummers:
            if data.get(f"doel_{nr}_klaar") and not data.get(f"doel_{nr}"):
                self.add_error(f"doel_{nr}", "Schrijf het doel op")
        return data

    def _doel(self, nr: int) -> NieuwDoel:
        data = self.cleaned_data
        return NieuwDoel(
            data[f"doel_{nr}"], data[f"doel_{nr}_domein"], data[f"doel_{nr}_klaar"], data[f"doel_{nr}_uit"]
        )

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        namen = ("op", "deelnemers", "domeinen", "akkoord", "zonder_akkoord", "versie")
        return {naam: data[naam] for naam in namen} | {
            "onderdelen": {
                naam.removeprefix("onderdeel_"): tekst for naam, tekst in data.items() if naam.startswith("onderdeel_")
            },
            "doelen": [self._doel(nr) for nr in self.doelnummers if data[f"doel_{nr}"]],
            "afspraken": [
                NieuweAfspraak(data[f"wat_{nr}"], data[f"wie_{nr}"], data[f"voor_{nr}"], data[f"ons_{nr}"])
                for nr in self.afspraaknummers
                if data[f"wat_{nr}"]
            ],
            "regie": regiekeuze(data) if self.met_regie else None,
            "herhaling_omdat": data.get("herhaling_omdat", ""),
        }


def begin_plan(beeld: Planbeeld, *, op: dt.date, deelnemers: str) -> dict[str, Any]:
    """What the form opens with: the plan that holds, with what is not done yet; or an empty one."""
    plan = beeld.plan
    if plan is None:
        return {"versie": 0, "op": op, "deelnemers": deelnemers}
    begin: dict[str, Any] = {
        "versie": plan.versie,
        "op": op,
        "deelnemers": plan.deelnemers,
        "domeinen": plan.domeinen,
    }
    begin |= {f"onderdeel_{code}": tekst for code, tekst in plan.onderdelen.items()}
    for nr, doel in enumerate(beeld.doelen):
        begin |= {
            f"doel_{nr}": doel.tekst,
            f"doel_{nr}_domein": doel.leefdomein,
            f"doel_{nr}_klaar": doel.gereed_voor,
            f"doel_{nr}_uit": doel.sleutel,
        }
    for nr, afspraak in enumerate(beeld.open_afspraken):
        begin |= {f"wat_{nr}": afspraak.wat, f"wie_{nr}": afspraak.wie, f"ons_{nr}": afspraak.van_ons}
        begin[f"voor_{nr}"] = afspraak.voor if afspraak.voor >= op else None
    return begin


def aantallen(data: Mapping[str, str] | None, beeld: Planbeeld, *, meer: str = "") -> tuple[int, int]:
    """How many rows of goals and of agreements the form has; `meer` asks for one more of a kind."""
    doelen = max(DOELEN, len(beeld.doelen) + 1)
    afspraken = max(AFSPRAKEN, len(beeld.open_afspraken) + 1)
    if data is not None:
        doelen = _getal(data.get("aantal_doelen", ""), doelen)
        afspraken = _getal(data.get("aantal_afspraken", ""), afspraken)
    return min(doelen + (meer == "doel"), MEESTE), min(afspraken + (meer == "afspraak"), MEESTE)


def _getal(tekst: str, anders: int) -> int:
    return int(tekst) if tekst.isdigit() and 0 < int(tekst) <= MEESTE else anders
