"""What a decision says for itself: the facts it used, the rule, the source and a sentence to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from hashlib import blake2b

type Feitwaarde = str | int | float | bool | date | None

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uitleg:
    """One reason: `regel` is the number of the rule, `op` the date on which it was looked at."""

    regel: str
    tekst: str
    bron: str
    op: date
    feiten: tuple[tuple[str, Feitwaarde], ...] = ()

    def als_gegevens(self) -> dict[str, object]:
        """The reason as plain data, with ISO dates (contract of the target-group decision)."""
        return {
            "regel": self.regel,
            "tekst": self.tekst,
            "bron": self.bron,
            "feiten": {
                naam: waarde.isoformat() if isinstance(waarde, date) else waarde for naam, waarde in self.feiten
            },
        }


def leg_uit(regel: str, tekst: str, *, bron: str, op: date, **feiten: Feitwaarde) -> Uitleg:
    """One reason, with the facts by their name."""
    return Uitleg(regel, tekst, bron, op, tuple(feiten.items()))


type Grond = partial[Uitleg]  # a sentence and what it speaks of; calling it puts it into words


class Gronden:
    """Reasons that are put into words when somebody asks for them. Most hits of a night are only counted or stand there
    already, and their words took as long as deciding. Two of them are equal when they say the same.
    """

    __slots__ = ("delen",)

    def __init__(self, *delen: Grond) -> None:
        self.delen = delen

    def uitleg(self) -> tuple[Uitleg, ...]:
        return tuple([deel() for deel in self.delen])

    def vinger(self) -> int:
        """A fingerprint of everything that is said: 64 bits with a sign, the same in every process."""
        merken = b"".join([_merk(deel.func, *deel.args, **deel.keywords) for deel in self.delen])
        return int.from_bytes(blake2b(merken, digest_size=8).digest(), signed=True)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, Gronden) and self.uitleg() == ander.uitleg()

    def __hash__(self) -> int:
        return hash(self.uitleg())

    def __repr__(self) -> str:
        return f"Gronden{self.uitleg()!r}"


@lru_cache(maxsize=16_384, typed=True)  # many people share a sentence, and what they share is put into words once
def _merk(zin: Callable[..., Uitleg], *feiten: object, **meer: object) -> bytes:
    """What one sentence says about these facts, in short. It is taken of the words themselves: another text or another
    limit is another mark.
    """
    gezegd = zin(*feiten, **meer)
    alles = f"{gezegd.regel}\0{gezegd.tekst}\0{gezegd.bron}\0{gezegd.feiten!r}"
    return blake2b(alles.encode(errors="surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=4096)  # the same few days come by a hundred thousand times a night
def in_woorden(dag: date) -> str:
    """A date as one says it: 1 oktober 2023."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def maand_in_woorden(maand: str) -> str:
    """A month as one says it: `2024-02` is februari 2024."""
    return f"{MAANDEN[int(maand[5:7]) - 1]} {maand[:4]}"


def opsomming(delen: Iterable[str], *, voegwoord: str = "en") -> str:
    """`a`, `a en b`, `a, b en c`."""
    *begin, laatste = delen
    return f"{', '.join(begin)} {voegwoord} {laatste}" if begin else laatste
