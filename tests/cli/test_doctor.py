"""What the doctor says when a server goes away while it looks."""

from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import asyncpg
import pytest

from shared.cli import doctor, looking
from shared.cli.finding import EVERYTHING, Finding, Scope
from shared.contracts.platform import TeamOnboarded
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import announce
from shared.testing.servers import FreshService
from tests.soak.proxy import Proxy


async def test_a_server_that_goes_away_meanwhile_is_named_beside_what_was_found_before(
    servers: AdminUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def finds_two(_: AdminUrls, __: Scope) -> AsyncGenerator[Finding]:
        yield Finding("one", well=True, detail="")
        yield Finding("other", well=False, detail="")
        raise ConnectionResetError

    monkeypatch.setitem(doctor._SOURCES, "Registry", finds_two)  # pyright: ignore[reportPrivateUsage]

    found = await doctor.examine(servers, tmp_path)

    assert [one.check for one in found][-3:] == ["one", "other", "PostgreSQL or Redis"]
    assert found[-1].detail == "does not answer any more (ConnectionResetError): not all was looked at"


async def test_a_database_that_must_be_migrated_is_named_and_all_else_is_looked_at(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tmp_path: Path
) -> None:
    services = ("referral", "training")
    for service in services:
        await fresh_service(a_team, service)
    async with operator(servers) as redis:
        await announce(redis, TeamOnboarded(team=a_team, services=services))
    async with connected(url_of(servers.postgres, database=database_name(a_team, "referral"))) as owner:
        await owner.execute(
            "DROP TABLE outbox_waiting; UPDATE alembic_version SET version_num = '0', oldest_code = '0'"
        )

    found = {one.check: one for one in await doctor.examine(servers, tmp_path, Scope(a_team))}

    assert not found[f"{database_name(a_team, 'referral')}: tables"].well
    assert found[f"{database_name(a_team, 'training')}: tables"].well
    assert f"{a_team}.training: unsent events" in found
    assert f"{a_team}.training: dead letters" in found
    assert not {"PostgreSQL or Redis", *doctor._SOURCES} & found.keys()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(("state", "is_missed"), [("reading", True), ("left", False)])
async def test_a_team_that_redis_lost_is_missed_unless_it_had_left(
    servers: AdminUrls, new_team: Callable[[], str], monkeypatch: pytest.MonkeyPatch, state: str, is_missed: bool
) -> None:
    team = new_team()

    async def read(_: AdminUrls, __: object) -> dict[str, dict[str, str]]:
        return {f"pairs:{{{team}}}:referral:region": {"state": state}}

    monkeypatch.setattr(doctor, "readers", lambda _: [None])  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType]
    monkeypatch.setattr(doctor, "checkpoints", read)

    [found] = [one async for one in doctor._registry(servers, EVERYTHING)]  # pyright: ignore[reportPrivateUsage]

    assert (team in found.detail) is is_missed


READ_ONLY = "PERFORM set_config('transaction_read_only', 'on', true); CREATE TEMPORARY TABLE room AS SELECT 1"


@pytest.mark.parametrize(
    ("writes", "detail", "what_to_do"),
    [
        (None, "yes", ""),
        ("RAISE SQLSTATE '53100'", "DiskFullError", "Make room on its disk"),
        (READ_ONLY, "ReadOnlySQLTransactionError", "It only reads"),
    ],
)
async def test_a_server_that_does_not_write_answers_and_is_not_well_and_a_full_disk_is_not_always_why(
    servers: AdminUrls,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    writes: str | None,
    detail: str,
    what_to_do: str,
) -> None:
    if writes:
        monkeypatch.setattr(doctor, "_WRITES", f"DO $$ BEGIN {writes}; END $$")

    found = {one.check: one for one in await doctor.examine(servers, tmp_path)}

    can_write = found["PostgreSQL can write"]
    assert (can_write.well, can_write.detail) == (not writes, detail)
    assert can_write.what_to_do.startswith(what_to_do)
    assert found["PostgreSQL"].well


async def test_a_question_that_postgresql_refuses_ends_no_other(
    servers: AdminUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_refused(_: AdminUrls, __: Scope) -> AsyncGenerator[Finding]:
        yield Finding("one", well=True, detail="")
        raise asyncpg.UndefinedTableError

    async def finds(_: AdminUrls, __: Scope) -> AsyncGenerator[Finding]:
        yield Finding("other", well=True, detail="")

    monkeypatch.setattr(doctor, "_SOURCES", {"Streams": is_refused, "Alarms": finds})

    found = await doctor.examine(servers, tmp_path)

    assert [one.check for one in found][-3:] == ["one", "Streams", "other"]
    assert not any("does not answer" in one.detail for one in found[-3:])


async def test_a_database_that_is_held_is_named_and_all_else_is_looked_at(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration that waits, or an open transaction, must not keep whoever asks waiting too."""
    monkeypatch.setattr("shared.cli.looking.ANSWER_SECONDS", 1.0)
    services = ("referral", "training")
    for service in services:
        await fresh_service(a_team, service)
    async with operator(servers) as redis:
        await announce(redis, TeamOnboarded(team=a_team, services=services))
    database = database_name(a_team, "referral")
    async with connected(url_of(servers.postgres, database=database)) as owner, owner.transaction():
        await owner.execute("LOCK TABLE audit, outbox_waiting")
        found = {one.check: one for one in await doctor.examine(servers, tmp_path, Scope(a_team))}

    assert found[database].detail == "does not answer within 1 seconds: not all of it was looked at"
    assert found["Streams"].detail == found[database].detail
    assert found[f"{database_name(a_team, 'training')}: audit trail"].well
    assert f"{a_team}.training: unsent events" in found
    assert f"{a_team}.training: dead letters" in found
    assert "PostgreSQL or Redis" not in found


async def test_a_question_that_is_slow_is_not_said_to_be_held(
    servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.cli.looking.ANSWER_SECONDS", 0.2)

    async def is_slow() -> AsyncGenerator[Finding]:
        async with looking.asked(servers.postgres) as connection:
            await connection.fetchval("SELECT pg_sleep(1)")
        yield Finding("slow", well=True, detail="")

    [found] = [one async for one in looking.looked("slow", is_slow(), servers)]

    assert found.detail == "does not answer within 0.2 seconds: not all of it was looked at"
    assert found.what_to_do.startswith("It is held, or slow.")
    assert all(place in found.what_to_do for place in ("pg_stat_activity", "pg_blocking_pids", "disk"))


async def test_a_server_that_falls_silent_meanwhile_is_not_waited_for_at_each_thing(
    servers: AdminUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.cli.looking.ANSWER_SECONDS", 0.2)

    async with Proxy(servers.postgres).running() as proxy:

        async def falls_silent(_: AdminUrls, __: Scope) -> AsyncGenerator[Finding]:
            yield Finding("one", well=True, detail="")
            proxy.speaks.clear()
            async with looking.asked(proxy.url):
                raise AssertionError("it answered")

        monkeypatch.setitem(doctor._SOURCES, "Registry", falls_silent)  # pyright: ignore[reportPrivateUsage]
        found = await doctor.examine(AdminUrls(proxy.url, servers.redis), tmp_path)
        proxy.speaks.set()

    assert [one.check for one in found][-2:] == ["one", "PostgreSQL or Redis"]
    assert found[-1].detail.startswith("does not answer any more (TimeoutError)")
