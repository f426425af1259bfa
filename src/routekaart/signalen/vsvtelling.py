"""The official count of nieuwe vsv'ers per gemeente, from the enrolments that we have (`regels/vsv.py` decides)."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists

from routekaart.basis.fouten import Geweigerd
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.vsv import Telfeiten, tel_vsv
from routekaart.signalen.kandidaten import bouwstenen as met
from routekaart.signalen.kandidaten.laden import Naslag, stroom

NODIG = frozenset({"inschrijvingen", "diplomas"})


def tel_vsv_per_gemeente(regio_id: int, schooljaar: Schooljaar) -> dict[str, tuple[int, int]]:
    """Gemeentecode → (startpopulatie, nieuwe vsv'ers) of this schooljaar. Raises Geweigerd without a definition.

    The gemeente is that of 1 October J for both, so that the one is a part of the other. Who moved elsewhere in the
    country since is a resident still (only death and departure end that: BWBR0031390, bijlage A).
    """
    grenzen = laad_grenzen()
    definitie = grenzen.vsv_definitie(schooljaar.beginjaar)
    if definitie is None:
        raise Geweigerd(f"Voor schooljaar {schooljaar} kennen we nog geen definitie van nieuwe vsv'ers.")
    ingeschreven = met.inschrijvingen(onderwijssoort__in=definitie.onderwijssoorten).geldig_op(schooljaar.teldatum)
    begin = schooljaar.teldatum
    kandidaten = met.inwoners(regio_id, begin, terug=True).filter(Exists(ingeschreven))
    naslag = Naslag(regio_id, woonde_op=begin)
    aantallen: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for deel in stroom((kandidaten,), NODIG, naslag):
        for kandidaat in deel:
            persoon = kandidaat.persoon
            if not persoon.in_regio:
                continue
            telling = tel_vsv(
                Telfeiten(
                    geboortedatum=persoon.geboortedatum,
                    inschrijvingen=persoon.inschrijvingen,
                    diplomas=persoon.diplomas,
                    startkwalificatie_vastgesteld=persoon.vastgesteld,
                    overleden_op=persoon.overleden_op,
                    vertrokken_op=persoon.vertrokken_op,
                    in_nederland_sinds=persoon.in_nederland_sinds,
                ),
                schooljaar,
                definitie=definitie,
                grenzen=grenzen,
            )
            aantallen[persoon.gemeente][0] += telling.in_startpopulatie
            aantallen[persoon.gemeente][1] += telling.nieuwe_vsver
    return {code: (start, nieuw) for code, (start, nieuw) in sorted(aantallen.items())}
