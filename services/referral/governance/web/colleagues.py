"""Colleagues and the trainings that they hold; the team lead puts them on record."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.web.glass_review import LEAD
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin, today_of
from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.domain.intervention import Course
from services.referral.support.queries.colleague_trainings import ColleagueLine, colleague_name, colleague_trainings
from services.referral.support.web.forms.training import TrainingForm
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, Refusal
from shared.staff.address import address, code_of
from shared.web.csv_file import Cell, csv_download
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()


@router.get("/colleagues")
async def show_colleagues(
    request: Request,
    actor: Annotated[Actor, STAFF],
    course: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    chosen, today = code_of(Course, course), today_of(request)
    async with begin(request, actor) as work:
        colleagues = await colleague_trainings(work.session, chosen, today, page=page)
        work.record("colleagues.read")
    if page > 1 and not colleagues.rows:
        return RedirectResponse(address("/colleagues", course=chosen), 303)
    return render(
        request,
        "governance/colleagues.html",
        colleagues=colleagues,
        courses=list(Course),
        chosen=chosen,
        today=today,
        is_lead=actor.has(Role.TEAM_LEAD),
        page_address=partial(address, "/colleagues", course=chosen),
        csv_address=address("/colleagues.csv", course=chosen),
        done="The training is on record." if done == "training" else None,
    )


@router.get("/colleagues.csv")
async def download_colleagues(request: Request, actor: Annotated[Actor, STAFF], course: str = "") -> Response:
    chosen, today = code_of(Course, course), today_of(request)
    async with begin(request, actor) as work:
        colleagues = await colleague_trainings(work.session, chosen, today, page=None)
        work.record("colleagues.export")
    return csv_download("colleagues.csv", _COLUMNS, [row for line in colleagues.rows for row in _rows(line)])


@router.get("/colleagues/{colleague_id}/training")
async def show_training(request: Request, colleague_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _page(request, actor, colleague_id, blank(TrainingForm))


@router.post("/colleagues/{colleague_id}/training")
async def record(request: Request, colleague_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, TrainingForm)
    if filled.form is None:
        return await _page(request, actor, colleague_id, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await _name(work.session, colleague_id)
            await record_training(RecordTraining(colleague_id, filled.form.held), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return await _page(request, actor, colleague_id, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse("/colleagues?done=training", 303)


async def _page(
    request: Request, actor: Actor, colleague_id: UUID, filled: Filled[TrainingForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        name = await _name(work.session, colleague_id)
        work.record("colleagues.read", colleague_id)
    return render(
        request,
        "governance/training.html",
        status=status,
        filled=filled,
        name=name,
        courses=list(Course),
        back="/colleagues",
    )


async def _name(session: AsyncSession, colleague_id: UUID) -> str:
    if (name := await colleague_name(session, colleague_id)) is None:
        raise NotFound("colleague_not_found", "Nobody of this team has that address. Look for them among colleagues.")
    return name


_COLUMNS = ("Colleague", "Training", "Held from", "Until")


def _rows(line: ColleagueLine) -> list[tuple[Cell, ...]]:
    return [
        (line.name, held.course.label, held.held_from.isoformat(), held.until_on.isoformat() if held.until_on else "")
        for held in line.trainings
    ] or [(line.name, "", "", "")]
