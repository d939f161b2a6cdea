"""What looks wrong in a team's figures, as a question to the team: a sudden nothing, a leap, more than all.

A question is no judgement: most have a good answer, such as a clinic that moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.period_words import period_words
from services.reporting.variation.domain.said import figure_words
from services.reporting.variation.domain.variation import JudgedPoint, Variation

MOST_MODIFIED_Z = Fraction(7, 2)
"""Beyond it a value is far from the team's own. Source: Iglewicz and Hoaglin 1993."""
_CONSISTENT = Fraction(6745, 10_000)
_ENOUGH = 8
"""Months before the last that say what is usual."""
_USUALLY_SOME = 3


@dataclass(frozen=True)
class Question:
    """To the team that the figure is of."""

    said: Variation
    point: JudgedPoint
    asks: str
    rule: str


def questions(several: Sequence[Variation]) -> list[Question]:
    """At most one for each figure, of its last finished point."""
    found = (_question(said) for said in several if said.series.team)
    return [one for one in found if one is not None]


def modified_z(value: Fraction, others: Sequence[Fraction]) -> Fraction | None:
    """How far a value is from the median of others, in their usual distance from it; None when they never vary."""
    middle = Fraction(median(others))
    spread = Fraction(median(abs(one - middle) for one in others))
    return _CONSISTENT * (value - middle) / spread if spread else None


def _question(said: Variation) -> Question | None:
    finished = [one for one in said.points if one.point.is_finished]
    latest, earlier = (
        (finished[-1] if finished else None),
        [one.value for one in finished[:-1] if one.value is not None],
    )
    if latest and said.indicator.shape is Shape.SHARE and latest.point.is_more_than_all:
        point = latest.point
        asks = f"{point.numerator:,} of {point.denominator:,} in {period_words(point)}: more than all. Which is wrong?"
        return Question(said, latest, asks, "more than all")
    if latest is None or latest.value is None or len(earlier) < _ENOUGH or min(earlier) <= latest.value <= max(earlier):
        return None
    shape, when = said.indicator.shape, period_words(latest.point)
    usual = figure_words(Fraction(median(earlier)), shape)
    if shape is Shape.COUNT and latest.value == 0 and median(earlier) >= _USUALLY_SOME:
        return Question(said, latest, f"None in {when}, where {usual} are usual. Have they stopped?", "sudden zero")
    far = modified_z(latest.value, earlier)
    if far is None or abs(far) <= MOST_MODIFIED_Z:
        return None
    figure = figure_words(latest.value, shape)
    return Question(said, latest, f"{figure} in {when}, where {usual} is usual. Is that right?", "far from usual")
