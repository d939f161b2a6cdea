"""For whom a session reads: said to the database, which then keeps back what they do not see (migration 0019)."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Reach


async def read_for(session: AsyncSession, reach: Reach) -> None:
    """Until the session's transaction ends."""
    is_outside, is_limited = reach.audience is Audience.OUTSIDE, reach.localities is not None
    kind = {(False, False): "", (False, True): "localities", (True, False): "outside"}.get(
        (is_outside, is_limited), "localities_outside"
    )
    said = {"kind": kind, "localities": " ".join(sorted(reach.localities or ())), "needs": str(reach.region_needs)}
    await session.execute(_READ_FOR, said)


_READ_FOR = text("""
SELECT set_config('pairs.reach', :kind, true), set_config('pairs.localities', :localities, true),
       set_config('pairs.region_needs', :needs, true)
""")
