"""One team among the others, as ticks on a line: no rank, no name but its own. A hidden team has no tick."""

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from services.reporting.variation.domain.said import figure_words, point_words, value_words
from services.reporting.variation.domain.variation import Variation
from services.reporting.variation.web.plot import Plot
from services.reporting.variation.web.symbol import draw_symbol
from shared.web.svg import Svg

_WIDTH, _HEIGHT, _EDGE = 206, 22, 44


def among(name: str, own: Variation, others: Sequence[Variation], region: Variation) -> Markup:
    """Draw it; what others show of their latest finished month, and the lowest and the highest of all at the ends."""
    shape = own.indicator.shape
    ticks = [one.latest.value for one in others if one.latest and one.latest.value is not None]
    mine = own.latest.value if own.latest else None
    all_of_them = [*ticks, *([] if mine is None else [mine])]
    svg = Svg(name, own.indicator.name, _words(ticks, own), width=_WIDTH, height=_HEIGHT, kind="x-among")
    if not all_of_them:
        return svg.finished()
    low, high = min(all_of_them), max(all_of_them)
    plot = Plot(0, _HEIGHT, _EDGE + 6, _WIDTH - _EDGE - 6, float(-high), float(-low), 1)

    def x(value: Fraction) -> float:
        return plot.y(-float(value)) if high > low else _WIDTH / 2

    svg.line((_EDGE + 6, 11), (_WIDTH - _EDGE - 6, 11), kind="x-grid")
    for value in ticks:
        svg.line((x(value), 7), (x(value), 15), kind="x-tick")
    if region.latest and region.latest.value is not None:
        svg.line((x(region.latest.value), 2), (x(region.latest.value), 20), kind="x-region")
    if own.target and low <= own.target.value <= high:
        at = x(Fraction(own.target.value))
        svg.line((at, 1), (at, 21), kind="x-cut")
    if own.latest and mine is not None:
        says = f"{figure_words(mine, shape)}, {point_words(own.latest, shape)}"
        draw_symbol(svg, (x(mine), 11), own.latest.kind, 9, says)
    svg.text((_EDGE, 15), figure_words(low, shape).removesuffix(" days"), anchor="end", kind="x-s")
    svg.text((_WIDTH - _EDGE, 15), figure_words(high, shape).removesuffix(" days"), kind="x-s")
    return svg.finished()


def _words(ticks: Sequence[Fraction], own: Variation) -> str:
    shown = f"{len(ticks)} other teams are shown"
    return f"{value_words(own.latest, own.indicator.shape) if own.latest else 'no data'}; {shown}."
