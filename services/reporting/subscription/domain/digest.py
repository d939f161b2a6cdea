"""What is told at one time: what started, what ended, what goes on, and figures as they are.

The page, the mail in both its forms, and what programs get are made of it, so that none can say what another does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.reporting.publication.domain.published_point import Audience
from services.reporting.subscription.domain.subscription import Condition
from services.reporting.subscription.domain.told_figure import ToldFigure
from services.reporting.subscription.domain.watched_cell import Change
from services.reporting.variation.domain.rule_set import MDC_2026_1
from shared.kernel.calendar import date_words, month_words

FIGURES_SHOWN = 12
"""Of those that are as before; all of them are in the file, and in what programs get."""

TYPE = "indicators.told"


class Section(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: Sequence[ToldFigure]


@dataclass(frozen=True)
class Digest:
    """Of one subscription and one frozen month."""

    subscription_id: UUID
    name: str
    condition: Condition
    audience: Audience
    scope: str
    """Which figures and places, in words."""
    month: date
    frozen_on: date
    figures: Sequence[ToldFigure]
    """All that were looked at, in the order of the page."""
    muted: int = 0
    """Cells of which nothing is told now."""

    def of(self, change: Change) -> list[ToldFigure]:
        return [one for one in self.figures if one.change is change]

    @property
    def news(self) -> list[ToldFigure]:
        return [*self.of(Change.STARTED), *self.of(Change.ENDED)]

    @property
    def headline(self) -> str:
        """`3 of 57 figures have something new`."""
        number, of = len(self.news), len(self.figures)
        figures, have = f"figure{'' if of == 1 else 's'}", "has" if number == 1 else "have"
        return f"{number or 'None'} of {of} {figures} {have} something new"

    @property
    def summary(self) -> str:
        """How many started, ended and are as before."""
        started, ended = len(self.of(Change.STARTED)), len(self.of(Change.ENDED))
        before = len(self.figures) - started - ended
        return f"{started} started, {ended} ended, {before} as before."

    @property
    def sections(self) -> list[Section]:
        """What page and mail show, in this order; those without a row are left out."""
        as_before = self.of(Change.NONE)[:FIGURES_SHOWN] if self.condition.is_at_set_times else []
        found = [
            Section("New", self.of(Change.STARTED)),
            Section("Ended", self.of(Change.ENDED)),
            Section("Goes on", self.of(Change.GOES_ON)),
            Section("As before", as_before),
        ]
        return [one for one in found if one.rows]

    @property
    def scope_words(self) -> str:
        """What it is of, as it stands under it."""
        rounded = (
            " Counts are rounded to 5, shares come from the rounded counts, and counts under 8 are not shown."
            if self.audience is Audience.OUTSIDE
            else ""
        )
        muted = f" {self.muted} muted." if self.muted else ""
        frozen = f"{month_words(self.month)}, frozen {date_words(self.frozen_on)}"
        return f"{self.scope} {frozen}.{rounded}{muted} Rule set {MDC_2026_1.name}."

    @property
    def told(self) -> list[ToldFigure]:
        """What programs get: all figures at set times, otherwise what is new."""
        return list(self.figures) if self.condition.is_at_set_times else self.news

    def as_json(self, now: datetime) -> dict[str, Any]:
        """The body of a webhook, a stream's entry and an answer of the API (docs/events.md)."""
        return {
            "type": TYPE,
            "timestamp": now.isoformat(),
            "data": {
                "subscription": str(self.subscription_id),
                "name": self.name,
                "condition": self.condition.value,
                "month": f"{self.month:%Y-%m}",
                "audience": self.audience.value,
                "rule_set": MDC_2026_1.name,
                "looked_at": len(self.figures),
                "told": [one.as_json for one in self.told],
            },
        }
