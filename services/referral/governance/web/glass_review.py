"""Restricted records that were opened in an emergency: the team lead's list."""

from fastapi import APIRouter

from services.referral.governance.queries.break_glass_list import (
    OpeningFilter,
    OpeningLine,
    break_glass_list,
)
from services.referral.staff.web.access import LEAD
from shared.staff.column import Column
from shared.staff.filter import Filter, Yes
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[OpeningFilter]) -> Listing[OpeningLine]:
    return break_glass_list(asked.work.today, asked.chosen)


OPENINGS = ListPage(
    path="/break-glass",
    may=LEAD,
    reads="break_glass.read",
    exports="break_glass.export",
    filters=(Filter("every", Yes),),
    chosen=OpeningFilter,
    find=_find,
    columns=(
        Column("Reference", lambda line: line.reference),
        Column("Record", cell="record"),
        Column("Opened by", lambda line: line.opened_by_name, cell="opener"),
        Column("Opened", cell="opened"),
        Column("Opened at (UTC)", lambda line: line.opened_at),
        Column("Until (UTC)", lambda line: line.until),
        Column("Why", cell="why"),
        Column("Reason", lambda line: line.reason),
        Column("Review due on", lambda line: line.review_due_on),
        Column("Finding", lambda line: line.finding),
        Column("Review", lambda line: line.review_note, cell="review"),
    ),
    template="governance/break-glass.html",
    done={"reviewed": "Saved: the review."},
    file_name="restricted-records-opened.csv",
)
add_list(router, OPENINGS)
