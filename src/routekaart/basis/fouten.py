"""What may be expected to go wrong. Each carries a Dutch sentence that says what to do next."""

from dataclasses import dataclass


class Geweigerd(Exception):
    """An act that is not possible now. The view shows the sentence at `veld`, or on top of the form."""

    def __init__(self, boodschap: str, *, veld: str | None = None) -> None:
        super().__init__(boodschap)
        self.boodschap = boodschap
        self.veld = veld


@dataclass(frozen=True)
class Wijziging:
    """One field that somebody else changed meanwhile: its label, what it was when you began and what it is now."""

    veld: str
    label: str
    was: str
    nu: str


class Tussentijds(Geweigerd):
    """Somebody else changed this while you were typing. Nothing is overwritten; what you typed is still in the form."""

    def __init__(self, wijzigingen: list[Wijziging], *, versie: int, door: str = "") -> None:
        wie = door or "Een collega"
        super().__init__(f"{wie} wijzigde dit terwijl jij bezig was. Kijk wat er nu staat en bewaar daarna opnieuw.")
        self.wijzigingen = wijzigingen
        self.versie = versie
