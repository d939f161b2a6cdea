"""Moves between tiers as streams from left to right, as wide as there are families in them. What is hidden has none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.reporting.variation.web.label import Labels, Spot
from shared.web.svg import Svg

_WIDTH, _HEIGHT, _TOP, _GAP, _NODE = 600, 300, 8, 22, 10
_LEFT, _RIGHT = 150, 440


@dataclass(frozen=True)
class Flow:
    """Families that went from one tier to another."""

    source: str
    target: str
    number: int
    is_up: bool


def flow_drawing(name: str, told: tuple[str, str], flows: Sequence[Flow], order: Sequence[str]) -> Markup:
    """Draw them.

    Args:
        told: title and sentence.
        order: names of the tiers, from top to bottom.
    """
    svg, labels = Svg(name, *told, width=_WIDTH, height=_HEIGHT, kind="x-chart"), Labels(_WIDTH, _HEIGHT)
    sources, targets = _sums([flow.source for flow in flows], flows), _sums([flow.target for flow in flows], flows)
    room = _HEIGHT - 2 * _TOP - _GAP * (max(len(sources), len(targets), 1) - 1)
    unit = room / max(sum(sources.values()), 1)
    left, right = _tops(sources, order, unit), _tops(targets, order, unit)
    ends = dict(left), dict(right)
    for flow in sorted(flows, key=lambda one: (order.index(one.source), order.index(one.target))):
        width = unit * flow.number
        _stream(svg, (ends[0][flow.source], ends[1][flow.target]), width, flow)
        ends[0][flow.source] += width
        ends[1][flow.target] += width
    for sums, tops, x, anchor in ((sources, left, _LEFT, "end"), (targets, right, _RIGHT, "start")):
        for tier, top in tops.items():
            height = unit * sums[tier]
            says = f"{tier}: {sums[tier]:,}"
            svg.bar((x - (_NODE if anchor == "end" else 0), top), (_NODE, height), kind="x-node", says=says)
            aside = x - _NODE - 8 if anchor == "end" else x + _NODE + 8
            for words, kind, by in ((f"{sums[tier]:,}", "x-b", -1), (tier, "x-s", 13)):
                wanted = [Spot(aside, top + height / 2 + by + shift, anchor) for shift in (0, 6, -6, 12, -12)]
                if spot := labels.place(words, wanted, 13, bold=kind == "x-b"):
                    svg.text((spot.x, spot.y), words, anchor=anchor, kind=kind)
    return svg.finished()


def _sums(ends: Sequence[str], flows: Sequence[Flow]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for end, flow in zip(ends, flows, strict=True):
        sums[end] += flow.number
    return sums


def _tops(sums: Counter[str], order: Sequence[str], unit: float) -> dict[str, float]:
    tops: dict[str, float] = {}
    top = float(_TOP)
    for tier in order:
        if sums[tier]:
            tops[tier] = top
            top += unit * sums[tier] + _GAP
    return tops


def _stream(svg: Svg, tops: tuple[float, float], width: float, flow: Flow) -> None:
    (start, end), middle = tops, (_LEFT + _RIGHT) / 2
    way = (
        f"M{_LEFT} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {_RIGHT} {end:.1f}"
        f"V{end + width:.1f}C{middle} {end + width:.1f} {middle} {start + width:.1f} {_LEFT} {start + width:.1f}Z"
    )
    says = f"{flow.source} to {flow.target}: {flow.number:,}"
    svg.path(way, kind="x-flow x-flow--up" if flow.is_up else "x-flow x-flow--down", says=says)
