"""Restrictions of records, and the openings of restricted records, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from services.referral.database.contact_tables import task
from services.referral.database.family_tables import family
from services.referral.database.governance_tables import break_glass, family_restriction, restriction_colleague
from services.referral.people.domain.restriction import GlassOpening, Restriction
from services.referral.staff.database.record_access import check_family, is_restricted
from shared.contracts.pathway_codes import TaskKind
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Restrictions:
    """The restricted records of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def lock(self, family_id: UUID) -> None:
        """Until the transaction ends, nobody else restricts the family or opens its record."""
        await self._session.execute(select(family.c.id).where(family.c.id == family_id).with_for_update())

    async def in_force(self, family_id: UUID) -> Restriction | None:
        """The family is locked, so that two do not restrict it at once."""
        await self.lock(family_id)
        return await self.read(family_id)

    async def read(self, family_id: UUID) -> Restriction | None:
        await check_family(self._work, family_id)
        query = select(family_restriction).where(
            family_restriction.c.family_id == family_id, family_restriction.c.lifted_at.is_(None)
        )
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        named = await self._session.scalars(
            select(restriction_colleague.c.colleague_id).where(restriction_colleague.c.restriction_id == row.id)
        )
        return read_row(Restriction, row, colleagues=frozenset(named))

    async def covers(self, family_id: UUID) -> bool:
        """Whether a restriction of the family, or of one that was merged into it, is in force."""
        return bool(await self._session.scalar(select(is_restricted(family.c.id)).where(family.c.id == family_id)))

    async def add(self, restriction: Restriction) -> None:
        await self._session.execute(insert(family_restriction), columns_of(restriction, without="colleagues"))
        await self._session.execute(
            insert(restriction_colleague),
            [{"restriction_id": restriction.id, "colleague_id": one} for one in sorted(restriction.colleagues)],
        )
        await self._mark(restriction.family_id, restricted=True)

    async def lift(self, restriction: Restriction, note: str, by: UUID, at: datetime) -> None:
        await self._session.execute(
            update(family_restriction)
            .where(family_restriction.c.id == restriction.id)
            .values(lifted_by=by, lifted_at=at, lift_note=note)
        )
        await self._mark(restriction.family_id, restricted=False)

    async def _mark(self, family_id: UUID, *, restricted: bool) -> None:
        await self._session.execute(update(family).where(family.c.id == family_id).values(restricted=restricted))


class BrokenGlass:
    """The openings of restricted records."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, opening: GlassOpening) -> None:
        await self._session.execute(insert(break_glass), columns_of(opening, without="review_note"))

    async def get_to_change(self, break_glass_id: UUID) -> GlassOpening:
        """Locked until the transaction ends. Raises NotFound when this team has no such opening."""
        found = await self._session.execute(
            select(break_glass).where(break_glass.c.id == break_glass_id).with_for_update()
        )
        if (row := found.one_or_none()) is None:
            raise NotFound("break_glass_not_found", "There is no such opening. Look for it in the list of openings.")
        return read_row(GlassOpening, row, review_note=row.review_note or "")

    async def save(self, opening: GlassOpening) -> None:
        await self._session.execute(
            update(break_glass).where(break_glass.c.id == opening.id).values(**columns_of(opening))
        )

    async def open_task(self, break_glass_id: UUID) -> UUID | None:
        """The task that asks for the review, unless it was answered."""
        return await self._session.scalar(
            select(task.c.id).where(
                task.c.kind == TaskKind.BREAK_GLASS_REVIEW,
                task.c.about == break_glass_id,
                task.c.answered_at.is_(None),
            )
        )
