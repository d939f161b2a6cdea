"""Events of the region, and published series, with what a test does not care about filled in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.contents import SERVICE
from services.reporting.publication.database.cells import cell_of
from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.domain.published_point import (
    Audience,
    Period,
    PublishedPoint,
    PublishedSeries,
    WhyHidden,
)
from services.reporting.publication.domain.span import months_later
from shared.contracts.referral import (
    RegionalEpisodeOpened,
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralReceived,
    RegionalTierChanged,
)
from shared.contracts.vocabulary import (
    AgeBand,
    DeclineReason,
    ReasonGroup,
    Role,
    SourceGroup,
    Tier,
    TriageOutcome,
    Urgency,
)
from shared.inbox.projection import Projection
from shared.kernel.actor import Actor

PROJECTIONS: tuple[Projection, ...] = SERVICE.reactions()

TODAY = date(2026, 3, 14)
MARCH = date(2026, 3, 1)


def a_referral(month: date = MARCH, source: SourceGroup = SourceGroup.HEALTH_VISITING) -> RegionalReferralReceived:
    return RegionalReferralReceived(
        month=month, source_group=source, reason_groups=(ReasonGroup.RELATIONSHIP,), age_band=AgeBand.MONTHS_3_5
    )


def an_acceptance(working_days: int = 2, month: date = MARCH) -> RegionalReferralAccepted:
    return RegionalReferralAccepted(
        month=month, urgency=Urgency.ROUTINE, triage_days=working_days, triage_working_days=working_days
    )


def a_refusal(reason: DeclineReason = DeclineReason.OUT_OF_AREA, working_days: int = 2) -> RegionalReferralClosed:
    return RegionalReferralClosed(
        month=MARCH,
        outcome=TriageOutcome.DECLINED,
        reason=reason,
        triage_days=working_days,
        triage_working_days=working_days,
    )


def a_beginning(tier: Tier = Tier.TARGETED) -> RegionalEpisodeOpened:
    return RegionalEpisodeOpened(month=MARCH, tier=tier)


def a_move(
    from_tier: Tier = Tier.TARGETED, to_tier: Tier = Tier.SPECIALIST, *, capacity_driven: bool = False
) -> RegionalTierChanged:
    return RegionalTierChanged(month=MARCH, from_tier=from_tier, to_tier=to_tier, capacity_driven=capacity_driven)


async def publish(
    session: AsyncSession,
    *series: PublishedSeries,
    audience: Audience = Audience.INSIDE,
    month: date = MARCH,
    cause: str | None = "frozen",
    teams: int = 0,
) -> int:
    """As if the gate had let them through: a snapshot of its own, frozen unless there is no cause; gives its id.

    Args:
        teams: of how many the region's figures are.
    """
    values = {"month": month, "made_at": datetime.combine(month, time(9), UTC), "cause": cause or "working"}
    snapshot_id = await session.scalar(
        insert(snapshot).values(**values, is_frozen=False, digest="").returning(snapshot.c.id)
    )
    assert snapshot_id is not None
    rows = [
        {
            "snapshot": snapshot_id,
            "audience": audience.value,
            **cell_of(one, point),
            "teams": None if one.team else teams,
        }
        for one in series
        for point in one.points
    ]
    await session.execute(insert(published), rows)
    if cause:
        await session.execute(update(snapshot).values(is_frozen=True).where(snapshot.c.id == snapshot_id))
    return snapshot_id


def a_series(
    *numerators: int | None,
    indicator: int = 1,
    team: str = "blackpool",
    of: Sequence[int | None] = (),
    starts: date = date(2026, 1, 1),
) -> PublishedSeries:
    """One point a month from `starts` on; None is hidden."""
    points = [
        PublishedPoint(
            months_later(starts, number),
            Period.MONTH,
            numerator,
            denominator,
            why_hidden=WhyHidden.SMALL if numerator is None else None,
        )
        for number, (numerator, denominator) in enumerate(zip_longest(numerators, of))
    ]
    return PublishedSeries(indicator, 1, team, points)


LEADER = Actor(UUID(int=4), frozenset({Role.REGIONAL_LEAD}))
"""Whoever leads the region."""
