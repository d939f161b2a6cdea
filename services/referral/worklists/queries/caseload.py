"""Which families does the team work with, and who needs it next?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode, referral
from services.referral.people.domain.support import Support
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.support.queries.wait_columns import REFERRAL, is_paused
from services.referral.team.domain.need import Need, Needed
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown, people_of
from services.referral.worklists.queries.need_columns import NeedColumns, needs_of_row, open_safety_tasks
from shared.contracts.vocabulary import Code, Level, Tier, Urgency
from shared.database.mapping import read_row
from shared.kernel.actor import Actor
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.staff.tables import colleague


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


def caseload(asking: Asking, chosen: CaseloadFilter) -> Listing[CaseloadLine]:
    """Families whose support has not ended, in the order that was chosen."""
    return Found(partial(_cut, asking, chosen), partial(_line, asking=asking))


async def families_without_practitioner(session: AsyncSession) -> int:
    """How many families get support and have nobody who leads the work: nobody's list shows them unless asked."""
    return await session.scalar(select(func.count()).where(open_episode(), episode.c.lead_id.is_(None))) or 0


def open_episode() -> ColumnElement[bool]:
    """The family gets support."""
    return episode.c.ended_on.is_(None) & (episode.c.level != Level.COMMUNITY)


def _cut(asking: Asking, chosen: CaseloadFilter, cut: Cut | None) -> Select[Any]:
    safety = open_safety_tasks()
    needs = NeedColumns(asking, safety)
    found = (
        select(episode.c.id, episode.c.opened_on, episode.c.last_contact_on, *needs.found)
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .outerjoin(safety, safety.c.family_id == episode.c.family_id)
        .where(open_episode(), *whose_families(chosen.whose, asking.actor), *_of_tier(chosen.tier))
        .cte("found")
    )
    if chosen.need:
        found = select(found).where(needs.has(chosen.need, found)).cte("needed")
    order = partial(_order, chosen.order, needs)
    shown = cut_page(found, order, cut)
    more = (*REFERRAL, shown.c.safety_due_on, shown.c.quiet_since, is_paused(asking.today).label("is_paused"))
    return shown_episodes(shown, asking, *more).order_by(*order(shown))


def shown_episodes(shown: Subquery, asking: Asking, *more: ColumnElement[Any]) -> Select[Any]:
    """What a line shows of each episode of a page, besides what its list asks for."""
    return (
        select(
            episode,
            referral.c.reference,
            colleague.c.name.label("lead_name"),
            shown.c.total,
            people_of(episode.c.family_id, asking),
            *more,
        )
        .join_from(shown, episode, episode.c.id == shown.c.id)
        .join(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
    )


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


def _order(order: CaseloadOrder, needs: NeedColumns, found: FromClause) -> list[ColumnElement[Any]]:
    match order:
        case CaseloadOrder.NEED:
            return [*needs.order(found), found.c.id]
        case CaseloadOrder.REVIEW:
            return [found.c.review_on, found.c.id]
        case CaseloadOrder.LAST_CONTACT:
            return [func.coalesce(found.c.last_contact_on, found.c.opened_on), found.c.id]
        case CaseloadOrder.NEWEST:
            return [found.c.opened_on.desc(), found.c.id]


def _line(row: Any, asking: Asking) -> CaseloadLine:
    is_booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    return read_row(
        CaseloadLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        episode_id=row.id,
        needs=needs_of_row(row, asking),
        next_contact_at=row.next_contact_at if is_booked else None,
        review_overdue=row.review_on < asking.today,
    )
