"""Whether a loop still goes round: one that hangs raises nothing, and whoever waits for it waits for good."""

from shared.kernel.clock import Stopwatch, machine_stopwatch

STILL_SECONDS = 30.0
LONG_SECONDS = 300.0
"""For what can take that long when there is much of it."""


class Hangs(Exception):
    """Something that should have gone on has not, for longer than it ever takes; the message is its name."""


class Pulse:
    """Beaten by a loop each time that it gets somewhere, also when all that it did was to fail and wait.

    Args:
        name: of the loop, for the log.
        still_seconds: the longest that there ever is between two beats.
    """

    def __init__(
        self, name: str, *, still_seconds: float = STILL_SECONDS, stopwatch: Stopwatch = machine_stopwatch
    ) -> None:
        self._name = name
        self._still_seconds = still_seconds
        self._stopwatch = stopwatch
        self._beaten_at: float | None = None

    def beat(self) -> None:
        self._beaten_at = self._stopwatch()

    def rest(self) -> None:
        """From now until the next beat there is nothing that could hang."""
        self._beaten_at = None

    def check(self) -> None:
        """Raises Hangs when the last beat was longer ago than that."""
        if self._beaten_at is not None and self._stopwatch() - self._beaten_at > self._still_seconds:
            raise Hangs(self._name)
