"""A dossier with much in it, for pages that must not grow slower."""

from __future__ import annotations

import datetime as dt

from routekaart.delen.models import Toestemming
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.loopbaan.models import Hulp, Werk
from routekaart.meldingen.models import Verzuimregel
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Verzorger
from tests import fabrieken


def vul(gebied: fabrieken.Gebied, werkproces: Werkproces, aantal: int) -> None:
    """So many rows of everything that a dossier can hold."""
    jongere = werkproces.jongere
    melding = fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces)
    for nummer in range(aantal):
        dag = fabrieken.VANDAAG - dt.timedelta(days=nummer + 1)
        fabrieken.maak_inschrijving(jongere, van=dag - dt.timedelta(days=400), tot=dag)
        Werk.objects.create(jongere=jongere, van=dag, tot=dag, uren=8, bron="Yara")
        Hulp.objects.create(jongere=jongere, van=dag, aanbieder="wijkteam", waarvoor="geldzaken", bron="Yara")
        Verzuimregel.objects.create(melding=melding, datum=dag, minuten=120)
        fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces)
        Betrokkene.objects.create(jongere=jongere, naam=f"Karin {nummer}", rol="mentor")
        Verzorger.objects.create(jongere=jongere, naam=f"Petra {nummer}", van=dag)
        Toestemming.objects.create(jongere=jongere, ontvanger=f"School {nummer}", doel="verzuim", gegeven=True, op=dag)
        Gebeurtenis.objects.create(
            werkproces=werkproces, code="voortgang.besproken", op=dag, vastgelegd_op=fabrieken.NU
        )
        Taak.objects.create(
            regio=gebied.regio, gemeente=jongere.gemeente, soort_werk=jongere.soort_werk, jongere=jongere,
            werkproces=werkproces, soort="afspraak", wat="Bel", vanaf=dag, due=dag, herkomst=f"afspraak:{nummer}",
        )  # fmt: skip
