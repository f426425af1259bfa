from django.urls import path

from routekaart.begeleiding import (
    views_afsluiten,
    views_evaluatie,
    views_handelen,
    views_in_beeld,
    views_intake,
    views_leefdomeinen,
    views_nazorg,
    views_onderzoek,
    views_plan,
)

app_name = "begeleiding"
urlpatterns = [
    path("<uuid:sleutel>/intake/", views_intake.intake, name="intake"),
    path("<uuid:sleutel>/intake/plannen/", views_intake.intake_plannen, name="intake-plannen"),
    path("<uuid:sleutel>/intake/leefdomeinen/", views_leefdomeinen.leefdomeinen, name="leefdomeinen"),
    path("<uuid:sleutel>/intake/leefdomeinen/besproken/", views_leefdomeinen.besproken, name="leefdomeinen-besproken"),
    path("<uuid:sleutel>/intake/big5/", views_leefdomeinen.big5, name="big5"),
    path("<uuid:sleutel>/intake/privacy/", views_onderzoek.privacy, name="privacy"),
    path("<uuid:sleutel>/intake/inzicht/", views_onderzoek.inzicht, name="inzicht"),
    path("<uuid:sleutel>/plan/", views_plan.plan, name="plan"),
    path("<uuid:sleutel>/plan/regie/", views_plan.regie, name="regie"),
    path("<uuid:sleutel>/plan/afspraak/<uuid:afspraak>/gedaan/", views_plan.afspraak_gedaan, name="afspraak-gedaan"),
    path("<uuid:sleutel>/plan/uitvoering/", views_handelen.uitvoering, name="uitvoering"),
    path("<uuid:sleutel>/plan/uitvoering/<uuid:traject>/", views_handelen.start_verzetten, name="start-verzetten"),
    path("<uuid:sleutel>/plan/voortgang/", views_handelen.voortgang, name="voortgang"),
    path("<uuid:sleutel>/afsluiten/", views_afsluiten.afsluiten, name="afsluiten"),
    path("afsluiten/<uuid:werkproces>/gevolg/", views_afsluiten.gevolg, name="gevolg"),
    path("<uuid:sleutel>/plan/nazorg/", views_nazorg.nazorg, name="nazorg"),
    path("<uuid:sleutel>/plan/evaluatie/", views_evaluatie.evaluatie, name="evaluatie"),
    path("<uuid:sleutel>/in-beeld/", views_in_beeld.in_beeld, name="in-beeld"),
]
