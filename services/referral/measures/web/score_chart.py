"""The scores of one person on one scale: a line, the cut-off, and the band of differences that are only noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from services.referral.measures.domain.measure import Scale
from services.referral.measures.domain.measure_sources import cut_off_in_words
from shared.kernel.calendar import date_words
from shared.web.charts import Chart
from shared.web.svg import Svg, axis_steps

_WIDTH, _HEIGHT = 440, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 68, 20, 22
_BETWEEN_LABELS = 72
"""User units; closer dates have no label of their own, and are in the table."""

COLUMNS = ["Date", "When", "Score", "Band", "Entered by"]


@dataclass(frozen=True)
class ScorePoint:
    """One score."""

    on: date
    value: Decimal
    timepoint: str
    band: str
    entered_by: str


@dataclass(frozen=True)
class ScoreChart:
    """What a drawing needs besides its points."""

    name: str
    title: str
    scale: Scale
    variant: str
    first: Decimal
    """Of the episode: a difference from it within the noise is no reliable change."""


def score_chart(about: ScoreChart, points: Sequence[ScorePoint], change_words: str) -> Chart:
    """Draw the points, at least one, in the order of their dates.

    Args:
        change_words: what the change since the first score means.
    """
    sentence = f"{_latest(points)} {change_words}{_limits(about)}"
    return Chart(
        name=about.name,
        title=about.title,
        sentence=sentence,
        drawing=_draw(about, points, sentence),
        columns=COLUMNS,
        rows=[
            [date_words(one.on), one.timepoint, f"{one.value:f}", one.band or "None", one.entered_by] for one in points
        ],
    )


def _latest(points: Sequence[ScorePoint]) -> str:
    latest = points[-1]
    band = f" ({latest.band})" if latest.band else ""
    return f"The latest score is {latest.value:f}{band}, on {date_words(latest.on)}."


def _limits(about: ScoreChart) -> str:
    cut_off, reliable = about.scale.cut_off(about.variant), about.scale.reliable_change
    words = f" The clinical range is {cut_off_in_words(about.scale, cut_off.at)}." if cut_off else ""
    return words + (
        f" A difference of {reliable.points:f} or more is reliable: the shaded band is less than that."
        if reliable
        else ""
    )


def _draw(about: ScoreChart, points: Sequence[ScorePoint], sentence: str) -> Markup:
    svg = Svg(about.name, about.title, sentence, width=_WIDTH, height=_HEIGHT)
    cut_off, reliable = about.scale.cut_off(about.variant), about.scale.reliable_change
    low, high = _noise(about.scale, about.first, reliable.points if reliable else Decimal(0))
    tops = [one.value for one in points] + [high] + ([cut_off.at] if cut_off else [])
    steps = axis_steps(float(max(tops)), most=3)
    floor = _HEIGHT - _BOTTOM
    scale = (floor - _TOP) / steps[-1]
    if reliable:
        says = f"Within {reliable.points:f} of the first score: no reliable change"
        size = (_WIDTH - _LEFT - _RIGHT, float(high - low) * scale)
        svg.bar((_LEFT, floor - float(high) * scale), size, kind="noise", says=says)
    for step in steps:
        svg.line(
            (_LEFT, floor - step * scale), (_WIDTH - _RIGHT, floor - step * scale), kind="grid" if step else "axis"
        )
        svg.text((_LEFT - 8, floor - step * scale + 4), f"{step:g}", anchor="end")
    if cut_off:
        y = floor - float(cut_off.at) * scale
        svg.line((_LEFT, y), (_WIDTH - _RIGHT, y), kind="cut-off")
        # Beside the drawing, because a score can be anywhere in it.
        svg.text((_WIDTH - _RIGHT + 6, y + 1), "Cut-off:")
        svg.text((_WIDTH - _RIGHT + 6, y + 15), cut_off_in_words(about.scale, cut_off.at))
    _draw_points(svg, points, floor, scale)
    return svg.finished()


def _noise(scale: Scale, first: Decimal, points: Decimal) -> tuple[Decimal, Decimal]:
    return max(Decimal(0), scale.lowest, first - points), min(scale.highest, first + points)


def _draw_points(svg: Svg, points: Sequence[ScorePoint], floor: float, scale: float) -> None:
    places = [(x, floor - float(one.value) * scale) for x, one in zip(_across(points), points, strict=True)]
    for before, after in pairwise(places):
        svg.line(before, after, kind="score")
    labelled, before = -float(_BETWEEN_LABELS), places[0]
    for place, one in zip(places, points, strict=True):
        svg.point(place, kind="score", says=f"{date_words(one.on)}: {one.value:f}")
        svg.text((place[0], place[1] + _beside(place, before, floor)), f"{one.value:f}", anchor="middle")
        before = place
        if place[0] - labelled >= _BETWEEN_LABELS:
            labelled = place[0]
            svg.text((place[0], floor + 16), f"{one.on.day} {one.on:%b %Y}", anchor="middle")


def _beside(place: tuple[float, float], before: tuple[float, float], floor: float) -> float:
    """Above the point; below it when the line comes from above and there is room."""
    return 18 if before[1] < place[1] < floor - 22 else -8


def _across(points: Sequence[ScorePoint]) -> list[float]:
    """By date; one day alone stands in the middle."""
    left, right = _LEFT + 34.0, _WIDTH - _RIGHT - 34.0
    days = (points[-1].on - points[0].on).days
    if not days:
        return [(left + right) / 2 for _ in points]
    return [left + (right - left) * (one.on - points[0].on).days / days for one in points]
