"""The screening of leavers: per school, the cases, one leaver, a selection, a pile of answers."""

from django.urls import path

from routekaart.signalen import views_enquete, views_screening, views_screening_jongere

urlpatterns = [
    path("", views_screening.overzicht, name="screening"),
    path("jongeren/", views_screening.jongeren, name="screening-jongeren"),
    path("selectie/", views_screening_jongere.selectie, name="screening-selectie"),
    path("antwoorden/", views_screening_jongere.antwoorden, name="screening-antwoorden"),
    path("enquetes/<uuid:stapel>/", views_enquete.stapel, name="screening-stapel"),
    path("enquetes/<uuid:stapel>/pdf/", views_enquete.stapel_pdf, name="screening-stapel-pdf"),
    path("school/<uuid:sleutel>/", views_screening.school, name="screening-school"),
    path("school/<uuid:sleutel>/lijst/", views_screening.lijstvraag, name="screening-lijstvraag"),
    path(
        "school/<uuid:sleutel>/lijst/<uuid:vraag>/intrekken/",
        views_screening.lijstvraag_intrekken,
        name="screening-lijstvraag-intrekken",
    ),
    path("jongere/<uuid:sleutel>/", views_screening_jongere.jongere, name="screening-jongere"),
    path(
        "jongere/<uuid:sleutel>/<uuid:feit>/intrekken/",
        views_screening_jongere.intrekken,
        name="screening-intrekken",
    ),
]
