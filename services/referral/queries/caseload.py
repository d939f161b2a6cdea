"""Which families does the team work with, and who needs a review next?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode, referral
from services.referral.domain.age import age_in_words
from services.referral.domain.subject import Baby, Unborn
from services.referral.domain.tier import Support
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from shared.contracts.vocabulary import Level, Tier, Urgency

_OF_THE_REFERRAL = (
    referral.c.reference,
    referral.c.due_on,
    referral.c.baby_name,
    referral.c.born_on,
    referral.c.caregiver_name,
    referral.c.urgency,
)


@dataclass(frozen=True)
class CaseloadFilter:
    tier: Tier | None = None
    overdue_only: bool = False


@dataclass(frozen=True)
class CaseloadLine:
    """One family that gets support."""

    family_id: UUID
    episode_id: UUID
    reference: str
    baby_name: str | None
    """None for a baby who was not born at referral."""
    age: str
    """In words, on the day of the list."""
    caregiver_name: str
    support: Support
    urgency: Urgency
    opened_on: date
    review_on: date
    overdue: bool
    """The review was due before today."""


async def caseload(
    session: AsyncSession, today: date, chosen: CaseloadFilter, *, page: int | None = 1
) -> PageOf[CaseloadLine]:
    """Families whose support has not ended: overdue reviews first, then the next to come.

    Args:
        page: from 1; None gives all of them.
    """
    query = (
        select(episode, *_OF_THE_REFERRAL, func.count().over().label("total"))
        .join_from(episode, referral, referral.c.episode_id == episode.c.id)
        .where(*_conditions(chosen, today))
        .order_by(episode.c.review_on, episode.c.opened_on, episode.c.id)
    )
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    rows = (await session.execute(query)).all()
    return PageOf([_line(row, today) for row in rows], rows[0].total if rows else 0, page or 1)


def _conditions(chosen: CaseloadFilter, today: date) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [episode.c.review_on.is_not(None), episode.c.ended_on.is_(None)]
    if chosen.tier is Tier.RISK:
        conditions += [episode.c.risk_support, ~episode.c.direct_work]
    elif chosen.tier is not None:
        conditions += [episode.c.level == chosen.tier, ~episode.c.risk_support | episode.c.direct_work]
    if chosen.overdue_only:
        conditions.append(episode.c.review_on < today)
    return conditions


def _line(row: Row, today: date) -> CaseloadLine:  # type: ignore[type-arg]
    subject = Unborn(row.due_on) if row.due_on else Baby(row.baby_name, row.born_on)
    return CaseloadLine(
        family_id=row.family_id,
        episode_id=row.id,
        reference=row.reference,
        baby_name=row.baby_name,
        age=age_in_words(subject, today),
        caregiver_name=row.caregiver_name,
        support=Support(Level(row.level), risk_support=row.risk_support, direct_work=row.direct_work),
        urgency=Urgency(row.urgency),
        opened_on=row.opened_on,
        review_on=row.review_on,
        overdue=row.review_on < today,
    )
