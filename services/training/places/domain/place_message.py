"""The kinds of email about a booking."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.training_codes import TrainingCourse
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
    RENEW = "renew", "An accreditation has to be renewed"
    WATCHES = "watches", "New dates will be told, once"
    NEW_DATES = "new_dates", "There are new dates"

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


ABOUT_AN_END = frozenset({PlaceMessage.REFRESH, PlaceMessage.RENEW})
ABOUT_NEW_DATES = frozenset({PlaceMessage.WATCHES, PlaceMessage.NEW_DATES})


@dataclass(frozen=True)
class AboutEnd:
    """What a reminder to refresh or renew is about: somebody, a course, when it ends, and which reminder it is."""

    person_id: UUID
    course: TrainingCourse
    until_on: date
    days: int
    """Before the end."""

    def __str__(self) -> str:
        return f"{self.person_id}:{self.course.value}:{self.until_on}:{self.days}"

    @classmethod
    def parse(cls, about: str) -> "AboutEnd":
        """Raises ValueError when it is about something else."""
        person_id, course, until_on, days = about.split(":")
        return cls(UUID(person_id), TrainingCourse(course), date.fromisoformat(until_on), int(days))


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
