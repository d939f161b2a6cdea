"""Who holds a course and who does not: in all organisations, or in one."""

from uuid import UUID

from fastapi import APIRouter

from services.training.coverage.queries.trained_people import (
    TrainedFilter,
    TrainedLine,
    TrainedState,
    trained_counts,
    trained_people,
)
from services.training.staff.web.access import STAFF
from services.training.workforce.database.organisations import Organisations
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, Frame, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/coverage")


async def _find(asked: Asked[TrainedFilter]) -> Listing[TrainedLine]:
    return trained_people(asked.work, asked.chosen, asked.at.get("organisation_id"))


async def _counts(asked: Asked[TrainedFilter]) -> Counts:
    counts: dict[Code | None, int] = await trained_counts(asked.work, asked.chosen, asked.at.get("organisation_id"))
    return counts


async def _open(work: UnitOfWork, action: str, organisation_id: UUID) -> Frame:
    one = await Organisations(work).get(organisation_id)
    work.record(action, one.id)
    return {"organisation": one}


_FILTERS = (
    Filter("state", TrainedState, "Who", usual=TrainedState.LAPSES, is_chips=True),
    Filter("course", TrainingCourse, "Course", usual=TrainingCourse.IMH_PIR),
    Filter("profession", Profession, "Profession", every="Any"),
)
_COLUMNS = (
    Column[TrainedLine]("Name", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column[TrainedLine]("Works", lambda line: line.works, cell=PLAIN, place="needs"),
    Column[TrainedLine]("Trained on", lambda line: line.held.from_on if line.held else None, cell=PLAIN),
    Column[TrainedLine](
        "Valid until", lambda line: line.held.valid_until if line.held else None, cell="until", place="when"
    ),
    Column[TrainedLine]("Booked", lambda line: line.booked_on, cell="booked", place="next"),
    Column[TrainedLine]("Long leave", lambda line: "Yes" if line.is_away else None, cell="away", place="tag"),
)

EVERYWHERE = ListPage(
    path="/people",
    may=STAFF,
    reads="coverage.people",
    exports="coverage.people_export",
    filters=_FILTERS,
    chosen=TrainedFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    template="coverage/trained.html",
    file_name="trained-people.csv",
)
IN_ONE = ListPage(
    path="/{organisation_id}/people",
    may=STAFF,
    reads="coverage.people",
    exports="coverage.people_export",
    opens=_open,
    filters=_FILTERS,
    chosen=TrainedFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    template="coverage/trained.html",
    file_name="trained-people.csv",
)
add_list(router, EVERYWHERE, IN_ONE)
