"""The cohorts: what comes, where somebody waits, and whose register is to be closed."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.training.places.queries.cohort_list import (
    CohortChip,
    CohortFilter,
    CohortLine,
    cohort_counts,
    cohort_list,
)
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from services.training.staff.web.access import STAFF
from shared.contracts.training_codes import TrainingCourse
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, Frame, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[CohortFilter]) -> Listing[CohortLine]:
    return cohort_list(asked.work, asked.chosen)


async def _counts(asked: Asked[CohortFilter]) -> Counts:
    return await cohort_counts(asked.work, asked.chosen)


async def _more(asked: Asked[CohortFilter]) -> Frame:
    return {"may_plan": CAPABILITIES.holds(asked.work.actor.roles, KEEP_COURSES)}


_COLUMNS: Sequence[Column[CohortLine]] = (
    Column("Course", lambda line: line.course, cell="course", place="who", heads_row=True),
    Column("Days", lambda line: "; ".join(str(day.starts_at.date()) for day in line.days), cell="days", place="when"),
    Column("Where", lambda line: line.venue),
    Column("Places", lambda line: line.capacity, cell="places", place="needs"),
    Column("Booked", lambda line: line.booked),
    Column("Held", lambda line: line.offered),
    Column("Waiting", lambda line: line.waiting, cell="waiting", place="tag"),
    Column("Do", cell="do", place="do"),
)

COHORTS = ListPage(
    path="/cohorts",
    may=STAFF,
    reads="cohorts.read",
    exports="cohorts.export",
    filters=(
        Filter("chip", CohortChip, "Which", usual=CohortChip.COMING, is_chips=True),
        Filter("course", TrainingCourse, "Course", every="Any"),
    ),
    chosen=CohortFilter,
    find=_find,
    counts=_counts,
    marks=lambda line: Mark.LATE if line.is_late else None,
    columns=_COLUMNS,
    template="places/cohorts.html",
    more=_more,
    done={"called_off": "Called off. Everyone who had a place or waited gets an email."},
    file_name="cohorts.csv",
)
add_list(router, COHORTS)
