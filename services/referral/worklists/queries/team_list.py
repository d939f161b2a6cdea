"""How is the work shared out in the team? By name, never ranked: it is for planning, not for comparing people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import colleague_capacity
from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode, referral
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.queries.asking import Asking, ListRules
from services.referral.support.queries.wait_columns import breach_on
from services.referral.worklists.queries.caseload import of_tier, open_episode
from services.referral.worklists.queries.caseload_part import is_quiet
from shared.contracts.pathway_codes import Attendance, WaitClock
from shared.contracts.vocabulary import Tier
from shared.database.built_once import TODAY, built_once
from shared.staff.tables import colleague

TIERS = [tier for tier in Tier if tier is not Tier.COMMUNITY]
"""A family at community level gets no support."""

_WORKS_WITH_FAMILIES = sorted(CAPABILITIES.roles_with(RECORD_CONTACT))


@dataclass(frozen=True)
class TeamLine:
    """One practitioner, or nobody: the families that have no practitioner yet."""

    colleague_id: UUID | None
    name: str
    open_families: int
    capacity: int | None
    """Families that they can carry at the same time; None: nobody said."""
    tiers: Mapping[Tier, int]
    """How many of the open families get which support; each is counted once."""
    sessions_this_week: int
    """Held from Monday until today."""
    reviews_overdue: int
    long_without_contact: int
    """Families whose last contact is longer ago than the team's limit."""
    over_target: int
    """Families who wait for help for longer than the target."""


async def team_list(session: AsyncSession, asking: Asking) -> Sequence[TeamLine]:
    """Everyone who works with families, by name; then nobody, if there are families without a practitioner."""
    return [_line(row) for row in await session.execute(_everyone(asking.rules), asking.known)]


@built_once
def _everyone(rules: ListRules) -> Select[Any]:
    families, held = _families(rules).subquery(), _held().subquery()
    works = colleague.c.roles.overlap(_WORKS_WITH_FAMILIES) | families.c.lead_id.is_not(None)
    return (
        select(colleague.c.id, colleague.c.name, families, held.c.sessions, colleague_capacity.c.families)
        .join_from(colleague, families, families.c.lead_id == colleague.c.id, full=True)
        .outerjoin(held, held.c.practitioner_id == colleague.c.id)
        .outerjoin(colleague_capacity, colleague_capacity.c.colleague_id == colleague.c.id)
        .where(works | colleague.c.id.is_(None))
        .order_by(colleague.c.id.is_(None), colleague.c.name, colleague.c.id)
    )


def _families(rules: ListRules) -> Select[*tuple[Any, ...]]:
    """Of each practitioner, by the same limits as the lists that the numbers lead to."""
    found = (
        select(
            episode.c.lead_id,
            episode.c.review_on,
            is_quiet(rules).label("is_quiet"),
            breach_on(rules.waits[WaitClock.HELP_STARTED]).label("breach_on"),
            *(and_(*of_tier(tier)).label(tier.value) for tier in TIERS),
        )
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .where(open_episode())
        .subquery()
    )
    one = found.c
    return select(
        one.lead_id,
        func.count().label("open_families"),
        func.count().filter(one.review_on < TODAY).label("reviews_overdue"),
        func.count().filter(one.is_quiet).label("long_without_contact"),
        func.count().filter(one.breach_on <= TODAY).label("over_target"),
        *(func.count().filter(one[tier.value]).label(tier.value) for tier in TIERS),
    ).group_by(one.lead_id)


def _held() -> Select[*tuple[Any, ...]]:
    monday = cast(func.date_trunc("week", TODAY), Date)
    return (
        select(contact.c.practitioner_id, func.count().label("sessions"))
        .where(contact.c.held_on.between(monday, TODAY), contact.c.attendance == Attendance.ATTENDED)
        .group_by(contact.c.practitioner_id)
    )


def _line(row: Any) -> TeamLine:
    return TeamLine(
        row.id,
        row.name or "No practitioner yet",
        row.open_families or 0,
        row.families,
        {tier: getattr(row, tier.value) or 0 for tier in TIERS},
        row.sessions or 0,
        row.reviews_overdue or 0,
        row.long_without_contact or 0,
        row.over_target or 0,
    )
