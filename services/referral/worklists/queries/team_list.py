"""How is the work shared out in the team? By name, never ranked: it is for planning, not for comparing people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.queries.asking import Asking
from services.referral.worklists.queries.caseload import open_episode
from shared.staff.tables import colleague

_WORKS_WITH_FAMILIES = sorted(CAPABILITIES.roles_with(RECORD_CONTACT))


@dataclass(frozen=True)
class TeamLine:
    """One practitioner, or nobody: the families that have no practitioner yet."""

    colleague_id: UUID | None
    name: str
    open_families: int
    reviews_overdue: int
    long_without_contact: int
    """Families whose last contact is longer ago than the team's limit."""
    last_contact_on: date | None
    """With any of their families."""


async def team_list(session: AsyncSession, asking: Asking) -> Sequence[TeamLine]:
    """Everybody who works with families, by name; then nobody, if there are families without a practitioner."""
    heard = func.coalesce(episode.c.last_contact_on, episode.c.opened_on)
    quiet_from = asking.today - timedelta(asking.limits.quiet_days)
    families = (
        select(
            episode.c.lead_id,
            func.count().label("open_families"),
            func.count().filter(episode.c.review_on < asking.today).label("reviews_overdue"),
            func.count().filter(heard < quiet_from).label("long_without_contact"),
            func.max(episode.c.last_contact_on).label("last_contact_on"),
        )
        .where(open_episode())
        .group_by(episode.c.lead_id)
        .subquery()
    )
    works = colleague.c.roles.overlap(_WORKS_WITH_FAMILIES) | families.c.lead_id.is_not(None)
    query = (
        select(colleague.c.id, colleague.c.name, families)
        .join_from(colleague, families, families.c.lead_id == colleague.c.id, full=True)
        .where(works | colleague.c.id.is_(None))
        .order_by(colleague.c.id.is_(None), colleague.c.name, colleague.c.id)
    )
    return [
        TeamLine(
            row.id,
            row.name or "No practitioner yet",
            row.open_families or 0,
            row.reviews_overdue or 0,
            row.long_without_contact or 0,
            row.last_contact_on,
        )
        for row in await session.execute(query)
    ]
