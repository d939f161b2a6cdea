"""The forms of measures: each has a question for each item of its measure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import create_model

from services.referral.measures.domain.administration import MeasureEntry, Subject
from services.referral.measures.domain.measure import Item, MeasureDefinition
from services.referral.measures.domain.scoring import NOT_APPLICABLE, Answer
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Circumstances, Identifier, Line, OneCode, Text, Version, WrongAnswer, YesOrNo

ITEM = "item_"
"""Begins the name of each item's input."""


@dataclass(frozen=True, kw_only=True)
class ItemAnswer(Line):
    """A whole number of the item's range, or that the item does not apply; gives the answer as it is scored."""

    item: Item

    def understand(self, text: str, circumstances: Circumstances) -> Answer:  # noqa: ARG002
        if text == NOT_APPLICABLE and self.item.not_applicable:
            return NOT_APPLICABLE
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.item.lowest <= int(text) <= self.item.highest:
            raise WrongAnswer(f"{self.item.label}: enter a number from {self.item.lowest} to {self.item.highest}")
        return int(text)


class AnswersForm(Form):
    """Only the items; `answers_form` adds them."""

    @property
    def answers(self) -> dict[str, Answer | None]:
        return {
            name.removeprefix(ITEM): getattr(self, name) for name in type(self).model_fields if name.startswith(ITEM)
        }


class EntryForm(AnswersForm):
    """A measure that someone of the team enters."""

    person_id: Annotated[UUID, Identifier(missing="Choose the parent or carer")]
    baby_id: Annotated[UUID | None, Identifier()]
    timepoint: Annotated[MeasureTimepoint, OneCode(of=MeasureTimepoint, missing="Choose when it was answered")]
    answered_on: Annotated[
        date, DateParts(missing="Enter the day on which it was answered", future="Enter a day that is not to come")
    ]
    variant: Annotated[str | None, Line(longest=40)]
    note: Annotated[str | None, Text(longest=2000)]
    contact_id: Annotated[UUID | None, Identifier(is_hidden=True)]
    """The session in which it was answered."""

    def to_entry(self, definition: MeasureDefinition) -> MeasureEntry:
        subject, respondent = same_fields(Subject, self), definition.respondents[0]
        return same_fields(
            MeasureEntry, self, without="request_id", definition=definition, subject=subject, respondent=respondent
        )


class MeasureCorrectionForm(EntryForm):
    """What takes the place of a measure on record."""

    reason: Annotated[str, Text(longest=1000, missing="Write why it is corrected")]


class WithdrawMeasureForm(Form):
    reason: Annotated[str, Text(longest=1000, missing="Write why it is taken out")]


class SkipForm(Form):
    person_id: Annotated[UUID, Identifier(missing="Choose the parent or carer")]
    baby_id: Annotated[UUID | None, Identifier()]
    timepoint: Annotated[MeasureTimepoint, OneCode(of=MeasureTimepoint, missing="Choose when it would have been")]
    reason: Annotated[MissingMeasure, OneCode(of=MissingMeasure, missing="Choose why it was not completed")]


class LinkForm(Form):
    person_id: Annotated[UUID, Identifier(missing="Choose the parent or carer")]
    baby_id: Annotated[UUID | None, Identifier()]
    timepoint: Annotated[MeasureTimepoint, OneCode(of=MeasureTimepoint, missing="Choose what the answers are for")]
    variant: Annotated[str | None, Line(longest=40)]
    by_email: Annotated[bool | None, YesOrNo()]


class RevokeForm(Form):
    version: Version


def entry_form(definition: MeasureDefinition) -> type[EntryForm]:
    return create_model("MeasureEntryForm", __base__=EntryForm, **item_questions(definition))


def correction_form(definition: MeasureDefinition) -> type[MeasureCorrectionForm]:
    return create_model("MeasureCorrectionForm", __base__=MeasureCorrectionForm, **item_questions(definition))


def answers_form(definition: MeasureDefinition) -> type[AnswersForm]:
    return create_model("MeasureAnswersForm", __base__=AnswersForm, **item_questions(definition))


def item_field(field: str, definition: MeasureDefinition) -> str:
    """The item's input, for a refusal about an item."""
    return ITEM + field if field and definition.item(field) else field


def item_questions(definition: MeasureDefinition) -> dict[str, Any]:
    return {ITEM + item.code: (Annotated[Any, ItemAnswer(item=item)], ...) for item in definition.items}
