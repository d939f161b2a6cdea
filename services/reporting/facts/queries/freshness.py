"""How far each team's figures have come: what has been read, what is still to be read, and when we last heard."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Freshness:
    """How fresh one service of one team is here."""

    team: str
    service: str
    state: str
    """`reading`, `parked` (an event of a version that is not known yet), `gap` (entries are missing), `diverged`, or
    `left`: the team is no longer in the region."""
    state_since: datetime
    """UTC."""
    events_behind: int
    """How many events the team has published that are not counted yet."""
    set_aside: int
    """How many entries could not be read and wait for someone to look."""
    heard_at: datetime | None
    """UTC; when the team last said anything, also that nothing is new. None: never."""

    def for_outside(self) -> "Freshness":
        """Without how many events there are: they are counts of what happened."""
        return replace(self, events_behind=0, set_aside=0)

    @property
    def has_left(self) -> bool:
        return self.state == "left"


async def freshness(session: AsyncSession) -> tuple[Freshness, ...]:
    """One for each service of each team, by team."""
    return tuple(Freshness(**row) for row in (await session.execute(_FRESHNESS)).mappings())


_FRESHNESS = text("""
SELECT team, service, state, state_since, greatest(head_position - position, 0) AS events_behind, heard_at,
       (SELECT count(*) FROM dead_letter
        WHERE dead_letter.stream = checkpoint.stream AND resolved_at IS NULL) AS set_aside
FROM checkpoint
ORDER BY team, service
""")
