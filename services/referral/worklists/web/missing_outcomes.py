"""Missing outcome data: families whose measure is missing and nobody said why."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.worklists.queries.missing_outcomes import (
    MissingFilter,
    MissingLine,
    MissingOrder,
    MissingOutcome,
    missing_counts,
    missing_outcomes,
)
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[MissingFilter]) -> Listing[MissingLine]:
    return missing_outcomes(asking_of(asked.request, asked.work), asked.chosen)


async def _counts(asked: Asked[MissingFilter]) -> Counts:
    return await missing_counts(asked.work.session, asking_of(asked.request, asked.work), asked.chosen.whose)


_COLUMNS: Sequence[Column[MissingLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Family", cell="family", heads_row=True, order=MissingOrder.NAME, place="who"),
    Column("Baby", lambda line: line.family.babies),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("What is missing", lambda line: line.missing, cell=PLAIN, place="why"),
    Column("First visit", cell="first", order=MissingOrder.FIRST_VISIT, place="last"),
    Column("First contact", lambda line: line.first_contact_on),
    Column("Discharged", cell="ended", order=MissingOrder.OPEN, place="next"),
    Column("Ended on", lambda line: line.ended_on),
    Column("Practitioner", lambda line: line.lead_name, cell="lead", place="lead"),
    Column("Measure", cell="do", place="do"),
)

MISSING_OUTCOMES = ListPage(
    path="/missing-outcomes",
    may=STAFF,
    reads="missing_outcomes.read",
    exports="missing_outcomes.export",
    filters=(
        Filter("missing", MissingOutcome, "Show", every="All", is_chips=True),
        WHOSE,
        Filter("order", MissingOrder, usual=MissingOrder.OPEN),
    ),
    chosen=MissingFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    template="worklists/missing-outcomes.html",
    file_name="missing-outcomes.csv",
)
add_list(router, MISSING_OUTCOMES)
