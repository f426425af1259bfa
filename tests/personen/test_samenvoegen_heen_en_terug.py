"""Merging and taking it back is the identity, on every row of every table that holds something about a person.

The rows come from the models themselves (`tests/deuren/wereld.py`), so a table that is added is in it by itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.privacy import privacy_van
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import Diploma, Inschrijving, Instelling
from routekaart.personen.acties import geef_persoonsnummer
from routekaart.personen.acties_samenvoegen import maak_ongedaan, voeg_samen, voeg_velen_samen
from routekaart.personen.models import Dubbel, Jongere, Samenvoeging, Samenvoegregel
from routekaart.personen.relaties import relaties_naar, rijen_van
from tests.deuren.bron import eigen_modellen
from tests.deuren.test_bronnen import PERSOONLIJK
from tests.deuren.wereld import Persoon, maak_persoon
from tests.fabrieken import NU, VANDAAG, Gebied, maak_gebied, maak_jongere, systeem

# what a merge itself writes, and what only grows
ERBIJ = {"personen.Samenvoeging", "personen.Samenvoegregel", "logboek.Logregel", "logboek.Zegel"}
# so that a form that was open meanwhile is not written over
TELT_DOOR = {"personen.Jongere": {"versie"}}

Stand = dict[str, dict[Any, dict[str, Any]]]


def stand() -> Stand:
    """Every row of the house, by table and key."""
    gezien: Stand = {}
    for model in eigen_modellen():
        label = model._meta.label
        if label not in ERBIJ:
            rijen = rijen_van(model).values()
            weg = TELT_DOOR.get(label, set())
            gezien[label] = {
                rij[model._meta.pk.attname]: {
                    k: bytes(v) if isinstance(v, memoryview) else v for k, v in rij.items() if k not in weg
                }
                for rij in rijen
            }
    return gezien


def verschil(een: Stand, ander: Stand) -> list[str]:
    return [
        f"{label} {pk}: {een[label].get(pk)} → {ander[label].get(pk)}"
        for label in een
        for pk in een[label].keys() | ander[label].keys()
        if een[label].get(pk) != ander[label].get(pk)
    ]


feiten = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans(), st.integers(0, 3)), max_size=4, unique_by=lambda f: f[0]
)
personen = st.fixed_dictionaries(
    {
        "feiten": feiten,
        "telefoon": st.sampled_from(["", "06 12345678"]),
        "postcode": st.sampled_from(["", "9901 AB", "9902 CD"]),
        "geheimhouding": st.sampled_from([0, 7]),
        "geboortedatum": st.sampled_from(["2007-03-04", "2007-03-00", "2009-01-01"]),
        "lopend": st.sampled_from(["vsv", "jikp", "herbeoordeling"]),
    }
)


def vul(gebied: Gebied, letter: str, vorm: dict[str, Any]) -> Persoon:
    """A person with a row in every personal table, without a number, and the facts that were drawn."""
    persoon = maak_persoon(letter, gebied, geboortedatum=vorm["geboortedatum"])
    persoon.jongere.nummers.alles(reden="proef").delete()
    velden = {naam: vorm[naam] for naam in ("telefoon", "postcode", "geheimhouding")}
    Jongere.objects.alles(reden="proef").filter(pk=persoon.jongere.pk).update(**velden)
    Werkproces.objects.alles(reden="proef").filter(jongere=persoon.jongere).update(soort=vorm["lopend"])
    for school, al_uit, dagen in vorm["feiten"]:
        instelling, _ = Instelling.objects.get_or_create(brin=f"90{school.upper()}", defaults={"naam": school})
        inschrijving = Inschrijving.objects.create(
            jongere=persoon.jongere, instelling=instelling, onderwijssoort="mbo", niveau=2, van=dt.date(2024, 8, 1),
            tot=VANDAAG if al_uit else None, bron="DUO",
        )  # fmt: skip
        diploma = Diploma.objects.create(jongere=persoon.jongere, soort=f"soort-{school}", behaald_op=VANDAAG, bron="x")
        for rij in (inschrijving, diploma):
            rijen_van(type(rij)).filter(pk=rij.pk).update(updated=NU + dt.timedelta(days=dagen))
    return persoon


def ververs(jongere: Jongere) -> Jongere:
    return Jongere.objects.met_verwijzingen(reden="proef").get(pk=jongere.pk)


# no shrinking: one example makes two persons with a row in every table, and says itself what it was
@settings(
    max_examples=20, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(vormen=st.tuples(personen, personen), nummers=st.sampled_from(["bsn", "onderwijsnummer", "elk een", "geen"]),
       derde=st.booleans(), om=st.booleans())  # fmt: skip
def test_samenvoegen_en_ongedaan_maken_geeft_wat_er_was(
    db: Any, vormen: tuple[dict[str, Any], ...], nummers: str, derde: bool, om: bool
) -> None:
    with transaction.atomic():
        heen_en_terug(vormen, nummers, derde=derde, om=om)
        transaction.set_rollback(True)


def heen_en_terug(vormen: tuple[dict[str, Any], ...], nummers: str, *, derde: bool, om: bool) -> None:
    gebied = maak_gebied()
    een, ander = (vul(gebied, letter, vorm).jongere for letter, vorm in zip("AB", vormen, strict=True))
    if vormen[0]["lopend"] == vormen[1]["lopend"]:
        Werkproces.objects.alles(reden="proef").filter(jongere=een).update(afgesloten_op=VANDAAG, uitkomst="gestopt")
    if nummers in {"bsn", "elk een"}:
        geef_persoonsnummer(ander, "900000016" if om else "900000028")
    if nummers in {"onderwijsnummer", "elk een"}:
        geef_persoonsnummer(een, "101000012")
    Dubbel.objects.create(een=ander, ander=een, punten=80, gevonden_op=NU)
    Dubbel.objects.create(een=een, ander=ander, punten=80, gevonden_op=NU)
    laatste = maak_jongere(gebied, bsn=None)
    blijft, verdwijnt = (een, ander) if om else (ander, een)
    wie = {"toegang": systeem(gebied), "nu": NU}
    standen, gedaan = [stand()], [voeg_samen(blijft, verdwijnt, waarom="proef", op=VANDAAG, **wie)]
    eis_heel(standen[-1], gedaan[-1], verdwijnt)
    if derde:
        standen.append(stand())
        gedaan.append(voeg_samen(laatste, ververs(blijft), waarom="proef", op=VANDAAG, **wie))
        eis_heel(standen[-1], gedaan[-1], blijft)
        assert ververs(verdwijnt).samengevoegd_met_id == laatste.pk
    for was, samenvoeging in zip(reversed(standen), reversed(gedaan), strict=True):
        maak_ongedaan(samenvoeging, toegang=systeem(gebied), nu=NU)
        assert not verschil(was, stand())


def eis_heel(was: Stand, samenvoeging: Samenvoeging, verdwijnt: Jongere) -> None:
    """Nothing points at who vanished, and no row is gone but those that are kept in the Samenvoeging."""
    wijst = {
        relatie.label
        for relatie in relaties_naar(Jongere)
        if relatie.gedrag != "blijft" and relatie.van(verdwijnt.pk).exists()
    }
    assert not wijst
    nu = stand()
    weg = {(label, pk) for label in was for pk in was[label].keys() - nu[label].keys()}
    bewaard = Samenvoegregel.objects.alles(reden="proef").filter(samenvoeging=samenvoeging, wat="bewaard")
    assert weg == set(bewaard.values_list("model", "rij"))


def test_de_proef_raakt_elk_persoonlijk_model(gebied: Gebied) -> None:
    persoon = maak_persoon("A", gebied)
    gevuld = {model._meta.label for model in PERSOONLIJK if rijen_van(model).exists()}
    assert gevuld == {model._meta.label for model in PERSOONLIJK} and persoon.jongere.pk
    zonder = {relatie.label for relatie in relaties_naar(Jongere) if privacy_van(relatie.model) is None}
    assert not zonder, "zeg in PRIVACY wat er bij samenvoegen gebeurt"


@settings(
    max_examples=4, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(vormen=st.lists(personen, min_size=6, max_size=6), kruis=st.lists(st.permutations(range(6)), max_size=3))
def test_velen_tegelijk_is_hetzelfde_als_een_voor_een(
    db: Any, vormen: list[dict[str, Any]], kruis: list[list[int]]
) -> None:
    """Three pairs, of which some cannot be, and doubles that lie across them: the same rows, steps and reasons."""
    with transaction.atomic():
        gebied = maak_gebied()
        mensen = [vul(gebied, letter, vorm).jongere for letter, vorm in zip("ABCDEF", vormen, strict=True)]
        for plek, nummer in ((0, "900000016"), (2, "900000028"), (3, "101000012")):
            geef_persoonsnummer(mensen[plek], nummer)
        for een, ander, *_ in kruis:
            Dubbel.objects.alles(reden="proef").get_or_create(
                een=mensen[een], ander=mensen[ander], defaults={"punten": 80, "gevonden_op": NU}
            )
        paren = [(mensen[plek].pk, mensen[plek + 1].pk) for plek in (0, 2, 4)]
        wie: dict[str, Any] = {"waarom": "proef", "toegang": systeem(gebied), "nu": NU, "op": VANDAAG}
        begin, apart = stand(), transaction.savepoint_create()
        een_voor_een = [uitkomst for paar in paren for uitkomst in voeg_velen_samen([paar], **wie)]
        verwacht = stand(), [verslag(uitkomst) for uitkomst in een_voor_een]
        transaction.savepoint_rollback(apart)
        samen = voeg_velen_samen(paren, **wie)
        assert not verschil(verwacht[0], stand())
        assert [verslag(uitkomst) for uitkomst in samen] == verwacht[1]
        for samenvoeging in reversed([een for een in samen if isinstance(een, Samenvoeging)]):
            maak_ongedaan(samenvoeging, toegang=systeem(gebied), nu=NU)
        assert not verschil(begin, stand())
        transaction.set_rollback(True)


def verslag(uitkomst: Samenvoeging | Geweigerd) -> Any:
    """Why not, or every step that was written down."""
    if isinstance(uitkomst, Geweigerd):
        return uitkomst.boodschap
    regels = uitkomst.regels.alles(reden="proef").order_by("pk")
    return list(regels.values_list("wat", "model", "rij", "veld", "was", "wordt"))
