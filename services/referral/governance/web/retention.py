"""Records whose date has passed: proposed by one person, decided by another, and what stays of them."""

from typing import Any

from fastapi import APIRouter

from services.referral.governance.queries.retention_list import (
    RetentionLine,
    retention_list,
    tombstones,
)
from services.referral.staff.web.access import LEAD
from shared.staff.column import PLAIN, Column
from shared.staff.list_page import Asked, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()

DONE = {
    "proposed": "The destruction is proposed. Another team lead decides it.",
    "keep": "The record is kept.",
    "destroy": "The record was destroyed. What stays is below.",
}


async def _find(asked: Asked[Unfiltered]) -> Listing[RetentionLine]:
    return await retention_list(asked.work)


async def _more(asked: Asked[Unfiltered]) -> dict[str, Any]:
    return {"destroyed": await tombstones(asked.work.session), "back": "/record-keeping"}


RETENTION = ListPage(
    path="/retention",
    may=LEAD,
    reads="retention.read",
    exports="retention.export",
    find=_find,
    columns=(
        Column("Record", cell="record"),
        Column("Reference", lambda line: line.reference),
        Column("People", lambda line: line.names),
        Column("Kept until", lambda line: line.kept.until, cell=PLAIN),
        Column("Why", cell="why"),
        Column("Destruction", cell="destruction"),
        Column("Rule", lambda line: line.kept.rule.rule if line.kept.rule else None),
        Column("Holds", lambda line: "; ".join(hold.label for hold in line.kept.holds)),
        Column("Destruction proposed by", lambda line: line.proposed_by_name),
    ),
    template="governance/retention.html",
    more=_more,
    done=DONE,
    file_name="records-to-review.csv",
)
add_list(router, RETENTION)
