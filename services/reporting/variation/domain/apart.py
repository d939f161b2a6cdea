"""Whether two places differ by more than chance, as far as one month of each can say it."""

from services.reporting.variation.domain.interval import wilson
from services.reporting.variation.domain.variation import Variation

FEWEST = 8
"""Below it an interval is so wide that it says nothing."""


def are_apart(one: Variation, other: Variation) -> bool | None:
    """Whether the 95% intervals of two shares do not meet, of the latest finished period that both have.

    None: there is no such period, one of them is not shown or is of fewer than eight, or more were counted than there
    are. It is stricter than a test at 5% would be, as many are looked at at once.
    """
    latest = one.latest.point if one.latest else None
    beside = other.latest.point if other.latest else None
    if latest is None or beside is None or (latest.starts, latest.period) != (beside.starts, beside.period):
        return None
    ends: list[tuple[float, float]] = []
    for point in (latest, beside):
        number, of = point.numerator, point.denominator
        if number is None or of is None or of < FEWEST or number > of:
            return None
        ends.append(wilson(number, of))
    (low, high), (other_low, other_high) = ends
    return high < other_low or other_high < low
