"""Reviews due and overdue: the longest overdue first."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.worklists.queries.review_list import (
    ReviewFilter,
    ReviewLine,
    ReviewOrder,
    ReviewsDue,
    review_counts,
    review_list,
)
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[ReviewFilter]) -> Listing[ReviewLine]:
    return review_list(asking_of(asked.request, asked.work), asked.chosen)


async def _counts(asked: Asked[ReviewFilter]) -> Counts:
    return await review_counts(asked.work.session, asking_of(asked.request, asked.work), asked.chosen.whose)


def _mark(line: ReviewLine) -> Mark | None:
    return Mark.LATE if line.days_over else None


_COLUMNS: Sequence[Column[ReviewLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Family", cell="family", heads_row=True, order=ReviewOrder.NAME, place="who"),
    Column("Baby", lambda line: line.family.babies),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("Review due", cell="due", order=ReviewOrder.DUE, place="needs"),
    Column("Tier", lambda line: line.support.tier, cell="tier", place="tag"),
    Column("Review on", lambda line: line.review_on),
    Column("Days overdue", lambda line: line.days_over),
    Column("Start date", lambda line: line.opened_on, cell="since", order=ReviewOrder.NEWEST, place="when"),
    Column("Visits", lambda line: line.contacts_attended, cell=PLAIN, is_number=True, place="visits"),
    Column("Last seen", lambda line: line.last_contact_on, cell="last", place="last"),
    Column("Practitioner", lambda line: line.lead_name, cell="lead", place="lead"),
    Column("Review", cell="do", place="do"),
)

REVIEWS = ListPage(
    path="/reviews",
    may=STAFF,
    reads="reviews.read",
    exports="reviews.export",
    filters=(
        Filter("due", ReviewsDue, "Show", usual=ReviewsDue.SOON, is_chips=True, alarms=(ReviewsDue.OVERDUE,)),
        WHOSE,
        Filter("order", ReviewOrder, usual=ReviewOrder.DUE),
    ),
    chosen=ReviewFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=_COLUMNS,
    template="worklists/reviews.html",
    file_name="reviews.csv",
)
add_list(router, REVIEWS)
