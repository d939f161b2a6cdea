"""A figure day by day as a line that steps: where it was, where it goes, and from where on it is too low.

    drawing = DayLine(first, last, lowest=-150, highest=60, size=WIDE)
    drawing.stretch(leave_first, leave_last, "leave")
    drawing.steps({day: -75, …}, "step")
    drawing.drawn("Balance by day: …")

Classes (`d-…` of staff.css) and attributes only, as a strict policy allows. A sentence and a table say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

from markupsafe import Markup

_TOP, _BOTTOM, _RIGHT = 12, 24, 12
_JUMP = 8
"""In user units; a smaller difference between two days is a slope."""


@dataclass(frozen=True)
class LineSize:
    """In user units, which are CSS pixels where the drawing is not made smaller."""

    width: int
    height: int
    left: int
    """Room for the labels of the heights."""


class DayLine:
    """Args: lowest, highest: of the figures that there is room for."""

    def __init__(self, first: date, last: date, *, lowest: float, highest: float, size: LineSize) -> None:
        self._first, self._days = first, max((last - first).days, 1)
        self._highest, self._span = highest, highest - lowest
        self._size = size
        self._right, self._floor = size.width - _RIGHT, size.height - _BOTTOM
        self._parts: list[str] = []

    def below(self, figure: float, words: str) -> None:
        """Where it is too low: shaded, with a line at its edge."""
        y = self._y(figure)
        box = f'x="{self._size.left}" y="{y:.1f}" width="{self._right - self._size.left}"'
        self._parts.append(f'<rect class="d-bad" {box} height="{self._floor - y:.1f}"/>')
        self._level(y, "limit")
        self._text(self._size.left + 8, y + 16, words, "red", "start")

    def stretch(self, first: date, last: date, words: str) -> None:
        """Days that count otherwise; those outside the drawing are cut off."""
        begin, end = max(self._x(first), self._size.left), min(self._x(last), self._right)
        if end <= begin:
            return
        box = f'x="{begin:.1f}" y="{_TOP}" width="{end - begin:.1f}" height="{self._floor - _TOP}"'
        self._parts.append(f'<rect class="d-leave" {box}/>')
        self._text((begin + end) / 2, _TOP + 13, words, "text", "middle")

    def height(self, figure: float, words: str, *, is_drawn: bool = False) -> None:
        """A label beside it, and a line at it."""
        self._text(self._size.left - 8, self._y(figure) + 4, words, "text", "end")
        if is_drawn:
            self._level(self._y(figure), "zero")

    def moment(self, day: date, words: str, *, is_drawn: bool = False) -> None:
        """A label below it, and a line at it."""
        x = self._x(day)
        anchor = "start" if day <= self._first else "end" if x >= self._right - 1 else "middle"
        if is_drawn:
            self._parts.append(f'<line class="d-cut" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{self._floor}"/>')
        self._text(x, self._floor + 17, words, "bold" if is_drawn else "text", anchor)

    def steps(self, figures: Mapping[date, float], kind: str) -> None:
        """A line through them, in the order of the days: a day's jump stands upright on that day."""
        days = sorted(figures)
        path = [f"M{self._x(days[0]):.1f} {self._y(figures[days[0]]):.1f}"]
        for before, day in pairwise(days):
            is_jump = abs(figures[day] - figures[before]) * self._scale > _JUMP
            path.append(
                f"{f'H{self._x(day):.1f} V' if is_jump else f'L{self._x(day):.1f} '}{self._y(figures[day]):.1f}"
            )
        self._parts.append(f'<path class="d-{kind}" d="{" ".join(path)}"/>')

    def dot(self, day: date, figure: float, kind: str) -> None:
        self._parts.append(f'<circle class="d-{kind}" cx="{self._x(day):.1f}" cy="{self._y(figure):.1f}" r="4.5"/>')

    def note(self, day: date, figure: float, words: str, kind: str, *, is_above: bool = False) -> None:
        """Words that end at a point of a line."""
        self._text(min(self._x(day), self._right), self._y(figure) + (-9 if is_above else 17), words, kind, "end")

    def drawn(self, says: str, classes: str = "") -> Markup:
        """Args: says: all of it in a sentence, for whoever does not see it."""
        size = f'viewBox="0 0 {self._size.width} {self._size.height}"'
        return Markup(  # noqa: S704 - what came in was escaped on its way
            f'<svg class="pairs-day-line {escape(classes)}" {size} role="img" aria-label="{escape(says)}">'
            f"{''.join(self._parts)}</svg>"
        )

    @property
    def _scale(self) -> float:
        return (self._floor - _TOP) / self._span

    def _x(self, day: date) -> float:
        return self._size.left + (self._right - self._size.left) * (day - self._first).days / self._days

    def _y(self, figure: float) -> float:
        return _TOP + (self._highest - figure) * self._scale

    def _level(self, y: float, kind: str) -> None:
        self._parts.append(
            f'<line class="d-{kind}" x1="{self._size.left}" x2="{self._right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )

    def _text(self, x: float, y: float, words: str, kind: str, anchor: str) -> None:
        self._parts.append(
            f'<text class="d-{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
        )
