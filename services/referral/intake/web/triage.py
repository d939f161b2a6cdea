"""The triage queue: referrals that wait for a decision."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.queries.triage_queue import QueueFilter, QueueLine, QueueState, QueueTargets, triage_queue
from services.referral.staff.web.access import STAFF, address, code_of
from services.referral.staff.web.work import begin, settings_of
from shared.contracts.vocabulary import SourceGroup, Urgency
from shared.kernel.actor import Actor
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()


def _filter(source_group: str = "", state: str = "", urgency: str = "") -> QueueFilter:
    """From the address. Raises RuleBroken when a list has no such choice."""
    return QueueFilter(code_of(SourceGroup, source_group), code_of(QueueState, state), code_of(Urgency, urgency))


Chosen = Annotated[QueueFilter, Depends(_filter)]


@router.get("/triage")
async def show_queue(
    request: Request,
    actor: Annotated[Actor, STAFF],
    chosen: Chosen,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    here = partial(address, source_group=chosen.source_group, state=chosen.state, urgency=chosen.urgency)
    async with begin(request, actor) as work:
        queue = await triage_queue(work.session, work.today, chosen, _targets(request), page=page)
        work.record("triage.read")
    if page > 1 and not queue.rows:
        return RedirectResponse(here("/triage"), 303)
    return render(
        request,
        "intake/triage.html",
        queue=queue,
        chosen=chosen,
        is_filtered=chosen != QueueFilter(),
        source_groups=list(SourceGroup),
        states=list(QueueState),
        urgencies=list(Urgency),
        targets=_targets(request),
        page_address=partial(here, "/triage"),
        csv_address=here("/triage.csv"),
        done=done,
    )


@router.get("/triage.csv")
async def download_queue(request: Request, actor: Annotated[Actor, STAFF], chosen: Chosen) -> Response:
    async with begin(request, actor) as work:
        queue = await triage_queue(work.session, work.today, chosen, _targets(request), page=None)
        work.record("triage.export")
    return csv_download("triage-queue.csv", _COLUMNS, [_row(line) for line in queue.rows])


def _targets(request: Request) -> QueueTargets:
    settings = settings_of(request)
    return QueueTargets(settings.triage_target_of(Urgency.ROUTINE), settings.triage_target_of(Urgency.URGENT))


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parent or carer",
    "Referred by",
    "Received on",
    "Days since referral received",
    "Working days since referral received",
    "Over target",
    "Somebody in danger",
    "Priority",
    "State",
    "Ask again on",
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
        "Yes" if line.is_over else "No",
        "Yes" if line.in_danger else "No",
        line.urgency.label if line.urgency else "Not set",
        line.state.label,
        line.chase_on.isoformat() if line.chase_on else "",
    )
