"""Answers to outcome measures at the start and at the end, spread and related as reference 11 has it.

The spread at the end follows from the spread of the change and the correlation of 0.5; what the reference does not say
of GAD-7's change is taken as four fifths of EPDS's.
"""

import random
from dataclasses import dataclass
from math import sqrt

_CORRELATION = 0.5
_WORSE = 0.05
"""Together with those who are worse by the spread alone, about 7 of 100."""


@dataclass(frozen=True)
class Spread:
    """Of one measure's total."""

    items: int
    highest: int
    """Of one item; the lowest is 0."""
    mean: float
    deviation: float
    change: float
    """On average, from start to end; lower is better when it is negative."""
    deviation_at_end: float
    from_the_top: frozenset[int] = frozenset()
    """Items, from 1, whose first answer on paper counts most; the answer that is entered is the place in the list."""
    rarely: int | None = None
    """The item that asks about self-harm: 0 but for few."""


SPREADS = {
    "EPDS": Spread(10, 3, 14.2, 5.0, -5.0, 3.7, frozenset({3, 5, 6, 7, 8, 9, 10}), rarely=10),
    "GAD7": Spread(7, 3, 11.0, 5.0, -4.0, 3.7),
    "KPCS": Spread(15, 3, 34.0, 5.5, 5.0, 2.8),
}


def totals(chance: random.Random, spread: Spread) -> tuple[int, int]:
    """At the start and at the end, of one parent or carer."""
    start = chance.gauss(spread.mean, spread.deviation)
    expected = (
        spread.mean + spread.change + _CORRELATION * spread.deviation_at_end / spread.deviation * (start - spread.mean)
    )
    end = chance.gauss(expected, spread.deviation_at_end * sqrt(1 - _CORRELATION**2))
    if chance.random() < _WORSE:
        end = start - spread.change
    return _possible(start, spread), _possible(end, spread)


def all_totals(chance: random.Random) -> dict[str, tuple[int, int]]:
    """Of each measure, of one parent or carer."""
    return {code: totals(chance, spread) for code, spread in SPREADS.items()}


def answers(chance: random.Random, code: str, total: int) -> tuple[int, ...]:
    """As they are entered, and such that they add up to the total."""
    spread = SPREADS[code]
    values = [0] * spread.items
    often = [place for place in range(spread.items) if place + 1 != spread.rarely]
    if spread.rarely and chance.random() < _self_harm(total):
        values[spread.rarely - 1] = 1
        total -= 1
    for _ in range(total):
        place = chance.choice([one for one in often if values[one] < spread.highest])
        values[place] += 1
    return tuple(_as_entered(place + 1, value, spread) for place, value in enumerate(values))


def asks_about_self_harm(code: str, given: tuple[int, ...]) -> bool:
    """Whether such an answer has to be spoken about on the same day."""
    item = SPREADS[code].rarely
    return item is not None and given[item - 1] != _as_entered(item, 0, SPREADS[code])


def _self_harm(total: int) -> float:
    return 0.12 if total >= 20 else 0.0


def _as_entered(item: int, value: int, spread: Spread) -> int:
    if not spread.from_the_top:
        return value
    return spread.highest + 1 - value if item in spread.from_the_top else value + 1


def _possible(total: float, spread: Spread) -> int:
    often = spread.items - (1 if spread.rarely else 0)
    return round(min(max(total, 0), often * spread.highest))
