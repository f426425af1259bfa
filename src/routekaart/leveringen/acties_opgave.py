"""One row of a kind of delivery that somebody typed: read, published and traced by the same rules as a file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.inrichten import gemeentecodes
from routekaart.basis.models import Regio
from routekaart.basis.nummers import volgend_nummer
from routekaart.leveringen.lezen import Rij
from routekaart.leveringen.models import Levering
from routekaart.leveringen.publiceren.feitpublicatie import Feitpublicatie
from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN
from routekaart.leveringen.publiceren.publicatie import Inlezing, Uitslag
from routekaart.leveringen.publiceren.wie import Personen
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Lijsten
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf


class _Bekend(Personen):
    """Who a typed row is about is known: nobody is looked up, and nobody is made."""

    def __init__(self, inlezing: Inlezing, jongere_id: int) -> None:
        super().__init__(inlezing)
        self.jongere_id = jongere_id

    def zoek(self, rijen: Sequence[Gelezen], kolom: str) -> list[int | Uitval]:
        return [self.jongere_id for _ in rijen]


def neem_opgave_in(
    code: str, jongere: Jongere, cellen: Mapping[str, str], *, naam: str, toegang: Toegang, nu: dt.datetime
) -> Uitslag:
    """Takes in one typed row (column → text) of the kind `code`, about this young person, whom the caller reached.

    What comes under one `naam` on one day is one delivery, without a file. Raises Geweigerd with the reason that a row
    of a file would fall out with; `veld` is then the column.
    """
    soort, regio_id = SOORTEN[code], jongere.regio_id
    wie = {"achternaam": jongere.achternaam, "geboortedatum": jongere.geboortedatum}
    rij = {**{kolom: tekst for kolom, tekst in wie.items() if not cellen.get("pgn")}, **cellen}
    kolommen = soort.herken(list(rij))
    gelezen = kolommen.lezer(Lijsten(gemeentecodes(), timezone.localdate(nu)))(Rij(1, tuple(rij.values())))
    if isinstance(gelezen, Uitval):
        raise Geweigerd(f"{gelezen.reden}.", veld=gelezen.kolom)
    with transaction.atomic():
        # one delivery per region at a time, as for a file
        Regio.objects.select_for_update(no_key=True).get(pk=regio_id)
        levering = _levering_van_vandaag(code, regio_id, naam=naam, toegang=toegang, nu=nu)
        inlezing = Inlezing(regio_id, toegang, nu, levering.pk)
        publicatie = Feitpublicatie(FEITSOORTEN[code], inlezing, kolommen.plaats)
        publicatie.personen = _Bekend(inlezing, jongere.pk)
        (uitslag,) = publicatie.verwerk([gelezen])
        assert isinstance(uitslag, Uitslag)  # the person is known, so that nothing falls out here
        levering.regels += 1
        setattr(levering, uitslag.value, getattr(levering, uitslag.value) + 1)
        levering.save()
        schrijf(
            "levering.opgegeven", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=levering,
            inhoud={"soort": code, "uitslag": uitslag.value},
        )  # fmt: skip
    return uitslag


def _levering_van_vandaag(code: str, regio_id: int, *, naam: str, toegang: Toegang, nu: dt.datetime) -> Levering:
    dag = timezone.localdate(nu)
    merk = hashlib.sha256(f"{code}:{regio_id}:{naam}:{dag}".encode()).hexdigest()
    eigen = Levering.objects.filter(regio_id=regio_id, soort=code, herkomst=Levering.Herkomst.PORTAAL, sha256=merk)
    if (al := eigen.first()) is not None:
        return al
    return Levering.objects.create(
        regio_id=regio_id, soort=code, bestandsnaam=naam[:200], sha256=merk, gestart_op=nu,
        door_id=toegang.gebruiker_id or None, herkomst=Levering.Herkomst.PORTAAL, vorm="ingevuld",
        nummer=f"L-{dag.year}-{volgend_nummer('levering', dag.year):04d}",
    )  # fmt: skip
