"""Someone asks for a copy of a record: the request, its page, and what is decided on it and on its parts."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.commands.close_subject_access import CloseSubjectAccess, close_subject_access
from services.referral.governance.commands.decide_disclosure import DecideDisclosure, decide_disclosure
from services.referral.governance.commands.extend_subject_access import ExtendSubjectAccess, extend_subject_access
from services.referral.governance.commands.request_subject_access import request_subject_access
from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import AccessOutcome, DisclosureDecision
from services.referral.governance.queries.subject_access_copy import RecordCopy, record_copy
from services.referral.governance.web.forms.subject_access import (
    CloseSubjectAccessForm,
    DisclosureForm,
    ExtendForm,
    SubjectAccessForm,
)
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import FamilyPlace, family_site, in_family, read_family
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_DISCLOSURE, LEAD_RECORDS
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask, Offered, Words
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.forms import blank
from shared.web.pages import render

router = APIRouter(prefix="/families/{family_id}/subject-access")

DONE = {
    "asked": "The request is recorded.",
    "extend": "The request is extended. Tell whoever asks, and why.",
    "close": "The request has ended.",
    "decide": "Saved: the decision.",
}
_TEMPLATE = "governance/subject-access.html"


@dataclass(frozen=True)
class CopyPlace(FamilyPlace):
    """A request for a copy, and what the copy would hold."""

    copy: RecordCopy
    may_decide: bool
    may_extend: bool

    @property
    def address(self) -> str:
        return f"{self.root}/subject-access/{self.copy.request.id}"

    @property
    def stored(self) -> Words:
        request = self.copy.request
        return [
            ("Extended because", request.extension_reason or "It is not extended"),
            ("Ended", request.outcome.label if request.outcome else "No"),
        ]


async def _read(work: UnitOfWork, family_id: UUID, request_id: UUID) -> CopyPlace:
    banner = await read_family(work, family_id, "subject_access.read")
    copy = await record_copy(work, request_id)
    if copy.request.family_id != family_id:
        raise NotFound("subject_access_not_found", "There is no such request. Look for it in the list of requests.")
    may_decide = CAPABILITIES.holds(work.actor.roles, DECIDE_DISCLOSURE) and copy.request.closed_on is None
    may_extend = CAPABILITIES.holds(work.actor.roles, LEAD_RECORDS) and copy.request.extension_reason is None
    return CopyPlace(banner, work.today, copy, may_decide, may_extend)


def _shown(place: CopyPlace) -> dict[str, Any]:
    subject = next((one for one in place.banner.members if one.person_id == place.copy.request.subject_id), None)
    return {
        "copy": place.copy,
        "subject_name": subject.shown_name if subject else "Someone who has left the family",
        "outcomes": list(AccessOutcome),
        "decisions": list(DisclosureDecision),
        "may_decide": place.may_decide,
        "may_extend": place.may_extend,
        **{
            name: blank(form)
            for name, form in (("extend", ExtendForm), ("close", CloseSubjectAccessForm), ("decide", DisclosureForm))
        },
    }


async def _ask(sent: Sent[FamilyPlace, SubjectAccessForm]) -> str:
    request_id = await request_subject_access(sent.form.to_command(sent.place.family_id), sent.work)
    return f"{sent.place.root}/subject-access/{request_id}?done=asked"


async def _alike(sent: Sent[FamilyPlace, SubjectAccessForm]) -> Words:
    """A request about the same person that has not ended."""
    open_one = await SubjectAccesses(sent.work).open_about(sent.place.family_id, sent.form.subject_id)
    if open_one is None:
        return []
    days = [("Asked on", date_words(open_one.asked_on)), ("To be answered by", date_words(open_one.due_on))]
    return [("Asked by", open_one.asked_by), *days]


def _members(banner: FamilyBanner) -> list[Offered]:
    return [Offered(str(one.person_id), one.shown_name) for one in banner.members]


async def _decide(sent: Sent[CopyPlace, DisclosureForm]) -> None:
    form = sent.form
    command = DecideDisclosure(sent.place.copy.request.id, form.item, form.decision, form.reason)
    await decide_disclosure(command, sent.work)


SITE = Site(_read, in_family("record", "/record"))

ASK = Screen(
    path="",
    may=STAFF,
    site=family_site("record.read", "record", "/record"),
    form=SubjectAccessForm,
    suggested=lambda place: {"asked_on": place.today},
    title="Someone asks for a copy of the record",
    asks={
        "subject_id": Ask("Whose record is it?"),
        "asked_by": Ask("Who asks?", "Their name"),
        "relation": Ask("What are they to that person?"),
        "authority_note": Ask(
            "How did you check that they may ask?",
            "Who they are and, for a child, that they have parental responsibility and that it is not against the "
            "child’s interests.",
        ),
        "asked_on": Ask("When did they ask?", "For example, 27 3 2026"),
    },
    choices=lambda place: {"subject_id": _members(place.banner)},
    store=_ask,
    alike=_alike,
    button="Record the request",
)
EXTEND = FormPage(
    path="/{request_id}/extend",
    title="Extend a request for a copy",
    stands_on="/{request_id}",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=SITE,
    form=ExtendForm,
    store=does(
        extend_subject_access,
        lambda sent: ExtendSubjectAccess(sent.place.copy.request.id, sent.form.version, sent.form.extension_reason),
    ),
    to=lambda place: f"{place.address}?done=extend",
    template=_TEMPLATE,
    shows=_shown,
    called="extend",
    asks={"extension_reason": Ask("Why it takes longer")},
    stored=lambda place: place.stored,
)
CLOSE = FormPage(
    path="/{request_id}/close",
    stands_on="/{request_id}",
    may=STAFF,
    capability=DECIDE_DISCLOSURE,
    site=SITE,
    form=CloseSubjectAccessForm,
    store=does(
        close_subject_access,
        lambda sent: CloseSubjectAccess(sent.place.copy.request.id, sent.form.version, sent.form.outcome),
    ),
    to=lambda place: f"{place.address}?done=close",
    template=_TEMPLATE,
    shows=_shown,
    called="close",
    asks={"outcome": Ask("How did it end?")},
    stored=lambda place: place.stored,
)
DECIDE = FormPage(
    path="/{request_id}/decide",
    title="Decide what goes into a copy",
    stands_on="/{request_id}",
    may=STAFF,
    capability=DECIDE_DISCLOSURE,
    site=SITE,
    form=DisclosureForm,
    store=_decide,
    to=lambda place: f"{place.address}?done=decide",
    template=_TEMPLATE,
    shows=_shown,
    called="decide",
    asks={"item": Ask("Which part?"), "decision": Ask("What do you decide?"), "reason": Ask("Why")},
    stored=lambda place: place.stored,
)

add_forms(router, ASK, EXTEND, CLOSE, DECIDE)


@router.get("/{request_id}")
async def show_request(
    request: Request, family_id: UUID, request_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        place = await _read(work, family_id, request_id)
    return render(request, _TEMPLATE, **SITE.frame(place), **_shown(place), done=DONE.get(done))
