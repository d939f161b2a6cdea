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
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
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

PROFILES = {"regional": REGIONAL, "strict": STRICT}
"""By the name that an indicator says."""

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

    A small count is said to be "fewer than" only where that, too, gives nothing away.

    Args:
        pipes: all counts that are published together; what flows into a place flows out of it.
        profile: which counts are small.
    """
    flow = _Flow(pipes, profile)
    flow.hide_what_gives_small_counts_away()
    return {key: flow.safe(key) for key in pipes}


def percentage(part: SafeCount, whole: SafeCount) -> int | None:
    """Whole per cent, halves rounded up; None when it may not be told, or when there is nothing to divide by."""
    if part.number is None or not whole.number:
        return None
    if part.number in (0, whole.number) and whole.number < SMALLEST_TELLING_DENOMINATOR:
        return None
    return (200 * part.number + whole.number) // (2 * whole.number)


def sum_of(counts: Iterable[SafeCount]) -> SafeCount:
    """The sum of what is shown; hidden as soon as one of them is, so that it tells nothing new."""
    there = [count for count in counts if count.number != 0]
    if len(there) == 1:
        return there[0]
    numbers = [count.number for count in there if count.number is not None]
    return SafeCount(sum(numbers) if len(numbers) == len(there) else None)


@dataclass(eq=False, slots=True)
class _Step:
    """A pipe as seen from one of its ends: one more in it, or one less."""

    key: Hashable
    grows: bool
    start: Place
    end: Place
    cost: int | None = None
    """How much would have to be kept back so that the change agrees with all that is said; None where it cannot."""


class _Flow:
    def __init__(self, pipes: Mapping[Key, Pipe], profile: SuppressionProfile) -> None:
        self._counts: dict[Hashable, int] = {key: pipe.count for key, pipe in pipes.items()}
        self._smallest_shown = profile.smallest_shown
        self._hidden: set[Hashable] = {key for key, count in self._counts.items() if profile.is_small(count)}
        self._named_small = set(self._hidden)
        self._changes: dict[Hashable, tuple[_Step, _Step]] = {}
        self._steps: dict[Place, list[_Step]] = defaultdict(list)
        for key, pipe in pipes.items():
            if pipe.count:
                more = _Step(key, grows=True, start=pipe.source, end=pipe.target)
                less = _Step(key, grows=False, start=pipe.target, end=pipe.source)
                self._changes[key] = (more, less)
                for step in (more, less):
                    self._steps[step.start].append(step)
                    step.cost = self._cost_of(step)

    def safe(self, key: Hashable) -> SafeCount:
        if key not in self._hidden:
            return SafeCount(self._counts[key])
        return SafeCount(None, self._smallest_shown if key in self._named_small else None)

    def hide_what_gives_small_counts_away(self) -> None:
        settled: set[Hashable] = set()
        for key in sorted(self._named_small, key=lambda key: (self._counts[key], str(key))):
            if key not in settled:
                trip = self._cheapest_trip(key)
                settled.update(step.key for step in trip.steps)
                self._keep_back(trip)

    def _cheapest_trip(self, key: Hashable) -> "_Trip":
        """One exists: what flows through this pipe came to it and goes on from it, so that one more always can."""
        more, less = self._changes[key]
        found = self._round_trip(more)
        other = None if found and not found.cost else self._round_trip(less)
        return min((trip for trip in (found, other) if trip), key=lambda trip: trip.cost)

    def _keep_back(self, trip: "_Trip") -> None:
        for step in trip.steps:
            if step.cost:
                self._named_small.discard(step.key)
                self._hidden.add(step.key)
                for change in self._changes[step.key]:
                    change.cost = self._cost_of(change)

    def _round_trip(self, first: _Step) -> "_Trip | None":
        """The cheapest way back to where the step began."""
        if first.cost is None:
            return None
        order = count()
        waiting = [(first.cost, next(order), first)]
        arrived: dict[Place, _Step] = {}
        while waiting:
            cost, _, step = heappop(waiting)
            if step.end in arrived:
                continue
            arrived[step.end] = step
            if step.end == first.start:
                return _Trip(cost, tuple(_steps_back(step, arrived)))
            for onward in self._steps[step.end]:
                if onward.cost is not None and onward.end not in arrived and onward.key is not first.key:
                    heappush(waiting, (cost + onward.cost, next(order), onward))
        return None

    def _cost_of(self, step: _Step) -> int | None:
        number, is_hidden = self._counts[step.key], step.key in self._hidden
        if number < self._smallest_shown:
            if not step.grows:
                return None if number == 1 else 0
            is_at_the_limit = step.key in self._named_small and number == self._smallest_shown - 1
            return self._smallest_shown if is_at_the_limit else 0
        if not step.grows and number == self._smallest_shown:
            return None
        return 0 if is_hidden else number


class _Trip(NamedTuple):
    cost: int
    steps: tuple[_Step, ...]


def _steps_back(last: _Step, arrived: Mapping[Place, _Step]) -> Iterator[_Step]:
    step = last
    while step.start != last.end:
        yield step
        step = arrived[step.start]
    yield step
