"""Letters and documents of one dossier."""

from __future__ import annotations

from routekaart.correspondentie.models import Brief
from routekaart.dossiers.models import Document
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang


def brieven_van(jongere: Jongere, *, toegang: Toegang) -> list[Brief]:
    """All letters about this jongere that the user may see, those not sent yet first, then newest first. One query."""
    rijen = Brief.objects.voor(toegang).filter(werkproces__jongere=jongere)
    rijen = rijen.select_related("werkproces", "document", "door").order_by("-created", "-pk")
    return sorted(rijen, key=lambda brief: brief.verzonden_op is not None)


def losse_brieven_van(jongere: Jongere, *, toegang: Toegang) -> list[Document]:
    """Letters that belong to no werkproces, such as the enquête of the screening, newest first. One query."""
    rijen = Document.objects.voor(toegang).filter(jongere=jongere, soort="brief", werkproces__isnull=True)
    return list(rijen.select_related("door").order_by("-op", "-pk"))


def documenten_van(jongere: Jongere, *, toegang: Toegang) -> list[Document]:
    """The other documents of this jongere, newest first. One query."""
    rijen = Document.objects.voor(toegang).filter(jongere=jongere).exclude(soort="brief")
    return list(rijen.select_related("door").order_by("-op", "-pk"))
