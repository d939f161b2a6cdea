"""Goals and their ratings as stored."""

from uuid import UUID

from sqlalchemy import func, insert, select, update

from services.referral.database.clinical_tables import goal as table
from services.referral.database.clinical_tables import goal_rating
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.goal import Goal, GoalRating
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Goals:
    """The goals of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def number_open(self, episode_id: UUID) -> int:
        await check_episode(self._work, episode_id)
        query = select(func.count()).select_from(table)
        return (
            await self._session.scalar(query.where(table.c.episode_id == episode_id, table.c.closed_on.is_(None))) or 0
        )

    async def is_stored(self, goal_id: UUID) -> bool:
        return await self._session.scalar(select(table.c.id).where(table.c.id == goal_id)) is not None

    async def add(self, goal: Goal) -> None:
        await self._session.execute(insert(table), {**columns_of(goal, without="ratings")})

    async def get_to_change(self, goal_id: UUID) -> Goal:
        """Locked until the transaction ends. Raises NotFound when this team has no such goal."""
        found = await self._session.execute(select(table).where(table.c.id == goal_id).with_for_update())
        if (row := found.one_or_none()) is None:
            raise NotFound("goal_not_found", "This team has no such goal. Look for it in the family's plan.")
        await check_episode(self._work, row.episode_id)
        ratings = await self._session.execute(
            select(goal_rating).where(goal_rating.c.goal_id == goal_id).order_by(goal_rating.c.number)
        )
        return read_row(Goal, row, ratings=[read_row(GoalRating, one) for one in ratings])

    async def add_rating(self, goal: Goal, recorded_by: UUID) -> None:
        """Store the newest rating, and the goal's version."""
        values = {"goal_id": goal.id, "number": len(goal.ratings), "recorded_by": recorded_by}
        await self._session.execute(insert(goal_rating), {**values, **columns_of(goal.ratings[-1])})
        await self.save(goal)

    async def save(self, goal: Goal) -> None:
        values = columns_of(goal, without="ratings")
        await self._session.execute(update(table).where(table.c.id == goal.id).values(**values))
