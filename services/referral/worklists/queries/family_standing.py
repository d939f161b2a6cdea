"""Where does the work with one family stand, and what does it need next?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select, true

from services.referral.database.clinical_tables import hand_over, pause
from services.referral.database.tables import episode, referral
from services.referral.staff.database.record_access import check_episode
from services.referral.staff.queries.asking import Asking
from services.referral.support.domain.phase import Milestones, Phase, phase_of
from services.referral.support.queries.wait_columns import REFERRAL, history_of, is_paused
from services.referral.team.domain.need import Needed
from services.referral.team.domain.wait_clock import Wait, next_breach, read_clocks
from services.referral.worklists.queries.need_columns import (
    lacks_first_measure,
    needs_of_row,
    open_safety_tasks_of,
    quiet_since,
    safety_of,
)
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FamilyStanding:
    """The work with one family today, as a fold over its record."""

    phase: Phase
    needs: Sequence[Needed]
    """The most pressing first; nothing when the family can wait, or the work has ended."""
    waits: Sequence[Wait]
    """Every clock, in the order in which a family meets them."""
    next_breach: Wait | None
    """The running clock whose target is over first."""
    paused_since: date | None
    contacts_attended: int
    last_contact_on: date | None
    next_contact_at: datetime | None
    """UTC; None when nothing is booked."""
    waiting_well_on: date | None
    """When somebody calls to ask how they are; None once they were met."""
    lacks_start: bool
    """They were met, and there is neither a measure from the start nor a reason for none."""
    ended_on: date | None


async def family_standing(work: UnitOfWork, episode_id: UUID, asking: Asking) -> FamilyStanding:
    """One statement."""
    await check_episode(work, episode_id)
    row = (await work.session.execute(_query(asking).where(episode.c.id == episode_id))).one()
    waits = read_clocks(history_of(row), asking.today, asking.rules)
    has_ended = row.ended_on is not None
    return read_row(
        FamilyStanding,
        row,
        phase=phase_of(read_row(Milestones, row), asking.today),
        needs=() if has_ended else needs_of_row(row, asking),
        waits=waits,
        next_breach=next_breach(waits),
        next_contact_at=row.next_contact_at if row.next_contact_at and row.next_contact_at >= asking.now else None,
        waiting_well_on=row.waiting_well_on if row.first_contact_on is None else None,
        lacks_start=row.lacks_start and not has_ended,
    )


def _query(asking: Asking) -> Any:
    pauses = select(func.jsonb_agg(func.jsonb_build_array(pause.c.reason, pause.c.started_on, pause.c.ended_on)))
    open_pause = select(pause.c.started_on).where(pause.c.episode_id == episode.c.id, pause.c.ended_on.is_(None))
    safety = open_safety_tasks_of(episode.c.family_id)
    planned = exists().where(hand_over.c.episode_id == episode.c.id, hand_over.c.completed_on.is_(None))
    standing = select(
        episode,
        *REFERRAL,
        referral.c.waiting_well_on,
        pauses.where(pause.c.episode_id == episode.c.id).scalar_subquery().label("pauses"),
        open_pause.scalar_subquery().label("paused_since"),
        *safety_of(safety),
        quiet_since(asking).label("quiet_since"),
        is_paused(asking.today).label("is_paused"),
        planned.label("is_hand_over_planned"),
        lacks_first_measure().label("lacks_start"),
    )
    return standing.join_from(episode, referral, referral.c.id == episode.c.referral_id).join(safety, true())
