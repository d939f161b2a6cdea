"""Invented published series, in memory: figures of a dozen teams that vary, rise, fall, are hidden or small."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from services.reporting.indicators.domain.indicator import Indicator, Target
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.publication.domain.span import months_later
from services.reporting.variation.domain.variation import Step, Variation, variation_of

FIRST = date(2023, 11, 1)
TEAMS = ("Barrow", "Blackburn", "Blackpool", "Burnley", "Chorley", "Fylde and Wyre", "Hyndburn", "Lancaster", "Preston")
SHARE = replace(
    DECIDED_IN_TIME,
    targets=(
        Target(date(2024, 4, 1), Decimal(70), "Contract"),
        Target(date(2025, 4, 1), Decimal(75), "Contract"),
        Target(date(2026, 4, 1), Decimal(80), "Contract"),
    ),
)
STEP = Step(date(2025, 9, 1), "Duty triage began in six teams after a long discussion", "A lead", date(2026, 10, 12))


def a_point(place: int, numerator: int | None, of: int = 100, *, is_finished: bool = True) -> PublishedPoint:
    return PublishedPoint(
        months_later(FIRST, place),
        Period.MONTH,
        numerator,
        None if numerator is None else of,
        why_hidden=WhyHidden.SMALL if numerator is None else None,
        is_finished=is_finished,
    )


def a_series(numerators: Sequence[int | None], team: str = "", *, of: int = 100) -> PublishedSeries:
    """The last month is not finished."""
    last = len(numerators) - 1
    points = [a_point(place, number, of, is_finished=place < last) for place, number in enumerate(numerators)]
    return PublishedSeries(9, 1, team, points)


def a_share(seed: int, *, months: int = 37, hidden: float = 0.05, level: int = 62, spread: int = 9) -> list[int | None]:
    chance = Random(seed)
    return [
        None if chance.random() < hidden else min(max(level + chance.randint(-spread, spread), 0), 100)
        for _ in range(months)
    ]


def a_variation(
    seed: int, *, indicator: Indicator = SHARE, steps: Sequence[Step] = (STEP,), months: int = 37, team: str = ""
) -> Variation:
    level, spread, hidden = 20 + 13 * seed % 75, 1 + seed % 12, 0.04 * (seed % 6)
    numbers = a_share(seed, months=months, level=level, spread=spread, hidden=hidden)
    return variation_of(indicator, a_series(numbers, team), steps)
