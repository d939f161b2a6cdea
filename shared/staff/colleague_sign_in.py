"""Whoever signs in to a team's service is remembered by name, so that a record can show who did a thing."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.vocabulary import Role
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.web.sessions import Sessions


def remember_colleagues(sessions: Sessions, roles: Collection[Role]) -> None:
    """From now on, everyone who signs in with one of the roles."""

    async def remember(connection: AsyncConnection, person: Person) -> None:
        if not person.roles.isdisjoint(roles):
            await Colleagues(connection).remember(person.id, person.name, person.roles)

    sessions.at_start.append(remember)
