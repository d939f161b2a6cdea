"""How often a condition would have fired: the state machine of its cells, over the months that have been.

Each month is looked at as its freezing would have left it: with the points that were finished by then, and with the
limits that those give. Figures are those that are known today, so what was corrected since counts as corrected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.reporting.publication.domain.span import months_later
from services.reporting.subscription.domain.subscription import Condition
from services.reporting.subscription.domain.watched_cell import Change, WatchedCell, holds
from services.reporting.variation.domain.variation import Step, Variation, variation_of

MONTHS = 24
MOST_CELLS = 250
"""That are tried at once: each is judged once for every month, which takes a few seconds for so many."""


@dataclass(frozen=True)
class Firing:
    """A month whose freezing would have been told."""

    month: date
    started: Sequence[Variation]
    """Each as it was then."""
    ended: Sequence[Variation]


def back_test(condition: Condition, several: Sequence[Variation], last: date) -> list[Firing]:
    """The earliest first, of the two years that end with `last`; what held when they began is known.

    What is told at set times fires each time, so nothing is tried of it.
    """
    if condition.is_at_set_times:
        return []
    cells: dict[int, WatchedCell] = {}
    firings: list[Firing] = []
    steps = [[group.step for group in said.groups if group.step] for said in several]
    known: dict[int, Variation] = {}
    for month in (months_later(last, -back) for back in range(MONTHS, -1, -1)):
        changes: dict[Change, list[Variation]] = {}
        for place, said in enumerate(several):
            then = known[place] = _as_at(said, month, steps[place], known.get(place))
            was = cells.get(place, WatchedCell(said.indicator.number, said.series.team))
            cells[place], change = was.after(holds=holds(condition, then), month=month)
            changes.setdefault(change, []).append(then)
        if month > months_later(last, -MONTHS) and (started := changes.get(Change.STARTED)):
            firings.append(Firing(month, started, changes.get(Change.ENDED, [])))
            cells = {place: replace(one, ended_untold=False) for place, one in cells.items()}
    return firings


def _as_at(said: Variation, month: date, steps: Sequence[Step], before: Variation | None) -> Variation:
    """The series as it was when the month was frozen; as it was the month before where no period has ended since."""
    points = [one for one in said.series.points if one.is_finished and one.months[-1] <= month]
    if before is not None and len(points) == len(before.series.points):
        return before
    begun = [step for step in steps if step.holds_from <= month]
    return variation_of(said.indicator, replace(said.series, points=points), begun, said.rules)


def fired_words(condition: Condition, firings: Sequence[Firing], cells: int) -> str:
    """`It would have fired 3 times in the last 24 months, of 12 figures.`"""
    if condition is Condition.EVERY_MONDAY:
        return "It is told every Monday, whatever is new: about 104 times in two years."
    if condition is Condition.MONTH_END:
        return f"It is told whenever a month is frozen: {MONTHS} times in two years."
    times = f"{len(firings)} time{'' if len(firings) == 1 else 's'}" if firings else "not once"
    return f"It would have fired {times} in the last {MONTHS} months, of {cells} figure{'' if cells == 1 else 's'}."
