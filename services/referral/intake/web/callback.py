"""A number that someone left: what is safe on it, and what came of it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.referral.intake.commands.answer_callback import AnswerCallback, answer_callback
from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.domain.callback import Callback
from services.referral.staff.domain.capabilities import ASK_REFERRER
from services.referral.staff.queries.danger_to_answer import DangerToAnswer, danger_to_answer
from services.referral.staff.web.access import STAFF
from shared.kernel.calendar import moment_words
from shared.staff.answer_words import Ask, Words
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Text, Version

router = APIRouter()


class CallbackForm(Form):
    version: Version
    answer: Annotated[str, Text(missing="Write what was said and what happens next")]


@dataclass(frozen=True)
class CallbackPlace:
    """A number that someone left, where it is answered."""

    callback: Callback
    danger: DangerToAnswer | None
    """What was promised, where they said that there is danger and nobody has answered."""


async def _read(work: UnitOfWork, callback_id: UUID) -> CallbackPlace:
    work.record("callback.read", callback_id)
    callback, address = await Callbacks(work).get(callback_id), f"/callbacks/{callback_id}"
    danger = next((one for one in await danger_to_answer(work) if one.address == address), None)
    return CallbackPlace(callback, danger)


def _said(place: CallbackPlace) -> str:
    left, promised = place.callback.left, place.danger
    who = left.source_group.label if left.source_group else "Someone"
    danger = " They said that someone is in danger." if left.in_danger else ""
    if promised:
        danger += f" Answer by {moment_words(promised.due_at)}: {promised.responsible_name or 'nobody is named yet'}."
    left_at = moment_words(place.callback.received_at)
    return f"{who} left {left.phone} on {left_at}.{danger} {left.contact.in_words}"


def _stored(place: CallbackPlace) -> Words:
    return [("What came of it", place.callback.answer or "Nothing yet")]


ANSWER = Screen[CallbackPlace, CallbackForm](
    path="/callbacks/{callback_id}",
    title="Someone left a number",
    may=STAFF,
    capability=ASK_REFERRER,
    site=Site(_read, lambda _: {"back": "/triage"}),
    form=CallbackForm,
    suggested=lambda place: {"version": place.callback.version},
    about=lambda place: place.callback.reference,
    sentence=_said,
    intro=("The number and your answer are kept for two years and then destroyed. They are in no family's record.",),
    asks={"answer": Ask("What was said, and what happens next?", "If help should begin, enter a referral too")},
    stored=_stored,
    store=does(
        answer_callback, lambda sent: AnswerCallback(sent.place.callback.id, sent.form.version, sent.form.answer)
    ),
    elsewhere=lambda place: None if place.callback.is_open else "/triage",
    to=lambda _: "/triage?done=called_back",
)
add_forms(router, ANSWER)
