"""One figure as it is told: all rows are made of it, of the page, the mail, the webhook, the stream,
the API and the command line. All of it comes from a judged series of published points.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from services.reporting.publication.domain.period_words import period_words
from services.reporting.publication.domain.published_point import Audience, WhyHidden
from services.reporting.subscription.domain.watched_cell import Change
from services.reporting.variation.domain.said import (
    assurance_words,
    figure_words,
    of_words,
    point_words,
    standing,
    value_words,
    variation_words,
)
from services.reporting.variation.domain.variation import Variation
from shared.contracts.slug import locality_name

HEADS = ("Where", "Figure of", "Period", "Latest", "Of", "Variation", "Why", "Target", "Will it be met?", "New")


@dataclass(frozen=True, kw_only=True)
class ToldFigure:
    """A row."""

    change: Change
    indicator: int
    version: int
    name: str
    team: str
    """Empty for the region."""
    starts: date | None
    """First day of its latest finished period; None: nothing is published of it."""
    period: str
    numerator: int | None
    denominator: int | None
    percent: int | None
    why_hidden: WhyHidden | None
    period_said: str
    figure: str
    of: str
    variation: str
    why: str
    standing: str
    target: str
    assurance: str

    @property
    def where(self) -> str:
        return locality_name(self.team) if self.team else "Whole region"

    @property
    def words(self) -> tuple[str, ...]:
        """Beneath HEADS."""
        change = "" if self.change is Change.NONE else self.change.label
        about = (self.where, self.name, self.period_said, self.figure, self.of)
        return (*about, self.variation, self.why, self.target, self.assurance, change)

    @property
    def sentence(self) -> str:
        """`Preston: DNA rate, rising 7 months in a row. October 2026: 19%, about 40 of 215. Target 12%: will miss.`"""
        what = f"{self.where}: {self.name}" + (f", {self.standing}" if self.standing else "")
        figure = f"{self.period_said}: {self.figure}" + (f", {self.of}" if self.of else "")
        aim = f" Target {self.target}: {self.assurance.lower()}." if self.target != "–" else ""
        return f"{what}. {figure}.{aim}"

    @property
    def as_json(self) -> dict[str, Any]:
        """As programs have it (docs/events.md)."""
        return {
            "change": self.change.value,
            "indicator": self.indicator,
            "version": self.version,
            "name": self.name,
            "team": self.team,
            "period": self.period,
            "starts": self.starts.isoformat() if self.starts else None,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "percent": self.percent,
            "hidden": self.why_hidden.value if self.why_hidden else None,
            "figure": self.figure,
            "of": self.of,
            "variation": self.variation,
            "why": self.why,
            "target": self.target,
            "assurance": self.assurance,
        }


def told_figure(said: Variation, change: Change, audience: Audience) -> ToldFigure:
    """Of the latest finished period; what goes on is told to nobody."""
    latest, shape, indicator = said.latest, said.indicator.shape, said.indicator
    point = latest.point if latest else None
    of = of_words(point, shape) if point else ""
    about = "about " if audience is Audience.OUTSIDE else ""
    return ToldFigure(
        change=change,
        indicator=indicator.number,
        version=said.series.version,
        name=indicator.name,
        team=said.series.team,
        starts=point.starts if point else None,
        period=point.period.value if point else "",
        numerator=point.numerator if point else None,
        denominator=point.denominator if point else None,
        percent=point.percent if point else None,
        why_hidden=point.why_hidden if point else WhyHidden.NO_DATA,
        period_said=period_words(point) if point else "no finished month",
        figure=value_words(latest, shape) if latest else "no data",
        of=f"of {about}{of.removeprefix('of ')}" if of.startswith("of ") else f"{about}{of}" if of else "",
        variation=variation_words(said) if latest else "No data",
        why=point_words(latest, shape) if latest else "",
        standing=standing(said),
        target=figure_words(Fraction(said.target.value), shape) if said.target else "–",
        assurance=assurance_words(said.assurance),
    )
