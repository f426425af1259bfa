"""`/gezond/levend/` and `/gezond/klaar/`: for the machine that watches. No personal data, no sign-in."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from routekaart.toegang.deuren import openbaar


@openbaar("Een bewaker van de server meldt zich niet aan; er staat niets persoonlijks op.")
def levend(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"levend": True})


@openbaar("Een bewaker van de server meldt zich niet aan; er staat niets persoonlijks op.")
def klaar(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated as far as this program knows."""
    try:
        executor = MigrationExecutor(connection)
        open_stappen = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"klaar": False, "reden": "De database antwoordt niet"}, status=503)
    if open_stappen:
        return JsonResponse({"klaar": False, "reden": "De database is nog niet bijgewerkt"}, status=503)
    return JsonResponse({"klaar": True})


app_name = "gezond"
urlpatterns = [path("levend/", levend, name="levend"), path("klaar/", klaar, name="klaar")]
