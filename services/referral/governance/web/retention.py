"""Records whose date has passed: proposed by one person, decided by another, and what stays of them."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.queries.retention_list import (
    RetentionLine,
    retention_list,
    tombstones,
)
from services.referral.governance.web.glass_review import LEAD
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.staff.address import address
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()

DONE = {
    "proposed": "The destruction is proposed. Another team lead decides it.",
    "keep": "The record is kept.",
    "destroy": "The record was destroyed. What stays is below.",
}


@router.get("/retention")
async def show_retention(
    request: Request, actor: Annotated[Actor, LEAD], page: Annotated[int, Query(ge=1, le=10_000)] = 1, done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        records = await retention_list(work, page=page)
        destroyed = await tombstones(work.session)
        work.record("retention.read")
    if page > 1 and not records.rows:
        return RedirectResponse("/retention", 303)
    return render(
        request,
        "governance/retention.html",
        records=records,
        destroyed=destroyed,
        page_address=partial(address, "/retention"),
        done=DONE.get(done),
        back="/record-keeping",
    )


@router.get("/retention.csv")
async def download_retention(request: Request, actor: Annotated[Actor, LEAD]) -> Response:
    async with begin(request, actor) as work:
        records = await retention_list(work, page=None)
        work.record("retention.export")
    return csv_download("records-to-review.csv", _COLUMNS, [_row(line) for line in records.rows])


_COLUMNS = ("Reference", "People", "Kept until", "Rule", "Holds", "Destruction proposed by")


def _row(line: RetentionLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.names,
        line.kept.until.isoformat() if line.kept.until else "",
        line.kept.rule.rule.label if line.kept.rule else "",
        "; ".join(hold.label for hold in line.kept.holds),
        line.proposed_by_name or "",
    )
