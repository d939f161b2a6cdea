"""One session: what was recorded, what stood there before, and its correction."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.contacts.commands.correct_contact import CorrectContact, correct_contact
from services.referral.contacts.database.contacts import details_of
from services.referral.contacts.domain.contact import BOOKS
from services.referral.contacts.domain.contact_check import AFTER
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.forms.session import CorrectionForm
from services.referral.contacts.web.session import DONE
from services.referral.contacts.web.session_choices import KINDS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import details_words, entered_words, session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.record_versions import EarlierVersion, record_versions
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.task import PRACTITIONERS
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, settings_of
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.kernel.errors import Conflict, Refusal
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families/{family_id}/sessions/{contact_id}")

Read = tuple[FamilyBanner, SessionLine, SessionChoices]


@router.get("")
async def show_session(
    request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        banner, line, choices = await _read(work, family_id, contact_id)
        versions = await record_versions(work.session, contact_id)
    return render_family(
        request,
        banner,
        "contacts/session.html",
        section="sessions",
        line=line,
        words=session_words(line),
        versions=[(one, _version_words(one, choices, line)) for one in versions],
        needs=choices.needs if line.is_open else [],
        may_change=actor.has(*PRACTITIONERS),
        may_book=actor.has(*BOOKS),
        done=DONE.get(done),
        back=f"/families/{family_id}/sessions",
    )


@router.get("/change")
async def show_change(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, contact_id)
    if read[1].is_open:
        return RedirectResponse(f"/families/{family_id}/sessions/new?appointment={contact_id}", 303)
    return _form(request, read, blank(CorrectionForm, _known(read[1])))


@router.post("/change")
async def change(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, CorrectionForm)
    try:
        async with begin(request, actor) as work:
            read = await _read(work, family_id, contact_id)
            filled = read[2].says_which_baby(filled)
            if filled.form is not None:
                await remember_actor(request, work)
                await _store(request, filled.form, read[1], work)
    except Refusal as refusal:
        status = status_of(refusal)
        async with begin(request, actor) as work:
            read = await _read(work, family_id, contact_id)
        if isinstance(refusal, Conflict) and filled.form is not None:
            return _conflict(request, read, refusal, filled.form)
        return _form(request, read, filled.refused(refusal), status=status)
    if filled.form is None:
        return _form(request, read, filled, status=422)
    return RedirectResponse(f"/families/{family_id}/sessions/{contact_id}?done=corrected", 303)


async def _read(work: UnitOfWork, family_id: UUID, contact_id: UUID) -> Read:
    banner = await read_family(work, family_id, "session.read")
    line = await one_session(work.session, family_id, contact_id)
    choices = await read_choices(work, banner, line.contact.episode_id, also=line.contact.details)
    return banner, line, choices


async def _store(request: Request, form: CorrectionForm, line: SessionLine, work: UnitOfWork) -> None:
    settings, contact = settings_of(request), line.contact
    command = CorrectContact(
        contact_id=contact.id,
        episode_id=contact.episode_id,
        expected_version=form.version,
        details=form.details(group_session_id=contact.details.group_session_id),
        missed_before_task=settings.missed_before_task,
        wait_rules=settings.wait_rules,
    )
    await correct_contact(command, work)


def _known(line: SessionLine) -> dict[str, Any]:
    details = line.contact.details
    return {
        "version": str(line.contact.version),
        **date_inputs("held_on", details.held_on),
        "practitioner": str(details.practitioner_id),
        "kind": details.kind.value,
        "attendance": details.attendance.value if details.attendance else "",
        "mode": details.mode.value,
        "venue": details.venue.value,
        "people": [str(one) for one in details.people],
        "minutes": "" if details.minutes is None else str(details.minutes),
        "strand": str(details.strand_id) if details.strand_id else "",
        "elements": [one.value for one in details.elements],
        "interpreter": details.interpreter.value if details.interpreter else "",
        "infant_voice": details.infant_voice,
        "note": details.note,
    }


def _form(request: Request, read: Read, filled: Filled[CorrectionForm], *, status: int = 200) -> Response:
    banner, line, choices = read
    is_group = line.contact.details.kind is ContactKind.GROUP
    return render_family(
        request,
        banner,
        "contacts/session-form.html",
        section="sessions",
        status=status,
        filled=filled,
        choices=choices,
        kinds=[ContactKind.GROUP] if is_group else KINDS,
        attendances=list(Attendance),
        modes=list(ContactMode),
        venues=list(Venue),
        elements=list(Element),
        interpreters=AFTER,
        is_new=False,
        back=f"/families/{banner.family_id}/sessions/{line.contact.id}",
    )


def _conflict(request: Request, read: Read, refusal: Refusal, form: CorrectionForm) -> Response:
    banner, line, choices = read
    details = form.details(group_session_id=line.contact.details.group_session_id)
    return render_family(
        request,
        banner,
        "staff/both-versions.html",
        section="sessions",
        status=409,
        refusal=refusal,
        now=session_words(line),
        entered=entered_words(details, choices),
        back=f"/families/{banner.family_id}/sessions/{line.contact.id}",
    )


def _version_words(version: EarlierVersion, choices: SessionChoices, line: SessionLine) -> list[tuple[str, str]]:
    details = details_of(dict(version.content))
    names = {UUID(tick.value): tick.label for tick in choices.people} | dict(line.names)
    practitioner = next((one.name for one in choices.practitioners if one.id == details.practitioner_id), "A colleague")
    strand = next((one.label for one in choices.strands if one.strand_id == details.strand_id), "")
    words = details_words(details, practitioner, names, strand)
    starts_at = version.content.get("starts_at")
    return [("Booked for", moment_words(datetime.fromisoformat(starts_at))), *words] if starts_at else words
