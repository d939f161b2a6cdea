"""A drop-in or group in the diary, and who comes."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from services.consultation.diary.domain.meeting import LONGEST, MOST_PLACES, Meeting, MeetingKind
from shared.contracts.consultation_codes import Profession
from shared.kernel.clock import LONDON
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import EmailAddress, Identifier, Line, OneCode, Version, WholeNumber, YesOrNo
from shared.web.time_question import TimeOfDay


class MeetingForm(Form):
    kind: Annotated[MeetingKind, OneCode(of=MeetingKind, missing="Choose what it is")]
    organisation: Annotated[UUID, Identifier(missing="Choose the organisation")]
    topic: Annotated[str, Line(missing="Enter what it is about, without names")]
    day: Annotated[date, DateParts(missing="Enter the day")]
    starts_at: Annotated[time, TimeOfDay(missing="Enter the time, like 10, 10.30 or 2pm")]
    minutes: Annotated[int, WholeNumber(least=1, most=LONGEST, missing="Enter the minutes")]
    place: Annotated[str, Line(missing="Enter where it is held")]
    places: Annotated[int, WholeNumber(least=1, most=MOST_PLACES, missing="Enter how many can come")]

    def to_meeting(self, meeting_id: UUID, led_by: UUID) -> Meeting:
        return Meeting(
            meeting_id,
            self.kind,
            self.organisation,
            self.topic,
            datetime.combine(self.day, self.starts_at, LONDON),
            self.minutes,
            self.place,
            self.places,
            led_by,
        )


class CancelMeetingForm(Form):
    version: Version


class BookingForm(Form):
    name: Annotated[str, Line(missing="Enter your name")]
    profession: Annotated[Profession, OneCode(of=Profession, missing="Choose your profession")]
    organisation: Annotated[str, Line(missing="Enter where you work")]


class OwnBookingForm(BookingForm):
    """On the public page."""

    email: Annotated[str, EmailAddress(missing="Enter your email")]


class GiveUpForm(Form):
    """A button."""


class MarkForm(Form):
    came: Annotated[bool, YesOrNo(missing="Choose whether they came")]
