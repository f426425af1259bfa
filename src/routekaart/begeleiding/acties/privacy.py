"""The talk about privacy (step 6), with the answers to what may be shared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from routekaart.begeleiding.acties.eisen import eis_niet_later
from routekaart.begeleiding.models import Privacygesprek
from routekaart.delen.acties import Antwoord, bewaar_verklaring, neem_toestemming_op
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.bereik import Toegang


def houd_privacygesprek(
    werkproces: Werkproces,
    *,
    op: dt.date,
    besproken: str = "",
    antwoorden: Sequence[Antwoord] = (),
    verklaring: bytes | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Privacygesprek:
    """Records that the talk was held and every yes and no of it, in one transaction.

    No consent is needed for the legal task: a talk without answers is a talk too. `verklaring` is the signed paper.
    """
    with handeling(werkproces, "privacy.besproken", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(op, vandaag=h.vandaag)
        gesprek = Privacygesprek.objects.create(
            werkproces=h.werkproces, ronde=h.werkproces.ronde, door_id=h.door_id, op=op, besproken=besproken.strip()
        )
        document = bewaar_verklaring(h, verklaring, op=op) if verklaring is not None else None
        for antwoord in antwoorden:
            neem_toestemming_op(h, antwoord, op=op, document=document)
        h.feit("privacy.besproken", op=op, herkomst=gesprek)
        h.inhoud.update(gesprek=str(gesprek.sleutel), antwoorden=len(antwoorden))
    return gesprek
