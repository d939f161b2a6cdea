"""Long leave: from when somebody is away, and from when they are back. Why is not asked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.kernel.errors import Conflict, RuleBroken


@dataclass
class LongLeave:
    id: UUID
    person_id: UUID
    from_on: date
    until_on: date | None = None
    """The first day back; None: not known yet."""
    version: int = 1

    def check(self) -> None:
        """Raises RuleBroken when it ends before it begins."""
        if self.until_on is not None and self.until_on <= self.from_on:
            raise RuleBroken("leave_span", "The day back must be after the first day away.", field="until_on")

    def end(self, back_on: date, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken when it would end before it began."""
        if seen != self.version:
            raise Conflict("leave_changed", "Someone has changed this leave. Look at it again.")
        self.until_on = back_on
        self.check()
        self.version += 1
