"""My day: what a practitioner does today about safety, whom they see today and next, and which families come next."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK
from services.referral.staff.queries.asking import Whose
from services.referral.staff.queries.danger_to_answer import danger_to_answer
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.caseload import CaseloadFilter, caseload
from services.referral.worklists.queries.day_plan import AppointmentLine, day_plan
from services.referral.worklists.queries.task_list import FamilyTasks
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_working_days
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.staff.task_list import TaskFilter, WhoseTasks
from shared.web.pages import render

router = APIRouter()

MOST_TASKS, MOST_FAMILIES = 8, 5
"""What is on a page that needs no scroll; each list has its own page."""


@router.get("/my-day")
async def show_my_day(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        asking = asking_of(request, work)
        plan = await day_plan(work.session, asking)
        tasks = await FamilyTasks(asking).find(TaskFilter(WhoseTasks.MINE)).page(work.session, rows=MOST_TASKS)
        dangers = await danger_to_answer(work, actor.id)
        families = await caseload(asking, CaseloadFilter(Whose.MINE)).page(work.session, rows=MOST_FAMILIES)
        work.record("my_day.read")
    return render(
        request,
        "worklists/my-day.html",
        today=asking.today,
        next_day=add_working_days(asking.today, 1),
        leads=CAPABILITIES.holds(actor.roles, LEAD_WORK),
        plan=plan,
        dangers=dangers,
        tasks=tasks,
        families=families,
        needed=[line for line in families.rows if line.needs],
    )


@download_at(router, "/my-day.csv")
async def download_my_day(request: Request, actor: Annotated[Actor, STAFF]) -> Download[AppointmentLine]:
    """The appointments, to print or to take along."""
    async with begin(request, actor) as work:
        plan = await day_plan(work.session, asking_of(request, work))
        work.record("my_day.export")
    return Download("my-day.csv", _COLUMNS, [*plan.without_outcome, *plan.today, *plan.next])


_COLUMNS: Sequence[Column[AppointmentLine]] = (
    Column("Day", lambda line: line.on),
    Column("Time", lambda line: line.time),
    Column("Baby", lambda line: line.family.babies),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("What", lambda line: line.kind),
    Column("How", lambda line: line.mode),
    Column("Where", lambda line: line.venue),
    Column("Interpreter", lambda line: line.interpreter),
    Column("What happened", lambda line: line.attendance),
)
