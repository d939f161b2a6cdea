"""One set of symbols, in charts, tables, keys and files: shapes differ, so that a grey print can be read too.

A circle is ordinary, a square better, a diamond worse, a triangle changed without a direction, an open circle not
finished, a dash not judged. The arrow is the direction of the figure.
"""

from enum import StrEnum

from markupsafe import Markup

from services.reporting.variation.domain.variation import Assurance, PointClass, Variation
from shared.web.svg import Svg

_CLASSES = {
    PointClass.BETTER: "v-good",
    PointClass.WORSE: "v-bad",
    PointClass.CHANGED: "v-neu",
    PointClass.UNFINISHED: "v-open",
}


_DASHED = (PointClass.NOT_JUDGED, PointClass.HIDDEN, PointClass.ABSENT)


class Sign(StrEnum):
    """What is no signal of a figure and still needs a word."""

    SILENT = "silent"
    DUE = "due"


def draw_symbol(svg: Svg, place: tuple[float, float], kind: PointClass, size: float, says: str) -> None:
    """A point of a chart. Of one without a figure nothing is drawn, which is a gap."""
    x, y = place
    match kind:
        case PointClass.HIDDEN | PointClass.ABSENT:
            return
        case PointClass.BETTER:
            svg.bar((x - size / 2, y - size / 2), (size, size), kind="v-good", says=says)
        case PointClass.WORSE:
            half = 0.72 * size
            way = f"M{x:.1f} {y - half:.1f}L{x + half:.1f} {y:.1f}L{x:.1f} {y + half:.1f}L{x - half:.1f} {y:.1f}Z"
            svg.path(way, kind="v-bad", says=says)
        case PointClass.CHANGED:
            half = 0.65 * size
            way = f"M{x:.1f} {y - half:.1f}L{x + half:.1f} {y + half:.1f}L{x - half:.1f} {y + half:.1f}Z"
            svg.path(way, kind="v-neu", says=says)
        case _:
            svg.point(place, kind=_CLASSES.get(kind, "v-ord"), says=says, radius=0.43 * size)


def variation_icon(said: Variation) -> Markup:
    """Of a series: that of its last finished point. Its word stands beside it."""
    latest = said.newest
    if latest is None or latest.kind in _DASHED:
        return _icon(20, '<path class="v-dash" d="M5 10H15"/>')
    if latest.kind is PointClass.ORDINARY:
        return _icon(20, _WAVE)
    return kind_icon(latest.kind, is_up=latest.hits[0].is_up if latest.hits else None)


_WAVE = '<circle class="v-ring" cx="10" cy="10" r="8"/><path class="v-wave" d="M5 11c1.6-4 3.2-4 5-1s3.4 3 5-1"/>'
_SHAPES = {
    PointClass.BETTER: '<rect class="v-good" x="2" y="2" width="16" height="16"/>',
    PointClass.WORSE: '<path class="v-bad" d="M10 .5L19.5 10L10 19.5L.5 10Z"/>',
    PointClass.CHANGED: '<path class="v-neu" d="M10 1.5L19 18.5H1Z"/>',
    PointClass.UNFINISHED: '<circle class="v-open" cx="10" cy="10" r="4.5"/>',
    PointClass.ORDINARY: '<circle class="v-ord" cx="10" cy="10" r="4"/>',
}


def kind_icon(kind: PointClass, *, is_up: bool | None = None) -> Markup:
    """The symbol by itself, with the figure's direction where there is one."""
    if kind not in _SHAPES:
        return _icon(20, '<path class="v-dash" d="M5 10H15"/>')
    arrow = {
        True: "M10 14V6.5M6.7 9.6L10 6.2l3.3 3.4",
        False: "M10 6V13.5M6.7 10.4L10 13.8l3.3-3.4",
        None: "",
    }[is_up]
    dark = " v-arrow--dark" if kind is PointClass.WORSE else ""
    lower = ' transform="translate(0 2)"' if kind is PointClass.CHANGED else ""
    drawn = f'<path class="v-arrow{dark}"{lower} d="{arrow}"/>' if arrow else ""
    return _icon(20, _SHAPES[kind] + drawn)


def assurance_icon(assurance: Assurance, *, less_is_better: bool) -> Markup:
    """A picture of the rule: the usual range as a band, and the target as a line above, in or below it."""
    line_above = (assurance is Assurance.WILL_MISS) != less_is_better
    match assurance:
        case Assurance.HIT_OR_MISS:
            return _icon(
                26, '<rect class="a-hit" x="3" y="5.5" width="20" height="9"/><path class="a-line" d="M0 10H26"/>'
            )
        case Assurance.WILL_MEET | Assurance.WILL_MISS:
            kind = "v-good" if assurance is Assurance.WILL_MEET else "v-bad"
            band, line = (9, 4) if line_above else (2, 16)
            shapes = f'<rect class="{kind}" x="3" y="{band}" width="20" height="9"/>'
            return _icon(26, f'{shapes}<path class="a-line" d="M0 {line}H26"/>')
        case _:
            return _icon(26, '<path class="v-dash" d="M8 10H18"/>')


def symbol_key() -> list[tuple[Markup, str]]:
    """Every symbol of a table, with its word."""
    return [
        (_icon(20, _WAVE), "Ordinary variation"),
        (kind_icon(PointClass.BETTER, is_up=True), "Better"),
        (kind_icon(PointClass.WORSE, is_up=True), "Worse"),
        (kind_icon(PointClass.CHANGED, is_up=True), "Changed, neither good nor bad"),
        (kind_icon(PointClass.UNFINISHED), "Not finished, never judged"),
        (assurance_icon(Assurance.WILL_MEET, less_is_better=False), "Will meet the target as things are"),
        (assurance_icon(Assurance.HIT_OR_MISS, less_is_better=False), "Hit or miss"),
        (assurance_icon(Assurance.WILL_MISS, less_is_better=False), "Will miss it"),
    ]


def sign_icon(sign: Sign) -> Markup:
    if sign is Sign.SILENT:
        return _icon(20, '<path class="v-cross" d="M4 4L16 16M16 4L4 16"/>')
    return _icon(20, '<circle class="v-clock" cx="10" cy="10" r="8"/><path class="v-hand" d="M10 5.5V10.5L13 12"/>')


def _icon(width: int, shapes: str) -> Markup:
    """A word stands beside it, so nobody needs to be told of the drawing."""
    return Markup(  # noqa: S704 - numbers and our own words
        f'<svg class="v-icon" width="{width}" height="20" viewBox="0 0 {width} 20" aria-hidden="true" '
        f'focusable="false">{shapes}</svg>'
    )
