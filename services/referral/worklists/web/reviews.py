"""Reviews due and overdue: the longest overdue first."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.worklists.queries.review_list import ReviewFilter, ReviewLine, ReviewsDue, review_list
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[ReviewFilter]) -> Listing[ReviewLine]:
    return review_list(asking_of(asked.request, asked.work), asked.chosen)


_COLUMNS: Sequence[Column[ReviewLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Baby", lambda line: line.family.babies, cell="family"),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("Tier", lambda line: line.support.tier),
    Column("Review due", cell="due"),
    Column("Support", cell="support"),
    Column("Review on", lambda line: line.review_on),
    Column("Days overdue", lambda line: line.days_over),
    Column("Working together since", lambda line: line.opened_on, cell=PLAIN),
    Column("Contacts attended", lambda line: line.contacts_attended, cell=PLAIN),
    Column("Practitioner", lambda line: line.lead_name, cell="lead"),
)

REVIEWS = ListPage(
    path="/reviews",
    may=STAFF,
    reads="reviews.read",
    exports="reviews.export",
    filters=(WHOSE, Filter("due", ReviewsDue, "Due", usual=ReviewsDue.SOON)),
    chosen=ReviewFilter,
    find=_find,
    columns=_COLUMNS,
    template="worklists/reviews.html",
    file_name="reviews.csv",
)
add_list(router, REVIEWS)
