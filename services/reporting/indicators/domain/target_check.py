"""What a target can be: the software knows none, so whoever leads the region enters it, with who set it and where."""

from datetime import date, timedelta
from decimal import Decimal

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from shared.kernel.errors import RuleBroken

AHEAD = timedelta(days=5 * 366)
MOST_SHARE = 100


def check_target(indicator: Indicator, value: Decimal, holds_from: date, today: date) -> None:
    """Of a figure that has a better side, in its unit, from a month on.

    Raises:
        RuleBroken: neither more nor less of it is better, it is a share of more than all, or it begins in more than
            five years.
    """
    if indicator.direction is Direction.NEITHER:
        raise RuleBroken(
            "target_direction", "Neither more nor less of this figure is better, so it can miss no target."
        )
    if indicator.shape is Shape.SHARE and value > MOST_SHARE:
        raise RuleBroken("target_share", "A share has no target over 100%. Enter a number up to 100.", field="value")
    if holds_from > today + AHEAD:
        raise RuleBroken("target_month", "Choose a month within five years.", field="holds_from")


def unit_words(indicator: Indicator) -> str:
    """In which a target is entered."""
    return {
        Shape.COUNT: "as a number",
        Shape.SHARE: "in per cent",
        Shape.RATE: "for each thousand",
        Shape.DAYS: "in days, of the median",
        Shape.MEAN: "as the mean is shown",
    }[indicator.shape]
