"""What there is to subscribe to."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.facts.queries.freshness import freshness
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.subscription.domain.terms_check import Known


async def known_choices(session: AsyncSession) -> Known:
    """All figures of the catalogue, and all teams that the region reads."""
    teams = {one.team for one in await freshness(session)}
    return Known(tuple(one.number for one in INDICATORS), tuple(sorted(teams)))
