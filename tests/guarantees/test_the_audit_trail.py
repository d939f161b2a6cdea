"""What can be believed of an entry in the audit trail, and what shows when someone mightier was at it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.audit.trail import first_tampered_entry
from shared.database.migrations import upgrade
from shared.kernel.clock import machine_clock
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import let_time_be_simulated, url_of
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService
from tests.guarantees.spine import Spine

ACTOR = UUID(int=7)
LONG_AGO = machine_clock() - timedelta(days=365)
_ADD = "SELECT audit_add($1, $2, 'family.read', NULL)"


@pytest.fixture
async def role(spine: Spine) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the service's own role."""
    connection = await asyncpg.connect(spine.team_database)
    yield connection
    await connection.close()


@pytest.fixture
async def owner(spine: Spine, servers: AdminUrls) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection to the same database."""
    connection = await asyncpg.connect(url_of(servers.postgres, database=spine.team_database.rsplit("/", 1)[-1]))
    yield connection
    await connection.close()


async def add(connection: asyncpg.Connection, entries: int = 1) -> None:
    for _ in range(entries):
        await connection.fetchval(_ADD, LONG_AGO, ACTOR)


async def last(connection: asyncpg.Connection) -> Any:
    return await connection.fetchrow("SELECT * FROM audit ORDER BY number DESC LIMIT 1")


async def test_the_time_of_an_entry_is_the_databases_whatever_the_service_says(role: asyncpg.Connection) -> None:
    await add(role)

    assert abs((await last(role))["at"] - machine_clock()) < timedelta(minutes=1)


async def test_only_an_operator_lets_a_demonstrations_history_say_when_it_happened(
    spine: Spine, servers: AdminUrls, role: asyncpg.Connection
) -> None:
    database = database_name(spine.team, "referral")

    await let_time_be_simulated(servers.postgres, database, allowed=True)
    await add(role)
    simulated = await last(role)
    await let_time_be_simulated(servers.postgres, database, allowed=False)
    await add(role)

    assert simulated["at"] == LONG_AGO
    assert (await last(role))["at"] > LONG_AGO + timedelta(days=364)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await role.execute("UPDATE audit_head SET simulated = true")


async def test_an_entry_tells_the_service_from_somebody_who_used_the_database_by_hand(
    role: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    await add(role)
    ours = await last(role)
    await add(owner)

    assert ours["role"] == await role.fetchval("SELECT current_user")
    assert (await last(role))["role"] == await owner.fetchval("SELECT current_user")
    await owner.execute("UPDATE audit SET role = $1 WHERE number = 2", ours["role"])
    assert await first_tampered_entry(owner) == 2


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit SET action = 'nothing' WHERE number = 3", 3),
        ("UPDATE audit SET at = at + interval '1 hour' WHERE number = 4", 4),
        ("UPDATE audit SET actor = gen_random_uuid() WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 1", 2),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("DELETE FROM audit WHERE number > 4", 5),
        ("TRUNCATE audit", 1),
        ("UPDATE audit_head SET number = 4, hash = (SELECT hash FROM audit WHERE number = 4)", 5),
        ("DELETE FROM audit_head", 1),
        ("UPDATE audit_head SET hash = 'other'", 6),
    ],
)
async def test_what_was_changed_removed_or_cut_off_is_found_in_pieces_of_any_size(
    role: asyncpg.Connection, owner: asyncpg.Connection, piece: int, statement: str, first: int
) -> None:
    await add(role, 6)
    assert await first_tampered_entry(role, in_pieces_of=piece) is None

    await owner.execute(statement)

    assert await first_tampered_entry(role, in_pieces_of=piece) == first


async def test_an_empty_trail_holds(role: asyncpg.Connection) -> None:
    assert await first_tampered_entry(role) is None


async def test_a_long_trail_can_be_checked_a_piece_at_a_time(role: asyncpg.Connection) -> None:
    """What hashes the whole trail at once fails, one day, at the ten seconds that a statement may take."""
    await add(role, 30)

    pieces = [tuple(await role.fetchrow("SELECT * FROM audit_verify($1, 10)", after)) for after in (0, 10, 20, 30)]

    assert pieces == [(None, 10, False), (None, 20, False), (None, 30, False), (None, 30, True)]


async def test_the_check_goes_round_and_remembers_what_it_found(
    role: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    async def state() -> tuple[Any, ...]:
        return tuple(await role.fetchrow("SELECT up_to, found, entries, wrong FROM audit_check"))

    await add(role, 5)
    assert await state() == (0, None, None, None)
    assert await role.fetchval("SELECT audit_check_on(3)") == 3
    assert await state() == (3, None, None, None)
    assert await role.fetchval("SELECT audit_check_on(3)") == 2
    assert await state() == (0, None, 5, None)

    await owner.execute("UPDATE audit SET action = 'nothing' WHERE number = 2")
    assert await role.fetchval("SELECT audit_check_on(3)") == 3
    assert await state() == (3, 2, 5, None)
    await role.fetchval("SELECT audit_check_on(3)")
    assert await state() == (0, None, 5, 2)


@pytest.mark.parametrize("statement", ["UPDATE audit_check SET wrong = NULL", "DELETE FROM audit_check"])
async def test_the_service_cannot_say_that_a_check_was_done(role: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await role.execute(statement)


async def test_a_trail_that_was_begun_by_an_older_version_goes_on(
    servers: AdminUrls, fresh_service: FreshService, a_team: str
) -> None:
    # No service of this name has migrations, so its database is empty and takes the referral service's.
    access = await fresh_service(a_team, "archive")
    database = database_name(a_team, "archive")
    await upgrade(servers.postgres, "referral", database, to="0012")
    role = await asyncpg.connect(access.database_url)
    await add(role, 3)
    await upgrade(servers.postgres, "referral", database)
    await add(role, 3)
    owner = await asyncpg.connect(url_of(servers.postgres, database=database))

    assert await first_tampered_entry(role) is None
    await owner.execute("UPDATE audit SET actor = gen_random_uuid() WHERE number = 2")
    assert await first_tampered_entry(role) == 2
    for connection in (role, owner):
        await connection.close()
