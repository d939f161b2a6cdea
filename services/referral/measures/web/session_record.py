"""One session: what was recorded, what stood there before, and its correction."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.database.contacts import details_of
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.session import DONE
from services.referral.contacts.web.session_choices import SessionChoices, read_choices
from services.referral.contacts.web.session_words import details_words, session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.record_versions import record_versions
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.capabilities import BOOK_APPOINTMENT, CAPABILITIES, RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.staff.earlier_versions import EarlierVersion
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/sessions/{contact_id}")

Read = tuple[FamilyBanner, SessionLine, SessionChoices]


@router.get("")
async def show_session(
    request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        banner, line, choices = await _read(work, family_id, contact_id)
        versions = await record_versions(work, family_id, contact_id)
    return render_family(
        request,
        banner,
        "measures/session.html",
        section="sessions",
        line=line,
        words=session_words(line),
        versions=[(one, _version_words(one, choices, line)) for one in versions],
        needs=choices.needs if line.is_open else [],
        may_change=CAPABILITIES.holds(actor.roles, RECORD_CONTACT),
        may_book=CAPABILITIES.holds(actor.roles, BOOK_APPOINTMENT),
        done=DONE.get(done),
    )


async def _read(work: UnitOfWork, family_id: UUID, contact_id: UUID) -> Read:
    banner = await read_family(work, family_id, "session.read")
    line = await one_session(work, family_id, contact_id)
    choices = await read_choices(work, banner, line.contact.episode_id, also=line.contact.details)
    return banner, line, choices


def _version_words(version: EarlierVersion, choices: SessionChoices, line: SessionLine) -> list[tuple[str, str]]:
    details = details_of(dict(version.content))
    names = {UUID(tick.value): tick.label for tick in choices.people} | dict(line.names)
    practitioner = next((one.name for one in choices.practitioners if one.id == details.practitioner_id), "A colleague")
    strand = next((one.label for one in choices.strands if one.strand_id == details.strand_id), "")
    words = details_words(details, practitioner, names, strand)
    starts_at = version.content.get("starts_at")
    return [("Booked for", moment_words(datetime.fromisoformat(starts_at))), *words] if starts_at else words
