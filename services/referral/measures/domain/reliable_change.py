"""How many points of a measure are more than its own noise, by Jacobson and Truax. Source: reference 4.1."""

from decimal import ROUND_CEILING, Decimal

Z = Decimal("1.96")
"""Beyond it a difference between two scores is chance in fewer than 1 of 20 unchanged people."""


def standard_error(sd: Decimal, reliability: Decimal) -> Decimal:
    """Of one score: SD·√(1−r).

    Args:
        sd: standard deviation of the measure in a comparable group, above 0.
        reliability: of the measure, from 0 to below 1.
    """
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError("a standard deviation is above 0, and a reliability from 0 to below 1")
    return sd * (1 - reliability).sqrt()


def reliable_change_points(sd: Decimal, reliability: Decimal) -> int:
    """The smallest whole number of points that is a reliable change: ⌈1.96·√2·SD·√(1−r)⌉."""
    points = Z * Decimal(2).sqrt() * standard_error(sd, reliability)
    return int(points.to_integral_value(rounding=ROUND_CEILING))
