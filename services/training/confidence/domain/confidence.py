"""Confidence before and after a course, paired by booking: a retake is a new pair. Source: reference section 6."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from shared.kernel.errors import RuleBroken

LEAST, MOST = 0, 10
IMPROVED_BY = 2
"""Points; a proposal."""


@dataclass(frozen=True)
class Answered:
    """What one person said for one booking; None: not answered."""

    before: Fraction | int | None = None
    after: Fraction | int | None = None


@dataclass(frozen=True)
class ConfidenceChange:
    """Of those who answered both."""

    pairs: int
    mean: Fraction
    """Points."""
    improved: int


def check_confidence(value: int, *, field: str) -> None:
    """Raises RuleBroken when it is not from 0 to 10."""
    if not LEAST <= value <= MOST:
        raise RuleBroken("confidence_range", f"Choose a number from {LEAST} to {MOST}.", field=field)


def confidence_change(answers: Sequence[Answered]) -> ConfidenceChange | None:
    """None when nobody answered both."""
    changes = [one.after - one.before for one in answers if one.before is not None and one.after is not None]
    if not changes:
        return None
    improved = sum(change >= IMPROVED_BY for change in changes)
    return ConfidenceChange(len(changes), Fraction(sum(changes), len(changes)), improved)
