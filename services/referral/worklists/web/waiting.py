"""The waiting list: families for whom one clock runs, the longest over target first, and why it still runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import WHOSE, asking_of
from services.referral.staff.web.work import settings_of, team_of
from services.referral.support.queries.wait_columns import accepted_rules
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitState
from services.referral.worklists.queries.waiting_list import (
    WaitingFilter,
    WaitingLine,
    WaitingOrder,
    waiting_counts,
    waiting_list,
)
from services.referral.worklists.queries.waiting_part import WaitingPart
from services.referral.worklists.queries.waiting_summary import DaysWaited, WaitingSummary, waiting_summary
from services.referral.worklists.web.row_drawings import wait_drawn
from services.referral.worklists.web.where_it_is_done import step_address
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.vocabulary import Code
from shared.kernel.clock import london_date
from shared.staff.column import PLAIN, Column, Value
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.line_drawing import Colour, Group, histogram

router = APIRouter()

_CLOCKS: Mapping[WaitClock, tuple[str, str, str]] = {
    WaitClock.FIRST_CONTACT: (
        "First visit",
        "Waiting for a first visit",
        "The wait ends with the first visit that takes place. A waiting-well call does not count.",
    ),
    WaitClock.HELP_STARTED: (
        "Help to start",
        "Waiting for help to start",
        "Help has started when assessment, first measure, agreed plan and first intervention are all on record.",
    ),
    WaitClock.ASSESSMENT_TO_INTERVENTION: (
        "After assessment",
        "Waiting for an intervention after assessment",
        "The wait runs from the assessment to the first visit that is part of an intervention.",
    ),
    WaitClock.REFERRAL_TO_INTERVENTION: (
        "Intervention",
        "Waiting for an intervention",
        "The wait runs from the referral to the first visit that is part of an intervention.",
    ),
}
"""What each is called as a chip and as the page's heading, and how it is counted."""


async def _find(asked: Asked[WaitingFilter]) -> Listing[WaitingLine]:
    return waiting_list(asking_of(asked.request, asked.work), asked.chosen)


async def _counts(asked: Asked[WaitingFilter]) -> Counts:
    return await waiting_counts(asked.work.session, asking_of(asked.request, asked.work), asked.chosen)


async def _more(asked: Asked[WaitingFilter]) -> dict[str, Any]:
    summary = await waiting_summary(asked.work.session, asking_of(asked.request, asked.work), asked.chosen)
    _, heading, counted = _CLOCKS[asked.chosen.clock]
    return {
        "summary": summary,
        "days_drawn": _days_drawn(summary),
        "waits_for": heading,
        "counted": counted,
        "today": asked.work.today,
        "step_address": step_address,
        "pauses": sorted(reason.label for reason in settings_of(asked.request).waits_paused_by),
    }


def _calls(_: Asked[WaitingFilter]) -> dict[Code, str]:
    return {clock: chip for clock, (chip, *_) in _CLOCKS.items()}


def _mark(line: WaitingLine) -> Mark | None:
    return Mark.LATE if line.wait.breached else None


def _days_drawn(summary: WaitingSummary) -> Markup:
    groups = [Group(_days(one), one.families, _colour(one, summary.target)) for one in summary.days]
    return histogram(groups, "Days waited: " + "; ".join(f"{one.label}: {one.number}" for one in groups))


def _days(one: DaysWaited) -> str:
    return f"over {one.first - 1} days" if one.last is None else f"{one.first}–{one.last} days"


def _colour(one: DaysWaited, target: int) -> Colour:
    if one.is_over:
        return Colour.LATE
    return Colour.NEAR if one.last == target else Colour.OK


def _columns(asked: Asked[WaitingFilter]) -> Sequence[Column[WaitingLine]]:
    rules = accepted_rules(team_of(asked.request).wait_rules)
    target = f"{rules[asked.chosen.clock].target.days} days at the tick"
    every_clock = (column for place, clock in enumerate(rules) for column in _of_a_clock(place, clock))
    return [*_WHO, Column(target, cell=PLAIN, drawn=_bar, place="bar"), *_COLUMNS, *every_clock]


def _bar(line: WaitingLine) -> Markup:
    return wait_drawn(line.wait, width=250, targets=4)


def target_words(line: WaitingLine) -> str:
    """`over by 122`, `4 left`, `last day`."""
    over = line.wait.gross_days - line.wait.target
    return f"over by {over}" if over > 0 else f"{-over} left" if over else "last day"


_WHO: Sequence[Column[WaitingLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Family", cell="family", heads_row=True, order=WaitingOrder.NAME, place="who"),
    Column("Baby", lambda line: line.family.babies),
    Column("Age", lambda line: line.family.ages),
    Column("Parents and carers", lambda line: line.family.carers),
    Column("Urgency", lambda line: line.urgency),
    Column("Referral received on", lambda line: line.received_on),
)
_COLUMNS: Sequence[Column[WaitingLine]] = (
    Column(
        "Days",
        lambda line: line.wait.gross_days,
        PLAIN,
        is_number=True,
        order=WaitingOrder.TARGET,
        is_falling=True,
        place="days",
    ),
    Column("Target", target_words, PLAIN, place="over"),
    Column("What is missing", lambda line: line.missing, "missing", order=WaitingOrder.MISSING, place="why"),
    Column("Next contact", cell="next", order=WaitingOrder.NEXT, place="next"),
    Column("Waiting-well call", cell="call", order=WaitingOrder.CALL, place="call"),
    Column("Practitioner", lambda line: line.lead_name, "lead", order=WaitingOrder.LEAD, place="lead"),
    Column("Last contact", lambda line: line.last_contact_on),
    Column("Next appointment", lambda line: london_date(line.next_contact_at) if line.next_contact_at else None),
    Column("Call while waiting by", lambda line: line.waiting_well_on),
    Column("Last call while waiting", lambda line: line.called_on),
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
        Filter(
            "clock",
            WaitClock,
            "Waiting for",
            usual=WaitClock.HELP_STARTED,
            is_chips=True,
            offered=list(accepted_rules(DEFAULT_RULES)),
        ),
        Filter("part", WaitingPart, "Show", is_chips=True, alarms=(WaitingPart.OVER,)),
        replace(WHOSE, usual=Whose.TEAM),
        Filter("order", WaitingOrder, usual=WaitingOrder.TARGET),
    ),
    chosen=WaitingFilter,
    find=_find,
    counts=_counts,
    calls=_calls,
    marks=_mark,
    columns=_columns,
    template="worklists/waiting.html",
    more=_more,
    file_name="waiting.csv",
)
add_list(router, WAITING)
