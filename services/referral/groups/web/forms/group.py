"""Groups: opening one, joining it, its register, and its end."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.groups.commands.open_group import OpenGroup
from services.referral.groups.domain.group import MOST_PLACES, GroupSession
from services.referral.staff.web.forms.settling import SafetyToForm
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, SeveralIdentifiers, Text, Version, WholeNumber


class GroupForm(Form):
    name: Annotated[str, Line(missing="Enter the group's name")]
    intervention: Annotated[Intervention, OneCode(of=Intervention, missing="Choose what the group does")]
    practitioner: Annotated[UUID, Identifier(missing="Choose who leads the group")]
    venue: Annotated[Venue, OneCode(of=Venue, missing="Choose a place")]
    capacity: Annotated[int, WholeNumber(missing="Enter the number of places", least=1, most=MOST_PLACES)]
    starts_on: Annotated[date, DateParts(missing="Enter the day on which the group begins")]

    def to_command(self, group_id: UUID) -> OpenGroup:
        return same_fields(OpenGroup, self, group_id=group_id, practitioner_id=self.practitioner)


class JoinForm(Form):
    dyad: Annotated[UUID, Identifier(missing="Choose a baby and a carer")]


class EndGroupForm(SafetyToForm):
    version: Version
    ended_on: Annotated[date, DateParts(missing="Enter the last day on which the group meets")]


class RegisterForm(Form):
    held_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    practitioner: Annotated[UUID, Identifier(missing="Choose who held the session")]
    minutes: Annotated[int, WholeNumber(missing="Enter the minutes", least=1, most=720)]
    topic: Annotated[str | None, Text(longest=500)]
    present: Annotated[frozenset[UUID], SeveralIdentifiers()]
    apologies: Annotated[frozenset[UUID], SeveralIdentifiers()]
    interpreted: Annotated[frozenset[UUID], SeveralIdentifiers()]

    def to_session(self, session_id: UUID) -> GroupSession:
        return same_fields(GroupSession, self, id=session_id, practitioner_id=self.practitioner)
