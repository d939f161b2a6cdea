"""Names of the people who decide, by the opaque id that the record and the audit trail keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.vocabulary import Role
from shared.staff.tables import colleague as table


@dataclass(frozen=True)
class Colleague:
    """Someone who works in the team, and has signed in."""

    id: UUID
    name: str

    @property
    def value(self) -> str:
        """For a list of a form."""
        return str(self.id)

    @property
    def label(self) -> str:
        return self.name


class Colleagues:
    """Those of one service of one team."""

    def __init__(self, session: AsyncSession | AsyncConnection) -> None:
        self._session = session

    async def remember(self, colleague_id: UUID, name: str, roles: Iterable[Role] = ()) -> None:
        """Keep the name and roles that this person signs in with."""
        given = sorted(role.value for role in roles)
        known = insert(table).values(id=colleague_id, name=name, roles=given)
        await self._session.execute(
            known.on_conflict_do_update(
                index_elements=["id"],
                set_={"name": name, "roles": given},
                where=(table.c.name != name) | (table.c.roles != given),
            )
        )

    async def forget_roles(self, colleague_id: UUID) -> None:
        """This person, if they are known, holds none any more. Their name stays, for what they did."""
        await self._session.execute(update(table).where(table.c.id == colleague_id).values(roles=[]))

    async def everyone(self) -> list[Colleague]:
        """By name."""
        return await self._found(_BY_NAME)

    async def with_one_of(self, roles: Iterable[Role]) -> list[Colleague]:
        """Those who hold one of the roles, by name."""
        return await self._found(_BY_NAME.where(table.c.roles.overlap(sorted(roles))))

    async def name(self, colleague_id: UUID) -> str | None:
        return await self._session.scalar(select(table.c.name).where(table.c.id == colleague_id))

    async def _found(self, query: Select[UUID, str]) -> list[Colleague]:
        return [Colleague(row.id, row.name) for row in await self._session.execute(query)]


_BY_NAME = select(table.c.id, table.c.name).order_by(table.c.name, table.c.id)
