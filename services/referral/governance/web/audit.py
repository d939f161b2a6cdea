"""The audit trail: who read or changed what, filtered in the address, and checked."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.queries.audit_list import (
    AuditFilter,
    AuditLine,
    actions_by_words,
    audit_list,
    audit_pieces,
)
from services.referral.staff.web.access import LEAD
from services.referral.staff.web.work import begin
from shared.audit.trail import check_on
from shared.kernel.actor import Actor
from shared.kernel.calendar import day_of
from shared.kernel.errors import RuleBroken
from shared.staff.address import address
from shared.staff.colleagues import Colleagues
from shared.staff.column import Column
from shared.staff.download import download_at, in_pieces
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter()

COLUMNS: Sequence[Column[AuditLine]] = (
    Column("Number", lambda line: line.number),
    Column("At (UTC)", lambda line: line.at.isoformat(timespec="seconds")),
    Column("Who", lambda line: line.who),
    Column("What", lambda line: line.what),
    Column("Action", lambda line: line.action),
    Column("Reference", lambda line: line.reference),
)
_PARTS = ("reference", "colleague", "action", "from_on", "until_on")


@router.get("/record-keeping")
async def show_record_keeping(request: Request, actor: Annotated[Actor, LEAD]) -> Response:  # noqa: ARG001
    return render(request, "governance/record-keeping.html")


@router.get("/audit")
async def show_audit(
    request: Request,
    actor: Annotated[Actor, LEAD],
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    given = given_filter(request)
    error, chosen = "", AuditFilter()
    try:
        chosen = chosen_filter(given, before)
    except RuleBroken as refusal:
        error = refusal.sentence
    async with begin(request, actor) as work:
        page = None if error else await audit_list(work.session, chosen)
        colleagues = await Colleagues(work.session).everybody()
        work.record("audit.read")
    return render(
        request,
        "governance/audit.html",
        status=422 if error else 200,
        page=page,
        error=error,
        given=given,
        colleagues=colleagues,
        actions=actions_by_words(),
        page_address=partial(address, "/audit", **given),
        csv_address=address("/audit.csv", **given),
        back="/record-keeping",
    )


@download_at(router, "/audit.csv")
async def download_audit(request: Request, actor: Annotated[Actor, LEAD]) -> Response:
    chosen = chosen_filter(given_filter(request))
    async with begin(request, actor) as work:
        answer = await audit_download("audit-trail.csv", work, chosen)
        work.record("audit.export")
    return answer


@router.get("/audit/check")
async def check_audit(request: Request, actor: Annotated[Actor, LEAD]) -> Response:
    """What the rounds have found; a trail of fewer than 10,000 entries is checked to its end here and now."""
    async with begin(request, actor) as work:
        check = await check_on(work.session)
        work.record("audit.verify")
    return render(request, "governance/audit-check.html", check=check, back="/audit")


def given_filter(request: Request) -> dict[str, str]:
    """What the address says, as it was given."""
    return {part: request.query_params.get(part, "")[:100].strip() for part in _PARTS}


def chosen_filter(given: Mapping[str, str], before: int | None = None) -> AuditFilter:
    """Raises RuleBroken when a part is not what it should be."""
    try:
        return AuditFilter(
            reference=given["reference"].upper(),
            colleague_id=UUID(given["colleague"]) if given["colleague"] else None,
            action=given["action"],
            from_on=day_of(given["from_on"]) if given["from_on"] else None,
            until_on=day_of(given["until_on"]) if given["until_on"] else None,
            before=before,
        )
    except ValueError:
        raise RuleBroken("audit_filter", "Enter dates like 2026-03-27, and choose a colleague from the list.") from None


async def audit_download(file_name: str, work: UnitOfWork, chosen: AuditFilter) -> Response:
    """All entries that were chosen, as a file."""
    return await in_pieces(file_name, COLUMNS, audit_pieces(work.session, chosen))
