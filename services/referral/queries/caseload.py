"""Which families does the team work with, and who needs it next?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import colleague, episode, referral
from services.referral.domain.need import Need, Needed
from services.referral.domain.tier import Support
from services.referral.queries.asking import Asking
from services.referral.queries.family_shown import FamilyShown, family_shown, with_people
from services.referral.queries.need_columns import NeedColumns, needs_of_row, open_safety_tasks
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from services.referral.queries.wait_columns import is_paused
from shared.contracts.vocabulary import Code, Level, Tier, Urgency
from shared.kernel.actor import Actor


class Whose(Code):
    MINE = "mine", "Families I lead"
    TEAM = "team", "Whole team"
    NOBODY = "nobody", "No practitioner yet"


class CaseloadOrder(Code):
    NEED = "need", "Who needs us next"
    REVIEW = "review", "Next review"
    LAST_CONTACT = "last_contact", "Longest since contact"
    NEWEST = "newest", "Newest"


@dataclass(frozen=True)
class CaseloadFilter:
    whose: Whose = Whose.TEAM
    tier: Tier | None = None
    need: Need | None = None
    order: CaseloadOrder = CaseloadOrder.NEED


@dataclass(frozen=True)
class CaseloadLine:
    """One family that gets support."""

    family: FamilyShown
    episode_id: UUID
    reference: str
    needs: Sequence[Needed]
    """The most pressing first; nothing when the family can wait."""
    support: Support
    urgency: Urgency
    lead_name: str | None
    is_paused: bool
    """The work is paused today, so no contact is missed."""
    opened_on: date
    last_contact_on: date | None
    next_contact_at: datetime | None
    """UTC; None when nothing is booked."""
    review_on: date
    review_overdue: bool
    """It was due before today."""


async def caseload(
    session: AsyncSession, asking: Asking, chosen: CaseloadFilter, *, page: int | None = 1, rows: int = ROWS_ON_A_PAGE
) -> PageOf[CaseloadLine]:
    """Families whose support has not ended, in the order that was chosen.

    Args:
        page: from 1; None gives all of them.
    """
    query = _of_the_page(asking, chosen)
    if page is not None:
        query = query.limit(rows).offset((page - 1) * rows)
    found = (await session.execute(with_people(query, asking))).all()
    return PageOf([_line(row, asking) for row in found], found[0].total if found else 0, page or 1)


async def families_without_practitioner(session: AsyncSession) -> int:
    """How many families get support and have nobody who leads the work: nobody's list shows them unless asked."""
    return await session.scalar(select(func.count()).where(open_episode(), episode.c.lead_id.is_(None))) or 0


def open_episode() -> ColumnElement[bool]:
    """The family gets support."""
    return episode.c.ended_on.is_(None) & (episode.c.level != Level.COMMUNITY)


def _of_the_page(asking: Asking, chosen: CaseloadFilter) -> Select[Any]:
    """Without the families' names: those are looked up once the page is cut."""
    safety = open_safety_tasks()
    needs = NeedColumns(asking, safety)
    place = func.row_number().over(order_by=[*_order(chosen.order, needs), episode.c.id]).label("place")
    query = (
        select(
            episode,
            referral.c.reference,
            referral.c.received_at,
            referral.c.decided_on,
            referral.c.urgency,
            colleague.c.name.label("lead_name"),
            safety.c.due_on.label("safety_due_on"),
            is_paused(asking.today).label("is_paused"),
            func.count().over().label("total"),
            place,
        )
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
        .outerjoin(safety, safety.c.family_id == episode.c.family_id)
        .where(open_episode(), *whose_families(chosen.whose, asking.actor), *_of_tier(chosen.tier))
        .order_by(place)
    )
    return query.where(needs.has(chosen.need)) if chosen.need else query


def whose_families(whose: Whose, actor: Actor) -> list[ColumnElement[bool]]:
    match whose:
        case Whose.MINE:
            return [episode.c.lead_id == actor.id]
        case Whose.NOBODY:
            return [episode.c.lead_id.is_(None)]
        case Whose.TEAM:
            return []


def _of_tier(tier: Tier | None) -> list[ColumnElement[bool]]:
    match tier:
        case None:
            return []
        case Tier.RISK:
            return [episode.c.risk_support, ~episode.c.direct_work]
        case _:
            return [episode.c.level == tier, ~episode.c.risk_support | episode.c.direct_work]


def _order(order: CaseloadOrder, needs: NeedColumns) -> list[ColumnElement[Any]]:
    match order:
        case CaseloadOrder.NEED:
            return needs.order
        case CaseloadOrder.REVIEW:
            return [episode.c.review_on]
        case CaseloadOrder.LAST_CONTACT:
            return [func.coalesce(episode.c.last_contact_on, episode.c.opened_on)]
        case CaseloadOrder.NEWEST:
            return [episode.c.opened_on.desc()]


def _line(row: Any, asking: Asking) -> CaseloadLine:
    is_booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    return CaseloadLine(
        family=family_shown(row.family_id, row.people, asking.today),
        episode_id=row.id,
        reference=row.reference,
        needs=needs_of_row(row, asking),
        support=Support(Level(row.level), risk_support=row.risk_support, direct_work=row.direct_work),
        urgency=Urgency(row.urgency),
        lead_name=row.lead_name,
        is_paused=row.is_paused,
        opened_on=row.opened_on,
        last_contact_on=row.last_contact_on,
        next_contact_at=row.next_contact_at if is_booked else None,
        review_on=row.review_on,
        review_overdue=row.review_on < asking.today,
    )
