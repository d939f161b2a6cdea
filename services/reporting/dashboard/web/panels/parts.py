"""The parts of a region's figure over a year: who refers, why not accepted, at which tier, in which organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.reporting.dashboard.domain.year import absent_word, points_of_year, year_words
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.panel import Head, Panel
from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.publication.domain.published_point import PublishedSeries
from services.reporting.variation.web.bar_drawing import Bar, lines
from shared.contracts.vocabulary import AgeBand, Code, DeclineReason, SourceGroup, Tier
from shared.kernel.calendar import month_words

_CODES: dict[str, type[Code]] = {
    "source": SourceGroup,
    "sector": SourceGroup,
    "tier": Tier,
    "reason": DeclineReason,
    "age": AgeBand,
}
_WAYS = {"source": "who referred", "sector": "organisation", "age": "the baby’s age", "how": "how they ended"}
_DRAWN = (Shape.COUNT, Shape.SHARE)


@dataclass(frozen=True)
class Part:
    """One part; `number` is None where a period of it is hidden, or there is no data."""

    name: str
    number: int | None
    of: int | None
    absent: str = "hidden"

    @property
    def cell(self) -> int | str:
        return self.absent if self.number is None else self.number


def part_name(way: str, part: str) -> str:
    """As people say it: `Health visiting`, `Targeted to specialist`."""
    if way == "move":
        start, _, end = part.partition(" ")
        return f"{Tier(start).label} to {Tier(end).label.lower()}"
    kind = _CODES.get(way)
    try:
        return kind(part).label if kind else part.replace("_", " ").capitalize()
    except ValueError:
        return part.replace("_", " ").capitalize()


def parts_panels(figures: RegionalFigures, indicator: Indicator) -> list[Panel]:
    """One for each way of counting in parts that is published."""
    if figures.month is None or indicator.shape not in _DRAWN:
        return []
    found = [(way, figures.parts_of(indicator.number, way)) for way in indicator.ways]
    return [_panel(indicator, way, series, figures.month) for way, series in found if series]


def part_of(indicator: Indicator, series: PublishedSeries, month: date) -> Part:
    """What is shown of a year of it."""
    points = points_of_year(indicator, series, month)
    is_hidden = not points or any(point.numerator is None for point in points)
    denominators = [point.denominator for point in points if point.denominator is not None]
    number = None if is_hidden else sum(point.numerator or 0 for point in points)
    of = sum(denominators) if denominators and len(denominators) == len(points) else None
    return Part(part_name(series.way, series.part), number, of, absent_word(points))


def _panel(indicator: Indicator, way: str, several: Sequence[PublishedSeries], month: date) -> Panel:
    parts = sorted(
        (part_of(indicator, series, month) for series in several),
        key=lambda part: (part.number is None, -(part.number or 0), part.name),
    )
    hidden = sum(part.cell == "hidden" for part in parts)
    called = _WAYS.get(way, way.replace("_", " "))
    points = points_of_year(indicator, several[0], month)
    when = year_words(points, month) if indicator.adds_up else f"the latest period to {month_words(month)}"
    sentence = f"Of the region, {when}." + (
        f" {hidden} of {len(parts)} {'are' if hidden > 1 else 'is'} hidden." if hidden else ""
    )
    title = _title(parts, called)
    bars = [Bar(part.name, part.number, aside=_aside(part), absent=part.absent) for part in parts]
    return Panel(
        name=f"by-{way.replace('_', '-')}",
        title=title,
        sentence=sentence,
        heads=(
            Head(called.capitalize()),
            Head("Number", is_number=True),
            Head("of", is_number=True),
            Head("Share", is_number=True),
        ),
        rows=[[part.name, part.cell, part.of, _percent(part)] for part in parts],
        drawing=lines(f"parts-{way}", (title, sentence), bars, label=230),
    )


def _percent(part: Part) -> str:
    return f"{(200 * part.number + part.of) // (2 * part.of)}%" if part.number is not None and part.of else ""


def _aside(part: Part) -> str:
    return f"{_percent(part)} of {part.of:,}" if part.of and part.number is not None else ""


def _title(parts: Sequence[Part], called: str) -> str:
    first = parts[0]
    if first.number is None:
        return f"By {called}, nothing is shown"
    share = f", {_aside(first)}" if first.of else ""
    return f"By {called}: most are {first.name} ({first.number:,}{share})"
