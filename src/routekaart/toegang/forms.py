"""The forms of signing in, in our words and look; what they check, allauth checks."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as allauth

from routekaart.basis.formulieren import Formulier

NIEUW = "Minstens twaalf tekens. Een zin van een paar woorden onthoud je makkelijker dan losse tekens."


class _Woorden(Formulier):
    """Puts our label and hint on the fields of allauth; takes away what it writes inside the input."""

    woorden: ClassVar[dict[str, tuple[str, str]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            label, hulp = self.woorden[naam]
            veld.label, veld.help_text = label, hulp
            veld.widget.attrs.pop("placeholder", None)
            veld.error_messages["required"] = f"‘{label}’ is nog leeg"


class Aanmelden(_Woorden, allauth.LoginForm):  # type: ignore[misc]
    """Address and password."""

    woorden = {"login": ("E-mailadres", ""), "password": ("Wachtwoord", "")}


class WachtwoordWijzigen(_Woorden, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Another password, by somebody who is signed in."""

    woorden = {
        "oldpassword": ("Wachtwoord dat je nu hebt", ""),
        "password1": ("Nieuw wachtwoord", NIEUW),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class WachtwoordVergeten(_Woorden, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link; the answer is the same for an address that we do not know."""

    woorden = {"email": ("E-mailadres", "Het adres waarmee je je aanmeldt.")}


class WachtwoordKiezen(_Woorden, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by somebody who followed the link."""

    woorden = {
        "password1": ("Nieuw wachtwoord", NIEUW),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class OpnieuwAanmelden(_Woorden, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    woorden = {"password": ("Wachtwoord", "")}
