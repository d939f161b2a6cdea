"""Bars: how long families waited, and how need becomes help. A number that is hidden has no bar, and says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.reporting.variation.web.label import text_width
from shared.web.svg import Svg


@dataclass(frozen=True)
class Bar:
    """One bar: `kind` is `ok`, `late`, `pale`, `plain` or `dark`."""

    label: str
    number: int | None
    kind: str = "plain"
    aside: str = ""
    """What stands after its number."""


_WIDTH, _HEIGHT, _FLOOR, _TOP = 600, 190, 150, 24
_LINE, _LABEL, _LONGEST = 36, 120, 300


def columns(name: str, told: tuple[str, str], bars: Sequence[Bar], *, below: str, target_after: int | None) -> Markup:
    """Bars that stand beside each other, each with its number above it.

    Args:
        told: title and sentence.
        below: what the labels count.
        target_after: how many bars are within the target, where a dashed line stands.
    """
    svg = Svg(name, *told, width=_WIDTH, height=_HEIGHT, kind="x-chart")
    share = (_WIDTH - 10) / max(len(bars), 1)
    most = max((bar.number or 0 for bar in bars), default=0) or 1
    svg.line((5, _FLOOR), (_WIDTH - 5, _FLOOR), kind="x-axis")
    for place, bar in enumerate(bars):
        x, height = 5 + place * share, (_FLOOR - _TOP) * (bar.number or 0) / most
        middle = x + share / 2
        words = "hidden" if bar.number is None else f"{bar.number:,}"
        if bar.number is not None:
            says = f"{bar.label}: {words}"
            svg.bar((x + 3, _FLOOR - height), (share - 6, height), kind=f"x-bar x-bar--{bar.kind}", says=says)
        svg.text((middle, _FLOOR - height - 6), words, anchor="middle", kind="x-s" if bar.number is None else "x-b")
        svg.text((middle, _FLOOR + 16), bar.label, anchor="middle", kind="x-s")
    if target_after is not None:
        x = 5 + target_after * share
        svg.line((x, 8), (x, _FLOOR), kind="x-cut")
    svg.text((5, _FLOOR + 34), below, kind="x-s")
    return svg.finished()


def lines(name: str, told: tuple[str, str], bars: Sequence[Bar]) -> Markup:
    """Bars that lie below each other, each with its label before it and its number after it."""
    svg = Svg(name, *told, width=_WIDTH, height=_LINE * len(bars), kind="x-chart")
    most = max((bar.number or 0 for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        top, length = place * _LINE + 6, _LONGEST * (bar.number or 0) / most
        words = "hidden" if bar.number is None else f"{bar.number:,}"
        svg.text((_LABEL - 8, top + 16), bar.label, anchor="end", kind="x-t")
        svg.bar((_LABEL, top), (length, 22), kind=f"x-bar x-bar--{bar.kind}", says=f"{bar.label}: {words}")
        svg.text((_LABEL + length + 8, top + 16), words, kind="x-b")
        if bar.aside:
            svg.text((_LABEL + length + 16 + text_width(words, 13, bold=True), top + 16), bar.aside, kind="x-s")
    return svg.finished()
