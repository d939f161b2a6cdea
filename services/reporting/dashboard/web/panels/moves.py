"""Moves between tiers in a year: which way families go, and how often for want of room."""

from collections.abc import Sequence
from datetime import date

from services.reporting.dashboard.domain.year import points_of_year, year_words
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, definition_of
from services.reporting.dashboard.web.panel import Head, Panel, Row
from services.reporting.publication.domain.published_point import PublishedPoint, PublishedSeries
from services.reporting.variation.web.flow_drawing import Flow, flow_drawing
from shared.contracts.vocabulary import Tier

MOVES, WAY = 21, "move"
_STEPS = (Tier.COMMUNITY, Tier.UNIVERSAL, Tier.TARGETED, Tier.SPECIALIST)
"""In rising order. Risk support is beside them, not above (reference 2.4)."""
_ORDER = (Tier.RISK, *reversed(_STEPS))


def moves_panel(figures: RegionalFigures) -> Panel:
    """The region's moves of a year; periods that are hidden are in none of them."""
    series = figures.parts_of(MOVES, WAY)
    years = [_year_of(one, figures.month) for one in series]
    counted = [(*_ends(one), *_shown(points)) for one, points in zip(series, years, strict=True)]
    flows = [Flow(start.label, end.label, number, _is_up(start, end)) for start, end, number, _ in counted if number]
    hidden = sum(gaps for *_, gaps in counted)
    when = year_words(years[0], figures.month) if years and figures.month else ""
    told = _title(flows), _sentence(flows, hidden, when)
    return Panel(
        name="moves",
        title=told[0],
        sentence=told[1],
        heads=(
            Head("From"),
            Head("To"),
            Head("Direction"),
            Head("Families", is_number=True),
            Head("Periods hidden", is_number=True),
        ),
        rows=[_row(start, end, number, gaps) for start, end, number, gaps in counted],
        drawing=flow_drawing("moves", told, flows, [tier.label for tier in _ORDER]) if flows else None,
    )


def _ends(series: PublishedSeries) -> tuple[Tier, Tier]:
    start, _, end = series.part.partition(" ")
    return Tier(start), Tier(end)


def _shown(points: Sequence[PublishedPoint]) -> tuple[int, int]:
    """How many are shown, and in how many periods they are hidden."""
    return sum(one.numerator or 0 for one in points), sum(one.numerator is None for one in points)


def _year_of(series: PublishedSeries, month: date | None) -> Sequence[PublishedPoint]:
    indicator = definition_of(MOVES)
    return points_of_year(indicator, series, month) if indicator and month else ()


def _row(start: Tier, end: Tier, number: int, hidden: int) -> Row:
    return [start.label, end.label, _direction(start, end), number if number or not hidden else "hidden", hidden]


def _is_up(start: Tier, end: Tier) -> bool:
    return _direction(start, end) in ("up", "to risk support")


def _direction(start: Tier, end: Tier) -> str:
    if end is Tier.RISK:
        return "to risk support"
    if start is Tier.RISK:
        return "from risk support"
    return "up" if _STEPS.index(end) > _STEPS.index(start) else "down"


def _title(flows: Sequence[Flow]) -> str:
    if not flows:
        return "No move between tiers is shown in the year"
    total, up = sum(flow.number for flow in flows), sum(flow.number for flow in flows if flow.is_up)
    largest = max(flows, key=lambda flow: flow.number)
    return f"{up:,} of {total:,} moves went up; most went from {largest.source.lower()} to {largest.target.lower()}"


def _sentence(flows: Sequence[Flow], hidden: int, when: str) -> str:
    total = sum(flow.number for flow in flows)
    several = f"{hidden} periods are hidden and are" if hidden > 1 else "One period is hidden and is"
    gaps = f" {several} in none of these." if hidden else ""
    return f"{total:,} moves are shown, {when}; a family that moved twice counts twice.{gaps}" if when else ""
