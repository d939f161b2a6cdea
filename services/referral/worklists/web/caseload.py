"""The caseload: families who get support, those who need the team next first."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.team.domain.need import Need
from services.referral.worklists.queries.caseload import (
    CaseloadFilter,
    CaseloadLine,
    CaseloadOrder,
    caseload,
    families_without_practitioner,
)
from shared.contracts.vocabulary import Tier
from shared.kernel.clock import london_date
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()

TIERS = [tier for tier in Tier if tier is not Tier.COMMUNITY]
"""A family at community level gets no support, and is in no caseload."""


async def _find(asked: Asked[CaseloadFilter]) -> Listing[CaseloadLine]:
    return caseload(asking_of(asked.request, asked.work), asked.chosen)


async def _more(asked: Asked[CaseloadFilter]) -> dict[str, Any]:
    without = await families_without_practitioner(asked.work.session)
    return {"without": without if asked.chosen.whose is Whose.MINE else 0}


_COLUMNS: Sequence[Column[CaseloadLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Baby", lambda line: line.family.babies, cell="family"),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("What is needed", lambda line: "; ".join(needed.words for needed in line.needs), cell="needs"),
    Column("Tier", lambda line: line.support.tier),
    Column("Level", lambda line: line.support.level),
    Column("Risk support", lambda line: line.support.risk_support),
    Column("Direct work", lambda line: line.support.direct_work),
    Column("Urgency", lambda line: line.urgency),
    Column("Support", cell="support"),
    Column("Contact", cell="contact", order=CaseloadOrder.LAST_CONTACT),
    Column("Next review", cell="review", order=CaseloadOrder.REVIEW),
    Column("Practitioner", lambda line: line.lead_name, cell="lead"),
    Column("Last contact", lambda line: line.last_contact_on),
    Column("Next appointment", lambda line: london_date(line.next_contact_at) if line.next_contact_at else None),
    Column("Opened on", lambda line: line.opened_on),
    Column("Review on", lambda line: line.review_on),
    Column("Review overdue", lambda line: line.review_overdue),
)

CASELOAD = ListPage(
    path="/caseload",
    may=STAFF,
    reads="caseload.read",
    exports="caseload.export",
    filters=(
        WHOSE,
        Filter("need", Need, "Need", every="Any or none"),
        Filter("tier", Tier, "Tier", every="All", offered=TIERS),
        Filter("order", CaseloadOrder, "Order", usual=CaseloadOrder.NEED),
    ),
    chosen=CaseloadFilter,
    find=_find,
    columns=_COLUMNS,
    template="worklists/caseload.html",
    more=_more,
    file_name="caseload.csv",
)
add_list(router, CASELOAD)
