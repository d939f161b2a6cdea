"""Which teams do not stand by a month's figures yet, and why."""

from datetime import date

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from services.reporting.publication.database.publication_tables import not_ready
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Readiness:
    """In the caller's unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    async def must_know(self, team: str) -> None:
        """Raises NotFound when the region reads no such team."""
        known = text("SELECT EXISTS (SELECT FROM checkpoint WHERE team = :team)")
        if not await self._work.session.scalar(known, {"team": team}):
            raise NotFound(
                "team_unknown", "There is no such team in this region. Go back and choose one from the list."
            )

    async def say_not_ready(self, team: str, month: date, why: str) -> None:
        """Now, also where it was said before."""
        said = {"why": why, "said_by": self._work.actor.id, "said_at": self._work.now}
        new = insert(not_ready).values(team=team, month=month, **said)
        again = {**said, "ready_by": None, "ready_at": None}
        await self._work.session.execute(new.on_conflict_do_update(index_elements=["team", "month"], set_=again))

    async def say_ready(self, team: str, month: date) -> bool:
        """Whether it had been said that it is not."""
        there = (not_ready.c.team == team) & (not_ready.c.month == month) & not_ready.c.ready_at.is_(None)
        said = update(not_ready).where(there).values(ready_by=self._work.actor.id, ready_at=self._work.now)
        return await self._work.session.scalar(said.returning(not_ready.c.team)) is not None

    async def why_not(self, team: str, month: date) -> str | None:
        """None when the team stands by the month."""
        there = (not_ready.c.team == team) & (not_ready.c.month == month) & not_ready.c.ready_at.is_(None)
        return await self._work.session.scalar(select(not_ready.c.why).where(there))
