"""The journey of one young person through the route, told by the acts of the product itself, at moments in the past."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any, Self

from django.utils import timezone

from routekaart.demo.gebied import Demogebied
from routekaart.dossiers import acties as dossier
from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.acties import geef_oordeel, ontvang_melding
from routekaart.meldingen.gegevens import Informatie, Melder, Verzuimdag
from routekaart.meldingen.models import Melding
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Jongere
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang, systeem_toegang, toegang_van
from routekaart.toegang.models import Gebruiker

REDENEN = (
    "Verkeerde studie gekozen en weinig aansluiting in de klas",
    "Werkt veel in de avond en mist de eerste uren",
    "Zorgt thuis voor broertjes en zusjes",
    "Geldzorgen; werken gaat voor naar school gaan",
    "Stage liep vast en daarna niet meer gekomen",
    "Veel gewisseld van opleiding, weet niet wat past",
)


def moment(dag: dt.date, uur: int = 10, minuut: int = 0) -> dt.datetime:
    """A moment on that day in local time."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time(uur, minuut)))


def werkdag(dag: dt.date) -> dt.date:
    """That day, or the Friday before when it falls in the weekend."""
    return dag - dt.timedelta(days=max(0, dag.weekday() - 4))


class Reis:
    """One young person with a coach; every act is done on a given number of days before today."""

    def __init__(
        self, jongere: Jongere, coach: Gebruiker, gebied: Demogebied, vandaag: dt.date, kans: random.Random
    ) -> None:
        self.jongere = jongere
        self.coach = coach
        self.gebied = gebied
        self.vandaag = vandaag
        self.kans = kans
        self.toegang: Toegang = toegang_van(coach, op=vandaag)
        self.gemeld: Melding | None = None
        self._laatste = moment(dt.date(2000, 1, 1))

    @property
    def werkproces(self) -> Werkproces:
        """The werkproces that the melding started or joined."""
        gevonden = self.gemeld.werkproces if self.gemeld else None
        if gevonden is None:
            raise LookupError(f"{self.jongere} heeft nog geen werkproces")
        return gevonden

    def op(self, geleden: int, uur: int = 0) -> dt.datetime:
        """A working moment so many days ago; never before the act that came before it."""
        dag = werkdag(self.vandaag - dt.timedelta(days=geleden))
        tijdstip = moment(dag, uur or self.kans.randrange(9, 16), self.kans.choice([0, 5, 15, 20, 30, 40, 45]))
        self._laatste = max(tijdstip, self._laatste + dt.timedelta(minutes=3))
        return min(self._laatste, timezone.now())

    def meld(
        self,
        geleden: int,
        soort: str,
        *,
        kanaal: str = "A.II",
        melder: Melder | None = None,
        volledig: bool = True,
        uren: Sequence[int] = (),
        **meer: Any,
    ) -> Self:
        """A melding came in. `uren`: hours of absence on as many school days before it."""
        nu = self.op(geleden, 9)
        dag = timezone.localdate(nu)
        roepnaam = self.jongere.aanspreeknaam
        informatie = meer.pop("informatie", None) or Informatie(
            reden=self.kans.choice(REDENEN),
            partneracties="Twee gesprekken met de mentor en een brief naar huis",
            reactie_jongere=f"{roepnaam} wil wel praten, maar liever niet op school" if volledig else "",
            betrokkenen="Karin Slot, mentor, 06 0000 0000",
            verzuimoverzicht="Zie de uren hieronder" if uren and volledig else "",
            verwachte_inzet="Een gesprek samen met school",
        )
        school = self.gebied.scholen["ROC De Waarden"]
        self.gemeld = ontvang_melding(
            kanaal=kanaal,
            soort=soort,
            melder=melder or Melder(soort="school", naam="Karin Slot", functie="mentor", instelling=school),
            jongere=self.jongere,
            informatie=informatie,
            verzuim=[Verzuimdag(werkdag(dag - dt.timedelta(days=2 * i + 1)), 60 * uur) for i, uur in enumerate(uren)],
            toegang=self.toegang,
            nu=nu,
            **meer,
        )
        return self

    def neem_op(self, nu: dt.datetime) -> None:
        """The coach takes the werkproces on."""
        if self.werkproces.behandelaar is None:
            dossier.wijs_toe(
                self.werkproces, behandelaar=self.coach, toegang=systeem_toegang(self.jongere.regio_id), nu=nu
            )

    def contact(
        self, geleden: int, met: str = "jongere", kanaal: str = "telefoon", resultaat: str = "contact", **meer: Any
    ) -> Self:
        """An attempt or a talk."""
        nu = self.op(geleden, meer.pop("uur", 0))
        self.neem_op(nu)
        namen = {"school": "Karin Slot", "ketenpartner": "Marleen Vos", "jongere": self.jongere.aanspreeknaam}
        dossier.leg_contact_vast(
            self.werkproces,
            met=met,
            met_naam=meer.pop("met_naam", namen.get(met, "")),
            kanaal=kanaal,
            moment=nu,
            resultaat=resultaat,
            toegang=self.toegang,
            nu=nu,
            **meer,
        )
        return self

    def vooraf(self, geleden: int) -> Self:
        """Step 2: the dossier, the school, the young person and a partner."""
        nu = self.op(geleden)
        self.neem_op(nu)
        dossier.leg_dossieronderzoek_vast(
            self.werkproces,
            bevinding="Schoolloopbaan en eerdere meldingen gelezen",
            op=timezone.localdate(nu),
            toegang=self.toegang,
            nu=nu,
        )
        self.contact(
            geleden, "school", verslag="De mentor vertelt wat school heeft gedaan: twee gesprekken en een brief."
        )
        self.contact(
            geleden - 1, "jongere", "telefoon", verslag="Kort gesproken. Wil een afspraak, liefst na het werk."
        )
        return self.contact(geleden - 1, "ketenpartner", "telefoon", verslag="Kent het gezin. Er loopt nu geen hulp.")

    def oordeel(self, geleden: int, *, directe_actie: bool = True, motivatie: str = "") -> Self:
        """Step 3: doelgroep as proposed, direct action needed."""
        if self.gemeld is None:
            raise LookupError("Eerst een melding")
        geef_oordeel(
            self.gemeld,
            directe_actie=directe_actie,
            motivatie=motivatie or "School komt er alleen niet meer uit en de jongere wil geholpen worden.",
            onvolledig_omdat="De jongere vertelde de rest zelf.",
            gedaan=["dossier"],
            toegang=self.toegang,
            nu=self.op(geleden),
        )
        return self

    def sla_over(self, geleden: int, stap: int, motivatie: str) -> Self:
        """Skips a step with an explanation."""
        dossier.sla_stap_over(
            self.werkproces, stap=stap, motivatie=motivatie, toegang=self.toegang, nu=self.op(geleden)
        )
        return self

    def tot_werkdag(self) -> int:
        """Days until the next working day."""
        return (tel_op(self.vandaag, 1) - self.vandaag).days

    def betrokkene(self, naam: str, rol: str, organisatie: str = "", toelichting: str = "") -> Self:
        """Somebody around the young person."""
        Betrokkene.objects.create(
            jongere=self.jongere,
            naam=naam,
            rol=rol,
            organisatie=organisatie,
            toelichting=toelichting,
            telefoon="06 0000 0000",
        )
        return self

    def termijn_over(self, werkdagen: int) -> int:
        """So many days ago that a term of five working days ends in `werkdagen` working days from today."""
        for geleden in range(60):
            if tel_op(self.vandaag - dt.timedelta(days=geleden), 5) <= tel_op(self.vandaag, max(werkdagen, 0)):
                return geleden
        raise ValueError("Geen dag gevonden")
