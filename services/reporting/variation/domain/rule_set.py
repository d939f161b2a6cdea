"""Which rules say that a figure is more than chance. They are data; their name stands under every chart."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Rules for XmR charts. Numbers of points are of those that are shown and finished."""

    name: str
    points_for_limits: int
    """With fewer there is a line and nothing is judged."""
    points_of_baseline: int
    """Limits come from the first so many and stay; with fewer they are on trial."""
    limit: Fraction
    """Average moving ranges from the mean to a limit."""
    near: Fraction
    """Of the way from the mean to a limit, where it begins to be near."""
    points_of_trend: int
    points_of_shift: int


MDC_2026_1 = RuleSet(
    name="mdc-2026.1",
    points_for_limits=13,
    points_of_baseline=20,
    limit=Fraction(266, 100),
    near=Fraction(2, 3),
    points_of_trend=7,
    points_of_shift=7,
)
"""As Making Data Count's workbook: moving ranges are not screened. Source: NHS England, Making Data Count; where its
tools differ from each other, what is chosen is said at each rule."""
