"""Groups: opening one, joining it, its register, and its end."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import create_model

from services.referral.groups.commands.open_group import OpenGroup
from services.referral.groups.domain.group import MOST_PLACES, GroupSession
from services.referral.staff.web.forms.settling import SafetyToForm
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.contracts.vocabulary import Code
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
    dyads: Annotated[frozenset[UUID], SeveralIdentifiers(missing="Tick at least one baby and carer")]


class EndGroupForm(SafetyToForm):
    version: Version
    ended_on: Annotated[date, DateParts(missing="Enter the last day on which the group meets")]


class RegisterMark(Code):
    """What a session was for one family."""

    CAME = "came", "Came"
    APOLOGIES = "apologies", "Sent apologies"
    NOT_COME = "not_come", "Did not come"


class Everyone(Code):
    CAME = "came", "Everyone came"


FAMILY = "family_"
"""Begins the name of each family's input."""


class RegisterForm(Form):
    """Besides, a question for each family; `register_form` adds them."""

    held_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    practitioner: Annotated[UUID, Identifier(missing="Choose who held the session")]
    minutes: Annotated[int, WholeNumber(missing="Enter the minutes", least=1, most=720)]
    topic: Annotated[str | None, Text(longest=500)]
    there: Annotated[frozenset[UUID], SeveralIdentifiers()]
    """Of the families that came, the people who were there; of a family of whom nobody is ticked, all of them."""
    interpreted: Annotated[frozenset[UUID], SeveralIdentifiers()]
    everyone: Annotated[Everyone | None, OneCode(of=Everyone)]
    """One press for a session to which every family came."""

    @property
    def marks(self) -> Mapping[UUID, RegisterMark | None]:
        """By family."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name.startswith(FAMILY)}
        return {
            UUID(name.removeprefix(FAMILY)): RegisterMark.CAME if self.everyone else one for name, one in given.items()
        }

    def check(self) -> Iterator[tuple[str, str]]:
        for family_id, mark in self.marks.items():
            if mark is None:
                yield family_field(family_id), "Choose for each family: came, sent apologies or did not come"
                return

    def to_session(self, session_id: UUID, people: Mapping[UUID, frozenset[UUID]]) -> GroupSession:
        """The session; `people` are those of each family who take part."""
        came = [people[family_id] for family_id, mark in self.marks.items() if mark is RegisterMark.CAME]
        excused = frozenset(one for one, mark in self.marks.items() if mark is RegisterMark.APOLOGIES)
        present = frozenset[UUID]().union(*(theirs & self.there or theirs for theirs in came))
        return same_fields(
            GroupSession,
            self,
            id=session_id,
            practitioner_id=self.practitioner,
            present=present,
            apologies=excused,
        )


def family_field(family_id: UUID) -> str:
    return FAMILY + family_id.hex


def register_form(families: Iterable[UUID]) -> type[RegisterForm]:
    """With a row for each family."""
    mark = (Annotated[RegisterMark | None, OneCode(of=RegisterMark)], ...)
    rows: dict[str, Any] = {family_field(one): mark for one in families}
    return create_model("GroupRegisterForm", __base__=RegisterForm, **rows)
