"""The XmR chart of one series: its line, what is usual, targets with their dates, steps and notes.

There are two drawings of it, one for a wide page and one for a phone, which is not a small copy of the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from services.reporting.indicators.domain.indicator import Shape, Target
from services.reporting.publication.domain.period_words import period_words
from services.reporting.publication.domain.published_point import Period
from services.reporting.variation.domain.said import (
    figure_words,
    limit_words,
    of_words,
    point_words,
    sentence,
    title,
    value_words,
)
from services.reporting.variation.domain.variation import Group, JudgedPoint, Variation
from services.reporting.variation.domain.xmr import Limits
from services.reporting.variation.web.label import Box, Labels, Spot, text_width
from services.reporting.variation.web.plot import Plot, range_of, round_steps
from services.reporting.variation.web.symbol import draw_symbol
from shared.web.svg import Svg

SMALL, NORMAL = 12.0, 13.0


@dataclass(frozen=True)
class Format:
    """One of the two drawings, in user units."""

    name: str
    width: int
    height: int
    left: int
    right: int
    most: int
    """Points that it has room for."""
    every: int
    """Which of the months have their name below them."""


WIDE = Format("wide", 946, 412, left=54, right=166, most=36, every=3)
NARROW = Format("narrow", 340, 300, left=40, right=10, most=19, every=3)
_TOP, _BOTTOM = 52, 40
_ANY_SIGN = frozenset({Shape.MEAN})


def bounds(shape: Shape, values: Iterable[Fraction | None]) -> tuple[float | None, float | None]:
    """What there can be, and no drawing goes beyond it; more than all is drawn where that was told."""
    is_of_all = shape is Shape.SHARE and all(value <= 100 for value in values if value is not None)
    return (None if shape in _ANY_SIGN else 0.0), (100.0 if is_of_all else None)


def point_says(one: JudgedPoint, shape: Shape) -> str:
    of = of_words(one.point, shape)
    figure = f"{period_words(one.point)}: {value_words(one, shape)}"
    return f"{figure}{f' ({of})' if of else ''}, {point_words(one, shape)}"


def xmr_chart(name: str, said: Variation, form: Format, notes: Sequence[tuple[int, str]] = ()) -> Markup:
    """Draw it.

    Args:
        name: starts the ids in the drawing.
        notes: the place of a month among all points, and the mark by which a note below the chart is known.
    """
    return _XmrChart(name, said, form).drawn(notes)


class _XmrChart:
    def __init__(self, name: str, said: Variation, form: Format) -> None:
        self.said, self.form, self.shape = said, form, said.indicator.shape
        self.first = max(len(said.points) - form.most, 0)
        self.shown = said.points[self.first :]
        self.svg = Svg(
            f"{name}-{form.name}", title(said), sentence(said), width=form.width, height=form.height, kind="x-chart"
        )
        self.labels = Labels(form.width, form.height)
        floor, ceiling = bounds(self.shape, (one.value for one in self.shown))
        low, high = range_of(self._heights(), floor_at=floor, ceiling_at=ceiling)
        self.plot = Plot(
            form.left, form.width - form.right, _TOP, form.height - _BOTTOM, low, high, max(len(self.shown), 1)
        )

    def drawn(self, notes: Sequence[tuple[int, str]]) -> Markup:
        self._axes()
        for group, start, end in self._groups():
            if group.limits:
                self._band(group.limits, start, end)
        self._target()
        for group, start, _ in self._groups():
            if group.step:
                self._step(group, start)
        self._line()
        self._points()
        self._notes(notes)
        self._edge_labels()
        self._inner_labels()
        return self.svg.finished()

    def _heights(self) -> list[float]:
        known = [float(one.value) for one in self.shown if one.value is not None]
        for group, _, _ in self._groups():
            if group.limits:
                known += [float(group.limits.lower), float(group.limits.upper)]
        return known + [float(target.value) for target in self.said.indicator.targets]

    def _groups(self) -> list[tuple[Group, int, int]]:
        """Those in sight, each with its first and last place."""
        found: list[tuple[Group, int, int]] = []
        start = -self.first
        for group in self.said.groups:
            end = start + len(group.points) - 1
            if end >= 0:
                found.append((group, max(start, 0), end))
            start = end + 1
        return found

    def _text(self, words: str, spots: Sequence[Spot], kind: str, *, size: float = SMALL) -> None:
        if spot := self.labels.place(words, spots, size, bold=kind == "x-b"):
            self.svg.text((spot.x, spot.y), words, anchor=spot.anchor, kind=kind)

    def _axes(self) -> None:
        plot = self.plot
        unit = "%" if self.shape is Shape.SHARE else ""
        for step in round_steps(plot.low, plot.high):
            y = plot.y(step)
            self.svg.line((plot.left, y), (plot.right, y), kind="x-grid")
            self._text(f"{step:,g}{unit}", [Spot(plot.left - 7, y + 4, "end")], "x-s")
        self.svg.line((plot.left, plot.bottom), (plot.right, plot.bottom), kind="x-axis")
        year = None
        for place, one in enumerate(self.shown):
            if place % self.form.every and one.point.period is Period.MONTH:
                continue
            starts, x = one.point.starts, plot.x(place)
            self._text(f"{starts:%b}", [Spot(x, plot.bottom + 16, "middle")], "x-s")
            if starts.year != year:
                year = starts.year
                self._text(str(year), [Spot(x, plot.bottom + 33, "middle")], "x-t", size=NORMAL)

    def _band(self, limits: Limits, start: int, end: int) -> None:
        plot = self.plot
        left, right = plot.x(start - 0.5), plot.x(end + 0.5)
        top, bottom = plot.y(float(limits.upper)), plot.y(float(limits.lower))
        words = f"usual: {limit_words(limits.lower, self.shape)} to {limit_words(limits.upper, self.shape)}"
        self.svg.bar((left, top), (right - left, bottom - top), kind="x-band", says=words)
        trial = " x-lim--trial" if limits.is_trial else ""
        for y in (top, bottom):
            self.svg.line((left, y), (right, y), kind=f"x-lim{trial}")
        mean = plot.y(float(limits.mean))
        self.svg.line((left, mean), (right, mean), kind="x-mean")

    def _target_spans(self) -> list[tuple[Target, int, int]]:
        """Each target in sight, with the first and the last place where it holds."""
        spans: list[tuple[Target, int, int]] = []
        for place, one in enumerate(self.shown):
            target = self.said.indicator.target(one.point.starts)
            if target and spans and spans[-1][0] == target:
                spans[-1] = (target, spans[-1][1], place)
            elif target:
                spans.append((target, place, place))
        return spans

    def _target(self) -> None:
        way = ""
        for target, start, end in self._target_spans():
            y = self.plot.y(float(target.value))
            way += f"{'L' if way else 'M'}{self.plot.x(start - 0.5):.1f} {y:.1f}L{self.plot.x(end + 0.5):.1f} {y:.1f}"
        if way:
            self.svg.path(way, kind="x-target", says="Target")

    def _step(self, group: Group, start: int) -> None:
        assert group.step  # noqa: S101 - whoever calls has looked
        x = self.plot.x(start - 0.5)
        self.svg.line((x, 18), (x, self.plot.bottom), kind="x-step")
        self.labels.keep_free(Box(x - 1, 18, x + 1, self.plot.bottom - 4))
        anchor = "start" if x < self.form.width / 2 else "end"
        aside = x + (6 if anchor == "start" else -6)
        room = self.form.width - aside if anchor == "start" else aside
        self._text(f"New limits, {group.step.holds_from:%b %Y}", [Spot(aside, 18, anchor)], "x-b", size=NORMAL)
        if group.step.reason:
            self._text(_cut(group.step.reason, room), [Spot(aside, 34, anchor)], "x-s")

    def _line(self) -> None:
        """Broken where a month is hidden and where a step begins; dotted to the month that is not finished."""
        starts = {start for group, start, _ in self._groups() if group.step}
        way, is_open = "", False
        for place, one in enumerate(self.shown):
            if one.value is None:
                is_open = False
                self._stub(place, one)
                continue
            here = f"{self.plot.x(place):.1f} {self.plot.y(float(one.value)):.1f}"
            if is_open and not one.point.is_finished:
                before = self.shown[place - 1]
                from_ = f"{self.plot.x(place - 1):.1f} {self.plot.y(float(before.value or 0)):.1f}"
                self.svg.path(f"M{from_}L{here}", kind="x-next")
                continue
            way += f"{'L' if is_open and place not in starts else 'M'}{here}"
            is_open = True
        self.svg.path(way or "M0 0", kind="x-line")

    def _stub(self, place: int, one: JudgedPoint) -> None:
        x, y = self.plot.x(place), self.plot.bottom
        self.svg.path(f"M{x:.1f} {y:.1f}V{y - 6:.1f}", kind="x-hidden", says=point_says(one, self.shape))

    def _points(self) -> None:
        for place, one in enumerate(self.shown):
            if one.value is not None:
                at = (self.plot.x(place), self.plot.y(float(one.value)))
                draw_symbol(self.svg, at, one.kind, 8, point_says(one, self.shape))
                self.labels.keep_free(Box(at[0] - 4, at[1] - 4, at[0] + 4, at[1] + 4))

    def _notes(self, notes: Sequence[tuple[int, str]]) -> None:
        for place, mark in notes:
            at = place - self.first
            if 0 <= at < len(self.shown):
                self._note(at, mark)

    def _note(self, at: int, mark: str) -> None:
        value, x = self.shown[at].value, self.plot.x(at)
        y = self.plot.bottom if value is None else self.plot.y(float(value))
        for top in (y + 22, y - 22, y + 40, y - 40, y + 58, y - 58):
            spot = Spot(x, top + 4, "middle")
            if self.plot.top <= top <= self.plot.bottom - 8 and self.labels.place(mark, [spot], NORMAL):
                self.svg.line((x, y + (6 if top > y else -6)), (x, top + (-8 if top > y else 8)), kind="x-lead")
                self.svg.point((x, top), kind="x-flag", says=f"Note {mark}", radius=8)
                self.svg.text((spot.x, spot.y), mark, anchor="middle", kind="x-s")
                return

    def _edge_labels(self) -> None:
        """What holds now, at the right where there is room for words."""
        if self.form is NARROW:
            return
        wanted: list[tuple[float, str, str]] = []
        if target := self.said.target:
            wanted.append((float(target.value), f"target {figure_words(Fraction(target.value), self.shape)}", "x-t"))
        if limits := self.said.limits:
            trial = " (trial)" if limits.is_trial else ""
            wanted += [
                (float(limits.mean), f"average {limit_words(limits.mean, self.shape)}", "x-b"),
                (float(limits.upper), f"upper limit {limit_words(limits.upper, self.shape)}{trial}", "x-s"),
                (float(limits.lower), f"lower limit {limit_words(limits.lower, self.shape)}{trial}", "x-s"),
            ]
        if (so_far := self.said.so_far) and so_far.value is not None:
            wanted.append((float(so_far.value), f"{figure_words(so_far.value, self.shape)} so far", "x-s"))
        for value, words, kind in wanted:
            x, y = self.plot.right + 8, self.plot.y(value) + 4
            self._text(words, [Spot(x, y + by) for by in (0, -8, 8, -14, 14, -22, 22, -30, 30)], kind, size=NORMAL)

    def _inner_labels(self) -> None:
        """The latest figure, and targets and limits that held before."""
        latest = self.said.latest
        if latest in self.shown and latest.value is not None:
            x, y = self.plot.x(self.shown.index(latest)), self.plot.y(float(latest.value))
            spots = [Spot(x - 8, y - 7, "end"), Spot(x, y - 11, "middle"), Spot(x - 8, y + 16, "end")]
            self._text(figure_words(latest.value, self.shape), spots, "x-b", size=NORMAL)
        for target, start, end in self._target_spans():
            left, right = self.plot.x(start - 0.5) + 4, self.plot.x(end + 0.5) - 4
            y = self.plot.y(float(target.value))
            words = f"target {figure_words(Fraction(target.value), self.shape)}, {target.holds_from:%b %Y}"
            beside = [Spot(left, y - 6), Spot(right, y - 6, "end"), Spot(left, y + 15), Spot(right, y + 15, "end")]
            self._text(words, beside, "x-s")
        for group, start, _ in self._groups()[:-1]:
            if group.limits and self.form is WIDE:
                self._earlier(group.limits, self.plot.x(start - 0.5) + 4)

    def _earlier(self, limits: Limits, x: float) -> None:
        for value, words, below in (
            (limits.upper, "upper", False),
            (limits.lower, "lower", True),
            (limits.mean, "average", False),
        ):
            y = self.plot.y(float(value))
            spots = [Spot(x, y + 15), Spot(x, y - 5)] if below else [Spot(x, y - 5), Spot(x, y + 15)]
            self._text(f"{words} {limit_words(value, self.shape)}", spots, "x-s")


def _cut(words: str, room: float) -> str:
    """As much of a reason as there is room for; the whole of it stands beside the chart."""
    if text_width(words, SMALL) <= room:
        return words
    while words and text_width(f"{words}…", SMALL) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
