"""What must show beside a name in a template."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere

register = template.Library()


@register.inclusion_tag("personen/_merken.html")
def merken(jongere: Jongere) -> dict[str, Any]:
    """{% merken jongere %}: that somebody has died, left, or lives at a secret address; nothing for all others."""
    return {"merken": merken_kort(jongere, op=timezone.localdate())}
