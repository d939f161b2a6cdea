"""Recording, planning and correcting a supervision session, and its notes."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from services.consultation.supervision.domain.supervision_given import LONGEST, moment_of_session
from services.consultation.supervision.domain.supervision_session import CancelledBy, SupervisionMeeting
from shared.contracts.supervision import SupervisionKind
from shared.web.forms import Form
from shared.web.questions import Identifier, OneCode, SeveralIdentifiers, Text, Version, WholeNumber
from shared.web.time_question import TimeOfDay
from shared.web.typed_day_question import TypedDay


class SupervisionForm(Form):
    kind: Annotated[SupervisionKind, OneCode(of=SupervisionKind, missing="Choose one to one, group or peers")]
    supervisor: Annotated[UUID | None, Identifier()]
    supervisees: Annotated[frozenset[UUID], SeveralIdentifiers(missing="Choose who was, or will be, supervised")]
    held_on: Annotated[date, TypedDay(missing="Enter the day")]
    starts_at: Annotated[time, TimeOfDay(missing="Enter when it began, or will begin")]
    minutes: Annotated[int, WholeNumber(least=1, most=LONGEST, missing="Enter the minutes")]

    def meeting(self) -> SupervisionMeeting:
        """Raises RuleBroken when the clocks leave that hour out."""
        starts_at = moment_of_session(self.held_on, self.starts_at)
        return SupervisionMeeting(self.kind, starts_at, self.minutes, self.supervisor, tuple(sorted(self.supervisees)))


class ChangeSupervisionForm(SupervisionForm):
    version: Version


class CancelSupervisionForm(Form):
    version: Version
    by: Annotated[CancelledBy, OneCode(of=CancelledBy, missing="Choose who cancelled it")]


class EarlyLeavingForm(Form):
    version: Version
    minutes: Annotated[int, WholeNumber(least=1, most=LONGEST, missing="Enter the minutes they were there")]


class SupervisionNoteForm(Form):
    version: Version
    words: Annotated[str, Text(longest=20_000, missing="Write something, or go back without saving")]
