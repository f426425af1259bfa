"""The doors: every view says which right opens it, or why it is open to all. A test walks them all."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from routekaart.toegang.bereik import BereikQuerySet, Toegang
from routekaart.toegang.inzage import Inzage
from routekaart.toegang.models import Gebruiker
from routekaart.toegang.rechten import Recht

P = ParamSpec("P")
Ding = TypeVar("Ding")


class Verzoek(HttpRequest):
    """A request of somebody who is signed in."""

    user: Gebruiker
    toegang: Toegang
    inzage: Inzage
    # counters of the main menu that the page has read already, by url name
    tellers: dict[str, int]


View = Callable[Concatenate[Verzoek, P], HttpResponse]


class Doorverwezen(Exception):
    """What was asked for stands under another key now; the door sends the visitor on."""

    def __init__(self, van: uuid.UUID, naar: uuid.UUID) -> None:
        super().__init__(f"{van} is nu {naar}")
        self.van = van
        self.naar = naar

    def adres(self, request: HttpRequest) -> str:
        """The same address with the other key."""
        return request.get_full_path().replace(str(self.van), str(self.naar))


class TijdelijkAnders(HttpResponseRedirect):
    """Sends a form on as it was filled in: the method and what was typed stay."""

    status_code = 307


def vereist(recht: Recht) -> Callable[[View[P]], View[P]]:
    """The view opens for who has this right; for others it does not exist (404): existence is information too."""

    def versier(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def deur(request: Verzoek, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.toegang.mag(recht):
                request.inzage.weiger(recht)
                raise Http404
            request.inzage.doel = str(recht)
            try:
                return view(request, *args, **kwargs)
            except Doorverwezen as anders:
                if anders.adres(request) == request.get_full_path():
                    raise Http404 from None  # the key stood in what was filled in, not in the address
                soort = HttpResponseRedirect if request.method in {"GET", "HEAD"} else TijdelijkAnders
                return soort(anders.adres(request))

        deur.recht = recht  # type: ignore[attr-defined]
        return cast(View[P], deur)

    return versier


def openbaar(reden: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """The view is open without signing in; `reden` says why that is right."""

    def versier(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @functools.wraps(view)
        def deur(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(*args, **kwargs)

        deur.openbaar = reden  # type: ignore[attr-defined]
        return cast(Callable[P, HttpResponse], login_not_required(cast(Any, deur)))

    return versier


def haal(selectie: BereikQuerySet[Any], request: Verzoek, sleutel: uuid.UUID) -> Any:
    """The one row with this key within the scope of the user; else 404, and the log remembers that it was asked.

    A model whose rows can go on under another key (`doorverwijzing`) leads there, where that one is in scope.
    """
    try:
        return selectie.voor(request.toegang).get(sleutel=sleutel)
    except selectie.model.DoesNotExist:
        verder = getattr(selectie.model, "doorverwijzing", None)
        if verder is not None and (naar := verder(sleutel, request.toegang)) is not None:
            raise Doorverwezen(sleutel, naar) from None
        request.inzage.weiger(f"{selectie.model._meta.label_lower}:{sleutel}")
        raise Http404 from None


def nu() -> Any:
    """The moment of this request; views ask the clock once and hand it on."""
    return timezone.now()
