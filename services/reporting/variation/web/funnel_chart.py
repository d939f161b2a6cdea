"""The funnel of an indicator: each team by its size, between what chance allows around the region's figure."""

from collections.abc import Mapping

from markupsafe import Markup

from services.reporting.indicators.domain.indicator import Direction
from services.reporting.variation.domain.funnel import Funnel, Scale, Standing, TeamTotal
from services.reporting.variation.domain.interval import CONFIDENCE_95, CONFIDENCE_998
from services.reporting.variation.domain.variation import PointClass
from services.reporting.variation.web.label import Box, Labels, Spot
from services.reporting.variation.web.plot import Plot, range_of, round_steps
from services.reporting.variation.web.symbol import draw_symbol
from shared.web.svg import Svg

_WIDTH, _HEIGHT = 610, 340
_CURVE = 60
"""Points of which a curve is drawn."""
_EACH = {Scale.SHARE: 100, Scale.RATE: 1000}


def standing_class(standing: Standing, direction: Direction) -> PointClass:
    """What a team is drawn as: only beyond 99.8% is it more than chance."""
    if standing in (Standing.WITHIN, Standing.BETWEEN):
        return PointClass.ORDINARY
    if direction is Direction.NEITHER:
        return PointClass.CHANGED
    is_better = (standing is Standing.ABOVE) == (direction is Direction.MORE)
    return PointClass.BETTER if is_better else PointClass.WORSE


def figure_of(scale: Scale, number: float) -> str:
    """`71%`, or for each thousand `12.4`."""
    return f"{int(100 * number + 0.5)}%" if scale is Scale.SHARE else f"{1000 * number:,.1f}"


def funnel_chart(  # noqa: PLR0913 - all but two by name
    name: str, found: Funnel, *, names: Mapping[str, str], direction: Direction, title: str, sentence: str, unit: str
) -> Markup:
    """Draw it.

    Args:
        names: of the teams.
        unit: what the size of a team counts, for the words below the axis.
    """
    return _FunnelChart(name, found, names, direction, (title, sentence)).drawn(unit)


class _FunnelChart:
    def __init__(
        self, name: str, found: Funnel, names: Mapping[str, str], direction: Direction, told: tuple[str, str]
    ) -> None:
        self.found, self.names, self.direction = found, names, direction
        self.svg = Svg(f"{name}-funnel", *told, width=_WIDTH, height=_HEIGHT, kind="x-chart")
        self.labels = Labels(_WIDTH, _HEIGHT)
        sizes = [total.of for total in found.totals]
        self.least, self.most = 0.7 * min(sizes), 1.06 * max(sizes)
        heights = [_EACH[found.scale] * total.number / total.of for total in found.totals]
        heights += [_EACH[found.scale] * end for end in found.limits(min(sizes), CONFIDENCE_95)]
        ceiling = 100.0 if found.scale is Scale.SHARE else None
        low, high = range_of(heights, floor_at=0.0, ceiling_at=ceiling)
        self.plot = Plot(48, _WIDTH - 96, 12, _HEIGHT - 46, low, high, 1)

    def drawn(self, unit: str) -> Markup:
        self._axes(unit)
        self._curves()
        self._teams()
        return self.svg.finished()

    def _x(self, size: float) -> float:
        return self.plot.left + (self.plot.right - self.plot.left) * (size - self.least) / (self.most - self.least)

    def _text(self, words: str, spots: list[Spot], kind: str) -> None:
        size = 12 if kind == "x-s" else 13
        if spot := self.labels.place(words, spots, size, bold=kind == "x-b"):
            self.svg.text((spot.x, spot.y), words, anchor=spot.anchor, kind=kind)

    def _axes(self, unit: str) -> None:
        plot = self.plot
        sign = "%" if self.found.scale is Scale.SHARE else ""
        for step in round_steps(plot.low, plot.high):
            y = plot.y(step)
            self.svg.line((plot.left, y), (plot.right, y), kind="x-grid")
            self._text(f"{step:,g}{sign}", [Spot(plot.left - 7, y + 4, "end")], "x-s")
        self.svg.line((plot.left, plot.bottom), (plot.right, plot.bottom), kind="x-axis")
        for step in round_steps(self.least, self.most):
            self._text(f"{step:,.0f}", [Spot(self._x(step), plot.bottom + 16, "middle")], "x-s")
        self._text(unit, [Spot(plot.left, plot.bottom + 36)], "x-s")

    def _curves(self) -> None:
        found = self.found
        centre = self.plot.y(_EACH[found.scale] * found.centre)
        self.svg.line((self.plot.left, centre), (self.plot.right, centre), kind="x-mean")
        x = self.plot.right + 6
        self._text(f"region {figure_of(found.scale, found.centre)}", [Spot(x, centre + 4)], "x-b")
        for confidence, kind, words in (
            (CONFIDENCE_998, "x-f99", "99.8% limit"),
            (CONFIDENCE_95, "x-f95", "95% limit"),
        ):
            for end in (0, 1):
                self._curve(confidence, end, kind)
            at = self.plot.y(_EACH[found.scale] * found.limits(self.most, confidence)[1])
            self._text(words, [Spot(x, at + 4), Spot(x, at - 8), Spot(x, at + 14)], "x-s")
            if found.is_widened:
                for end in (0, 1):
                    self._curve(confidence, end, "x-fw", widened=False)

    def _curve(self, confidence: float, end: int, kind: str, *, widened: bool | None = None) -> None:
        places: list[str] = []
        for place in range(_CURVE + 1):
            size = self.least + (self.most - self.least) * place / _CURVE
            height = _EACH[self.found.scale] * self.found.limits(size, confidence, widened=widened)[end]
            if self.plot.low <= height <= self.plot.high:
                places.append(f"{self._x(size):.1f} {self.plot.y(height):.1f}")
        if places:
            self.svg.path(f"M{'L'.join(places)}", kind=kind)

    def _teams(self) -> None:
        totals = sorted(self.found.totals, key=lambda total: self._kind(total) is PointClass.ORDINARY)
        places = [(self._x(one.of), self.plot.y(_EACH[self.found.scale] * one.number / one.of)) for one in totals]
        for x, y in places:
            self.labels.keep_free(Box(x - 5, y - 5, x + 5, y + 5))
        for total, (x, y) in zip(totals, places, strict=True):
            kind, called = self._kind(total), self.names[total.team]
            figure = figure_of(self.found.scale, total.number / total.of)
            says = (
                f"{called}: {figure} ({total.number:,} of {total.of:,}), {standing_words(self.found.standing(total))}"
            )
            draw_symbol(self.svg, (x, y), kind, 9, says)
            spots = [Spot(x + 8, y + 4), Spot(x - 8, y + 4, "end"), Spot(x, y - 9, "middle"), Spot(x, y + 18, "middle")]
            self._text(called, spots, "x-s" if kind is PointClass.ORDINARY else "x-b")

    def _kind(self, total: TeamTotal) -> PointClass:
        return standing_class(self.found.standing(total), self.direction)


def standing_words(standing: Standing) -> str:
    return {
        Standing.WITHIN: "within what chance allows",
        Standing.BETWEEN: "between 95 and 99.8%: may be chance",
        Standing.ABOVE: "above the 99.8% limit",
        Standing.BELOW: "below the 99.8% limit",
    }[standing]
