"""Small numbers: which counts may be shown, so that no count of a few families can be worked out from the others.

What is published together is written as a flow. Each count is a pipe between two places, and what flows into a place
flows out of it: a total flows in and its parts flow out. A hidden count can be worked out exactly when no other flow
agrees with all that is shown; and there is another flow if, and only if, a round trip leads through the hidden pipe
along which each hidden count may grow or shrink by one. So for each small count the cheapest such round trip is
looked for, and the shown counts on it are hidden too. Hiding more never gives away what was safe before.

Protected is what can be seen at one moment. Who watches a live page sees it move by one: reports that are handed on are
frozen copies. Source: reference 7.4 (a) to (d).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Place = Hashable


@dataclass(frozen=True)
class SuppressionProfile:
    """Counts from 1 to one below `smallest_shown` are never shown; 0 always is."""

    smallest_shown: int

    def is_small(self, count: int) -> bool:
        return 0 < count < self.smallest_shown


REGIONAL = SuppressionProfile(smallest_shown=5)
"""As NHS England's monthly Mental Health Services figures. Source: reference 7.4."""

STRICT = SuppressionProfile(smallest_shown=8)
"""For figures that go to the public."""

SMALLEST_TELLING_DENOMINATOR = 8
"""Of fewer than this, "all of them" or "none of them" says too much of each. Source: reference 7.4 (b)."""


@dataclass(frozen=True)
class SafeCount:
    """A count as it may be shown."""

    number: int | None
    """None when it is hidden."""
    fewer_than: int | None = None
    """What a small count is said to be below; None also for a count that is hidden to protect another."""

    @property
    def words(self) -> str:
        if self.number is not None:
            return f"{self.number:,}"
        return f"fewer than {self.fewer_than}" if self.fewer_than else "hidden"


@dataclass(frozen=True)
class Pipe:
    """A count that flows from one place to another."""

    count: int
    source: Place
    target: Place


def protect(pipes: Mapping[Key, Pipe], profile: SuppressionProfile) -> dict[Key, SafeCount]:
    """The counts as they may be shown together.

    A count is told to be "fewer than" only where that, too, gives nothing away.

    Args:
        pipes: all counts that are published together; what flows into a place flows out of it.
        profile: which counts are small.
    """
    for names_small in (True, False):
        flow = _Flow(pipes, profile, names_small=names_small)
        if flow.hide_what_gives_small_counts_away():
            break
    return {key: flow.safe(key) for key in pipes}


def percentage(part: SafeCount, whole: SafeCount) -> int | None:
    """Whole per cent, halves rounded up; None when it may not be told, or when there is nothing to divide by."""
    if part.number is None or not whole.number:
        return None
    if part.number in (0, whole.number) and whole.number < SMALLEST_TELLING_DENOMINATOR:
        return None
    return (200 * part.number + whole.number) // (2 * whole.number)


def sum_of(counts: list[SafeCount]) -> SafeCount:
    """The sum of what is shown; hidden as soon as one of them is, so that it tells nothing new."""
    numbers = [count.number for count in counts if count.number is not None]
    return SafeCount(sum(numbers) if len(numbers) == len(counts) else None)


class _Step(NamedTuple):
    """A pipe as seen from one of its ends."""

    key: Hashable
    grows: bool
    to: Place


class _Flow:
    def __init__(self, pipes: Mapping[Key, Pipe], profile: SuppressionProfile, *, names_small: bool) -> None:
        self._pipes: Mapping[Hashable, Pipe] = {key: pipe for key, pipe in pipes.items()}  # noqa: C416
        self._profile = profile
        self._names_small = names_small
        self._small = {key for key, pipe in self._pipes.items() if profile.is_small(pipe.count)}
        self._hidden = set(self._small)
        self._steps: dict[Place, list[_Step]] = defaultdict(list)
        for key, pipe in self._pipes.items():
            if pipe.count:
                self._steps[pipe.source].append(_Step(key, grows=True, to=pipe.target))
                self._steps[pipe.target].append(_Step(key, grows=False, to=pipe.source))

    def safe(self, key: Hashable) -> SafeCount:
        if key not in self._hidden:
            return SafeCount(self._pipes[key].count)
        return SafeCount(None, self._profile.smallest_shown if self._names_small and key in self._small else None)

    def hide_what_gives_small_counts_away(self) -> bool:
        """False when a small count stays given away by being named one."""
        for key in sorted(self._small, key=lambda key: (self._pipes[key].count, str(key))):
            trips = [trip for grows in (True, False) if (trip := self._round_trip(key, grows=grows))]
            if not trips:
                return False
            self._hidden.update(min(trips, key=lambda trip: (trip.cost, len(trip.keys))).keys)
        return True

    def _round_trip(self, key: Hashable, *, grows: bool) -> "_Trip | None":
        """The cheapest way back from where the pipe leads, when its count changes by one."""
        if not self._may_change(key, grows=grows):
            return None
        pipe = self._pipes[key]
        start, end = (pipe.target, pipe.source) if grows else (pipe.source, pipe.target)
        waiting: list[tuple[int, int, Place, tuple[Hashable, ...]]] = [(0, 0, start, ())]
        reached: set[Place] = set()
        order = 0
        while waiting:
            cost, _, place, keys = heappop(waiting)
            if place == end:
                return _Trip(cost, keys)
            if place in reached:
                continue
            reached.add(place)
            for step in self._steps_from(place, key):
                order += 1
                heappush(waiting, (cost + self._cost(step.key), order, step.to, (*keys, step.key)))
        return None

    def _steps_from(self, place: Place, key: Hashable) -> Iterator[_Step]:
        return (step for step in self._steps[place] if step.key != key and self._may_change(step.key, grows=step.grows))

    def _cost(self, key: Hashable) -> int:
        return 0 if key in self._hidden else self._pipes[key].count

    def _may_change(self, key: Hashable, *, grows: bool) -> bool:
        """Whether one more or one less would still agree with what is said of this count."""
        count, threshold = self._pipes[key].count, self._profile.smallest_shown
        if not self._names_small:
            return grows or count > 1
        if grows:
            return count != threshold - 1
        return count not in (1, threshold)


class _Trip(NamedTuple):
    cost: int
    keys: tuple[Hashable, ...]
