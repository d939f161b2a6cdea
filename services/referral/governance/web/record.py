"""The record of a family as such: who opened it, what was corrected, how long it is kept, and who may see it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.database.record_keeping import kept_family
from services.referral.governance.queries.audited_records import AUDITED, ids_of_family
from services.referral.governance.queries.record_history import corrections_of, holds_of
from services.referral.governance.web.correction_words import CORRECTIONS
from services.referral.intake.queries.merges import merges_of
from services.referral.people.database.restrictions import Restrictions
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, today_of
from shared.kernel.actor import Actor
from shared.staff.audit_list import AuditFilter, audit_list
from shared.staff.audit_pages import audit_download
from shared.staff.download import download_at
from shared.staff.version_words import said_in

router = APIRouter(prefix="/families")

DONE = {
    "restricted": "The record is restricted. Only those whom you named may open it.",
    "unrestricted": "The whole team may open the record again.",
    "held": "The hold is placed. The record is kept until someone lifts it.",
    "lifted": "The hold is lifted.",
    "asked": "The request for a copy is recorded.",
    "proposed": "The destruction is proposed. Another team lead decides it.",
}


@router.get("/{family_id}/record")
async def show_record(
    request: Request,
    family_id: UUID,
    actor: Annotated[Actor, STAFF],
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    done: str = "",
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "record.read")
        entries = await audit_list(work.session, AUDITED, AuditFilter(ids_of_family(family_id), before=before))
        versions = await corrections_of(work, family_id)
        retention = await kept_family(work, family_id)
        holds = await holds_of(work, family_id)
        restriction = await Restrictions(work).read(family_id)
        merges = await merges_of(work, family_id)
    return render_family(
        request,
        banner,
        "governance/record.html",
        section="record",
        entries=entries,
        versions=[(one, CORRECTIONS[one.kind].title, said_in(one.content, CORRECTIONS[one.kind])) for one in versions],
        retention=retention,
        is_over=retention.may_be_reviewed(today_of(request)),
        holds=holds,
        restriction=restriction,
        merges=merges,
        is_lead=CAPABILITIES.holds(actor.roles, LEAD_RECORDS),
        done=DONE.get(done),
    )


@download_at(router, "/{family_id}/record.csv")
async def download_record(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        await read_family(work, family_id, "record.export")
        chosen = AuditFilter(ids_of_family(family_id))
        return await audit_download(request, "who-opened-this-record.csv", work, AUDITED, chosen)
