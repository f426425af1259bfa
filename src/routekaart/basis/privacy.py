"""Each personal model says in one place what it is under the privacy law: for extract, merge and destruction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Privacy:
    """The declaration of one personal model.

    bewaargrond: what decides how long it stays: `dossier`, `melding`, `toegang`, `levering`.
    uittreksel: heading under which it stands in an extract for the jongere (AVG art. 15); empty: not in it.
    samenvoegen: what happens when two jongeren prove to be one. `verhuist`: the rows move along, and where a unique
      constraint forbids that, a person must decide first (`botsing` says what to do). `ontdubbelt`: the rows move
      along, and of two rows that would be the same the one that was brought up to date last stays; the other is kept
      inside the Samenvoeging. `blijft`: the rows stay where they are.
    persoonlijk: names of the fields that hold something about a person (free text included).
    zakelijk: the others: codes, moments, references.
    regime: `avg`, or `wpg` for what a leerplichtambtenaar does as boa.
    """

    bewaargrond: str
    uittreksel: str
    samenvoegen: str
    persoonlijk: tuple[str, ...]
    zakelijk: tuple[str, ...]
    regime: str = "avg"
    botsing: str = ""


def privacy_van(model: type[models.Model]) -> Privacy | None:
    """The declaration of a model, or None where it holds nothing about persons."""
    gevonden = getattr(model, "PRIVACY", None)
    return gevonden if isinstance(gevonden, Privacy) else None
