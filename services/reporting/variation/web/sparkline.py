"""Drawings of a series that fit into a row or stand in dozens: a sparkline, and a small multiple on a common scale."""

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from services.reporting.publication.domain.period_words import short_period
from services.reporting.variation.domain.said import sentence
from services.reporting.variation.domain.variation import JudgedPoint, PointClass, Variation
from services.reporting.variation.web.label import Labels, Spot
from services.reporting.variation.web.plot import Plot, range_of
from services.reporting.variation.web.symbol import draw_symbol
from services.reporting.variation.web.xmr_chart import bounds, point_says
from shared.web.svg import Svg

MONTHS = 24
_TOLD = frozenset({PointClass.BETTER, PointClass.WORSE, PointClass.CHANGED, PointClass.UNFINISHED})


def sparkline(name: str, said: Variation, *, width: int = 170, height: int = 23) -> Markup:
    """The last 24 points, the target as a dashed line, what is not usual as its symbol."""
    shown = said.points[-MONTHS:]
    target = [float(said.target.value)] if said.target else []
    low, high = range_of(
        [*(float(one.value) for one in shown if one.value is not None), *target], floor_at=None, ceiling_at=None
    )
    svg = Svg(name, said.indicator.name, sentence(said), width=width, height=height, kind="x-spark")
    plot = Plot(2, width - 2, 3, height - 3, low, high, max(len(shown), 1))
    for value in target:
        svg.line((0, plot.y(value)), (width, plot.y(value)), kind="x-cut")
    draw_line(svg, plot, shown)
    for place, one in enumerate(shown):
        is_latest = one is said.latest
        if one.value is not None and (one.kind in _TOLD or is_latest):
            at = (plot.x(place), plot.y(float(one.value)))
            draw_symbol(svg, at, one.kind, 6.5 if is_latest else 4.8, point_says(one, said.indicator.shape))
    return svg.finished()


def draw_line(svg: Svg, plot: Plot, shown: Sequence[JudgedPoint]) -> None:
    """Through what is shown and finished; broken where something is hidden."""
    way, is_open = "", False
    for place, one in enumerate(shown):
        if one.value is None or not one.point.is_finished:
            is_open = False
            continue
        way += f"{'L' if is_open else 'M'}{plot.x(place):.1f} {plot.y(float(one.value)):.1f}"
        is_open = True
    if way:
        svg.path(way, kind="x-line")


def common_range(several: Sequence[Variation]) -> tuple[float, float]:
    """Of all that small multiples beside each other show."""
    shown = [one.value for said in several for one in said.points[-MONTHS:] if one.value is not None]
    low, high = bounds(several[0].indicator.shape, shown) if several else (0.0, None)
    targets = [float(said.target.value) for said in several if said.target]
    return range_of([*map(float, shown), *targets], floor_at=low, ceiling_at=high)


def small_multiple(name: str, said: Variation, within: tuple[float, float], place_name: str) -> Markup:
    """One team among others, on the scale of all; a stub on the axis is a month that is hidden."""
    shown = said.points[-MONTHS:]
    svg = Svg(name, place_name, sentence(said), width=206, height=104, kind="x-small")
    plot, labels = Plot(34, 202, 6, 82, *within, max(len(shown), 1)), Labels(206, 104)
    _usual(svg, plot, said, len(shown))
    for value in [float(said.target.value)] if said.target else []:
        svg.line((plot.left, plot.y(value)), (plot.right, plot.y(value)), kind="x-target")
    svg.line((plot.left, plot.bottom), (plot.right, plot.bottom), kind="x-axis")
    for value in within:
        _write(
            svg, labels, f"{value:,.0f}", Spot(plot.left - 5, plot.y(value) + (9 if value == within[1] else 0), "end")
        )
    draw_line(svg, plot, shown)
    for place, one in enumerate(shown):
        at = (plot.x(place), plot.bottom if one.value is None else plot.y(float(one.value)))
        if one.value is None:
            svg.path(f"M{at[0]:.1f} {at[1]:.1f}v-5", kind="x-hidden", says=point_says(one, said.indicator.shape))
        elif one.kind in _TOLD or one is said.latest:
            draw_symbol(svg, at, one.kind, 6, point_says(one, said.indicator.shape))
    if shown:
        _write(svg, labels, short_period(shown[0].point), Spot(plot.left, 98))
        _write(svg, labels, short_period(shown[-1].point), Spot(plot.right, 98, "end"))
    return svg.finished()


def _write(svg: Svg, labels: Labels, words: str, spot: Spot) -> None:
    if labels.place(words, [spot], 11):
        svg.text((spot.x, spot.y), words, anchor=spot.anchor, kind="x-xs")


def _usual(svg: Svg, plot: Plot, said: Variation, number: int) -> None:
    """The band of the limits that hold now, where they hold."""
    limits = said.limits
    if limits is None:
        return
    start = max(number - len(said.groups[-1].points), 0)
    left = plot.x(start - 0.5)

    def y(value: Fraction) -> float:
        return plot.y(float(value))

    size = (plot.right - left, y(limits.lower) - y(limits.upper))
    svg.bar((left, y(limits.upper)), size, kind="x-band", says="usual range")
    svg.line((left, y(limits.mean)), (plot.right, y(limits.mean)), kind="x-mean")
