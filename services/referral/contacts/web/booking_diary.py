"""The practitioner's week beside a form that books, and what it would clash with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request

from services.referral.contacts.domain.diary import DiaryEntry, check_clash
from services.referral.contacts.queries.diary import diary
from services.referral.contacts.web.diary_days import DiaryTable, read_diary, week_of
from services.referral.contacts.web.forms.session import LOOK, AppointmentForm
from services.referral.contacts.web.session_choices import SessionChoices
from services.referral.staff.web.work import circumstances_of, team_of
from shared.contracts.pathway_codes import ContactKind
from shared.kernel.calendar import EARLIEST, LATEST
from shared.kernel.errors import Refusal
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import Fields, read_fields
from shared.web.forms import AnyForm, Filled
from shared.web.questions import WrongAnswer
from shared.web.typed_day_question import TypedDay


async def week_beside(
    work: UnitOfWork, request: Request, choices: SessionChoices, suggested: Mapping[str, Any]
) -> DiaryTable:
    """The week of the day that was typed, of the practitioner who was chosen, or of what the form suggests.

    Args:
        suggested: `starts_on` and `practitioner`, as the form's inputs hold them.
    """
    posted = await read_fields(request)
    chosen = _one(posted, "practitioner") or suggested["practitioner"]
    names = {one.id: one.name for one in choices.practitioners}
    own = {one: name for one, name in names.items() if str(one) == chosen}
    typed = _one(posted, "starts_on") or suggested["starts_on"]
    try:
        day = TypedDay().read("starts_on", {"starts_on": [typed]}, circumstances_of(request)) or work.today
    except WrongAnswer:
        day = work.today
    first, last = week_of(day) if EARLIEST.year + 100 < day.year < LATEST.year else week_of(work.today)
    if first < work.today <= last:
        first, last = work.today, work.today + timedelta(days=6)
    return await read_diary(work, team_of(request).hours, first, last, own or names)


def only_looks(filled: Filled[AnyForm]) -> Filled[AnyForm]:
    """The diary of the day that was typed is wanted, and nothing is wrong yet."""
    return Filled(filled.posted) if filled.value("then") == LOOK else filled


@dataclass(frozen=True)
class Wanted:
    """What is to be booked, or where to it is moved."""

    contact_id: UUID
    family_id: UUID
    kind: ContactKind
    is_second: bool = False
    """They saw what the family has on that day already."""


async def refuse_clash(work: UnitOfWork, wanted: Wanted, form: AppointmentForm) -> None:
    """Raises RuleBroken when the practitioner or the family has another visit, and nobody said that it is meant."""
    if form.anyway:
        return
    family_id = wanted.family_id
    entry = DiaryEntry(wanted.contact_id, family_id, form.practitioner, form.moment, wanted.kind, form.mode, form.place)
    others = await diary(work, form.starts_on, form.starts_on)
    check_clash(entry, [one for one in others if not (wanted.is_second and one.family_id == family_id)])


def says_clash(refusal: Refusal) -> dict[str, bool]:
    """Whether the page offers to book all the same."""
    return {"has_clash": refusal.code == "booking_clash"}


def _one(posted: Fields, name: str) -> str:
    return next(iter(posted.get(name, [])), "")
