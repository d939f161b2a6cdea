"""Somebody left an address, to hear once when a course has dates that it did not have then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.training_codes import TrainingCourse


@dataclass
class DateWatch:
    id: UUID
    course: TrainingCourse
    email: str
    """Empty: forgotten, as it ended."""
    secret: str
    """Of the address at which whoever gets our email takes theirs out."""
    known: Sequence[UUID]
    """Cohorts that were open when they asked."""
    asked_at: datetime
    """UTC, as the other."""
    ended_at: datetime | None = None
    is_stopped: bool = False
    """They took their address out: nothing is sent to it, if it waits, neither."""

    def end(self, now: datetime) -> None:
        """The address is forgotten; twice is once."""
        self.email, self.ended_at = "", self.ended_at or now

    def stop(self, now: datetime) -> None:
        self.end(now)
        self.is_stopped = True
