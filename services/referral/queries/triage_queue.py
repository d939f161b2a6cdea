"""Which referrals wait for a decision, and for how long?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import referral
from services.referral.domain.age import age_in_words
from services.referral.domain.subject import Baby, Unborn
from services.referral.domain.triage import TriageWait, triage_wait
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.clock import london_date


@dataclass(frozen=True)
class QueueFilter:
    source_group: SourceGroup | None = None


@dataclass(frozen=True)
class QueueLine:
    """One referral that nobody has decided on."""

    referral_id: UUID
    reference: str
    baby_name: str | None
    """None for a baby who is not born yet."""
    age: str
    """In words, on the day of the list."""
    caregiver_name: str
    source_group: SourceGroup
    received_on: date
    wait: TriageWait
    in_danger: bool


async def triage_queue(
    session: AsyncSession, today: date, chosen: QueueFilter, *, page: int | None = 1
) -> PageOf[QueueLine]:
    """Families in danger first, then the longest wait, so that what is over target is at the top.

    Args:
        page: from 1; None gives all of them.
    """
    query = (
        select(referral, func.count().over().label("total"))
        .where(*_conditions(chosen))
        .order_by(referral.c.in_danger.desc(), referral.c.received_at, referral.c.id)
    )
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    rows = (await session.execute(query)).all()
    return PageOf([_line(row, today) for row in rows], rows[0].total if rows else 0, page or 1)


def _conditions(chosen: QueueFilter) -> Sequence[ColumnElement[bool]]:
    waiting: list[ColumnElement[bool]] = [referral.c.decided_on.is_(None)]
    if chosen.source_group is not None:
        waiting.append(referral.c.source_group == chosen.source_group)
    return waiting


def _line(row: Row, today: date) -> QueueLine:  # type: ignore[type-arg]
    received_on = london_date(row.received_at)
    subject = Unborn(row.due_on) if row.due_on else Baby(row.baby_name, row.born_on)
    return QueueLine(
        referral_id=row.id,
        reference=row.reference,
        baby_name=row.baby_name,
        age=age_in_words(subject, today),
        caregiver_name=row.caregiver_name,
        source_group=SourceGroup(row.source_group),
        received_on=received_on,
        wait=triage_wait(received_on, today),
        in_danger=row.in_danger,
    )
