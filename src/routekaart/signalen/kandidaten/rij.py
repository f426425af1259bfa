"""`jongere__in_rij=[…]`: membership of thousands of keys handed over as one value instead of as so many parameters.

Quoting and planning four thousand parameters took longer than the query itself.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Lookup


class InRij(Lookup):
    """A whole number out of a list of whole numbers."""

    lookup_name = "in_rij"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        links, waarden = self.process_lhs(compiler, connection)
        sleutels = [int(sleutel) for sleutel in self.rhs]
        if connection.vendor == "postgresql":
            return f"{links} = ANY(%s)", (*waarden, sleutels)
        return f"{links} IN (SELECT value FROM json_each(%s))", (*waarden, json.dumps(sleutels))
