"""The triage queue: referrals that wait for a decision."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.queries.triage_queue import QueueFilter, QueueLine, triage_queue
from services.referral.web.staff import STAFF, address, code_of
from services.referral.web.work import begin, settings_of
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.actor import Actor
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()


@router.get("/triage")
async def show_queue(
    request: Request,
    actor: Annotated[Actor, STAFF],
    source_group: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    chosen = QueueFilter(code_of(SourceGroup, source_group))
    async with begin(request, actor) as work:
        queue = await triage_queue(work.session, work.today, chosen, page=page)
        work.record("triage.read")
    if page > 1 and not queue.rows:
        return RedirectResponse(address("/triage", source_group=source_group), 303)
    return render(
        request,
        "staff/triage.html",
        queue=queue,
        chosen=chosen,
        source_groups=list(SourceGroup),
        target=settings_of(request).triage_target_working_days,
        page_address=partial(address, "/triage", source_group=source_group),
        csv_address=address("/triage.csv", source_group=source_group),
        done=done,
    )


@router.get("/triage.csv")
async def download_queue(request: Request, actor: Annotated[Actor, STAFF], source_group: str = "") -> Response:
    chosen = QueueFilter(code_of(SourceGroup, source_group))
    async with begin(request, actor) as work:
        queue = await triage_queue(work.session, work.today, chosen, page=None)
        work.record("triage.export")
    return csv_download("triage-queue.csv", _COLUMNS, [_row(line) for line in queue.rows])


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parent or carer",
    "Referred by",
    "Received on",
    "Days since referral received",
    "Working days since referral received",
    "Somebody in danger",
)


def _row(line: QueueLine) -> tuple[str | int, ...]:
    return (
        line.reference,
        line.baby_name or "Not born yet",
        line.age,
        line.caregiver_name,
        line.source_group.label,
        line.received_on.isoformat(),
        line.wait.days,
        line.wait.working_days,
        "Yes" if line.in_danger else "No",
    )
