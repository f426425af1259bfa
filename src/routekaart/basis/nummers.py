"""Numbers that people quote on the phone: `2026-000123`, never given out twice."""

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from routekaart.basis.models import Nummerreeks


def volgend_nummer(soort: str, jaar: int) -> int:
    """Takes the next number of this kind and year. Call it as the last statement of an act, within its
    transaction: the row stays locked until that ends, so that two writers never get the same number.
    """
    return volgende_nummers(soort, jaar, 1)[0]


def volgende_nummers(soort: str, jaar: int, aantal: int) -> range:
    """Takes the next so many numbers, in one go; as `volgend_nummer`, as late in an act as can be."""
    if not connection.in_atomic_block:
        raise RuntimeError("Een nummer neem je binnen de transactie van de handeling")
    if not aantal:
        return range(0)
    reeks = Nummerreeks.objects.filter(soort=soort, jaar=jaar)
    if not reeks.update(laatste=F("laatste") + aantal):
        try:
            with transaction.atomic():
                Nummerreeks.objects.create(soort=soort, jaar=jaar, laatste=aantal)
        except IntegrityError:  # another writer began the year in between
            reeks.update(laatste=F("laatste") + aantal)
    laatste = reeks.values_list("laatste", flat=True).get()
    return range(laatste - aantal + 1, laatste + 1)
