"""Somebody's supervision: for themselves, for their supervisor and for the team lead."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.domain.supervision_access import leads
from services.consultation.supervision.queries.session_list import names_of
from services.consultation.supervision.queries.supervision_records import (
    SupervisionRecord,
    supervises,
    supervision_records,
)
from services.consultation.supervision.web.balance_curve import BalanceCurve, DayOfCurve
from services.consultation.supervision.web.balance_page import balance_shown
from services.consultation.supervision.web.balance_words import clock_hours
from shared.kernel.actor import Actor
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/supervision")

DONE = {
    "recorded": "Saved",
    "changed": "Saved",
    "cancelled": "The session is cancelled: it counts as 0 minutes.",
    "leave": "The leave is saved, and what is owed is reckoned again.",
}


@router.get("")
async def show_own(request: Request, actor: Annotated[Actor, SUPERVISED], done: str = "") -> Response:
    return await _page(request, actor, actor.id, done)


@router.get("/people/{supervisee_id}")
async def show_of(
    request: Request, supervisee_id: UUID, actor: Annotated[Actor, SUPERVISED], done: str = ""
) -> Response:
    return await _page(request, actor, supervisee_id, done)


async def _page(request: Request, actor: Actor, supervisee_id: UUID, done: str) -> Response:
    is_own = supervisee_id == actor.id
    async with begin(request, actor) as work:
        record = await _read(work, supervisee_id, is_own=is_own)
        names = await names_of(work)
        may_see_team = leads(actor) or await supervises(work)
    return render(
        request,
        "supervision/own.html",
        record=record,
        is_own=is_own,
        shown=balance_shown(record, names, actor) if record else None,
        may_see_team=may_see_team,
        is_lead=leads(actor),
        hours=clock_hours,
        done=DONE.get(done),
    )


async def _read(work: UnitOfWork, supervisee_id: UUID, *, is_own: bool) -> SupervisionRecord | None:
    """None: nothing is agreed with the reader."""
    if not is_own:
        await Agreements(work).check_seen(supervisee_id)
    found = await supervision_records(work, only=supervisee_id)
    work.record("supervision.read", supervisee_id)
    return found[0] if found else None


_COLUMNS: Sequence[Column[DayOfCurve]] = (
    Column("Day", lambda line: line.on),
    Column("Minutes owed in 84 days", lambda line: round(line.balance.owed)),
    Column("Minutes given in 84 days", lambda line: round(line.balance.given)),
    Column("Balance", lambda line: line.balance.minutes),
    Column("As booked", lambda line: line.is_booked),
    Column("Balance if no more is held", lambda line: line.otherwise),
)


@download_at(router, "/people/{supervisee_id}/balance.csv")
async def download_balance(
    request: Request, supervisee_id: UUID, actor: Annotated[Actor, SUPERVISED]
) -> Download[DayOfCurve]:
    async with begin(request, actor) as work:
        await Agreements(work).check_seen(supervisee_id)
        found: Any = await supervision_records(work, only=supervisee_id)
        work.record("supervision.export", supervisee_id)
    return Download("supervision-balance.csv", _COLUMNS, BalanceCurve(found[0]).days)
