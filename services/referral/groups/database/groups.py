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
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.kernel.errors import NotFound
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class Groups:
    """The groups of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, group: Group) -> bool:
        """Says whether it was stored: a form that was sent twice is one group."""
        values = upsert(table).values(
            id=group.id,
            version=group.version,
            name=group.name,
            intervention=group.intervention,
            practitioner_id=group.practitioner_id,
            venue=group.venue,
            capacity=group.capacity,
            starts_on=group.starts_on,
        )
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
            update(table).where(table.c.id == group.id).values(version=group.version, ended_on=group.ended_on)
        )

    async def add_place(self, group: Group, place: PlaceInGroup) -> None:
        await check_family(self._work, place.family_id)
        await self._session.execute(
            insert(group_place).values(
                id=place.id,
                group_id=group.id,
                family_id=place.family_id,
                episode_id=place.episode_id,
                dyad_id=place.dyad_id,
                joined_on=place.joined_on,
            )
        )

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
        await self._session.execute(
            insert(group_session).values(
                id=held.id,
                group_id=group.id,
                held_on=held.held_on,
                practitioner_id=held.practitioner_id,
                minutes=held.minutes,
                topic=held.topic,
                recorded_at=now,
            )
        )

    async def colleagues(self) -> frozenset[UUID]:
        """Everybody of the team."""
        return frozenset(await self._session.scalars(select(colleague.c.id)))

    async def _get(self, group_id: UUID, *, to_change: bool) -> Group:
        query = select(table).where(table.c.id == group_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("group_not_found", "This team has no such group. Look for it in the list of groups.")
        places = await self._session.execute(_places().where(group_place.c.group_id == group_id))
        return _group(row, [_place(one) for one in places])


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


def _group(row: Any, places: list[PlaceInGroup]) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        intervention=Intervention(row.intervention),
        practitioner_id=row.practitioner_id,
        venue=Venue(row.venue),
        capacity=row.capacity,
        starts_on=row.starts_on,
        ended_on=row.ended_on,
        places=places,
        version=row.version,
    )


def _place(row: Any) -> PlaceInGroup:
    return PlaceInGroup(
        row.id, row.family_id, row.episode_id, row.dyad_id, row.baby_id, row.carer_id, row.joined_on, row.left_on
    )
