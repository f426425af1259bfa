"""Receiving a melding, whatever its channel, and finding out about whom it is (MEL-01, MEL-07, MEL-16, MEL-20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.nummers import volgend_nummer
from routekaart.basis.parameters import parameters
from routekaart.dossiers.acties import geef_nummer, lopend, open_werkproces
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.berichten import bevestig
from routekaart.meldingen.doelgroep import bepaal
from routekaart.meldingen.gegevens import Informatie, Melder, Opgave, Verzuimdag, verzuim_per_dag
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.meldingen.soorten import soort_werkproces, startroute
from routekaart.personen.acties import soort_werk_voor
from routekaart.personen.models import Jongere
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Bereik, SoortWerk, Team
from routekaart.toegang.schrijven import schrijf

_BINNEN = "binnen een handeling"
POGINGEN = 5


@transaction.atomic
def ontvang_melding(
    *,
    kanaal: str,
    soort: str,
    melder: Melder,
    toegang: Toegang,
    nu: dt.datetime,
    jongere: Jongere | None = None,
    opgave: Opgave | None = None,
    gemeente: Gemeente | None = None,
    informatie: Informatie | None = None,
    verzuim: Sequence[Verzuimdag] = (),
    voorgenomen_uitschrijving: bool = False,
    begindatum: dt.date | None = None,
    einddatum: dt.date | None = None,
    ontvangen_op: dt.datetime | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Melding:
    """Takes one melding in: by hand, from the portal, from DUO or by the jongere.

    Where we know about whom it is, it joins the running werkproces of its soort or starts one; else it waits
    until a colleague says who it is. `gemeente` is needed where the jongere is not known. `extra` holds
    fields of one channel (DUO). `ontvangen_op` may lie before `nu`, never after.
    """
    if toegang.regio_id is None:
        raise Geweigerd("Je account hoort nog niet bij een regio. Vraag de functioneel beheerder.")
    binnen = ontvangen_op or nu
    if binnen > nu:
        raise Geweigerd("De melding kan niet later binnen zijn dan nu.", veld="ontvangen_op")
    _eis_nieuw(dict(extra or {}), regio_id=toegang.regio_id)
    opgave = opgave or Opgave()
    woont_in = jongere.gemeente if jongere is not None else gemeente
    if woont_in is None:
        raise Geweigerd("Kies de gemeente waar de jongere woont.", veld="gemeente")
    op = timezone.localdate(binnen)
    soort_werk = _soort_werk(jongere, opgave, op=op)
    eigen = _eigen_gemeente(woont_in, toegang.regio_id) if jongere is None else woont_in
    melding = _maak(
        regio_id=toegang.regio_id,
        gemeente=eigen,
        overdracht_gemeente=None if woont_in.regio_id == toegang.regio_id else woont_in,
        soort_werk=soort_werk,
        jongere=jongere,
        ontvangen_op=binnen,
        termijn=oppaktermijn(parameters(toegang.regio_id, op=op), op=op),
        voorgenomen_uitschrijving=voorgenomen_uitschrijving,
        **zoals_gemeld(
            kanaal=kanaal,
            soort=soort,
            melder=melder,
            opgave=opgave,
            informatie=informatie or Informatie(),
            begindatum=begindatum,
            einddatum=einddatum,
            extra=extra or {},
        ),
    )
    _bewaar_verzuim(melding, verzuim)
    if jongere is None:
        schrijf("melding.ontvangen", toegang=toegang, nu=nu, onderwerp=melding)
    else:
        sluit_aan(melding, jongere, toegang=toegang, nu=nu)
    bevestig(melding, nu=nu)
    _geef_nummer(melding, op=op)
    return melding


def oppaktermijn(instellingen: Mapping[str, Any], *, op: dt.date) -> dt.date:
    """The day by which a melding that came in on `op` is picked up, by the settings of the region (MEL-16)."""
    return tel_op(op, instellingen["oppaktermijn_werkdagen"])


def zoals_gemeld(
    *,
    kanaal: str,
    soort: str,
    melder: Melder,
    opgave: Opgave,
    informatie: Informatie,
    begindatum: dt.date | None,
    einddatum: dt.date | None,
    extra: Mapping[str, Any],
) -> dict[str, Any]:
    """The fields of a Melding that say what the melder told."""
    return {
        "kanaal": kanaal,
        "soort": soort,
        "melder_soort": melder.soort,
        "melder_naam": melder.naam,
        "melder_functie": melder.functie,
        "melder_organisatie": melder.organisatie or (melder.instelling.naam if melder.instelling else ""),
        "melder_telefoon": melder.telefoon,
        "melder_email": melder.email,
        "melder": melder.gebruiker,
        "instelling": melder.instelling,
        "begindatum": begindatum,
        "einddatum": einddatum,
        **{f"opgegeven_{naam}": waarde for naam, waarde in vars(opgave).items()},
        **vars(informatie),
        **extra,
    }


def _maak(**velden: Any) -> Melding:
    """The row itself. A colleague who entered the same number of DUO in this very moment was first."""
    try:
        with transaction.atomic():
            gemaakt: Melding = Melding.objects.create(**velden)
    except IntegrityError:
        _eis_nieuw(velden, regio_id=velden["regio_id"])
        raise
    return gemaakt


def _eis_nieuw(extra: Mapping[str, Any], *, regio_id: int) -> None:
    """Refuses a number of DUO that is there already; the database guards it too."""
    bekend = Melding.objects.alles(reden=_BINNEN).filter(regio_id=regio_id, duo_nummer=extra.get("duo_nummer"))
    if extra.get("duo_nummer") and bekend.exists():
        raise Geweigerd("Er is al een melding met dit nummer van DUO. Zoek die op in de lijst.", veld="duo_nummer")


def _soort_werk(jongere: Jongere | None, opgave: Opgave, *, op: dt.date) -> SoortWerk:
    """By age on the day it came in; an unknown age is work for the Doorstroompunt, which can hand it on."""
    if jongere is not None:
        return soort_werk_voor(jongere.geboren, op=op)
    if not opgave.geboortedatum:
        return SoortWerk.DOORSTROOMPUNT
    try:
        return soort_werk_voor(Geboortedatum.lees(opgave.geboortedatum), op=op)
    except ValueError:
        raise Geweigerd("Deze geboortedatum bestaat niet.", veld="geboortedatum") from None


def _eigen_gemeente(gemeente: Gemeente, regio_id: int) -> Gemeente:
    """The gemeente whose team sees the melding: the own one, or where that lies elsewhere the first of the regio."""
    if gemeente.regio_id == regio_id:
        return gemeente
    return Gemeente.objects.filter(regio_id=regio_id).order_by("volgorde", "pk").first() or gemeente


def _geef_nummer(melding: Melding, *, op: dt.date) -> None:
    """The numbers, as the last statements of the act: first that of a new werkproces, then that of the melding."""
    if melding.werkproces is not None:
        geef_nummer(melding.werkproces)
    melding.nummer = meldingnummer(op.year, volgend_nummer("melding", op.year))
    melding.save(update_fields=["nummer"])


def meldingnummer(jaar: int, volgnummer: int) -> str:
    """The number of a melding as people quote it."""
    return f"M-{jaar}-{volgnummer:06d}"


def _bewaar_verzuim(melding: Melding, dagen: Sequence[Verzuimdag]) -> None:
    """Stores the absence per day of a new melding."""
    Verzuimregel.objects.bulk_create(
        Verzuimregel(
            melding=melding,
            datum=dag.datum,
            minuten=dag.minuten,
            hele_dag=dag.minuten is None,
            geoorloofd=dag.geoorloofd,
        )
        for dag in verzuim_per_dag(dagen).values()
    )


class _Dicht(Exception):
    """The werkproces was closed between finding and locking it."""


def sluit_aan(melding: Melding, jongere: Jongere, *, toegang: Toegang, nu: dt.datetime) -> Werkproces | None:
    """Puts the melding in the one open werkproces of its soort, or starts that. None where its route is not there yet
    (under 18): then the melding is handled by itself. For use within an act, which ends with the number.

    Two at once make one werkproces: who comes second joins (MEL-20).
    """
    op = timezone.localdate(melding.ontvangen_op)
    besluit = bepaal(jongere, op=op, toegang=toegang)
    soort = soort_werkproces(melding.soort, melding.soort_werk, besluit)
    route = startroute(soort, besluit)
    team = _maak_bereikbaar(jongere, melding.soort_werk, op=timezone.localdate(nu))
    if route is None:
        schrijf("melding.ontvangen", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=melding)
        return None
    for _ in range(POGINGEN):
        werkproces = lopend(jongere, soort)
        code = "melding.aangesloten" if werkproces else "melding.ontvangen"
        try:
            if werkproces is None:
                werkproces = open_werkproces(
                    jongere, soort=soort, route=route, soort_werk=melding.soort_werk, op=op, toegang=toegang, nu=nu,
                    team=team,
                )  # fmt: skip
            with handeling(werkproces, code, toegang=toegang, nu=nu, inhoud={"melding": str(melding.sleutel)}) as h:
                if not h.werkproces.open:
                    raise _Dicht
                h.feit(code, op=op, herkomst=melding)
                melding.werkproces = h.werkproces
                melding.save(update_fields=["werkproces", "updated"])
        except (_Dicht, Geweigerd):  # closed, or started by somebody else, in the same moment
            continue
        melding.werkproces = werkproces
        return werkproces
    raise Geweigerd("Het lukt nu niet om de melding bij het dossier te zetten. Probeer het zo nog eens.")


def _maak_bereikbaar(jongere: Jongere, soort_werk: str, *, op: dt.date) -> Team | None:
    """A melding about somebody whom no team serves (other gemeente) is seen by the teams that do this kind of work,
    until it is handed over (MEL-25). Gives the team that takes it; None where the gemeente has a team of its own.
    """
    in_regio = Team.objects.filter(regio_id=jongere.regio_id).order_by("pk")
    teams = [team for team in in_regio if soort_werk in team.soorten_werk]
    bedienen = Team.gemeenten.through.objects.filter(gemeente_id=jongere.gemeente_id, team__in=teams)
    if not teams or bedienen.exists():
        return None
    hebben = set(
        Bereik.objects.geldig_op(op).filter(jongere_id=jongere.pk, team__in=teams).values_list("team_id", flat=True)
    )
    Bereik.objects.bulk_create(
        Bereik(
            team=team,
            jongere_id=jongere.pk,
            grond=Bereik.Grond.VERHUISD,
            doel="melding uit een andere gemeente",
            van=op,
        )
        for team in teams
        if team.pk not in hebben
    )
    return teams[0]
