"""The kinds of email about a booking."""

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.staff.calendar_file import CalendarMethod


class PlaceMessage(Code):
    PLACE = "place", "Place, with its calendar file"
    CHANGED = "changed", "A day was moved, with its calendar file"
    GIVEN_UP = "given_up", "The place was given up, with a calendar file that takes it out"
    WAITING = "waiting", "On the waiting list"
    OFFER = "offer", "A place is held"
    LAPSED = "lapsed", "The place went to the next person"
    REMINDER = "reminder", "The day before"
    BEFORE = "before", "Questions before the course"
    AFTER = "after", "Questions after the course"
    THREE_MONTHS = "three_months", "Questions three months on"
    CERTIFICATE = "certificate", "The certificate is ready"
    REFRESH = "refresh", "A training has to be refreshed"

    @property
    def method(self) -> CalendarMethod | None:
        """Of the calendar file that goes with it; None: there is none."""
        return _METHODS.get(self)


_METHODS = {
    PlaceMessage.PLACE: CalendarMethod.REQUEST,
    PlaceMessage.CHANGED: CalendarMethod.REQUEST,
    PlaceMessage.GIVEN_UP: CalendarMethod.CANCEL,
}

FOR_A_PLACE = frozenset(
    {
        PlaceMessage.PLACE,
        PlaceMessage.CHANGED,
        PlaceMessage.REMINDER,
        PlaceMessage.BEFORE,
        PlaceMessage.AFTER,
        PlaceMessage.THREE_MONTHS,
    }
)
"""Whoever has no place any more when one of these is to leave does not get it."""


@dataclass(frozen=True)
class AboutDay:
    """What an email with a calendar file is about: a booking, a day of its cohort, and how often that was moved."""

    booking_id: UUID
    day: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.booking_id}:{self.day}:{self.sequence}"

    @classmethod
    def parse(cls, about: str) -> "AboutDay":
        """Raises ValueError when it is about something else."""
        booking_id, day, sequence = about.split(":")
        return cls(UUID(booking_id), int(day), int(sequence))
