"""Terugmeldingen that DUO refused: each becomes a task in the werkvoorraad, once (contracten.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from routekaart.dossiers.models import Taak
from routekaart.leveringen.models import Terugmelding
from routekaart.leveringen.publiceren.publicatie import Publicatie, Uitslag
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.meldingen.models import Melding


class DuoAntwoordPublicatie(Publicatie):
    """The thing is the last terugmelding about a meldingsnummer (and version)."""

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        return [self._neem_aan(rij) for rij in rijen]

    def _neem_aan(self, rij: Gelezen) -> Uitslag | Uitval:
        nummer, versie = rij.waarden["meldingsnummer"], rij.waarden.get("versie")
        gestuurd = Terugmelding.objects.voor(self.inlezing.bereik).filter(melding__duo_nummer=nummer)
        if versie is not None:
            gestuurd = gestuurd.filter(duo_versie=versie)
        laatste = gestuurd.select_related("melding__werkproces").order_by("-pk").first()
        if laatste is None:
            return Uitval(rij.rij, "meldingsnummer", nummer, "Over deze melding stuurden we niets terug", rij.cellen)
        reden: str = rij.waarden["reden"]
        if laatste.geweigerd_op is not None and laatste.weigerreden == reden:
            return Uitslag.ONGEWIJZIGD
        uitslag = Uitslag.GEWIJZIGD if laatste.geweigerd_op else Uitslag.NIEUW
        laatste.geweigerd_op, laatste.weigerreden = self.inlezing.nu, reden
        laatste.save(update_fields=["geweigerd_op", "weigerreden", "updated"])
        self._maak_taak(laatste.melding, laatste, reden)
        return uitslag

    def _maak_taak(self, melding: Melding, terugmelding: Terugmelding, reden: str) -> None:
        herkomst = f"terugmelding:{terugmelding.pk}"
        werkproces = melding.werkproces if melding.werkproces is not None and melding.werkproces.open else None
        bestaand = Taak.objects.voor(self.inlezing.bereik).open().filter(herkomst=herkomst).first()
        if bestaand is not None:
            bestaand.waarom = reden
            bestaand.save(update_fields=["waarom", "updated"])
            return
        Taak.objects.create(
            regio_id=melding.regio_id,
            gemeente_id=melding.gemeente_id,
            soort_werk=melding.soort_werk,
            jongere_id=melding.jongere_id,
            werkproces=werkproces,
            soort="terugmelding",
            wat=f"DUO nam de terugmelding over {melding} niet aan. Pas haar aan.",
            waarom=reden,
            actie="oordeel-geven",
            vanaf=self.inlezing.vandaag,
            due=self.inlezing.vandaag,
            eigenaar=werkproces.behandelaar if werkproces else None,
            team=werkproces.team if werkproces else None,
            herkomst=herkomst,
        )
