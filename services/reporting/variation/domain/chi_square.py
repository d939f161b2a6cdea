"""Quantiles of the chi-square distribution, which exact limits of a count are made of."""

from math import exp, lgamma, log

_EXACT = 1e-12
_MOST_TERMS = 10_000


def chi_square_quantile(probability: float, freedom: float) -> float:
    """Where so much of the distribution lies below; by halving, to eleven digits."""
    low, high = 0.0, freedom + 10.0
    while _below(high, freedom) < probability:
        high *= 2
    while high - low > _EXACT * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def _below(value: float, freedom: float) -> float:
    """The regularised lower incomplete gamma function. Source: NIST Digital Library of Mathematical Functions 8.7.1."""
    if value <= 0:
        return 0.0
    half, rest = value / 2, freedom / 2
    term = total = 1 / rest
    for place in range(1, _MOST_TERMS):
        term *= half / (rest + place)
        total += term
        if term < total * _EXACT:
            break
    return min(exp(-half + rest * log(half) - lgamma(rest)) * total, 1.0)
