"""Pages about one person of a family: who they are, how they are reached, and what became of a pregnancy."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import create_model

from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Birth, DueSource, Ethnicity, Gender, Known, MemberKind, PersonDetails
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.contracts.vocabulary import Code
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import (
    EmailAddress,
    Identifier,
    Line,
    NhsNumber,
    OneCode,
    Postcode,
    Telephone,
    Text,
    Version,
    WholeNumber,
    YesOrNo,
)

RELATIONSHIP = "relationship_{number}"
"""The field for the other half of the first, second … new dyad."""

AForm = TypeVar("AForm", bound=Form)
BornOn = DateParts(future="The date of birth must be today or in the past")


class OtherKind(Code):
    """Who joins a family as neither a baby nor a carer."""

    SIBLING = MemberKind.SIBLING.value, MemberKind.SIBLING.label
    OTHER = MemberKind.OTHER.value, MemberKind.OTHER.label


class RelationshipIfAny(Code):
    """What a carer is to one of several babies."""

    BIRTH_PARENT = Relationship.BIRTH_PARENT.value, Relationship.BIRTH_PARENT.label
    FATHER = Relationship.FATHER.value, Relationship.FATHER.label
    PARENT = Relationship.PARENT.value, Relationship.PARENT.label
    KINSHIP = Relationship.KINSHIP.value, Relationship.KINSHIP.label
    FOSTER = Relationship.FOSTER.value, Relationship.FOSTER.label
    ADOPTIVE = Relationship.ADOPTIVE.value, Relationship.ADOPTIVE.label
    SPECIAL_GUARDIAN = Relationship.SPECIAL_GUARDIAN.value, Relationship.SPECIAL_GUARDIAN.label
    OTHER = Relationship.OTHER.value, Relationship.OTHER.label
    NONE = "none", "Does not care for this baby"


class AddBabyForm(Form):
    name: Annotated[str | None, Line()]
    born_on: Annotated[date | None, BornOn]
    due_on: Annotated[date | None, DateParts()]
    due_source: Annotated[DueSource | None, OneCode(of=DueSource)]
    birth_order: Annotated[int | None, WholeNumber(least=1, most=9)]
    nhs_number: Annotated[str | None, NhsNumber()]


class AddCarerForm(Form):
    name: Annotated[str, Line(missing="Enter the parent or carer's name")]
    born_on: Annotated[date | None, BornOn]
    nhs_number: Annotated[str | None, NhsNumber()]
    phone: Annotated[str | None, Telephone()]
    email: Annotated[str | None, EmailAddress()]
    address: Annotated[str | None, Text(longest=300)]
    postcode: Annotated[str | None, Postcode()]


class AddOtherForm(Form):
    kind: Annotated[OtherKind, OneCode(of=OtherKind, missing="Choose who they are to the baby")]
    name: Annotated[str, Line(missing="Enter their name")]
    born_on: Annotated[date | None, BornOn]
    phone: Annotated[str | None, Telephone()]


class KnownPersonForm(Form):
    nhs_number: Annotated[str | None, NhsNumber()]
    name: Annotated[str | None, Line()]
    born_on: Annotated[date | None, BornOn]
    kind: Annotated[MemberKind, OneCode(of=MemberKind, missing="Choose who they are in this family")]
    relationship: Annotated[Relationship | None, OneCode(of=Relationship)]
    person_id: Annotated[UUID | None, Identifier()]

    def check(self) -> Iterator[tuple[str, str]]:
        if not (self.nhs_number or (self.name and self.born_on)):
            yield "nhs_number", "Enter the NHS number, or both the full name and the date of birth"


class BabyDetailsForm(Form):
    version: Version
    name: Annotated[str | None, Line()]
    born_on: Annotated[date | None, BornOn]
    due_on: Annotated[date | None, DateParts()]
    due_source: Annotated[DueSource | None, OneCode(of=DueSource)]
    birth_order: Annotated[int | None, WholeNumber(least=1, most=9)]
    nhs_number: Annotated[str | None, NhsNumber()]
    address: Annotated[str | None, Text(longest=300)]
    postcode: Annotated[str | None, Postcode()]
    gp_practice: Annotated[str | None, Line()]
    gender: Annotated[Gender | None, OneCode(of=Gender)]
    ethnicity: Annotated[Ethnicity | None, OneCode(of=Ethnicity)]


class AdultDetailsForm(Form):
    version: Version
    name: Annotated[str, Line(missing="Enter their name")]
    born_on: Annotated[date | None, BornOn]
    nhs_number: Annotated[str | None, NhsNumber()]
    phone: Annotated[str | None, Telephone()]
    email: Annotated[str | None, EmailAddress()]
    address: Annotated[str | None, Text(longest=300)]
    postcode: Annotated[str | None, Postcode()]
    contact_unsafe: Annotated[bool, YesOrNo(missing="Choose no if it is safe to contact them")]
    contact_note: Annotated[str | None, Text(longest=500)]
    gp_practice: Annotated[str | None, Line()]
    gender: Annotated[Gender | None, OneCode(of=Gender)]
    ethnicity: Annotated[Ethnicity | None, OneCode(of=Ethnicity)]
    care_experienced: Annotated[Known, OneCode(of=Known, missing="Choose not known if nobody has asked")]


class BirthForm(Form):
    version: Version
    born_on: Annotated[
        date,
        DateParts(
            missing="Enter the date of birth", future="The date of birth must be today or in the past. Check the year."
        ),
    ]
    name: Annotated[str | None, Line()]
    nhs_number: Annotated[str | None, NhsNumber()]
    weeks: Annotated[int | None, WholeNumber(least=20, most=44)]
    days: Annotated[int | None, WholeNumber(least=0, most=6)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.days is not None and self.weeks is None:
            yield "weeks", "Enter the weeks of pregnancy too"

    @property
    def birth(self) -> Birth:
        days = None if self.weeks is None else self.weeks * 7 + (self.days or 0)
        return Birth(self.born_on, self.name, self.nhs_number, days)


class PregnancyLossForm(Form):
    version: Version
    outcome: Annotated[PregnancyOutcome, OneCode(of=PregnancyOutcome, missing="Choose what happened")]
    ended_on: Annotated[
        date, DateParts(missing="Enter the day. If you are not sure, your best guess will do", future="Check the date")
    ]


class DeathForm(Form):
    version: Version
    died_on: Annotated[date, DateParts(missing="Enter the day", future="Check the date")]


class UndoOutcomeForm(Form):
    version: Version
    reason: Annotated[str, Text(longest=500, missing="Write how the mistake came about")]


class ReasonForm(Form):
    reason: Annotated[str, Text(longest=500, missing="Write why it is right now")]


class InviteForm(Form):
    invited_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]


@cache
def with_relationships(form: type[AForm], number: int) -> type[AForm]:
    """The form, and one more question for each new dyad; of several, some need not come about."""
    of: type[Code] = Relationship if number == 1 else RelationshipIfAny
    asked = Annotated[of, OneCode(of=of, missing="Choose what they are to one another")]
    more: dict[str, Any] = {RELATIONSHIP.format(number=one): (asked, ...) for one in range(1, number + 1)}
    made: Any = create_model(form.__name__, __base__=form, **more)
    return made


def relationships_of(form: Form, others: Sequence[UUID]) -> dict[UUID, Relationship | None]:
    """By the other's id; None: no dyad comes about."""
    said: dict[UUID, Code] = {
        other: getattr(form, RELATIONSHIP.format(number=number)) for number, other in enumerate(others, 1)
    }
    return {other: None if one is RelationshipIfAny.NONE else Relationship(one.value) for other, one in said.items()}


def details_in(form: Form) -> dict[str, Any]:
    """What a form says of a person's details: field → value."""
    known = set(PersonDetails.__dataclass_fields__)
    given = {name: getattr(form, name) for name in type(form).model_fields if name in known}
    if "contact_note" in given:
        given["contact_note"] = given["contact_note"] or ""
    return given
