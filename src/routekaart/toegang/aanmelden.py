"""Signing in through allauth: accounts are made by the beheerder, never by the visitor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Aanmelding(DefaultAccountAdapter):
    """Closes sign-up and sends a user who is signed in to the page of their role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        inzage = getattr(request, "inzage", None)
        if inzage is not None:
            inzage.noteer("aanmelden.mislukt")
        super().authentication_failed(request, **credentials)
