"""The caseload: families who get support, those who need the team next first."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup

from services.referral.measures.web.measure_pack import measures_of
from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.staff.web.work import settings_of
from services.referral.team.domain.need import Need
from services.referral.worklists.queries.caseload import (
    CaseloadFilter,
    CaseloadLine,
    CaseloadOrder,
    caseload,
    caseload_counts,
)
from services.referral.worklists.queries.caseload_part import CaseloadPart
from services.referral.worklists.web.row_drawings import (
    ScoreLine,
    contact_words,
    contacts_drawn,
    score_drawn,
    score_line,
    wait_cell,
)
from services.referral.worklists.web.where_it_is_done import need_address
from shared.contracts.vocabulary import Code, Tier
from shared.kernel.clock import london_date
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()

TIERS = [tier for tier in Tier if tier is not Tier.COMMUNITY]
"""A family at community level gets no support, and is in no caseload."""


async def _find(asked: Asked[CaseloadFilter]) -> Listing[CaseloadLine]:
    usual = settings_of(asked.request).usual_measures
    return caseload(asking_of(asked.request, asked.work), asked.chosen, usual)


async def _counts(asked: Asked[CaseloadFilter]) -> Counts:
    return await caseload_counts(asked.work.session, asking_of(asked.request, asked.work), asked.chosen)


async def _more(_: Asked[CaseloadFilter]) -> dict[str, Any]:
    return {"need_address": need_address}


def _calls(asked: Asked[CaseloadFilter]) -> dict[Code, str]:
    return {CaseloadPart.CONTACT: f"Not seen for {settings_of(asked.request).no_contact_days} days"}


def _mark(line: CaseloadLine) -> Mark | None:
    if not line.needs:
        return None
    return Mark.ALARM if line.needs[0].need is Need.SAFETY else Mark.LATE


def _columns(asked: Asked[CaseloadFilter]) -> Sequence[Column[CaseloadLine]]:
    """Who leads is a column of the page where it is not the same in every row."""
    usual, measures = settings_of(asked.request).usual_measures, measures_of(asked.request)
    heading = usual[0] if usual else "Measure"

    def scores(line: CaseloadLine) -> ScoreLine | None:
        return score_line(line.scores, usual, measures)

    def score_words(line: CaseloadLine) -> str | None:
        return found.words if (found := scores(line)) else None

    is_said = asked.chosen.whose is Whose.TEAM
    return (
        *_WHO,
        Column("Last 8 contacts", lambda line: contact_words(line.contacts), PLAIN, drawn=_contacts, place="dots"),
        Column(heading, score_words, PLAIN, drawn=lambda line: score_drawn(scores(line), heading), place="spark"),
        *_WHEN,
        Column("Lead", cell="lead" if is_said else "", place="lead"),
        Column("Practitioner", lambda line: line.lead_name),
        Column("Record", cell="do", place="do"),
    )


def _contacts(line: CaseloadLine) -> Markup:
    return contacts_drawn(line.contacts)


def _wait(line: CaseloadLine) -> Markup:
    return wait_cell(line.help)


_WHO: Sequence[Column[CaseloadLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Family", cell="family", heads_row=True, order=CaseloadOrder.NAME, place="who"),
    Column("Baby", lambda line: line.family.babies),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("Needs next", cell="needs", order=CaseloadOrder.NEED, place="needs"),
    Column("What is needed", lambda line: "; ".join(f"{one.need.label}: {one.words}" for one in line.needs)),
    Column("Tier", lambda line: line.support.tier, cell="tier", order=CaseloadOrder.TIER, place="tag"),
    Column("Level", lambda line: line.support.level),
    Column("Risk support", lambda line: line.support.risk_support),
    Column("Direct work", lambda line: line.support.direct_work),
    Column("Urgency", lambda line: line.urgency),
    Column("Wait for help", cell=PLAIN, drawn=_wait, order=CaseloadOrder.WAIT, is_falling=True, place="wait"),
    Column("Days until help started", lambda line: line.help.gross_days),
    Column("Help started", lambda line: line.help.state),
    Column("Target in days", lambda line: line.help.target),
)
_WHEN: Sequence[Column[CaseloadLine]] = (
    Column("Last seen", cell="last", order=CaseloadOrder.LAST_CONTACT, place="last"),
    Column("Last contact", lambda line: line.last_contact_on),
    Column("Next", cell="next", order=CaseloadOrder.NEXT, place="next"),
    Column("Next appointment", lambda line: london_date(line.next_contact_at) if line.next_contact_at else None),
    Column("Opened on", lambda line: line.opened_on),
    Column("Review", cell="review", order=CaseloadOrder.REVIEW, place="review"),
    Column("Review on", lambda line: line.review_on),
    Column("Review overdue", lambda line: line.review_overdue),
)

CASELOAD = ListPage(
    path="/caseload",
    may=STAFF,
    reads="caseload.read",
    exports="caseload.export",
    filters=(
        Filter("need", CaseloadPart, "Show", every="All", is_chips=True, alarms=(CaseloadPart.SAFETY,)),
        WHOSE,
        Filter("tier", Tier, "Tier", every="Any tier", offered=TIERS),
        Filter("order", CaseloadOrder, "Order", usual=CaseloadOrder.NEED),
    ),
    chosen=CaseloadFilter,
    find=_find,
    counts=_counts,
    calls=_calls,
    marks=_mark,
    columns=_columns,
    template="worklists/caseload.html",
    more=_more,
    file_name="caseload.csv",
)
add_list(router, CASELOAD)
