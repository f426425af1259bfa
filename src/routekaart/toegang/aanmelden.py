"""Signing in through allauth: accounts are made by the beheerder, never by the visitor; every attempt is logged."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from routekaart.logboek.acties import noteer
from routekaart.logboek.models import Logregel
from routekaart.toegang.bereik import toegang_van
from routekaart.toegang.models import Gebruiker


class Aanmelding(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, speaks our Dutch and writes in the log who signed in, out, or tried to."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account staat uit. Vraag het aan je functioneel beheerder.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens.",
        "enter_current_password": "Dit is niet het wachtwoord dat je nu hebt.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_login": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "rate_limited": "Je vraagt dit te vaak achter elkaar. Wacht een paar minuten en probeer het dan opnieuw.",
        "too_many_login_attempts": "Het lukte te vaak niet. Wacht vijf minuten en probeer het dan opnieuw, "
        "of kies een nieuw wachtwoord.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def format_email_subject(self, subject: str) -> str:
        return f"Routekaart: {subject}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises ValidationError after too many failures, for this address or from this machine."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _noteer("aanmelden.geblokkeerd", request, bij=_bij_adres(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _noteer("aanmelden.mislukt", request, bij=_bij_adres(credentials))
        super().authentication_failed(request, **credentials)

    def login(self, request: HttpRequest, user: Gebruiker) -> None:
        super().login(request, user)
        _noteer("aanmelden.gelukt", request, door=user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Gebruiker):
            _noteer("aanmelden.afgemeld", request, door=request.user)
        super().logout(request)

    def set_password(self, user: Gebruiker, password: str) -> None:
        super().set_password(user, password)
        _noteer("aanmelden.wachtwoord", self.request, door=user)

    def send_notification_mail(
        self, template_prefix: str, user: Gebruiker, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the address of the account; allauth keeps a table of addresses that we do not use."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


def _bij_adres(credentials: dict[str, Any]) -> Gebruiker | None:
    """The account that somebody tried to open; None where there is no such account."""
    return Gebruiker.objects.filter(email=str(credentials.get("email") or "").strip().lower()).first()


def _noteer(code: str, request: HttpRequest, *, door: Gebruiker | None = None, bij: Gebruiker | None = None) -> None:
    """One line about signing in. `door` proved who they are; `bij` is only the account that was tried.

    What was typed is not kept: people type their password in the wrong box.
    """
    gebruiker = door or bij
    inzage = getattr(request, "inzage", None)
    noteer(
        code,
        nu=timezone.now(),
        soort=Logregel.Soort.SYSTEEM,
        regio_id=gebruiker.regio_id if gebruiker else None,
        gebruiker_id=door.pk if door else None,
        rol=toegang_van(door, op=timezone.localdate()).rol if door else "",
        doel="aanmelden",
        onderwerp=f"toegang.gebruiker:{gebruiker.sleutel}" if gebruiker else "",
        verzoek=inzage.verzoek if inzage else "",
    )
