"""Somebody of the register: who they are, where they work, and when they are away."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.training.workforce.domain.person import LONGEST_NAME
from services.training.workforce.domain.post import LONGEST_STAFF_NUMBER
from shared.contracts.consultation_codes import Profession
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import EmailAddress, Identifier, Line, OneCode, Version, YesOrNo

GIVEN = Line(longest=LONGEST_NAME, missing="Enter the first name")
FAMILY = Line(longest=LONGEST_NAME, missing="Enter the last name")
ORGANISATION = Identifier(missing="Choose the organisation")
PROFESSION = OneCode(of=Profession, missing="Choose the profession")


class PersonForm(Form):
    given_name: Annotated[str, GIVEN]
    family_name: Annotated[str, FAMILY]
    email: Annotated[str | None, EmailAddress()]
    is_shared_email: Annotated[bool | None, YesOrNo()]
    organisation: Annotated[UUID, ORGANISATION]
    profession: Annotated[Profession, PROFESSION]
    staff_number: Annotated[str | None, Line(longest=LONGEST_STAFF_NUMBER)]
    from_on: Annotated[date | None, DateParts()]


class ChangePersonForm(Form):
    version: Version
    given_name: Annotated[str, GIVEN]
    family_name: Annotated[str, FAMILY]
    email: Annotated[str | None, EmailAddress()]
    is_shared_email: Annotated[bool | None, YesOrNo()]
    colleague: Annotated[UUID | None, Identifier()]


class PostForm(Form):
    organisation: Annotated[UUID, ORGANISATION]
    profession: Annotated[Profession, PROFESSION]
    staff_number: Annotated[str | None, Line(longest=LONGEST_STAFF_NUMBER)]
    from_on: Annotated[date | None, DateParts()]


class MovePostForm(PostForm):
    version: Version
    last_on: Annotated[date | None, DateParts()]


class EndPostForm(Form):
    version: Version
    last_on: Annotated[date, DateParts(missing="Enter the last day of work")]


class LeaveForm(Form):
    from_on: Annotated[date, DateParts(missing="Enter the first day away")]
    back_on: Annotated[date | None, DateParts()]


class EndLeaveForm(Form):
    version: Version
    back_on: Annotated[date, DateParts(missing="Enter the first day back")]
