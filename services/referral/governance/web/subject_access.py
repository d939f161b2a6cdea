"""Requests for a copy of a record: the list, one request, and what is decided on its parts."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.commands.close_subject_access import CloseSubjectAccess, close_subject_access
from services.referral.governance.commands.decide_disclosure import DecideDisclosure, decide_disclosure
from services.referral.governance.commands.extend_subject_access import ExtendSubjectAccess, extend_subject_access
from services.referral.governance.commands.request_subject_access import request_subject_access
from services.referral.governance.domain.subject_access import CLINICIANS, AccessOutcome, AskerRelation, Disclosure
from services.referral.governance.queries.subject_access_copy import record_copy
from services.referral.governance.queries.subject_access_list import AccessFilter, AccessLine, subject_access_list
from services.referral.governance.web.forms.subject_access import AskForm, CloseForm, DisclosureForm, ExtendForm
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, Refusal
from shared.staff.column import Column
from shared.staff.filter import Filter, Yes
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, Form, blank, read_form

router = APIRouter()

_FORMS: dict[str, type[Form]] = {"extend": ExtendForm, "close": CloseForm, "decide": DisclosureForm}
DONE = {
    "asked": "The request is recorded.",
    "extend": "The request is extended. Tell whoever asks, and why.",
    "close": "The request has ended.",
    "decide": "The decision is stored.",
}


async def _find(asked: Asked[AccessFilter]) -> Listing[AccessLine]:
    return subject_access_list(asked.work, asked.chosen)


REQUESTS = ListPage(
    path="/subject-access",
    may=STAFF,
    reads="subject_access.list",
    exports="subject_access.download",
    filters=(Filter("closed", Yes),),
    chosen=AccessFilter,
    find=_find,
    columns=(
        Column("Reference", lambda line: line.reference),
        Column("About", lambda line: line.about, cell="about"),
        Column("Asked by", lambda line: line.asked_by, cell="asker"),
        Column("Relation", lambda line: line.relation),
        Column("Asked", cell="asked"),
        Column("Asked on", lambda line: line.asked_on),
        Column("Due", cell="due"),
        Column("Due on", lambda line: line.due_on),
        Column("Extended", lambda line: line.is_extended),
        Column("Overdue", lambda line: line.overdue),
        Column("Outcome", lambda line: line.outcome, cell="outcome"),
    ),
    template="governance/subject-access-list.html",
    file_name="requests-for-a-copy.csv",
)
add_list(router, REQUESTS)


@router.get("/families/{family_id}/subject-access")
async def show_ask(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _ask_page(request, family_id, actor, blank(AskForm, date_inputs("asked_on", today_of(request))))


@router.post("/families/{family_id}/subject-access")
async def ask(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, AskForm)
    if filled.form is None:
        return await _ask_page(request, family_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "record.read")
            request_id = await request_subject_access(filled.form.to_command(family_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return await _ask_page(request, family_id, actor, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/subject-access/{request_id}?done=asked", 303)


@router.get("/families/{family_id}/subject-access/{request_id}")
async def show_request(
    request: Request, family_id: UUID, request_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    return await _page(request, (family_id, request_id), actor, {}, done=DONE.get(done))


@router.post("/families/{family_id}/subject-access/{request_id}/{what}")
async def change_request(
    request: Request, family_id: UUID, request_id: UUID, what: str, actor: Annotated[Actor, STAFF]
) -> Response:
    """Extend it, end it, or decide on one of its parts."""
    if what not in _FORMS:
        raise NotFound("subject_access_change", "There is no such page. Go back to the request.")
    place = (family_id, request_id)
    filled = await read_form(request, _FORMS[what])
    if filled.form is None:
        return await _page(request, place, actor, {what: filled}, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "subject_access.read")
            await _change(filled.form, request_id, work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return await _page(request, place, actor, {what: filled.refused(refusal)}, status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/subject-access/{request_id}?done={what}", 303)


async def _change(form: Form, request_id: UUID, work: UnitOfWork) -> None:
    match form:
        case ExtendForm():
            await extend_subject_access(ExtendSubjectAccess(request_id, form.version, form.extension_reason), work)
        case CloseForm():
            await close_subject_access(CloseSubjectAccess(request_id, form.version, form.outcome), work)
        case DisclosureForm():
            await decide_disclosure(DecideDisclosure(request_id, form.item, form.decision, form.reason), work)
        case _:
            pass


async def _ask_page(
    request: Request, family_id: UUID, actor: Actor, filled: Filled[AskForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "record.read")
    return render_family(
        request,
        banner,
        "governance/subject-access-ask.html",
        section="record",
        status=status,
        filled=filled,
        relations=list(AskerRelation),
        back=f"/families/{family_id}/record",
    )


async def _page(
    request: Request,
    place: tuple[UUID, UUID],
    actor: Actor,
    given: dict[str, Filled[Any]],
    *,
    status: int = 200,
    done: str | None = None,
) -> Response:
    family_id, request_id = place
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "subject_access.read")
        copy = await record_copy(work, request_id)
    if copy.request.family_id != family_id:
        raise NotFound("subject_access_not_found", "There is no such request. Look for it in the list of requests.")
    subject = next((one for one in banner.members if one.person_id == copy.request.subject_id), None)
    return render_family(
        request,
        banner,
        "governance/subject-access.html",
        section="record",
        status=status,
        copy=copy,
        subject_name=subject.shown_name if subject else "Somebody who has left the family",
        filled=next(iter(given.values()), None),
        forms={name: given.get(name, blank(form)) for name, form in _FORMS.items()},
        item=next((one for one in copy.items if "decide" in given and one.key == given["decide"].value("item")), None),
        outcomes=list(AccessOutcome),
        decisions=list(Disclosure),
        may_decide=actor.has(*CLINICIANS) and copy.request.closed_on is None,
        may_extend=actor.has(Role.TEAM_LEAD) and copy.request.extension_reason is None,
        done=done,
        back=f"/families/{family_id}/record",
    )
