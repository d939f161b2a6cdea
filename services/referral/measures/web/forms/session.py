"""A session, with a measure that was answered in it."""

from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import create_model

from services.referral.contacts.web.forms.session import SessionForm
from services.referral.measures.domain.administration import MeasureEntry, Subject
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.scoring import Answer
from services.referral.measures.web.forms.measure import ITEM, item_questions
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.web.forms import FieldError, Filled
from shared.web.questions import Identifier, Line, YesOrNo


class MeasuredSessionForm(SessionForm):
    """`measured_session_form` adds the items of a measure."""

    measure: Annotated[str | None, Line(is_hidden=True)]
    """The measure whose items the page has."""
    person_id: Annotated[UUID | None, Identifier()]
    baby_id: Annotated[UUID | None, Identifier()]
    not_answered: Annotated[bool | None, YesOrNo()]
    """What was ticked of the measure is left out."""

    @property
    def answers(self) -> dict[str, Answer | None]:
        """None of a measure that was not answered."""
        items = (name for name in type(self).model_fields if name.startswith(ITEM))
        found = {name.removeprefix(ITEM): getattr(self, name) for name in items}
        return {} if self.not_answered or all(one is None for one in found.values()) else found

    def to_entry(self, definition: MeasureDefinition, contact_id: UUID, timepoint: MeasureTimepoint) -> MeasureEntry:
        """Of answers that `half_filled` found complete."""
        assert self.person_id is not None  # noqa: S101 - half_filled asked for it
        return MeasureEntry(
            definition=definition,
            subject=Subject(self.person_id, self.baby_id),
            respondent=definition.respondents[0],
            timepoint=timepoint,
            answered_on=self.held_on,
            answers=self.answers,
            contact_id=contact_id,
        )


def measured_session_form(definition: MeasureDefinition | None) -> type[MeasuredSessionForm]:
    if definition is None:
        return MeasuredSessionForm
    return create_model("MeasuredSessionForm", __base__=MeasuredSessionForm, **item_questions(definition))


def administration_id(intention: UUID) -> UUID:
    """Of the measure that comes with the session of this intention."""
    return uuid5(intention, "measure")


def half_filled(filled: Filled[Any], definition: MeasureDefinition | None) -> Filled[Any]:
    """The form with an error when a measure was begun and has too few answers for a score, or names nobody."""
    if definition is None or filled.form is None or not filled.form.answers:
        return filled
    answers = filled.form.answers
    open_items = [item for item in definition.items if answers[item.code] is None and not item.optional]
    if len(open_items) > min((scale.missing.allowed for scale in definition.scales), default=0):
        labels = ", ".join(item.label for item in open_items)
        sentence = f"{definition.code} is half filled in. Answer {labels}, or tick “Not answered today”"
        return _wrong(filled, ITEM + open_items[0].code, sentence)
    if filled.form.person_id is None:
        return _wrong(filled, "person_id", f"Choose who answered {definition.code}")
    return filled


def _wrong(filled: Filled[Any], name: str, sentence: str) -> Filled[Any]:
    return Filled(filled.posted, None, [*filled.errors, FieldError(name, sentence, name)])
