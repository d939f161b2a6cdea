"""Who holds which training, and until when; and how many families can each carry?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import colleague_capacity
from services.referral.database.training_tables import held_training
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.support.domain.intervention import Course, HeldTraining, KnownTraining, TrainingSource
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.web.tables import account

_WORKING = sorted(CAPABILITIES.roles_with(RECORD_CONTACT))


@dataclass(frozen=True)
class ColleagueFilter:
    course: Course | None = None
    """Only those who hold it today."""


@dataclass(frozen=True)
class ColleagueLine:
    """Someone who works with families."""

    colleague_id: UUID
    name: str
    trainings: Sequence[KnownTraining]
    """The newest first; of one course there can be several, as it is refreshed."""
    capacity: int | None
    """Families that they can carry at the same time; None: nobody said."""
    first_sign_in_at: datetime | None
    """With an account of their organisation's; None: of someone whom only a record names."""
    last_sign_in_at: datetime | None


def colleague_trainings(today: date, chosen: ColleagueFilter) -> Listing[ColleagueLine]:
    """Everyone who works with families, by name; one statement."""
    facts = func.jsonb_build_array(
        held_training.c.course, held_training.c.held_from, held_training.c.until_on, held_training.c.source
    )
    held = (
        select(func.jsonb_agg(facts))
        .where(held_training.c.colleague_id == colleague.c.id)
        .scalar_subquery()
        .label("held")
    )
    own = account.c.id == colleague.c.id
    first, last = func.min(account.c.first_sign_in_at), func.max(account.c.last_sign_in_at)
    first_at = select(first).where(own).scalar_subquery().label("first_at")
    last_at = select(last).where(own).scalar_subquery().label("last_at")
    query = (
        select(colleague.c.id, colleague.c.name, held, colleague_capacity.c.families, first_at, last_at)
        .outerjoin(colleague_capacity, colleague_capacity.c.colleague_id == colleague.c.id)
        .where(colleague.c.roles.overlap(_WORKING))
        .order_by(colleague.c.name, colleague.c.id)
    )
    if chosen.course is not None:
        goes_on = held_training.c.until_on.is_(None) | (held_training.c.until_on > today)
        holders = select(held_training.c.colleague_id).where(
            held_training.c.course == chosen.course, held_training.c.held_from <= today, goes_on
        )
        query = query.where(colleague.c.id.in_(holders))
    return found_by(query, _line)


async def colleague_name(session: AsyncSession, colleague_id: UUID) -> str | None:
    """Of someone who works with families; None when there is nobody of that id."""
    works = colleague.c.roles.overlap(_WORKING)
    return await session.scalar(select(colleague.c.name).where(colleague.c.id == colleague_id, works))


async def colleague_capacity_of(session: AsyncSession, colleague_id: UUID) -> int | None:
    """Families that someone can carry at the same time; None: nobody said."""
    carries = colleague_capacity.c.colleague_id == colleague_id
    return await session.scalar(select(colleague_capacity.c.families).where(carries))


def _line(row: Any) -> ColleagueLine:
    return ColleagueLine(row.id, row.name, _held(row.held or ()), row.families, row.first_at, row.last_at)


def _held(told: Sequence[Sequence[str]]) -> list[KnownTraining]:
    held = [
        KnownTraining(
            HeldTraining(Course(course), date.fromisoformat(since), date.fromisoformat(until) if until else None),
            TrainingSource(source),
        )
        for course, since, until, source in told
    ]
    return sorted(held, key=lambda one: (one.held.held_from, one.held.course), reverse=True)
