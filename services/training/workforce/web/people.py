"""The register: everybody who works with babies here."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.staff.web.access import STAFF
from services.training.workforce.queries.people_list import (
    PeopleChip,
    PeopleFilter,
    PersonLine,
    people_counts,
    people_list,
)
from shared.contracts.consultation_codes import Profession
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, Frame, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[PeopleFilter]) -> Listing[PersonLine]:
    return people_list(asked.work, asked.chosen)


async def _counts(asked: Asked[PeopleFilter]) -> Counts:
    return await people_counts(asked.work, asked.chosen)


async def _may(asked: Asked[PeopleFilter]) -> Frame:
    return {"may_keep": CAPABILITIES.holds(asked.work.actor.roles, KEEP_WORKFORCE)}


def _places(line: PersonLine) -> str:
    return "; ".join(f"{one.profession.label}, {one.organisation}" for one in line.posts)


_COLUMNS: Sequence[Column[PersonLine]] = (
    Column("Name", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column("Works", _places, cell="works", place="needs"),
    Column("Long leave", lambda line: "Yes" if line.is_on_leave else None, cell="away", place="tag"),
)

PEOPLE = ListPage(
    path="/people",
    may=STAFF,
    reads="people.read",
    exports="people.export",
    filters=(
        Filter("chip", PeopleChip, "Who", usual=PeopleChip.AT_WORK, is_chips=True),
        Filter("profession", Profession, "Profession", every="Any"),
    ),
    chosen=PeopleFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    template="workforce/people.html",
    more=_may,
    done={"erased": "They are erased. What counted them goes on counting."},
    file_name="people.csv",
)
add_list(router, PEOPLE)
