"""Reviews, pauses, hand-overs and discharges as stored."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update

from services.referral.database.clinical_tables import discharge, hand_over, pause, review
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.ending import Discharge, HandOver
from services.referral.support.domain.review import Review
from services.referral.team.domain.wait_clock import Pause
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


class Endings:
    """What interrupts and ends the episodes of one team, and the reviews on the way."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add_review(self, held: Review, was_due_on: date | None, work: UnitOfWork) -> None:
        await self._session.execute(
            insert(review),
            {**columns_of(held), "was_due_on": was_due_on, "recorded_by": work.actor.id, "recorded_at": work.now},
        )

    async def pauses(self, episode_id: UUID) -> tuple[Pause, ...]:
        """In their order."""
        await check_episode(self._work, episode_id)
        rows = await self._session.execute(
            select(pause).where(pause.c.episode_id == episode_id).order_by(pause.c.started_on)
        )
        return tuple(read_row(Pause, row) for row in rows)

    async def add_pause(self, pause_id: UUID, episode_id: UUID, begun: Pause, note: str, work: UnitOfWork) -> None:
        await self._session.execute(
            insert(pause),
            {
                "id": pause_id,
                "version": 1,
                "episode_id": episode_id,
                **columns_of(begun),
                "note": note,
                "recorded_by": work.actor.id,
                "recorded_at": work.now,
            },
        )

    async def end_pause(self, episode_id: UUID, ended_on: date) -> None:
        """The one that is open."""
        await self._session.execute(
            update(pause)
            .where(pause.c.episode_id == episode_id, pause.c.ended_on.is_(None))
            .values(ended_on=ended_on, version=pause.c.version + 1)
        )

    async def hand_over_of(self, episode_id: UUID) -> HandOver | None:
        """Locked until the transaction ends."""
        await check_episode(self._work, episode_id)
        found = await self._session.execute(
            select(hand_over).where(hand_over.c.episode_id == episode_id).with_for_update()
        )
        return None if (row := found.one_or_none()) is None else read_row(HandOver, row)

    async def store_hand_over(self, one: HandOver, work: UnitOfWork, *, is_new: bool) -> None:
        columns = {**columns_of(one), "recorded_by": work.actor.id, "recorded_at": work.now}
        change = insert(hand_over) if is_new else update(hand_over).where(hand_over.c.id == one.id)
        await self._session.execute(change.values(**columns))

    async def add_discharge(self, one: Discharge, work: UnitOfWork) -> None:
        await self._session.execute(
            insert(discharge), {**columns_of(one), "version": 1, "recorded_by": work.actor.id, "recorded_at": work.now}
        )

    async def discharge_of(self, episode_id: UUID) -> Discharge | None:
        """The one that holds, locked until the transaction ends."""
        await check_episode(self._work, episode_id)
        found = await self._session.execute(
            select(discharge)
            .where(discharge.c.episode_id == episode_id, discharge.c.undone_on.is_(None))
            .with_for_update()
        )
        return None if (row := found.one_or_none()) is None else read_row(Discharge, row)

    async def undo_discharge(self, discharge_id: UUID, reason: str, work: UnitOfWork) -> None:
        await self._session.execute(
            update(discharge)
            .where(discharge.c.id == discharge_id)
            .values(undone_on=work.today, undone_by=work.actor.id, undone_reason=reason, version=2)
        )
