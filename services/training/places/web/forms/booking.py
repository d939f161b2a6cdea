"""The forms of a place: asking for one, and what the team does with it."""

from typing import Annotated
from uuid import UUID

from services.training.places.domain.asker import Asker
from shared.contracts.consultation_codes import Profession
from shared.web.forms import Form
from shared.web.questions import (
    EmailAddress,
    Identifier,
    Line,
    OneCode,
    SeveralIdentifiers,
    Telephone,
    Text,
    Version,
    YesOrNo,
)


class BookingForm(Form):
    """On a public page."""

    given_name: Annotated[str, Line(longest=60, missing="Enter your first name")]
    family_name: Annotated[str, Line(longest=60, missing="Enter your last name")]
    email: Annotated[str, EmailAddress(missing="Enter your email")]
    phone: Annotated[str | None, Telephone()]
    workplace: Annotated[str, Line(longest=100, missing="Enter where you work")]
    profession: Annotated[Profession, OneCode(of=Profession, missing="Choose your job")]
    also: Annotated[frozenset[UUID], SeveralIdentifiers()]
    may_wait: Annotated[bool | None, YesOrNo()]

    def to_asker(self) -> Asker:
        return Asker(
            self.given_name, self.family_name, self.email, self.workplace, self.profession, phone=self.phone or ""
        )


class NewDatesForm(Form):
    """On a public page."""

    email: Annotated[str, EmailAddress(missing="Enter your email")]


class NeedsForm(Form):
    needs: Annotated[str | None, Text(longest=300)]


class ButtonForm(Form):
    """A button that does one thing."""


class OtherDatesForm(Form):
    cohort: Annotated[UUID, Identifier(missing="Choose the dates")]


class MoveUpForm(Form):
    why: Annotated[str, Text(longest=300, missing="Write why")]


class CallOffForm(Form):
    version: Version
