"""Plans and their strands as stored, and the trainings of colleagues."""

from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import colleague_training, plan, strand
from services.referral.database.contact_tables import contact
from services.referral.database.training_tables import held_training
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.intervention import HeldTraining
from services.referral.support.domain.plan import Plan, Strand
from shared.contracts.pathway_codes import Attendance
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Plans:
    """The plans of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def next_number(self, episode_id: UUID) -> int:
        await check_episode(self._work, episode_id)
        return (
            await self._session.scalar(select(func.max(plan.c.number)).where(plan.c.episode_id == episode_id)) or 0
        ) + 1

    async def add(self, agreed: Plan, strands: list[Strand], work: UnitOfWork) -> None:
        await self._session.execute(
            insert(plan), {**columns_of(agreed), "recorded_by": work.actor.id, "recorded_at": work.now}
        )
        await self._session.execute(
            insert(strand), [columns_of(one) | {"plan_number": agreed.number} for one in strands]
        )

    async def strand_to_change(self, strand_id: UUID) -> Strand:
        """Locked until the transaction ends. Raises NotFound when this team has no such strand."""
        found = await self._session.execute(select(strand).where(strand.c.id == strand_id).with_for_update())
        if (row := found.one_or_none()) is None:
            raise NotFound("strand_not_found", "This team has no such intervention. Look for it in the family's plan.")
        await check_episode(self._work, row.episode_id)
        return read_row(Strand, row)

    async def open_strands_to_change(self, episode_id: UUID) -> list[Strand]:
        """Those that have not ended, locked until the transaction ends."""
        await check_episode(self._work, episode_id)
        rows = await self._session.execute(
            select(strand).where(strand.c.episode_id == episode_id, strand.c.ended_on.is_(None)).with_for_update()
        )
        return [read_row(Strand, row) for row in rows]

    async def sessions_held(self, strand_id: UUID) -> int:
        """How many sessions of it took place."""
        query = select(func.count()).select_from(contact)
        held = query.where(contact.c.strand_id == strand_id, contact.c.attendance == Attendance.ATTENDED)
        return await self._session.scalar(held) or 0

    async def save_strand(self, one: Strand) -> None:
        await self._session.execute(update(strand).where(strand.c.id == one.id).values(**columns_of(one)))


class Trainings:
    """Which training the colleagues of one team hold."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def held_by(self, colleague_id: UUID) -> list[HeldTraining]:
        """From both sources: what the team lead entered, and what the training service tells."""
        rows = await self._session.execute(select(held_training).where(held_training.c.colleague_id == colleague_id))
        return [read_row(HeldTraining, row) for row in rows]

    async def add(self, colleague_id: UUID, held: HeldTraining, work: UnitOfWork) -> None:
        """A second entry of the same course and day is the first one."""
        values = insert_or(colleague_training).values(
            colleague_id=colleague_id, **columns_of(held), recorded_by=work.actor.id, recorded_at=work.now
        )
        await self._session.execute(values.on_conflict_do_nothing())
