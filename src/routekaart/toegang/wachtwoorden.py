"""What a new password must be, said in our own Dutch; what it checks, Django checks."""

from django.contrib.auth import password_validation as django


class Lang(django.MinimumLengthValidator):
    """Twelve characters or more."""

    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens, bijvoorbeeld een paar woorden."


class Eigen(django.UserAttributeSimilarityValidator):
    """Not the name or the address of the user."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("naam", "email", "telefoon"))

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op je naam of je adres. Kies iets dat niemand raadt."


class NietGangbaar(django.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord komt te vaak voor. Kies iets dat niemand raadt."
