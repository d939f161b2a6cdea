"""Whom a team's service remembers, and with which roles."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from shared.contracts.vocabulary import Role
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.colleague_sign_in import remember_colleagues
from shared.staff.tables import colleague
from shared.testing.recycled import RecycledService
from shared.web.sessions import Sessions
from tests.web.sample import settings


async def test_who_is_refused_as_they_hold_no_role_any_more_is_known_by_name_and_without_one(
    recycled_service: RecycledService,
) -> None:
    access = await recycled_service("leaver", "referral")
    engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    sessions = Sessions(engine, settings(), machine_clock)
    remember_colleagues(sessions, {Role.TEAM_LEAD})
    [remember] = sessions.at_start
    jo = Person(new_id(), "Jo Lead", frozenset({Role.TEAM_LEAD}))

    async with engine.begin() as connection:
        for person in (jo, replace(jo, roles=frozenset[Role]()), Person(new_id(), "Unknown", frozenset())):
            await remember(connection, person)
        kept = (await connection.execute(select(colleague.c.id, colleague.c.name, colleague.c.roles))).all()
    await engine.dispose()

    assert [tuple(one) for one in kept] == [(jo.id, "Jo Lead", [])]
