"""Who waits for one thing, for how long, and which step is missing? The longest over target comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode, referral
from services.referral.staff.queries.asking import Asking, ListRules, Whose
from services.referral.support.queries.wait_columns import (
    REFERRAL,
    accepted_rules,
    breach_on,
    history_of,
    may_wait,
    missing_step_of,
    pauses_of_episode,
    runs,
)
from services.referral.team.domain.missing_step import MissingStep, missing_step
from services.referral.team.domain.wait_clock import ClockRule, Wait, next_breach, read_clocks
from services.referral.worklists.queries.caseload import open_episode, shown_episodes, whose_families
from services.referral.worklists.queries.family_shown import FamilyShown, babys_name, family_shown
from services.referral.worklists.queries.waiting_part import WaitingPart, parts_of_waiting
from shared.contracts.pathway_codes import Attendance, ContactKind, WaitClock
from shared.contracts.vocabulary import Code, Urgency
from shared.database.built_once import NOW, built_once
from shared.database.mapping import read_row
from shared.kernel.clock import london_date
from shared.staff.colleagues import Colleague
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.staff.tables import colleague


class WaitingOrder(Code):
    TARGET = "target", "Longest over target"
    NAME = "name", "Name"
    MISSING = "missing", "What is missing"
    NEXT = "next", "Next contact"
    CALL = "call", "Waiting-well call"
    LEAD = "lead", "Practitioner"


@dataclass(frozen=True)
class WaitingFilter:
    whose: Whose | Colleague = Whose.TEAM
    clock: WaitClock = WaitClock.HELP_STARTED
    """Only families for whom this clock runs."""
    part: WaitingPart | None = None
    order: WaitingOrder = WaitingOrder.TARGET


@dataclass(frozen=True)
class WaitingLine:
    """One family for whom the chosen clock runs."""

    family: FamilyShown
    reference: str
    urgency: Urgency
    received_on: date
    """By this team."""
    wait: Wait
    """What the chosen clock shows."""
    missing: MissingStep
    """Why it still runs."""
    waits: Sequence[Wait]
    """Every clock of the pathway, gross and adjusted; the order is the pathway's."""
    next: Wait
    """The running clock whose target is over first."""
    lead_name: str | None
    last_contact_on: date | None
    """A call while waiting counts."""
    next_contact_at: datetime | None
    """UTC; None when nothing is booked."""
    waiting_well_on: date | None
    """The day by which someone promised to call while they wait; None once they were met."""
    called_on: date | None
    """The last such call that was answered."""


def waiting_list(asking: Asking, chosen: WaitingFilter) -> Listing[WaitingLine]:
    """Families that were accepted and for whom the chosen clock runs."""
    return Found(partial(_cut, asking.rules, chosen), partial(_line, asking=asking, clock=chosen.clock), asking.known)


async def waiting_counts(session: AsyncSession, asking: Asking, chosen: WaitingFilter) -> Mapping[Code | None, int]:
    """How many families wait for each clock, and of those of the chosen one how many are in each part; one statement.

    Of the decision on a referral, whose clock counts working days on the page of triage, all that are open.
    """
    counted = (WaitClock.TRIAGE, *sorted(accepted_rules(asking.rules.waits)), *WaitingPart)
    query = _counts(asking.rules, chosen.whose, chosen.clock)
    return dict(zip(counted, (await session.execute(query, asking.known)).one(), strict=True))


@built_once
def _counts(rules: ListRules, whose: Whose | Colleague, clock: WaitClock) -> Select[Any]:
    clocks = accepted_rules(rules.waits)
    in_triage = select(func.count()).select_from(referral).where(referral.c.decided_on.is_(None))
    parts = parts_of_waiting(rules, clocks[clock])
    columns: list[ColumnElement[Any]] = [
        in_triage.correlate(None).scalar_subquery(),
        *(func.count().filter(runs(clocks[one])) for one in sorted(clocks)),
        *(func.count().filter(runs(clocks[clock]) & parts[part]) for part in WaitingPart),
    ]
    return (
        select(*columns)
        .select_from(episode)
        .join(referral, referral.c.id == episode.c.referral_id)
        .where(*who_may_wait(whose))
    )


def who_may_wait(whose: Whose | Colleague) -> list[ColumnElement[bool]]:
    return [open_episode(), may_wait(), *whose_families(whose)]


@built_once
def _cut(rules: ListRules, chosen: WaitingFilter, cut: Cut | None) -> Select[Any]:
    rule = accepted_rules(rules.waits)[chosen.clock]
    part = [parts_of_waiting(rules, rule)[chosen.part]] if chosen.part else []
    sorted_by = _sorted_by(chosen, rule)
    found = (
        select(episode.c.id, breach_on(rule).label("breach_on"), referral.c.received_at, sorted_by.label("sorted_by"))
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .where(*who_may_wait(chosen.whose), runs(rule), *part)
        .cte("found")
    )
    shown = cut_page(found, _order, cut)
    more = (*REFERRAL, referral.c.waiting_well_on, pauses_of_episode(), _called_on())
    return shown_episodes(shown, *more).order_by(*_order(shown))


def _sorted_by(chosen: WaitingFilter, rule: ClockRule) -> ColumnElement[Any]:
    is_booked = episode.c.next_contact_at >= NOW
    steps = missing_step_of(rule)
    columns: Mapping[WaitingOrder, ColumnElement[Any]] = {
        WaitingOrder.TARGET: breach_on(rule),
        WaitingOrder.NAME: babys_name(episode.c.family_id),
        WaitingOrder.MISSING: case(*((steps == step, place) for place, step in enumerate(MissingStep))),
        WaitingOrder.NEXT: case((is_booked, episode.c.next_contact_at)),
        WaitingOrder.CALL: case((episode.c.first_contact_on.is_(None), referral.c.waiting_well_on)),
        WaitingOrder.LEAD: select(func.lower(colleague.c.name))
        .where(colleague.c.id == episode.c.lead_id)
        .scalar_subquery(),
    }
    return columns[chosen.order]


def _order(found: FromClause) -> list[ColumnElement[Any]]:
    return [found.c.sorted_by.nulls_last(), found.c.breach_on, found.c.received_at, found.c.id]


def _called_on() -> ColumnElement[date | None]:
    call = (contact.c.kind == ContactKind.WAITING_WELL, contact.c.attendance == Attendance.ATTENDED)
    latest = select(func.max(contact.c.held_on)).where(contact.c.episode_id == episode.c.id, *call)
    return latest.scalar_subquery().label("called_on")


def _line(row: Any, asking: Asking, clock: WaitClock) -> WaitingLine | None:
    history, rules = history_of(row), accepted_rules(asking.rules.waits)
    waits = read_clocks(history, asking.today, rules)
    first, missing = next_breach(waits), missing_step(history, rules[clock])
    if first is None or missing is None:
        return None
    is_booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    return read_row(
        WaitingLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        received_on=london_date(row.received_at),
        wait=next(wait for wait in waits if wait.clock is clock),
        missing=missing,
        waits=waits,
        next=first,
        next_contact_at=row.next_contact_at if is_booked else None,
        waiting_well_on=row.waiting_well_on if row.first_contact_on is None else None,
    )
