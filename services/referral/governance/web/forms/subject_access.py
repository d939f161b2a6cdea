"""Requests for a copy of a record."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.governance.commands.request_subject_access import RequestSubjectAccess
from services.referral.governance.domain.subject_access import AccessOutcome, AskerRelation, DisclosureDecision
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, Text, Version


class SubjectAccessForm(Form):
    subject_id: Annotated[UUID, Identifier(missing="Choose whose record it is")]
    asked_by: Annotated[str, Line(missing="Enter the name of whoever asks")]
    relation: Annotated[AskerRelation, OneCode(of=AskerRelation, missing="Choose what they are to that person")]
    authority_note: Annotated[str, Text(longest=2000, missing="Write how you checked that they may ask")]
    asked_on: Annotated[date, DateParts(missing="Enter the day on which they asked")]

    def to_command(self, family_id: UUID) -> RequestSubjectAccess:
        return same_fields(RequestSubjectAccess, self, family_id=family_id)


class ExtendForm(Form):
    version: Version
    extension_reason: Annotated[str, Text(longest=2000, missing="Write why it takes longer")]


class CloseSubjectAccessForm(Form):
    version: Version
    outcome: Annotated[AccessOutcome, OneCode(of=AccessOutcome, missing="Choose how it ended")]


class DisclosureForm(Form):
    item: Annotated[str, Line(longest=200, missing="Choose which part it is about")]
    decision: Annotated[DisclosureDecision, OneCode(of=DisclosureDecision, missing="Choose what you decide")]
    reason: Annotated[str, Text(longest=2000, missing="Write why")]
