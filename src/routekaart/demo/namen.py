"""Invented people: names that fit the country's mix, and BSNs from the test range (they begin with 9).

Every combination is made by chance from lists of common names; nobody in it exists.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

# weight, boys' names, girls' names, surnames (prefix before the comma)
_HERKOMST: tuple[tuple[int, str, str, str], ...] = (
    (
        66,
        "Daan Sem Bram Thijs Lars Tim Ruben Jesse Niels Sven Stijn Luuk Joris Mees Finn Gijs Wessel Koen Bas Jelle Rick Kevin "
        "Danny Jordy Mike Robin Nick Stefan Wouter Hidde",
        "Emma Lotte Sanne Anouk Fleur Iris Eline Femke Noor Lisa Julia Maud Roos Sofie Tess Lieke Britt Kim Naomi Romy Demi "
        "Michelle Chantal Esmee Marit Jasmijn Manon Nienke Floor Vera",
        "de Jong|Jansen|de Vries|van den Berg|Bakker|van Dijk|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|"
        "Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|van der Linden|Kok|Jacobs|Vermeulen|"
        "van den Heuvel|Schouten|Willems|Hoekstra|Koster|Prins|Huisman|Postma|Kuiper|Veenstra|Kramer|van Dam|Driessen|Verhoeven",
    ),
    (
        8,
        "Mohamed Youssef Bilal Ayoub Soufian Anass Ilias Hamza Nabil Redouan",
        "Fatima Salma Nora Yasmina Imane Hanane Samira Loubna Ikram Naima",
        "El Amrani|Bouzian|Tahiri|Benali|El Idrissi|Chaoui|Aziz|Ouali|Amrani|Bouali|Haddou|Saidi",
    ),
    (
        8,
        "Emre Mehmet Yusuf Kerem Burak Can Deniz Enes Furkan Onur",
        "Elif Zeynep Melisa Esra Büşra Sude Derya Selin Ceren Aylin",
        "Yılmaz|Arslan|Kaya|Demir|Çelik|Şahin|Öztürk|Aydın|Koç|Doğan|Polat|Erdoğmuş",
    ),
    (
        7,
        "Jayden Shaquille Giovanni Quincy Darnell Ryan Dwight Xavier Ruchenel Elroy",
        "Shanice Chayenne Naomi Kayleigh Roshni Anjali Priya Joëlle Sherida Denise",
        "Molenaar|Pinas|Ramdin|Martina|Rosalia|Kartosen|Ramkisoen|Wijngaarde|Sno|Martis|Isenia|Bhagwandin",
    ),
    (
        6,
        "Jakub Mateusz Kacper Filip Bartosz Andrei Mihai Dimitar Oskar Szymon",
        "Zuzanna Oliwia Maja Natalia Alicja Ioana Elena Gabriela Weronika Kinga",
        "Kowalski|Nowak|Wiśniewski|Lewandowski|Zieliński|Popescu|Ionescu|Petrov|Mazur|Wójcik",
    ),
    (
        5,
        "Amir Omar Karim Yonas Samuel Filmon Ali Rami Zaid Idris",
        "Amina Rahel Selam Lina Hiba Sara Maryam Nour Dana Zahra",
        "Rahimi|Al Hassan|Haile|Tesfay|Ahmadi|Khalil|Osman|Yusuf|Ghebreab|Darwish|Warsame|Karimi",
    ),
)  # fmt: skip

_VOORVOEGSELS = ("van den", "van der", "van de", "van", "de", "den", "ter", "el", "El", "Al")

STRATEN = (
    "Lindelaan", "Waterstraat", "Molenweg", "Kerkstraat", "Veldweg", "Eikenlaan", "Meerkade", "Schoolpad", "Dorpsplein",
    "Kastanjestraat", "Sluisweg", "Havenkade", "Wilgenhof", "Beukenlaan", "Zandpad", "Brinkweg", "Hoefslag", "Vlierstraat",
)  # fmt: skip


@dataclass(frozen=True)
class Naam:
    """A name in its parts, with the geslacht it was drawn for."""

    voornamen: str
    voorvoegsel: str
    achternaam: str
    geslacht: str


def splits(tekst: str) -> tuple[str, str]:
    """Prefix and surname of `van den Berg`."""
    for voorvoegsel in _VOORVOEGSELS:
        if tekst.startswith(f"{voorvoegsel} "):
            return voorvoegsel, tekst[len(voorvoegsel) + 1 :]
    return "", tekst


def trek_naam(kans: random.Random) -> Naam:
    """One invented name."""
    herkomst = kans.choices(_HERKOMST, weights=[deel[0] for deel in _HERKOMST])[0]
    geslacht = kans.choices(["M", "V", "O"], weights=[52, 47, 1])[0]
    jongens, meisjes = herkomst[1].split(), herkomst[2].split()
    namen = {"M": jongens, "V": meisjes, "O": jongens + meisjes}[geslacht]
    voorvoegsel, achternaam = splits(kans.choice(herkomst[3].split("|")))
    return Naam(kans.choice(namen), voorvoegsel, achternaam, geslacht)


def testnummers(kans: random.Random, aantal: int) -> list[str]:
    """So many different BSNs that satisfy the eleven-test and begin with 9; such numbers are not given out."""
    nummers: dict[str, None] = {}
    while len(nummers) < aantal:
        stam = str(kans.randrange(90_000_000, 99_999_999))
        rest = sum((9 - plaats) * int(cijfer) for plaats, cijfer in enumerate(stam)) % 11
        if rest < 10:
            nummers[f"{stam}{rest}"] = None
    return list(nummers)
