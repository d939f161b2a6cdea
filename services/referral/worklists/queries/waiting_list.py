"""Who waits, for what and for how long? Who breaches next comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode, referral
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.support.queries.wait_columns import (
    REFERRAL,
    accepted_rules,
    history_of,
    may_wait,
    next_breach_on,
    pauses_of_episode,
    runs,
)
from services.referral.team.domain.wait_clock import Wait, next_breach, read_clocks
from services.referral.worklists.queries.caseload import open_episode, shown_episodes, whose_families
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.vocabulary import Urgency
from shared.database.mapping import read_row
from shared.kernel.clock import london_date
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page


@dataclass(frozen=True)
class WaitingFilter:
    whose: Whose = Whose.TEAM
    clock: WaitClock | None = None
    """Only families for whom this clock runs."""


@dataclass(frozen=True)
class WaitingLine:
    """One family for whom a clock runs."""

    family: FamilyShown
    reference: str
    urgency: Urgency
    received_on: date
    """By this team."""
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
    """The day by which somebody promised to call while they wait; None once they were met."""

    @property
    def is_promised(self) -> bool:
        """The family knows when it hears from the team next."""
        return self.next_contact_at is not None or self.waiting_well_on is not None


def waiting_list(asking: Asking, chosen: WaitingFilter) -> Listing[WaitingLine]:
    """Families that were accepted and for whom a clock runs."""
    return Found(partial(_cut, asking, chosen), partial(_line, asking=asking))


async def referrals_in_triage(session: AsyncSession) -> int:
    """How many families wait for the decision itself; their clock counts working days, on the page of triage."""
    return await session.scalar(select(func.count()).where(referral.c.decided_on.is_(None))) or 0


def _cut(asking: Asking, chosen: WaitingFilter, cut: Cut | None) -> Select[Any]:
    found = (
        select(episode.c.id, next_breach_on(asking.rules).label("breach_on"), referral.c.received_at)
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .where(open_episode(), may_wait(), _waits(asking, chosen.clock), *whose_families(chosen.whose, asking.actor))
        .cte("found")
    )
    shown = cut_page(found, _order, cut)
    more = (*REFERRAL, referral.c.waiting_well_on, pauses_of_episode())
    return shown_episodes(shown, asking, *more).order_by(*_order(shown))


def _order(found: FromClause) -> list[ColumnElement[Any]]:
    return [found.c.breach_on, found.c.received_at, found.c.id]


def _waits(asking: Asking, clock: WaitClock | None) -> ColumnElement[bool]:
    rules = accepted_rules(asking.rules)
    return runs(rules[clock]) if clock else or_(*(runs(rule) for rule in rules.values()))


def _line(row: Any, asking: Asking) -> WaitingLine | None:
    waits = read_clocks(history_of(row), asking.today, accepted_rules(asking.rules))
    first = next_breach(waits)
    if first is None:
        return None
    is_booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    return read_row(
        WaitingLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        received_on=london_date(row.received_at),
        waits=waits,
        next=first,
        next_contact_at=row.next_contact_at if is_booked else None,
        waiting_well_on=row.waiting_well_on if row.first_contact_on is None else None,
    )
