"""Numbers that people quote on the phone: `2026-000123`, never given out twice."""

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from routekaart.basis.models import Nummerreeks


def volgend_nummer(soort: str, jaar: int) -> int:
    """Takes the next number of this kind and year. Call it as the last statement of an act, within its
    transaction: the row stays locked until that ends, so that two writers never get the same number.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Een nummer neem je binnen de transactie van de handeling")
    reeks = Nummerreeks.objects.filter(soort=soort, jaar=jaar)
    if not reeks.update(laatste=F("laatste") + 1):
        try:
            with transaction.atomic():
                Nummerreeks.objects.create(soort=soort, jaar=jaar, laatste=1)
        except IntegrityError:  # another writer began the year in between
            reeks.update(laatste=F("laatste") + 1)
    return reeks.values_list("laatste", flat=True).get()
