"""The waiting list: families for whom a clock runs, who breaches next first."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF, address, code_of
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin, settings_of, team_of, today_of
from services.referral.support.queries.wait_columns import accepted_rules
from services.referral.team.domain.wait_clock import Wait, WaitState
from services.referral.worklists.queries.waiting_list import (
    WaitingFilter,
    WaitingLine,
    referrals_in_triage,
    waiting_list,
)
from shared.contracts.pathway_codes import WaitClock
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.web.csv_file import Cell, csv_download
from shared.web.pages import render

router = APIRouter()


@router.get("/waiting")
async def show_waiting(
    request: Request, actor: Annotated[Actor, STAFF], page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    chosen = _chosen(request)
    async with begin(request, actor) as work:
        waiting = await waiting_list(work.session, asking_of(request, work), chosen, page=page)
        in_triage = await referrals_in_triage(work.session)
        work.record("waiting.read")
    if page > 1 and not waiting.rows:
        return RedirectResponse(_address("/waiting", chosen), 303)
    return render(
        request,
        "worklists/waiting.html",
        waiting=waiting,
        today=today_of(request),
        in_triage=in_triage,
        chosen=chosen,
        whose=list(Whose),
        clocks=_clocks(request),
        pauses=sorted(reason.label for reason in settings_of(request).waits_paused_by),
        page_address=partial(_address, "/waiting", chosen),
        csv_address=_address("/waiting.csv", chosen),
    )


@router.get("/waiting.csv")
async def download_waiting(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    chosen, clocks = _chosen(request), _clocks(request)
    async with begin(request, actor) as work:
        waiting = await waiting_list(work.session, asking_of(request, work), chosen, page=None)
        work.record("waiting.export")
    columns = [*_COLUMNS, *(f"{clock.label}: {what}" for clock in clocks for what in _OF_A_CLOCK)]
    return csv_download("waiting.csv", columns, [_row(line) for line in waiting.rows])


def _clocks(request: Request) -> list[WaitClock]:
    return list(accepted_rules(team_of(request).wait_rules))


def _chosen(request: Request) -> WaitingFilter:
    given = request.query_params
    whose = code_of(Whose, given.get("whose", "")) or Whose.TEAM
    return WaitingFilter(whose, code_of(WaitClock, given.get("clock", "")))


def _address(path: str, chosen: WaitingFilter, page: int | None = None) -> str:
    whose = None if chosen.whose is Whose.TEAM else chosen.whose
    return address(path, whose=whose, clock=chosen.clock, page=page)


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parents and carers",
    "Urgency",
    "Referral received on",
    "Practitioner",
    "Last contact",
    "Next appointment",
    "Call while waiting by",
    "Over target next",
    "Over target from",
)
_OF_A_CLOCK = ("state", "days", "days without pauses", "target in days", "over target")


def _row(line: WaitingLine) -> tuple[Cell, ...]:
    return (
        line.reference,
        line.family.babies,
        line.family.ages,
        line.family.carers,
        line.urgency.label,
        line.received_on.isoformat(),
        line.lead_name or "",
        line.last_contact_on.isoformat() if line.last_contact_on else "",
        london_date(line.next_contact_at).isoformat() if line.next_contact_at else "",
        line.waiting_well_on.isoformat() if line.waiting_well_on else "",
        line.next.clock.label,
        line.next.gross.breach_on.isoformat() if line.next.gross else "",
        *(cell for wait in line.waits for cell in _cells(wait)),
    )


def _cells(wait: Wait) -> tuple[Cell, ...]:
    if wait.state is WaitState.NOT_STARTED:
        return (wait.state.label, "", "", wait.target, "")
    return (wait.state.label, wait.gross_days, wait.adjusted_days, wait.target, "Yes" if wait.breached else "No")
