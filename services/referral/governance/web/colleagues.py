"""Colleagues and the trainings that they hold; the team lead puts them on record."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.web.glass_review import LEAD
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.domain.intervention import Course, HeldTraining
from services.referral.support.queries.colleague_trainings import (
    ColleagueFilter,
    ColleagueLine,
    colleague_name,
    colleague_trainings,
)
from services.referral.support.web.forms.training import TrainingForm
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, Refusal
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()


async def _find(asked: Asked[ColleagueFilter]) -> Listing[ColleagueLine]:
    return colleague_trainings(asked.work.today, asked.chosen)


async def _more(asked: Asked[ColleagueFilter]) -> dict[str, Any]:
    return {"today": asked.work.today, "is_lead": asked.work.actor.has(Role.TEAM_LEAD)}


Held = tuple[ColleagueLine, HeldTraining | None]
"""A colleague with one of their trainings, or without any."""


def _held(line: ColleagueLine) -> Sequence[Held]:
    return [(line, held) for held in line.trainings] or [(line, None)]


_ON_THE_PAGE: Sequence[Column[ColleagueLine]] = (
    Column("Colleague", cell="colleague", heads_row=True),
    Column("Trainings on record", cell="trainings"),
)
_IN_THE_FILE: Sequence[Column[Held]] = (
    Column("Colleague", lambda row: row[0].name),
    Column("Training", lambda row: row[1].course if row[1] else None),
    Column("Held from", lambda row: row[1].held_from if row[1] else None),
    Column("Until", lambda row: row[1].until_on if row[1] else None),
)

COLLEAGUES: ListPage[ColleagueFilter, Any] = ListPage(
    path="/colleagues",
    may=STAFF,
    reads="colleagues.read",
    exports="colleagues.export",
    filters=(Filter("course", Course, "Who holds", every="Everybody, with or without"),),
    chosen=ColleagueFilter,
    find=_find,
    columns=[*_ON_THE_PAGE, *_IN_THE_FILE],
    in_file=_held,
    template="governance/colleagues.html",
    more=_more,
    done={"training": "The training is on record."},
    file_name="colleagues.csv",
)
add_list(router, COLLEAGUES)


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
