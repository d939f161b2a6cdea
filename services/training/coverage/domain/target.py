"""How far an organisation, a profession or all of them are from the team's target."""

from collections.abc import Mapping
from typing import TypeVar

from services.training.coverage.domain.coverage import Coverage

What = TypeVar("What")


def missing_to(target: int, one: Coverage) -> int:
    """So many more people reach it; 0 when it is reached, or nobody knows of how many.

    Args:
        target: per cent.
    """
    return max(0, -(-target * one.of // 100) - one.in_date) if one.of else 0


def most_missing(of: Mapping[What, Coverage], *, most: int = 2) -> list[tuple[What, int]]:
    """Where most people are not in date, the most first, with how many; only where the headcount is known."""
    missing = [(what, one.of - one.in_date) for what, one in of.items() if one.of is not None and one.of > one.in_date]
    return sorted(missing, key=lambda pair: -pair[1])[:most]
