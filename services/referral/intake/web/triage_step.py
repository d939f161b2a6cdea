"""Steps of triage before and after the decision: ask for more, store the answer, set the priority, open again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.commands.ask_for_more import ask_for_more
from services.referral.intake.commands.prioritise_referral import prioritise_referral
from services.referral.intake.commands.reopen_referral import reopen_referral
from services.referral.intake.commands.supply_missing import supply_missing
from services.referral.intake.domain.referral import Referral
from services.referral.intake.web.decision_asks import ASKING, CHASE_AFTER_WORKING_DAYS
from services.referral.intake.web.forms.decision import AskReferrerForm, PriorityForm, ReopenForm, SupplyForm
from services.referral.intake.web.referral import read_referral
from services.referral.settings import ReferralSettings
from services.referral.staff.domain.capabilities import ASK_REFERRER, DECIDE_REFERRAL
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import settings_of
from shared.contracts.vocabulary import Urgency
from shared.kernel.calendar import add_working_days
from shared.staff.answer_words import Ask
from shared.staff.form_page import AForm, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/referrals")


@dataclass(frozen=True)
class Step:
    """A referral, where a step of its triage is taken."""

    referral: Referral
    today: date
    settings: ReferralSettings

    @property
    def address(self) -> str:
        return f"/referrals/{self.referral.id}"


async def _read(work: UnitOfWork, request: Request, referral_id: UUID) -> Step:
    record = await read_referral(work, request, referral_id)
    return Step(record.referral, work.today, settings_of(request))


_SITE = Site(_read, lambda place: {"back": place.address})


@dataclass(frozen=True, kw_only=True)
class StepScreen(Screen[Step, AForm]):
    """A form of one step."""

    may: Any = STAFF
    site: Site[Step] = _SITE
    about: Callable[[Step], str] = lambda place: f"Referral {place.referral.reference}"


async def _ask(sent: Sent[Step, AskReferrerForm]) -> None:
    await ask_for_more(sent.form.to_command(sent.place.referral.id), sent.work)


async def _supply(sent: Sent[Step, SupplyForm]) -> None:
    await supply_missing(sent.form.to_command(sent.place.referral.id), sent.work)


async def _prioritise(sent: Sent[Step, PriorityForm]) -> None:
    await prioritise_referral(sent.form.to_command(sent.place.referral.id), sent.work)


async def _reopen(sent: Sent[Step, ReopenForm]) -> None:
    await reopen_referral(sent.form.to_command(sent.place.referral.id), sent.work)


def _asked(place: Step) -> dict[str, Any]:
    referral, enquiry = place.referral, place.referral.enquiry
    return {
        "version": referral.version,
        "asked_for": enquiry.asked_for if enquiry and enquiry.is_open else "",
        "chase_on": add_working_days(place.today, CHASE_AFTER_WORKING_DAYS),
        "safety_worry": True if referral.safety_worry else None,
    }


def _target_words(place: Step) -> Mapping[str, Ask]:
    urgent = place.settings.triage_target_of(Urgency.URGENT)
    days = f"{urgent} working {'day' if urgent == 1 else 'days'}"
    routine = place.settings.triage_target_of(Urgency.ROUTINE)
    return {
        "urgency": Ask("How urgent is it?", f"The target is {days} for urgent referrals, and {routine} for all others.")
    }


STEPS = (
    StepScreen(
        path="/{referral_id}/ask",
        capability=ASK_REFERRER,
        title="Request more information",
        form=AskReferrerForm,
        suggested=_asked,
        asks=ASKING,
        store=_ask,
        button="Save",
        to=lambda place: f"{place.address}?done=asked",
    ),
    StepScreen(
        path="/{referral_id}/supply",
        capability=ASK_REFERRER,
        title="Record the referrer's answer",
        form=SupplyForm,
        suggested=lambda place: {"version": place.referral.version},
        asks={"supplied": Ask("What did the referrer answer?")},
        store=_supply,
        button="Save",
        to=lambda place: f"{place.address}?done=supplied",
    ),
    StepScreen(
        path="/{referral_id}/priority",
        capability=DECIDE_REFERRAL,
        title="Set the priority",
        form=PriorityForm,
        suggested=lambda place: {"version": place.referral.version, "urgency": place.referral.urgency},
        asks_at=_target_words,
        store=_prioritise,
        button="Save",
        to=lambda place: f"{place.address}?done=prioritised",
    ),
    StepScreen(
        path="/{referral_id}/reopen",
        capability=DECIDE_REFERRAL,
        title="Open the referral again",
        form=ReopenForm,
        suggested=lambda place: {"version": place.referral.version},
        intro=("It keeps the day on which it was first received, and its wait counts from there.",),
        asks={"reason": Ask("Why is it opened again?")},
        store=_reopen,
        button="Open the referral again",
        to=lambda place: f"{place.address}?done=reopened",
    ),
)

add_forms(router, *STEPS)
