"""Querysets that every app uses."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)


class GeldigQuerySet(models.QuerySet[M]):
    """Rows with a period (`van`, inclusive `tot`)."""

    def geldig_op(self, op: dt.date) -> Self:
        """Only what is valid on that day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
