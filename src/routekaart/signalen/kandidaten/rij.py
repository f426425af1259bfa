"""Membership of thousands of keys: see basis/rijen.py."""

from routekaart.basis.rijen import InRij, Rij

__all__ = ["InRij", "Rij"]
