"""Damaged books: where someone says so, and the tasks that come of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked
from shared.staff.screen import Screen
from shared.staff.task_list import TaskFilter
from shared.staff.task_pages import TaskPages, add_task_pages
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Text
from tests.services.lending.commands.answer_task import answer_task
from tests.services.lending.commands.report_damage import ReportDamage, report_damage
from tests.services.lending.domain.task import TASK_RULES, LendingTask
from tests.services.lending.queries.task_list import ParcelTaskLine, ParcelTasks, one_task
from tests.services.lending.web.access import STAFF

router = APIRouter()


class DamageForm(Form):
    words: Annotated[str, Text(missing="Write what is damaged", longest=2000)]


async def _read_parcel(work: UnitOfWork, parcel_id: UUID) -> UUID:  # noqa: ARG001 - the command refuses what is not there
    return parcel_id


async def _report(sent: Sent[UUID, DamageForm]) -> None:
    await report_damage(ReportDamage(sent.place, sent.form.words), sent.work)


DAMAGE = Screen(
    path="/parcels/{parcel_id}/damage",
    title="Report damaged books",
    may=STAFF,
    site=Site(_read_parcel, lambda _: {"back": "/"}),
    form=DamageForm,
    asks={"words": Ask("What is damaged?")},
    store=_report,
    to=lambda _: "/tasks",
)
add_forms(router, DAMAGE)


def _find(asked: Asked[TaskFilter]) -> ParcelTasks:
    return ParcelTasks(asked.work.actor, asked.work.now)


async def _one(work: UnitOfWork, request: Request, task_id: UUID) -> ParcelTaskLine:  # noqa: ARG001
    return await one_task(work, task_id)


TASKS = TaskPages(
    may=STAFF,
    kinds=LendingTask,
    rules=TASK_RULES,
    find=_find,
    one=_one,
    answers=answer_task,
    about=(Column("Baby born", lambda line: line.born_at, cell=PLAIN),),
)
add_task_pages(router, TASKS)
