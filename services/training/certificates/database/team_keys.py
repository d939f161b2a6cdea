"""The public keys by which certificates are verified: the team's own, and those of other teams, old ones too."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.training.database.course_tables import team_key as table
from shared.unit_of_work import UnitOfWork


class TeamKeys:
    """Those that one team knows."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, team: str, key: bytes) -> bool:
        """Says whether it is new."""
        values = {"team": team, "public_key": key, "known_since": self._work.now}
        stored = insert(table).values(values).on_conflict_do_nothing().returning(table.c.team)
        return await self._session.scalar(stored) is not None

    async def of(self, *teams: str) -> dict[str, list[bytes]]:
        """By team, the newest first; of every team when none is named."""
        query = select(table).order_by(table.c.known_since.desc(), table.c.public_key)
        found = defaultdict[str, list[bytes]](list)
        for row in await self._session.execute(query.where(table.c.team.in_(teams)) if teams else query):
            found[row.team].append(row.public_key)
        return dict(found)
