"""How far chance alone can move a figure: intervals of a share and of a count."""

from math import sqrt
from statistics import NormalDist

from services.reporting.variation.domain.chi_square import chi_square_quantile

Interval = tuple[float, float]

CONFIDENCE_95, CONFIDENCE_998 = 0.95, 0.998
_FEWEST_FOR_NORMAL = 10


def deviations(confidence: float) -> float:
    """Standard deviations from the middle to an end: 1.959964 for 95%, 3.090232 for 99.8%."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(number: int, of: int, confidence: float = CONFIDENCE_95) -> Interval:
    """Of a share, from 0 to 1; `of` is neither 0 nor less than the number.

    Source: Wilson 1927, as Public Health England uses it.
    """
    z = deviations(confidence)
    middle, reach = 2 * number + z * z, z * sqrt(z * z + 4 * number * (1 - number / of))
    return (middle - reach) / (2 * (of + z * z)), (middle + reach) / (2 * (of + z * z))


def poisson_interval(number: int, confidence: float = CONFIDENCE_95) -> Interval:
    """Of a count: exact below ten, by Byar's method from ten on. Source: Public Health England's technical guide."""
    if number < _FEWEST_FOR_NORMAL:
        return exact_poisson(number, confidence)
    z = deviations(confidence)
    more = number + 1
    lower = number * (1 - 1 / (9 * number) - z / (3 * sqrt(number))) ** 3
    return lower, more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3


def exact_poisson(number: float, confidence: float) -> Interval:
    """Of a count, or around an expected one. Source: Garwood 1936."""
    tail = (1 - confidence) / 2
    lower = chi_square_quantile(tail, 2 * number) / 2 if number else 0.0
    return lower, chi_square_quantile(1 - tail, 2 * number + 2) / 2
