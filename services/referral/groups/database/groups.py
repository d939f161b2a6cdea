"""Groups as stored."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.referral.database.family_tables import dyad, person
from services.referral.database.group_tables import care_group as table
from services.referral.database.group_tables import group_place, group_session
from services.referral.database.tables import episode
from services.referral.groups.domain.group import Group, GroupSession, PlaceInGroup
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class Groups:
    """The groups of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, group: Group) -> bool:
        """Says whether it was stored: a form that was sent twice is one group."""
        values = upsert(table).values(**columns_of(group, without="places"))
        return await self._session.scalar(values.on_conflict_do_nothing().returning(table.c.id)) is not None

    async def get(self, group_id: UUID) -> Group:
        """Raises NotFound when this team has no such group."""
        return await self._get(group_id, to_change=False)

    async def get_to_change(self, group_id: UUID) -> Group:
        """As `get`, and locked until the transaction ends."""
        return await self._get(group_id, to_change=True)

    async def save(self, group: Group) -> None:
        """Store what the group itself says; places and sessions are added one by one."""
        await self._session.execute(
            update(table).where(table.c.id == group.id).values(**columns_of(group, without="places"))
        )

    async def add_place(self, group: Group, place: PlaceInGroup) -> None:
        await check_family(self._work, place.family_id)
        columns = columns_of(place, without="baby_id carer_id")
        await self._session.execute(insert(group_place), {"group_id": group.id, **columns})

    async def end_place(self, place: PlaceInGroup, on: date) -> None:
        """The dyad takes part up to that day, or to the day on which it joined if that is later."""
        await check_family(self._work, place.family_id)
        await self._session.execute(
            update(group_place).where(group_place.c.id == place.id).values(left_on=max(on, place.joined_on))
        )

    async def is_held(self, session_id: UUID) -> bool:
        """Whether the same register was sent before."""
        return bool(await self._session.scalar(select(exists().where(group_session.c.id == session_id))))

    async def add_session(self, group: Group, held: GroupSession, now: datetime) -> None:
        columns = columns_of(held, without="present apologies interpreted")
        await self._session.execute(insert(group_session), {"group_id": group.id, "recorded_at": now, **columns})

    async def colleagues(self) -> frozenset[UUID]:
        """Everyone of the team."""
        return frozenset(await self._session.scalars(select(colleague.c.id)))

    async def _get(self, group_id: UUID, *, to_change: bool) -> Group:
        query = select(table).where(table.c.id == group_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("group_not_found", "This team has no such group. Look for it in the list of groups.")
        places = await self._session.execute(_places().where(group_place.c.group_id == group_id))
        return read_row(Group, row, places=[read_row(PlaceInGroup, one) for one in places])


def _places() -> Any:
    """Places end with the work with the family, and with the death of the baby or the carer."""
    baby, carer = person.alias("baby"), person.alias("carer")
    left_on = func.least(
        group_place.c.left_on,
        episode.c.ended_on,
        baby.c.died_on,
        baby.c.pregnancy_ended_on,
        carer.c.died_on,
    )
    return (
        select(
            group_place.c.id,
            group_place.c.family_id,
            group_place.c.episode_id,
            group_place.c.dyad_id,
            group_place.c.joined_on,
            left_on.label("left_on"),
            dyad.c.baby_id,
            dyad.c.carer_id,
        )
        .join(dyad, dyad.c.id == group_place.c.dyad_id)
        .join(episode, episode.c.id == group_place.c.episode_id)
        .join(baby, baby.c.id == dyad.c.baby_id)
        .join(carer, carer.c.id == dyad.c.carer_id)
        .order_by(group_place.c.joined_on, group_place.c.id)
    )
