"""The guidance itself: intake, life domains, insight, plan, regie, progress, aftercare, evaluation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from routekaart.basis.models import Basis, Periode, Regio, periode_klopt
from routekaart.basis.privacy import Privacy
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.bereik import Persoonlijk
from routekaart.toegang.models import Gebruiker


class Onderdeel(Basis, Persoonlijk):
    """A part of the guidance within one werkproces; `ronde` counts how often phase 2 and 3 were gone through."""

    BEREIK = "werkproces__"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="%(class)s_set")
    ronde = models.PositiveSmallIntegerField(default=1)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Intake(Onderdeel):
    """The intake talk: planned (step 4), then held (step 5). One per round; the answers follow inhoud/instrumenten."""

    gepland_op = models.DateTimeField("wanneer", null=True)
    plaats = models.CharField("waar", max_length=120, blank=True)
    school_erbij = models.BooleanField("school is erbij", default=False)
    wens_gevraagd = models.BooleanField("gevraagd wie erbij mag zijn", default=False)
    wens = models.CharField("wie wil de jongere erbij", max_length=200, blank=True)
    gehouden_op = models.DateField("gehouden op", null=True)
    deelnemers = models.CharField("wie waren erbij", max_length=200, blank=True)
    antwoorden = models.JSONField(default=dict)
    ondersteuningsvraag = models.TextField("vraag in de woorden van de jongere", blank=True)
    onderliggende_vraag = models.TextField("onderliggende vraag", blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Intake",
        samenvoegen="verhuist",
        persoonlijk=("plaats", "wens", "deelnemers", "antwoorden", "ondersteuningsvraag", "onderliggende_vraag"),
        zakelijk=("werkproces", "ronde", "door", "gepland_op", "school_erbij", "wens_gevraagd", "gehouden_op"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["werkproces", "ronde"], name="intake_een_per_ronde")]

    def __str__(self) -> str:
        return f"intake ronde {self.ronde}"


class Leefdomeinbeeld(Onderdeel):
    """A reading of one of the 13 domains on one day; none is mandatory and there is no total (INT-04)."""

    class Aard(models.TextChoices):
        WOORDEN = "woorden", "woorden van de jongere"
        FEIT = "feit", "feit"
        VRAAG = "vraag", "vraag om steun"
        AFSPRAAK = "afspraak", "afspraak"

    domein = models.CharField(max_length=40)
    stand = models.PositiveSmallIntegerField("stand", null=True)
    aard = models.CharField("wat leg je vast", max_length=20, choices=Aard.choices, blank=True)
    tekst = models.TextField("tekst", blank=True)
    op = models.DateField()

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe het met je gaat",
        samenvoegen="verhuist",
        persoonlijk=("stand", "tekst"),
        zakelijk=("werkproces", "ronde", "door", "domein", "aard", "op"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stand__isnull=True) | Q(stand__gte=1, stand__lte=5), name="leefdomeinbeeld_stand_1_5"
            )
        ]

    def __str__(self) -> str:
        return self.domein


class Big5stand(Onderdeel):
    """One of the five principles, at intake or at closing (INT-08)."""

    class Stand(models.TextChoices):
        JA = "ja", "ja"
        DEELS = "deels", "deels"
        NEE = "nee", "nee"

    principe = models.CharField(max_length=20)
    stand = models.CharField("stand", max_length=5, choices=Stand.choices)
    toelichting = models.CharField("toelichting", max_length=240, blank=True)
    op = models.DateField()

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe het met je gaat",
        samenvoegen="verhuist",
        persoonlijk=("stand", "toelichting"),
        zakelijk=("werkproces", "ronde", "door", "principe", "op"),
    )

    def __str__(self) -> str:
        return self.principe


class Privacygesprek(Onderdeel):
    """The talk about privacy (step 6): held on a day, with what was agreed; consents stand in `delen`."""

    op = models.DateField("wanneer")
    besproken = models.TextField("wat spraken jullie af", blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wat je goed vindt om te delen",
        samenvoegen="verhuist",
        persoonlijk=("besproken",),
        zakelijk=("werkproces", "ronde", "door", "op"),
    )

    def __str__(self) -> str:
        return f"privacygesprek {self.op}"


class Inzicht(Onderdeel):
    """One of the findings that close the analysis (CL-11). One per punt and round."""

    punt = models.CharField(max_length=30)
    tekst = models.TextField("inzicht")
    bron = models.CharField("van wie weet je dit", max_length=120)
    op = models.DateField()
    redencode = models.CharField("soort reden", max_length=40, blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Wat we weten",
        samenvoegen="verhuist",
        persoonlijk=("tekst", "bron"),
        zakelijk=("werkproces", "ronde", "door", "punt", "op", "redencode"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["werkproces", "ronde", "punt"], name="inzicht_een_per_ronde")]

    def __str__(self) -> str:
        return self.punt


class Plan(Onderdeel):
    """The plan van aanpak; a revision is a new row and keeps the old one (PVA-12)."""

    nummer = models.PositiveSmallIntegerField(default=1)
    op = models.DateField("gemaakt op")
    deelnemers = models.CharField("met wie gemaakt", max_length=240, blank=True)
    akkoord = models.BooleanField("de jongere is het ermee eens", default=False)
    domeinen = models.JSONField(default=list)
    onderdelen = models.JSONField(default=dict)
    vervangen_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Je plan",
        samenvoegen="verhuist",
        persoonlijk=("deelnemers", "onderdelen"),
        zakelijk=("werkproces", "ronde", "door", "nummer", "op", "akkoord", "domeinen", "vervangen_op"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["werkproces"], condition=Q(vervangen_op__isnull=True), name="plan_een_geldig"
            ),
            models.UniqueConstraint(fields=["werkproces", "nummer"], name="plan_nummer_uniek"),
        ]

    def __str__(self) -> str:
        return f"plan {self.nummer}"


class Doel(Basis, Persoonlijk):
    """A goal of the plan, in the words of the young person where possible."""

    BEREIK = "plan__werkproces__"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="doelen")
    tekst = models.CharField("doel", max_length=200)
    leefdomein = models.CharField("leefdomein", max_length=40, blank=True)
    gereed_voor = models.DateField("klaar voor", null=True)
    resultaat = models.CharField("resultaat", max_length=240, blank=True)
    bereikt_op = models.DateField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Je plan",
        samenvoegen="verhuist",
        persoonlijk=("tekst", "resultaat"),
        zakelijk=("plan", "leefdomein", "gereed_voor", "bereikt_op"),
    )

    def __str__(self) -> str:
        return f"doel {self.pk}"


class Afspraak(Basis, Persoonlijk):
    """Who does what before when; each becomes a task where we do it ourselves (PVA-04, PVA-09)."""

    BEREIK = "plan__werkproces__"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="afspraken")
    doel = models.ForeignKey(Doel, on_delete=models.PROTECT, null=True, related_name="afspraken")
    wat = models.CharField("wat", max_length=200)
    wie = models.CharField("wie", max_length=120)
    van_ons = models.BooleanField("wij doen dit", default=False)
    voor = models.DateField("voor wanneer")
    gedaan_op = models.DateField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Je plan",
        samenvoegen="verhuist",
        persoonlijk=("wat", "wie"),
        zakelijk=("plan", "doel", "van_ons", "voor", "gedaan_op"),
    )

    def __str__(self) -> str:
        return f"afspraak {self.pk}"


class Regie(Basis, Periode, Persoonlijk):
    """Who holds the casusregie, from when; procesregie is always with the behandelaar (RGI-01, RGI-02, RGI-05)."""

    BEREIK = "werkproces__"

    werkproces = models.ForeignKey(Werkproces, on_delete=models.PROTECT, related_name="regies")
    houder = models.CharField("wie houdt de regie", max_length=120)
    organisatie = models.CharField("organisatie", max_length=160, blank=True)
    gevraagd = models.BooleanField("aan de jongere gevraagd", default=False)
    keuze = models.CharField("wat zei de jongere", max_length=200, blank=True)
    reden = models.CharField("reden van wisseling", max_length=200, blank=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Je plan",
        samenvoegen="verhuist",
        persoonlijk=("houder", "organisatie", "keuze", "reden"),
        zakelijk=("werkproces", "gevraagd", "van", "tot"),
    )

    class Meta:
        constraints = [
            periode_klopt("regie_periode_klopt"),
            models.UniqueConstraint(fields=["werkproces"], condition=Q(tot__isnull=True), name="regie_een_open"),
        ]

    def __str__(self) -> str:
        return f"regie vanaf {self.van}"


class Traject(Onderdeel):
    """The path that the plan leads to: school, work or help, with its start (step 9) and how it goes (MON-02)."""

    domein = models.CharField("soort", max_length=20)
    wat = models.CharField("wat", max_length=200)
    aanbieder = models.CharField("bij wie", max_length=160, blank=True)
    start_op = models.DateField("start")
    stand = models.CharField("stand", max_length=20, default="loopt")
    gestopt_op = models.DateField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Je plan",
        samenvoegen="verhuist",
        persoonlijk=("wat", "aanbieder"),
        zakelijk=("werkproces", "ronde", "door", "domein", "start_op", "stand", "gestopt_op"),
    )

    def __str__(self) -> str:
        return f"traject {self.start_op}"


class Voortgang(Onderdeel):
    """How it goes (step 10): what was heard, whether the regiehouder takes up the role, and the next moment."""

    op = models.DateField("wanneer")
    stand = models.CharField("hoe gaat het", max_length=20)
    tekst = models.TextField("wat hoorde je", blank=True)
    regie_opgepakt = models.BooleanField("regiehouder pakt het op", null=True)
    vervolgactie = models.CharField("wat nu", max_length=200, blank=True)
    volgende_op = models.DateField("volgende moment", null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe het ging",
        samenvoegen="verhuist",
        persoonlijk=("tekst", "vervolgactie"),
        zakelijk=("werkproces", "ronde", "door", "op", "stand", "regie_opgepakt", "volgende_op"),
    )

    def __str__(self) -> str:
        return f"voortgang {self.op}"


class Kijkmoment(Onderdeel):
    """A look at somebody who is kept in view: extra attention or not (JKP-02), still at work or not, where the jongere
    is now (JKP-04), whether what school does helps (JKP-05), and who was at the uitstroomgesprek (JKP-06).
    """

    class Schoolhulp(models.TextChoices):
        JA = "ja", "Ja, het helpt"
        NEE = "nee", "Nee, het helpt niet"
        TE_VROEG = "te-vroeg", "Te vroeg om te zeggen"
        VAN_SCHOOL = "van-school", "Niet meer op deze school"

    op = models.DateField("wanneer")
    extra_aandacht = models.BooleanField("extra aandacht nodig", null=True)
    werkt = models.BooleanField("werkt nog", null=True)
    bestemming = models.CharField("waar is de jongere nu", max_length=30, blank=True)
    schoolhulp = models.CharField("helpt wat school doet", max_length=20, choices=Schoolhulp.choices, blank=True)
    uitstroomgesprek = models.BooleanField("was een uitstroomgesprek", default=False)
    deelnemers = models.CharField("met wie", max_length=240, blank=True)
    tekst = models.TextField("wat hoorde je")
    volgende_op = models.DateField("volgende keer", null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Hoe het ging",
        samenvoegen="verhuist",
        persoonlijk=("extra_aandacht", "werkt", "bestemming", "schoolhulp", "deelnemers", "tekst"),
        zakelijk=("werkproces", "ronde", "door", "op", "uitstroomgesprek", "volgende_op"),
    )

    def __str__(self) -> str:
        return f"in beeld {self.op}"


class Nazorgmoment(Onderdeel):
    """A moment of aftercare: at work, in education, in care (NAZ-06)."""

    gepland_op = models.DateField("gepland op")
    gehouden_op = models.DateField("gehouden op", null=True)
    op_school = models.BooleanField("volgt onderwijs", null=True)
    aan_werk = models.BooleanField("werkt", null=True)
    in_zorg = models.BooleanField("krijgt hulp", null=True)
    tekst = models.TextField("wat hoorde je", blank=True)
    vervallen_op = models.DateTimeField(null=True)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Nazorg",
        samenvoegen="verhuist",
        persoonlijk=("op_school", "aan_werk", "in_zorg", "tekst"),
        zakelijk=("werkproces", "ronde", "door", "gepland_op", "gehouden_op", "vervallen_op"),
    )

    def __str__(self) -> str:
        return f"nazorg {self.gepland_op}"


class Evaluatie(Onderdeel):
    """The look back with partners (step 13): six questions (CL-21) and two aims (EVA-01, EVA-02)."""

    op = models.DateField("wanneer")
    deelnemers = models.CharField("met wie", max_length=240, blank=True)
    antwoorden = models.JSONField(default=dict)

    PRIVACY: ClassVar = Privacy(
        bewaargrond="dossier",
        uittreksel="Terugblik",
        samenvoegen="verhuist",
        persoonlijk=("deelnemers", "antwoorden"),
        zakelijk=("werkproces", "ronde", "door", "op"),
    )

    def __str__(self) -> str:
        return f"evaluatie {self.op}"


class Verbeterpunt(Basis):
    """A lesson across cases, without names, with an owner (EVA-03). No link to a person, on purpose."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="verbeterpunten")
    thema = models.CharField("thema", max_length=60)
    tekst = models.TextField("wat kan beter")
    stap = models.PositiveSmallIntegerField(null=True)
    eigenaar = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, null=True, related_name="+")
    stand = models.CharField(max_length=20, default="open")
    resultaat = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.thema
