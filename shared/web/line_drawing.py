"""Small drawings for the rows of a list: what a glance takes in, and the same in words for whoever does not see it.

    wait_bar(41, 28, Colour.LATE, "41 of 28 days, over target")
    contact_dots([Dot.HELD, Dot.GONE, Dot.MISSED], "Last contacts, oldest first: …")
    sparkline([15, 16, 14], "EPDS 15, 16, 14", within=(0, 30), cut_off=13)
    shares({"targeted": 5, "specialist": 2}, "5 targeted, 2 specialist")
    histogram([Group("0–14 days", 7, Colour.OK)], "Days waited: …")

Classes (`d-…` of staff.css) and attributes only, as a strict policy allows. No drawing says anything by colour alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import starmap

from markupsafe import Markup

from shared.contracts.vocabulary import Code

_BAR_HEIGHT = 12
_DOTS_APART, _DOT_AT = 13, 7
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 44, 20, 3
_LABEL_WIDTH, _FIGURE_WIDTH, _GROUP_HEIGHT = 96, 34, 15


class Colour(Code):
    """How a length stands to its limit."""

    OK = "ok"
    NEAR = "near"
    LATE = "late"


class Dot(Code):
    """What became of something that was arranged."""

    HELD = "held"
    GONE = "gone"
    MISSED = "missed"


@dataclass(frozen=True)
class Group:
    """One bar of a histogram."""

    label: str
    number: int
    colour: Colour


def wait_bar(days: int, target: int, colour: Colour, says: str, *, width: int = 96, targets: float = 3) -> Markup:
    """How long someone waits, with a tick at the target; an arrow at the end when it is longer than the bar.

    Args:
        width: user units, as those of all drawings are CSS pixels.
        targets: as many targets as the bar is long.
    """
    tick = width / targets
    length = min(tick * days / max(target, 1), width)
    parts = [
        f'<rect class="d-track" y="2" width="{width}" height="8" rx="2"/>',
        f'<rect class="d-{colour}" y="2" width="{length:.1f}" height="8" rx="2"/>',
        f'<line class="d-target" x1="{tick:.1f}" x2="{tick:.1f}" y1="0" y2="{_BAR_HEIGHT}"/>',
    ]
    if days > target * targets:
        parts.append(f'<path class="d-over" d="M{width - 5} 2 l4 4 l-4 4"/>')
    return _drawn(width, _BAR_HEIGHT, says, parts)


def level_bar(figure: int, limit: int, colour: Colour, says: str, *, width: int = 160, reach: int = 120) -> Markup:
    """How far a figure is from nothing, which is towards the right; a dashed tick at the limit below it.

    Args:
        limit: below nothing; figures there are too low.
        reach: the figure below nothing that the bar has room for; half as much above.
    """
    level = width * 2 / 3
    unit = level / reach
    end, tick = min(max(level + figure * unit, 0), width), level + limit * unit
    parts = [
        f'<rect class="d-track" y="2" width="{width}" height="8" rx="2"/>',
        f'<rect class="d-{colour}" x="{min(level, end):.1f}" y="2" width="{max(abs(end - level), 2):.1f}" height="8"/>',
        f'<line class="d-limit" x1="{tick:.1f}" x2="{tick:.1f}" y1="0" y2="{_BAR_HEIGHT}"/>',
        f'<line class="d-zero" x1="{level:.1f}" x2="{level:.1f}" y1="0" y2="{_BAR_HEIGHT}"/>',
    ]
    return _drawn(width, _BAR_HEIGHT, says, parts)


def contact_dots(dots: Sequence[Dot], says: str, *, most: int = 8) -> Markup:
    """A disc, a ring or a cross for each, in their order; each drawing is as wide as `most`."""
    places = (_DOT_AT + _DOTS_APART * place for place in range(len(dots)))
    return _drawn(2 + _DOTS_APART * most, 2 * _DOT_AT, says, starmap(_dot, zip(dots, places, strict=True)))


def sparkline(
    scores: Sequence[float], says: str, *, within: tuple[float, float], cut_off: float | None = None
) -> Markup:
    """Scores, at least one, from the oldest to the latest, at equal distances.

    Args:
        within: the lowest and the highest score that there can be: chance looks as small as it is.
    """
    lowest, highest = within
    room = _SPARK_HEIGHT - 2 * _SPARK_EDGE

    def height(score: float) -> float:
        return _SPARK_HEIGHT - _SPARK_EDGE - room * (score - lowest) / ((highest - lowest) or 1)

    step = (_SPARK_WIDTH - 2 * _SPARK_EDGE) / max(len(scores) - 1, 1)
    first = _SPARK_EDGE if len(scores) > 1 else _SPARK_WIDTH - _SPARK_EDGE
    places = [(first + step * place, height(score)) for place, score in enumerate(scores)]
    parts: list[str] = []
    if cut_off is not None:
        y = f"{height(cut_off):.1f}"
        parts.append(f'<line class="d-cut" x1="0" x2="{_SPARK_WIDTH}" y1="{y}" y2="{y}"/>')
    parts.append(f'<polyline class="d-line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
    parts.append(f'<circle class="d-dot" cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="3"/>')
    return _drawn(_SPARK_WIDTH, _SPARK_HEIGHT, says, parts)


def histogram(groups: Sequence[Group], says: str, *, width: int = 300) -> Markup:
    """A bar for each group, below one another, with its label before it and its number after it."""
    most = max((group.number for group in groups), default=0) or 1
    room = width - _LABEL_WIDTH - _FIGURE_WIDTH
    parts: list[str] = []
    for place, group in enumerate(groups):
        top, length = place * _GROUP_HEIGHT, room * group.number / most
        where = f'x="{_LABEL_WIDTH}" y="{top + 2}"'
        parts += [
            _text(_LABEL_WIDTH - 7, top, group.label, anchor="end"),
            f'<rect class="d-{group.colour}" {where} width="{length:.1f}" height="12" rx="2"/>',
            _text(_LABEL_WIDTH + length + 6, top, str(group.number)),
        ]
    return _drawn(width, _GROUP_HEIGHT * len(groups), says, parts)


def shares(numbers: Mapping[str, int], says: str, *, width: int = 104) -> Markup:
    """The parts of a whole side by side, in their order; each has a class of its name."""
    total, parts, start = sum(numbers.values()) or 1, [f'<rect class="d-track" y="2" width="{width}" height="8"/>'], 0.0
    for name, number in numbers.items():
        length = width * number / total
        parts.append(f'<rect class="d-{name}" x="{start:.1f}" y="2" width="{length:.1f}" height="8"/>')
        start += length
    return _drawn(width, _BAR_HEIGHT, says, parts)


def _dot(dot: Dot, x: int) -> str:
    match dot:
        case Dot.HELD:
            return f'<circle class="d-held" cx="{x}" cy="{_DOT_AT}" r="4.5"/>'
        case Dot.GONE:
            return f'<circle class="d-gone" cx="{x}" cy="{_DOT_AT}" r="4"/>'
        case Dot.MISSED:
            return f'<path class="d-missed" d="M{x - 4} 3 l8 8 m0 -8 l-8 8"/>'


def _text(x: float, top: int, words: str, *, anchor: str = "start") -> str:
    return f'<text class="d-text" x="{x:.1f}" y="{top + 12}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawn(width: int, height: int, says: str, parts: Iterable[str]) -> Markup:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return Markup(f'<svg {size} role="img" aria-label="{escape(says)}">{"".join(parts)}</svg>')  # noqa: S704 - escaped
