"""Bars: how need becomes help, and the parts of a figure. What is hidden or not there has no bar, but a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from services.reporting.variation.web.label import text_width
from shared.web.svg import Svg


class BarKind(StrEnum):
    """Its class in a drawing."""

    PLAIN = "x-bar"
    PALE = "x-bar x-bar--pale"
    DARK = "x-bar x-bar--dark"


@dataclass(frozen=True)
class Bar:
    """One bar."""

    label: str
    number: int | None
    kind: BarKind = BarKind.PLAIN
    aside: str = ""
    """What stands after its number."""
    absent: str = "hidden"
    """What stands in the place of a number that is none."""


_WIDTH, _LINE, _LONGEST, _ASIDE = 600, 36, 300, 180


def lines(name: str, told: tuple[str, str], bars: Sequence[Bar], *, label: int = 120) -> Markup:
    """Bars that lie below each other, each with its label before it and its number after it.

    Args:
        label: how much room the labels have, in user units.
    """
    svg = Svg(name, *told, width=_WIDTH, height=_LINE * len(bars), kind="x-chart")
    longest = min(_LONGEST, _WIDTH - label - _ASIDE)
    most = max((bar.number or 0 for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        top, length = place * _LINE + 6, longest * (bar.number or 0) / most
        words = bar.absent if bar.number is None else f"{bar.number:,}"
        svg.text((label - 8, top + 16), bar.label, anchor="end", kind="x-t")
        svg.bar((label, top), (length, 22), kind=bar.kind, says=f"{bar.label}: {words}")
        svg.text((label + length + 8, top + 16), words, kind="x-b")
        if bar.aside:
            svg.text((label + length + 16 + text_width(words, 13, bold=True), top + 16), bar.aside, kind="x-s")
    return svg.finished()
