"""The accreditations: who holds which until when, who is on the way, and one of them with its cases."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.accreditation.commands.grant_accreditation import GrantAccreditation, grant_accreditation
from services.training.accreditation.commands.record_case import RecordCase, record_case
from services.training.accreditation.commands.withdraw_accreditation import (
    WithdrawAccreditation,
    withdraw_accreditation,
)
from services.training.accreditation.domain.supervised_case import CaseState
from services.training.accreditation.queries.accreditation_list import (
    AccreditationChip,
    AccreditationFilter,
    AccreditationLine,
    accreditation_counts,
    accreditation_list,
)
from services.training.accreditation.queries.accreditation_record import AccreditationRecord, accreditation_record
from services.training.accreditation.web.forms.case import CaseForm, GrantForm, WithdrawAccreditationForm
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_CASES, LEAD_RECORDS, RECORD_CASES
from services.training.staff.web.access import STAFF
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor
from shared.kernel.capability import Capability
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.column import Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter()

DONE = {
    "case": "Saved. The supervisor is asked to sign it off.",
    "answer": "Saved",
    "change": "Saved. The supervisor is asked to sign it off.",
    "remove": "Removed",
    "grant": "Granted. It counts from today, in referral too.",
    "withdraw": "Withdrawn. It counts no longer, in referral neither.",
}


async def _find(asked: Asked[AccreditationFilter]) -> Listing[AccreditationLine]:
    return accreditation_list(asked.work, asked.chosen)


async def _counts(asked: Asked[AccreditationFilter]) -> Counts:
    return await accreditation_counts(asked.work, asked.chosen)


_COLUMNS: Sequence[Column[AccreditationLine]] = (
    Column("Name", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column("Course", lambda line: line.course, cell="course", place="needs"),
    Column("Cases signed off", lambda line: line.signed, cell="cases", place="tag"),
    Column("Cases needed", lambda line: line.needed),
    Column("Cases that wait", lambda line: line.asked),
    Column("Valid until", lambda line: line.valid_until, cell="until", place="when"),
)

ACCREDITATIONS = ListPage(
    path="/accreditations",
    may=STAFF,
    reads="accreditations.read",
    exports="accreditations.export",
    filters=(
        Filter("chip", AccreditationChip, "Which", usual=AccreditationChip.ON_THE_WAY, is_chips=True),
        Filter("course", TrainingCourse, "Course", every="Any"),
    ),
    chosen=AccreditationFilter,
    find=_find,
    counts=_counts,
    marks=lambda line: Mark.LATE if line.is_ready else None,
    columns=_COLUMNS,
    template="accreditation/accreditations.html",
    file_name="accreditations.csv",
)
add_list(router, ACCREDITATIONS)


def to_record(record: AccreditationRecord) -> Capability:
    """What it takes to record a case of theirs, to change it or to take it out."""
    return RECORD_CASES if record.is_readers_own else KEEP_CASES


async def _read(work: UnitOfWork, person_id: UUID, course: TrainingCourse) -> AccreditationRecord:
    work.record("accreditation.read", person_id)
    return await accreditation_record(work, person_id, course)


@router.get("/accreditations/{person_id}/{course}")
async def show_accreditation(
    request: Request, person_id: UUID, course: TrainingCourse, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        record = await _read(work, person_id, course)
    keeps = CAPABILITIES.holds(actor.roles, KEEP_CASES)
    newest, lead = record.newest, CAPABILITIES.holds(actor.roles, LEAD_RECORDS)
    return render(
        request,
        "accreditation/accreditation.html",
        record=record,
        way=record.way,
        standing=record.way.standing,
        actor_id=actor.id,
        may_record=CAPABILITIES.holds(actor.roles, to_record(record)),
        may_grant=keeps and not record.is_readers_own and not record.way.standing.missing,
        may_withdraw=lead and newest is not None,
        states=CaseState,
        done=DONE.get(done),
    )


SITE = Site(_read, lambda record: {"back": record.way.page})


def _withdrawn(sent: Sent[AccreditationRecord, WithdrawAccreditationForm]) -> WithdrawAccreditation:
    if (newest := sent.place.newest) is None:
        raise NotFound("accreditation_unknown", "There is nothing to withdraw. Open the accreditation again.")
    return WithdrawAccreditation(newest.id, sent.form.version, sent.form.why)


def _recorded(sent: Sent[AccreditationRecord, CaseForm]) -> RecordCase:
    place, form = sent.place, sent.form
    return RecordCase(sent.intention, place.person_id, place.way.taught.course, form.span, form.supervisor)


def _about(record: AccreditationRecord) -> str:
    return f"{record.name}, {record.way.taught.course.label}"


CASE_ASKS = {
    "from_on": Ask("First day", "Of work with the case under supervision"),
    "last_on": Ask("Last day"),
    "supervisor": Ask("Who supervised it"),
}
RECORD_CASE = Screen(
    path="/accreditations/{person_id}/{course}/case",
    may=STAFF,
    capability=to_record,
    site=SITE,
    form=CaseForm,
    title="Record a supervised case",
    about=_about,
    intro=("It gets a number. Nothing here says whose case it is.",),
    asks=CASE_ASKS,
    choices=lambda record: {"supervisor": record.supervisors},
    button="Save, and ask for the signature",
    store=does(record_case, _recorded),
)
GRANT = Screen(
    path="/accreditations/{person_id}/{course}/grant",
    may=STAFF,
    capability=KEEP_CASES,
    site=SITE,
    form=GrantForm,
    title="Grant the accreditation",
    about=_about,
    intro=("It counts from today: they can then give this to families without a warning. Nobody grants their own.",),
    sentence=lambda record: " ".join(record.way.standing.missing),
    button="Grant it",
    store=does(
        grant_accreditation,
        lambda sent: GrantAccreditation(sent.intention, sent.place.person_id, sent.place.way.taught.course),
    ),
)
WITHDRAW = Screen(
    path="/accreditations/{person_id}/{course}/withdraw",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=SITE,
    form=WithdrawAccreditationForm,
    title="Withdraw the accreditation",
    about=_about,
    intro=("It counts for nothing from now on. Plans that need it show a warning; nothing in them ends.",),
    suggested=lambda record: {"version": record.newest.version if record.newest else 0},
    asks={"why": Ask("Why is it withdrawn?")},
    button="Withdraw",
    store=does(withdraw_accreditation, _withdrawn),
)
add_forms(router, RECORD_CASE, GRANT, WITHDRAW)
