"""Candidates: per rule a few set queries that hold everybody whom the rule may want; the rule itself decides.

The law is not written here. A query only leaves out who surely is no hit, by dates and anti-joins that a database is
good at; tests/signalen/test_kandidaten_eigenschap.py shows on random people that nobody is missed.
"""

from routekaart.signalen.kandidaten.laden import Kandidaat, stroom
from routekaart.signalen.kandidaten.selecties import KANDIDATEN

__all__ = ["KANDIDATEN", "Kandidaat", "stroom"]
