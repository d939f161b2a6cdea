"""Requests for a copy of a record: the list."""

from fastapi import APIRouter

from services.referral.governance.queries.subject_access_list import AccessFilter, AccessLine, subject_access_list
from services.referral.staff.web.access import STAFF
from shared.staff.column import Column
from shared.staff.filter import Filter, Yes
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[AccessFilter]) -> Listing[AccessLine]:
    return subject_access_list(asked.work, asked.chosen)


REQUESTS = ListPage(
    path="/subject-access",
    may=STAFF,
    reads="subject_access.list",
    exports="subject_access.download",
    filters=(Filter("closed", Yes),),
    chosen=AccessFilter,
    find=_find,
    columns=(
        Column("Reference", lambda line: line.reference),
        Column("About", lambda line: line.about, cell="about"),
        Column("Asked by", lambda line: line.asked_by, cell="asker"),
        Column("Relation", lambda line: line.relation),
        Column("Asked", cell="asked"),
        Column("Asked on", lambda line: line.asked_on),
        Column("Due", cell="due"),
        Column("Due on", lambda line: line.due_on),
        Column("Extended", lambda line: line.is_extended),
        Column("Overdue", lambda line: line.overdue),
        Column("Outcome", lambda line: line.outcome, cell="outcome"),
    ),
    template="governance/subject-access-list.html",
    file_name="requests-for-a-copy.csv",
)
add_list(router, REQUESTS)
