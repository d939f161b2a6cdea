"""Names of the people who decide, by the opaque id that the record and the audit trail keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from services.referral.database.tables import colleague as table
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.contracts.vocabulary import Role

_WORKING = CAPABILITIES.roles_with(RECORD_CONTACT)


@dataclass(frozen=True)
class Practitioner:
    """Somebody who works with families."""

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
    """The staff of one team who have signed in."""

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

    async def practitioners(self) -> list[Practitioner]:
        """Those who may work with families, by name."""
        return await self.with_one_of(_WORKING)

    async def with_one_of(self, roles: Iterable[Role]) -> list[Practitioner]:
        """Those who hold one of the roles, by name."""
        rows = await self._session.execute(
            select(table.c.id, table.c.name).where(table.c.roles.overlap(sorted(roles))).order_by(table.c.name)
        )
        return [Practitioner(row.id, row.name) for row in rows]

    async def name(self, colleague_id: UUID) -> str | None:
        return await self._session.scalar(select(table.c.name).where(table.c.id == colleague_id))
