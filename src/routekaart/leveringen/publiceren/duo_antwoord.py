"""Terugmeldingen that DUO refused: each becomes a task in the werkvoorraad, once (contracten.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from routekaart.leveringen.models import Terugmelding
from routekaart.leveringen.publiceren.publicatie import Publicatie, Uitslag
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.meldingen.handeling import meldinghandeling


class DuoAntwoordPublicatie(Publicatie):
    """The thing is the last terugmelding about a meldingsnummer (and version)."""

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        return [self._neem_aan(rij) for rij in rijen]

    def _neem_aan(self, rij: Gelezen) -> Uitslag | Uitval:
        nummer, versie = rij.waarden["meldingsnummer"], rij.waarden.get("versie")
        gestuurd = Terugmelding.objects.voor(self.inlezing.bereik).filter(melding__duo_nummer=nummer)
        if versie is not None:
            gestuurd = gestuurd.filter(duo_versie=versie)
        laatste = gestuurd.select_related("melding").order_by("-pk").first()
        if laatste is None:
            return Uitval(rij.rij, "meldingsnummer", nummer, "Over deze melding stuurden we niets terug", rij.cellen)
        reden: str = rij.waarden["reden"]
        if laatste.geweigerd_op is not None and laatste.weigerreden == reden:
            return Uitslag.ONGEWIJZIGD
        uitslag = Uitslag.GEWIJZIGD if laatste.geweigerd_op else Uitslag.NIEUW
        laatste.geweigerd_op, laatste.weigerreden = self.inlezing.nu, reden
        laatste.save(update_fields=["geweigerd_op", "weigerreden", "updated"])
        nu, toegang = self.inlezing.nu, self.inlezing.toegang
        with meldinghandeling(laatste.melding, "terugmelding.geweigerd", toegang=toegang, nu=nu) as m:
            m.taak(
                "terugmelding",
                soort="terugmelding",
                wat="DUO nam de terugmelding niet aan. Pas aan wat teruggaat.",
                waarom=f"DUO schrijft: {reden}",
                actie="terugkoppelen" if m.in_werkproces is not None else "oordeel-geven",
                due=m.vandaag,
            )
        return uitslag
