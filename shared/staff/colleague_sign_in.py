"""Whoever signs in to a team's service is remembered by name, so that a record can show who did a thing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.vocabulary import Role
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.staff.tables import colleague
from shared.web.sessions import Sessions
from shared.web.tables import account


def remember_colleagues(sessions: Sessions, roles: Collection[Role]) -> None:
    """From now on, everyone who signs in with one of the roles; who is known and holds none any more, without any."""

    async def remember(connection: AsyncConnection, person: Person) -> None:
        if person.roles.isdisjoint(roles):
            await Colleagues(connection).forget_roles(person.id)
        else:
            await Colleagues(connection).remember(person.id, person.name, person.roles)

    sessions.at_start.append(remember)


@dataclass(frozen=True)
class SignedIn:
    """Someone who has, and the roles that their organisation gave them then."""

    id: UUID
    name: str
    roles: list[Role]
    last_sign_in_at: datetime


async def who_signed_in(session: AsyncSession, issuer: str = "") -> list[SignedIn]:
    """Those with a role, who did last first.

    Args:
        issuer: with the accounts of this provider only; empty: of any.
    """
    last = func.max(account.c.last_sign_in_at).label("last")
    query = select(colleague.c.id, colleague.c.name, colleague.c.roles, last).join(
        account, account.c.id == colleague.c.id
    )
    query = query.where(func.cardinality(colleague.c.roles) > 0).group_by(colleague.c.id).order_by(last.desc())
    if issuer:
        query = query.where(account.c.issuer == issuer)
    rows = await session.execute(query)
    return [SignedIn(row.id, row.name, [Role(role) for role in row.roles], row.last) for row in rows]
