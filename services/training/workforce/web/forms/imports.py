"""A file of people, and what somebody is asked about it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, SeveralIdentifiers, YesOrNo


class SendPeopleForm(Form):
    everybody_at: Annotated[UUID | None, Identifier()]
    as_of: Annotated[date | None, DateParts(future="The day must be today or in the past")]


class SamePersonForm(Form):
    answer: Annotated[str, Line(missing="Choose one")]


class LeaversForm(Form):
    posts: Annotated[frozenset[UUID], SeveralIdentifiers(missing="Choose who has left, or go back")]
    last_on: Annotated[date, DateParts(missing="Enter their last day")]
    is_sure: Annotated[bool | None, YesOrNo()]
