"""Someone said that there is danger: whom the team spoke with, and what was done."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.intake.queries.referral_record import DangerSaid
from services.referral.intake.web.referral import read_referral
from services.referral.staff.commands.answer_promise import AnswerPromise, answer_promise
from services.referral.staff.domain.capabilities import DECIDE_REFERRAL
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import team_of
from shared.kernel.calendar import moment_words
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask, Words
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Line, Text

router = APIRouter(prefix="/referrals")


class DangerAnswerForm(Form):
    spoken_with: Annotated[str, Line(missing="Write whom you spoke with, or tried to reach", longest=200)]
    answer: Annotated[str, Text(missing="Write what you did", longest=2000)]


@dataclass(frozen=True)
class DangerPlace:
    """A referral that said danger, where it is answered."""

    referral_id: UUID
    reference: str
    request: ReferralRequest
    danger: DangerSaid
    is_decided: bool
    is_alarmed: bool
    """The actor is among those who answer alarms."""

    @property
    def address(self) -> str:
        return f"/referrals/{self.referral_id}"

    @property
    def phones(self) -> Words:
        """Whose numbers the referral gives, each once."""
        asked = self.request
        phones = [("Parent or carer", asked.caregiver.phone)]
        if asked.referrer.phone != asked.caregiver.phone:
            phones.append(("Whoever referred them", asked.referrer.phone))
        return [(who, phone) for who, phone in phones if phone]


async def _read(work: UnitOfWork, request: Request, referral_id: UUID) -> DangerPlace:
    record = await read_referral(work, request, referral_id)
    referral, danger = record.referral, record.danger
    if danger is None:
        raise NotFound("danger_not_said", "Nobody said in this referral that there is danger.")
    is_alarmed = team_of(request).is_alarmed(work.actor.roles)
    is_decided = referral.decision is not None
    return DangerPlace(referral.id, referral.reference, referral.request, danger, is_decided, is_alarmed)


def _stored(place: DangerPlace) -> Words:
    danger = place.danger
    if danger.answered_at is None:
        return [("Answered", "Not yet")]
    return [
        ("Answered", moment_words(danger.answered_at)),
        ("By", danger.answered_by_name or "A colleague"),
        ("Spoke with", danger.spoken_with),
        ("What was done", danger.answer),
    ]


def _shows(place: DangerPlace) -> dict[str, Any]:
    return {"phones": place.phones, "asked": place.request, "responsible": place.danger.responsible_name}


ANSWER = Screen(
    path="/{referral_id}/danger",
    may=STAFF,
    capability=lambda place: None if place.is_alarmed else DECIDE_REFERRAL,
    site=Site(_read, lambda place: {"back": place.address}),
    elsewhere=lambda place: place.address if place.danger.answered_at else None,
    form=DangerAnswerForm,
    title="Check at once that they are safe",
    about=lambda place: f"Referral {place.reference}",
    sentence=lambda place: (
        f"Someone said that there is danger. An answer is promised by {moment_words(place.danger.due_at)}."
    ),
    above="intake/danger-numbers.html",
    shows=_shows,
    asks={
        "spoken_with": Ask("Whom did you speak with?", "Or whom you tried to reach, and how"),
        "answer": Ask("What did you do?", "This stays in the team’s record"),
    },
    stored=_stored,
    store=does(
        answer_promise,
        lambda sent: AnswerPromise(sent.place.danger.promise_id, sent.form.spoken_with, sent.form.answer),
    ),
    to=lambda place: f"{place.address}?done={'answered_later' if place.is_decided else 'answered'}",
    button="Answer now",
)

add_forms(router, ANSWER)
