"""One published figure of an indicator: the only thing of which a sentence, drawing, file, mail or entry is made.

There is no way from facts or figures to a page but through it, so nothing that is shown gives away what is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.reporting.publication.domain.span import months_later
from services.reporting.publication.domain.suppression import SMALLEST_TELLING_DENOMINATOR


class Audience(StrEnum):
    """Who sees it. Inside are regional and team leads under agreement; outside is everybody else."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Period(StrEnum):
    """What a point is of. A small team has quarters or a year in place of months, never beside them."""

    MONTH = "month"
    QUARTER = "quarter"
    """From January, April, July or October."""
    YEAR = "year"
    """From April, so that no two years have a month in common: with two that had, months could be worked out."""

    @property
    def number_of_months(self) -> int:
        return {"month": 1, "quarter": 3, "year": 12}[self]


class WhyHidden(StrEnum):
    """Why a point is a gap. It is never zero."""

    SMALL = "small"
    """It is small, or with it somebody could work out one that is. Which of the two is never said: it narrows both."""
    NO_DATA = "no_data"


@dataclass(frozen=True)
class PublishedPoint:
    """Of one indicator and one team, or the region, in one period. Hidden: it has no number at all."""

    starts: date
    period: Period
    numerator: int | None = None
    denominator: int | None = None
    median: Decimal | None = None
    ninetieth: Decimal | None = None
    why_hidden: WhyHidden | None = None
    is_finished: bool = True
    """An unfinished period is hollow: in no limit, in no alert, never judged."""

    @property
    def months(self) -> tuple[date, ...]:
        """What it is of, each as its first day."""
        return tuple(months_later(self.starts, step) for step in range(self.period.number_of_months))

    @property
    def is_more_than_all(self) -> bool:
        """Of a share: more are in it than there are. One of the two was counted or entered wrongly."""
        return self.numerator is not None and self.denominator is not None and self.numerator > self.denominator

    @property
    def share(self) -> Decimal | None:
        """The numerator as per cent of the denominator, exactly; None when it may not be told or is of nothing.

        It can be more than 100: of those who were expected, more may have come.
        """
        if self.numerator is None or not self.denominator:
            return None
        if self.numerator in (0, self.denominator) and self.denominator < SMALLEST_TELLING_DENOMINATOR:
            return None
        return Decimal(100 * self.numerator) / self.denominator

    @property
    def percent(self) -> int | None:
        """The share as a page says it: whole per cent, halves up."""
        share = self.share
        return None if share is None else int(share.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class PublishedSeries:
    """The points of one indicator and one place, the earliest first, without a gap: what is hidden is a point too."""

    indicator: int
    version: int
    team: str
    """Empty for the region."""
    points: Sequence[PublishedPoint]
    way: str = ""
    part: str = ""
