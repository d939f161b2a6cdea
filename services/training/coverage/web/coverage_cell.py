"""One cell of the table of who is trained: per cent, people, and a bar with the target."""

from functools import lru_cache

from markupsafe import Markup

from services.training.coverage.domain.coverage import Coverage
from shared.web.line_drawing import Colour, wait_bar

_FAR_PERCENT = 50
"""Below so much of the target the bar is red."""
_WIDTH = 60
CELLS_KEPT = 2_000
"""A page has hundreds, of which few are others than on the page before."""


@lru_cache(maxsize=CELLS_KEPT)
def coverage_cell(one: Coverage | None, target: int) -> Markup:
    """Percentages are cut; a headcount that is older than the people, or not known, gives none.

    Args:
        target: per cent.
    """
    if one is None:
        return Markup('<span class="nhsuk-u-visually-hidden">Nobody</span>')
    if one.of is None:
        return Markup(
            '<b>{}</b> <span class="pairs-soft">of ?</span><span class="pairs-warn">headcount not known</span>'
        ).format(one.in_date)
    if one.percent is None:
        note = "older headcount" if one.of else "headcount is 0"
        return Markup('<b>{}</b> of {}<span class="pairs-warn">{}</span>').format(one.in_date, one.of, note)
    words = Markup('<b>{}%</b> <span class="pairs-nowrap">{} of {}</span>').format(one.percent, one.in_date, one.of)
    return Markup("{} {}").format(words, _bar(one.percent, target))


@lru_cache(maxsize=CELLS_KEPT)
def _bar(percent: int, target: int) -> Markup:
    words = f"{percent} per cent; target {target}"
    return wait_bar(percent, target, _colour(percent, target), words, width=_WIDTH, targets=100 / target)


def _colour(percent: int, target: int) -> Colour:
    if percent >= target:
        return Colour.OK
    return Colour.LATE if 100 * percent < _FAR_PERCENT * target else Colour.NEAR
