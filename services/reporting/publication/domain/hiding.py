"""What has to be hidden besides what is small, so that nobody can work out what is small, nor narrow it down.

Counts that are published together are a flow: each is a branch between two places, and what flows into a place flows
out of it: a total flows in, its parts flow out. Whoever reads knows of a shown count what it is (or, rounded, between
which numbers), and of a hidden one only its bounds. Other flows that agree with all that is known are what a hidden
count may be for all they know; so for each small count the flow is pushed, as cheaply as possible, to one in which the
count is 1 and to one in which it is one below what is shown; the counts on whose being hidden that depends are hidden.
What lies between follows: the numbers that a count can have in a flow have no gap. Hiding more never narrows.

The same counts, the same pattern: ties are broken by the order in which counts are given. Source: reference 7.4 (a) to
(d).
"""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Node = Hashable

ENDLESS = 10**9

SHORT = 3
"""Steps of the trips that are tried first: among months and quarters of small teams nearly every one is so short."""

CROSSROADS = 500
"""A place with more branches is not searched there, only whether one of them leads straight on."""


class Bounds(NamedTuple):
    """Both included."""

    least: int
    most: int


@dataclass(frozen=True)
class Branch:
    """A count that flows from one place to another."""

    number: int
    source: Node
    target: Node
    told: Bounds | None
    """What is known of it when it is shown; None when it never is."""
    kept: Bounds
    """What is known of it when it is hidden."""
    need: Bounds | None = None
    """What it must be possible to think, when it is small."""


def hide(
    columns: Sequence[Mapping[Key, Branch]],
    small: set[Key],
    *,
    shown_for_good: Container[Key] = (),
    cost: Callable[[Key, set[Key]], int],
) -> set[Key]:
    """Everything that is not to be shown: the small counts, and what protects them.

    Args:
        columns: several counts of the same things (how many of them, how many of them in time); a thing is hidden in
            all of its columns. In each, what flows into a place flows out of it.
        small: what is hidden in any case.
        shown_for_good: what was published already and cannot be hidden any more.
        cost: how much is lost when this is hidden as well, 1 or more; told what is hidden already.
    """
    hidden = set(small)
    for column in columns:
        flow = _Network(column, hidden, shown_for_good, cost)
        for key, branch in column.items():
            if branch.need and not all(flow.can_be(key, number) for number in branch.need):
                hidden.update(one for one in column if one not in shown_for_good)
    return hidden


class _Direction(NamedTuple, Generic[Key]):
    """A branch as seen from one of its ends: more in it, or less."""

    key: Key
    sign: int
    end: Node


class _Way(NamedTuple, Generic[Key]):
    """How a place was come to."""

    step: _Direction[Key]
    start: Node
    room: int
    cost: int


class _Network(Generic[Key]):
    def __init__(
        self,
        branches: Mapping[Key, Branch],
        hidden: set[Key],
        shown_for_good: Container[Key],
        cost: Callable[[Key, set[Key]], int],
    ) -> None:
        self._branches = branches
        self._hidden = hidden
        self._shown_for_good = shown_for_good
        self._cost = cost
        self._thought: dict[Key, int] = {}
        """Where the flow that is thought of differs from the real one."""
        self._steps: dict[Node, list[_Direction[Key]]] = defaultdict(list)
        self._between: dict[tuple[Node, Node], list[_Direction[Key]]] = defaultdict(list)
        for key, branch in branches.items():
            for sign, start, end in ((1, branch.source, branch.target), (-1, branch.target, branch.source)):
                self._steps[start].append(_Direction(key, sign, end))
                self._between[start, end].append(_Direction(key, sign, end))

    def can_be(self, key: Key, number: int) -> bool:
        """Hide what must be hidden for that; False when it cannot be."""
        self._thought = {}
        branch = self._branches[key]
        while missing := number - self._thought.get(key, branch.number):
            sign = 1 if missing > 0 else -1
            start, end = (branch.source, branch.target) if sign > 0 else (branch.target, branch.source)
            trip = self._short(key, end, start, (end,)) or self._cheapest(key, end, start)
            if trip is None:
                return False
            self._push(_Direction(key, sign, end), trip, abs(missing))
        return True

    def _push(self, first: _Direction[Key], trip: Sequence[_Way[Key]], most: int) -> None:
        amount = min(most, *(way.room for way in trip))
        for step in (first, *(way.step for way in trip)):
            number = self._thought.get(step.key, self._branches[step.key].number)
            self._thought[step.key] = number + step.sign * amount
        self._hidden.update(way.step.key for way in trip if way.cost)

    def _short(self, key: Key, start: Node, end: Node, passed: tuple[Node, ...]) -> list[_Way[Key]] | None:
        """A trip of few steps on which nothing more is hidden, if one is found soon."""
        for step in self._between.get((start, end), ()):
            if step.key != key and (room := self._room(step, self._known(step.key))):
                return [_Way(step, start, room, 0)]
        if len(passed) == SHORT or len(self._steps[start]) > CROSSROADS:
            return None
        for step in self._steps[start]:
            if step.key != key and step.end not in passed and (room := self._room(step, self._known(step.key))):
                onward = self._short(key, step.end, end, (*passed, step.end))
                if onward:
                    return [_Way(step, start, room, 0), *onward]
        return None

    def _cheapest(self, key: Key, start: Node, end: Node) -> list[_Way[Key]] | None:
        """From one place to another without this branch."""
        order = count()
        waiting: list[tuple[int, int, _Way[Key] | None, Node]] = [(0, next(order), None, start)]
        come_by: dict[Node, _Way[Key] | None] = {}
        while waiting:
            total, _, way, place = heappop(waiting)
            if place in come_by:
                continue
            come_by[place] = way
            if place == end:
                return list(_ways_back(come_by, place))
            for onward in self._onward(place, key):
                if onward.step.end not in come_by:
                    heappush(waiting, (total + onward.cost, next(order), onward, onward.step.end))
        return None

    def _onward(self, place: Node, without: Key) -> Iterator[_Way[Key]]:
        for step in self._steps[place]:
            if step.key == without:
                continue
            if room := self._room(step, self._known(step.key)):
                yield _Way(step, place, room, 0)
            elif self._can_be_hidden(step.key) and (room := self._room(step, self._branches[step.key].kept)):
                yield _Way(step, place, room, self._cost(step.key, self._hidden))

    def _known(self, key: Key) -> Bounds:
        branch = self._branches[key]
        return branch.kept if branch.told is None or key in self._hidden else branch.told

    def _can_be_hidden(self, key: Key) -> bool:
        return key not in self._hidden and key not in self._shown_for_good

    def _room(self, step: _Direction[Key], bounds: Bounds) -> int:
        number = self._thought.get(step.key, self._branches[step.key].number)
        return max(0, bounds.most - number if step.sign > 0 else number - bounds.least)


def _ways_back(come_by: Mapping[Node, _Way[Key] | None], place: Node) -> Iterator[_Way[Key]]:
    while (way := come_by[place]) is not None:
        yield way
        place = way.start
