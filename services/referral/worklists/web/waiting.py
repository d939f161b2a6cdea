"""The waiting list: families for whom a clock runs, who breaches next first."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import settings_of, team_of
from services.referral.support.queries.wait_columns import accepted_rules
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitState
from services.referral.worklists.queries.waiting_list import (
    WaitingFilter,
    WaitingLine,
    referrals_in_triage,
    waiting_list,
)
from shared.contracts.pathway_codes import WaitClock
from shared.kernel.clock import london_date
from shared.staff.column import Column, Value
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[WaitingFilter]) -> Listing[WaitingLine]:
    return waiting_list(asking_of(asked.request, asked.work), asked.chosen)


async def _more(asked: Asked[WaitingFilter]) -> dict[str, Any]:
    return {
        "today": asked.work.today,
        "in_triage": await referrals_in_triage(asked.work.session),
        "pauses": sorted(reason.label for reason in settings_of(asked.request).waits_paused_by),
    }


def _columns(asked: Asked[WaitingFilter]) -> Sequence[Column[WaitingLine]]:
    clocks = enumerate(_clocks(asked.request))
    return [*_COLUMNS, *(column for place, clock in clocks for column in _of_a_clock(place, clock))]


def _clocks(request: Request) -> list[WaitClock]:
    return list(accepted_rules(team_of(request).wait_rules))


_COLUMNS: Sequence[Column[WaitingLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Baby", lambda line: line.family.babies, cell="baby"),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("Urgency", lambda line: line.urgency),
    Column("Referral received on", lambda line: line.received_on),
    Column("Over target next", cell="next"),
    Column("Waits, since referral received", cell="waits"),
    Column("Contact while waiting", cell="contact"),
    Column("Practitioner", lambda line: line.lead_name, cell="lead"),
    Column("Last contact", lambda line: line.last_contact_on),
    Column("Next appointment", lambda line: london_date(line.next_contact_at) if line.next_contact_at else None),
    Column("Call while waiting by", lambda line: line.waiting_well_on),
    Column("Over target next", lambda line: line.next.clock),
    Column("Over target from", lambda line: line.next.gross.breach_on if line.next.gross else None),
)


def _of_a_clock(place: int, clock: WaitClock) -> Sequence[Column[WaitingLine]]:
    """What the file says of one clock, by its place among the waits."""

    def has_begun(line: WaitingLine, value: Value) -> Value:
        return None if line.waits[place].state is WaitState.NOT_STARTED else value

    return (
        Column(f"{clock.label}: state", lambda line: line.waits[place].state),
        Column(f"{clock.label}: days", lambda line: has_begun(line, line.waits[place].gross_days)),
        Column(f"{clock.label}: days without pauses", lambda line: has_begun(line, line.waits[place].adjusted_days)),
        Column(f"{clock.label}: target in days", lambda line: line.waits[place].target),
        Column(f"{clock.label}: over target", lambda line: has_begun(line, line.waits[place].breached)),
    )


WAITING = ListPage(
    path="/waiting",
    may=STAFF,
    reads="waiting.read",
    exports="waiting.export",
    filters=(
        Filter("clock", WaitClock, "Waiting for", every="Anything", offered=list(accepted_rules(DEFAULT_RULES))),
        Filter("whose", Whose, "Families", usual=Whose.TEAM),
    ),
    chosen=WaitingFilter,
    find=_find,
    columns=_columns,
    template="worklists/waiting.html",
    more=_more,
    file_name="waiting.csv",
)
add_list(router, WAITING)
