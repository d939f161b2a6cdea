"""A session: what took place or did not, an appointment that is to come, and its corrections."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from services.referral.contacts.domain.appointment import Booking, london_moment
from services.referral.contacts.domain.contact_check import MOST_MINUTES, ContactDetails, Interpreter
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import (
    Identifier,
    Line,
    OneCode,
    SeveralCodes,
    SeveralIdentifiers,
    Text,
    Version,
    WholeNumber,
    YesOrNo,
)
from shared.web.time_question import TimeOfDay
from shared.web.typed_day_question import TypedDay

LOOK = "look"
"""What the button of a booking says that only shows the diary of the day that was typed."""

_NEXT_PAGES = {"measure": "measures/choose?session={contact_id}", "book": "appointments/new?usual=yes&done=recorded"}
"""By what the button says."""
BABIES = "Tick each baby who was there, or tick “No baby was there”"


class _Meeting(Form):
    """What an appointment and a session have in common."""

    practitioner: Annotated[UUID, Identifier(missing="Choose a practitioner")]
    mode: Annotated[ContactMode, OneCode(of=ContactMode, missing="Choose how you met")]
    venue: Annotated[Venue | None, OneCode(of=Venue)]
    """Of a call it says nothing."""
    interpreter: Annotated[Interpreter | None, OneCode(of=Interpreter)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.mode is ContactMode.FACE_TO_FACE and self.venue in (None, Venue.REMOTE):
            yield "venue", "Choose a place"

    @property
    def place(self) -> Venue:
        """Where it is, as the way of meeting says it."""
        return self.venue if self.venue and self.mode is ContactMode.FACE_TO_FACE else Venue.REMOTE


class SessionCorrectionForm(_Meeting):
    """What was recorded of a session."""

    version: Version
    held_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    kind: Annotated[ContactKind, OneCode(of=ContactKind, missing="Choose what it was")]
    attendance: Annotated[Attendance, OneCode(of=Attendance, missing="Choose what happened")]
    people: Annotated[frozenset[UUID], SeveralIdentifiers(missing="Choose who was there, or who was expected")]
    no_baby: Annotated[bool | None, YesOrNo()]
    minutes: Annotated[int | None, WholeNumber(least=1, most=MOST_MINUTES)]
    strand: Annotated[UUID | None, Identifier()]
    elements: Annotated[frozenset[Element], SeveralCodes(of=Element)]
    infant_voice: Annotated[str | None, Text()]
    note: Annotated[str | None, Text(longest=8000)]

    @property
    def counted_minutes(self) -> int | None:
        return self.minutes

    def details(self, *, group_session_id: UUID | None = None) -> ContactDetails:
        return same_fields(
            ContactDetails,
            self,
            practitioner_id=self.practitioner,
            venue=self.place,
            minutes=self.counted_minutes,
            strand_id=self.strand,
            group_session_id=group_session_id,
        )


class SessionForm(SessionCorrectionForm):
    """A session, with what follows from it. The minutes are suggested, so they count only when someone was met."""

    version: Annotated[int | None, WholeNumber(is_hidden=True)]  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues] - of an appointment, if there was one
    supervision: Annotated[str | None, Text(longest=2000)]
    concern: Annotated[str | None, Text(longest=2000)]
    action: Annotated[str | None, Text(longest=2000)]
    told: Annotated[str | None, Text(longest=2000)]
    then: Annotated[str | None, Line(longest=20)]

    def check(self) -> Iterator[tuple[str, str]]:
        yield from super().check()
        asked = {
            "concern": "Write what the concern is",
            "action": "Write what you did at once, or why nothing was needed",
            "told": "Write who was told, or that nobody was told yet",
        }
        said = {name: getattr(self, name) for name in asked}
        if any(said.values()):
            yield from ((name, sentence) for name, sentence in asked.items() if not said[name])

    @property
    def counted_minutes(self) -> int | None:
        return self.minutes if self.attendance is Attendance.ATTENDED else None

    @property
    def next_page(self) -> str:
        """Where the button that was pressed leads, after the family's address."""
        return _NEXT_PAGES.get(self.then or "", "sessions?done=recorded")

    @property
    def risk(self) -> tuple[str, str, str] | None:
        """Concern, action and who was told; None: there is no new risk."""
        return (self.concern, self.action, self.told) if self.concern and self.action and self.told else None


class AppointmentForm(_Meeting):
    """When and where someone is met."""

    starts_on: Annotated[date, TypedDay(missing="Enter the day")]
    starts_at: Annotated[time, TimeOfDay(missing="Enter the time, like 10, 10.30 or 2pm")]
    then: Annotated[str | None, Line(longest=20)]
    anyway: Annotated[bool | None, YesOrNo()]
    """They saw that it clashes with another visit."""

    @property
    def moment(self) -> datetime:
        """UTC. Raises RuleBroken when London's clocks skip it."""
        return london_moment(self.starts_on, self.starts_at)


class BookingForm(AppointmentForm):
    kind: Annotated[ContactKind, OneCode(of=ContactKind, missing="Choose what it is")]
    people: Annotated[frozenset[UUID], SeveralIdentifiers(missing="Choose who is expected")]
    no_baby: Annotated[bool | None, YesOrNo()]
    note: Annotated[str | None, Text(longest=2000)]

    def details(self) -> ContactDetails:
        return ContactDetails(
            held_on=self.starts_on,
            practitioner_id=self.practitioner,
            kind=self.kind,
            mode=self.mode,
            venue=self.place,
            people=self.people,
            note=self.note or "",
            interpreter=self.interpreter,
        )


class MoveAppointmentForm(AppointmentForm):
    version: Version

    def booking(self) -> Booking:
        """Raises RuleBroken when London's clocks skip the time."""
        return Booking(self.moment, self.practitioner, self.mode, self.place, self.interpreter)


class CancelAppointmentForm(Form):
    version: Version
    attendance: Annotated[Attendance, OneCode(of=Attendance, missing="Choose who cancelled the appointment")]
    note: Annotated[str | None, Text(longest=2000)]
