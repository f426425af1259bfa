"""Routekaart: keeps every young person in view who drops out, or is about to drop out, of school."""
