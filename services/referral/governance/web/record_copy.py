"""The copy of a record that someone asked for: made when it is asked for, and kept no longer than it is sent."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.queries.audited_records import AUDITED, ids_of_family
from services.referral.governance.queries.subject_access_copy import RecordCopy, record_copy
from services.referral.governance.web.zip_download import ZipDownload
from services.referral.people.web.family_page import read_family
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_DISCLOSURE
from services.referral.staff.domain.restricted_record import RESTRICTED
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.staff.audit_list import AuditFilter, audit_pieces
from shared.staff.audit_pages import COLUMNS
from shared.staff.column import in_order
from shared.staff.download import Download
from shared.web.pages import render
from shared.web.permissions import prove_first

router = APIRouter()

CONTACTS = "Session or appointment"


@router.get("/families/{family_id}/subject-access/{request_id}/copy.zip")
async def download_copy(
    request: Request, family_id: UUID, request_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    """The readable page, the same as JSON, the sessions as a table, and who opened the record."""
    prove_first(request, then=f"/families/{family_id}/subject-access/{request_id}")
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "subject_access.export")
        CAPABILITIES.check(actor.roles, DECIDE_DISCLOSURE)
        copy = await record_copy(work, request_id)
        pieces = audit_pieces(work.session, AUDITED, AuditFilter(ids_of_family(family_id)))
        entries = [line async for lines in pieces for line in lines]
    if copy.request.family_id != family_id:
        raise NotFound("subject_access_not_found", "There is no such request. Look for it in the list of requests.")
    subject = next((one for one in banner.members if one.person_id == copy.request.subject_id), None)
    name = subject.shown_name if subject else RESTRICTED
    page = render(request, "governance/record-copy.html", copy=copy, subject_name=name, made_at=work.now).body
    packed = ZipDownload(work.now)
    packed.add("record.html", bytes(page).decode())
    packed.add("record.json", json.dumps(_as_json(copy, name), ensure_ascii=False, indent=2))
    packed.add("sessions.csv", _sessions(copy))
    packed.add("who-opened-the-record.csv", Download("who-opened-the-record.csv", COLUMNS, entries).text)
    return packed.answer("copy-of-a-record.zip")


def _as_json(copy: RecordCopy, name: str) -> dict[str, object]:
    return {
        "about": name,
        "records": [{"kind": item.title, **item.content} for item in copy.given],
        "withheld": [{"kind": title, "why": why, "number": number} for title, why, number in copy.withheld],
    }


def _sessions(copy: RecordCopy) -> str:
    sessions = [item.content for item in copy.given if item.title == CONTACTS]
    columns = list(dict.fromkeys(name for session in sessions for name in session))
    rows = [[session.get(name, "") for name in columns] for session in sessions]
    return Download("sessions.csv", in_order(*(columns or [CONTACTS])), rows).text
