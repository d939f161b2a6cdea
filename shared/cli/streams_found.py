"""What the doctor finds of streams: what waits, who reads them, and whether their services still speak."""

from collections.abc import AsyncGenerator
from typing import Any

from redis.asyncio import Redis

from shared import discovery
from shared.cli.finding import EVERYTHING, Finding, Scope
from shared.cli.lag import lag
from shared.cli.looking import asked, looked
from shared.cli.readers import Reader, checkpoints, fits, readers
from shared.contracts.streams import Audience, EntryId, Stream, streams_of
from shared.kernel.postgres import Connection
from shared.relay.unsent import oldest_unsent
from shared.streams.top import top_of
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.redis_door import ask, text
from shared.tenancy.registry import Standing, TeamState, teams

LATE_SECONDS = {"heartbeat": 30, "unsent": 60}
"""How old the last heartbeat of a service, and the oldest event that was not sent, may be."""


async def stream_findings(admin: AdminUrls, scope: Scope = EVERYTHING) -> AsyncGenerator[Finding]:
    """Of every stream that a service publishes or reads."""
    async for finding in looked("Streams", _lags(admin, scope), admin):
        yield finding
    async with operator(admin) as redis:
        known = {team: state for team, state in (await teams(redis)).items() if state.standing is Standing.ACTIVE}
        async for finding in _heartbeats(redis, known, scope):
            yield finding
        for team, service in _services(known, scope):
            async for finding in looked(
                f"{team}.{service}: unsent events", _unsent(admin, redis, team, service), admin
            ):
                yield finding
    for reader in readers(known):
        if scope.has(reader.team):
            async for finding in looked(f"{reader.name}: checkpoints", _heard(admin, reader), admin):
                yield finding


def _services(known: dict[str, TeamState], scope: Scope) -> list[tuple[str, str]]:
    return [(team, one) for team, state in known.items() if scope.has(team) for one in state.services]


async def _lags(admin: AdminUrls, scope: Scope) -> AsyncGenerator[Finding]:
    for row in await lag(admin, scope):
        ahead = row["outbox"] is not None and _is_ahead(row["redis"], row["outbox"])
        trouble = ahead or row["waiting"] > 1000 or row["state"] in {"parked", "gap", "diverged", "not followed"}
        yield Finding(
            row["stream"],
            not trouble,
            f"{row['waiting']} waiting" + (f", {row['behind']} behind, {row['state']}" if row["state"] else ""),
            _advice("ahead" if ahead else row["state"] or "waiting").format(reader=row["reader"]),
        )


async def _heartbeats(redis: Redis, known: dict[str, TeamState], scope: Scope) -> AsyncGenerator[Finding]:
    """By Redis's own clock, which also dated them."""
    now = int((await ask(redis, "TIME"))[0])
    for team, service in _services(known, scope):
        key = Stream(team, service, Audience.TEAM).heartbeat_key
        last = await ask(redis, "XREVRANGE", key, "+", "-", "COUNT", "1")
        age = now - int(text(last[0][0]).split("-")[0]) // 1000 if last else None
        well = age is not None and age <= LATE_SECONDS["heartbeat"]
        detail = "never heard" if age is None else f"{max(0, age)} seconds ago"
        yield Finding(f"{team}.{service}: heartbeat", well, detail, _advice("silent"))


async def _unsent(admin: AdminUrls, redis: Redis, team: str, service: str) -> AsyncGenerator[Finding]:
    if not await fits(admin, team, service):
        return
    here = discovery.services()[service]
    async with asked(url_of(admin.postgres, database=database_name(team, service))) as connection:
        seconds = await _oldest(connection, redis, team, service, is_networked=here.is_networked)
    well = seconds <= LATE_SECONDS["unsent"]
    detail = f"the oldest waits for {seconds:.0f} seconds" if seconds else "nothing waits"
    yield Finding(f"{team}.{service}: unsent events", well, detail, _advice("waiting"))


async def _oldest(connection: Connection, redis: Redis, team: str, service: str, *, is_networked: bool) -> float:
    streams = streams_of(team, service, is_networked=is_networked)
    tops = {stream.audience: (await top_of(redis, stream)).position for stream in streams}
    return max([await oldest_unsent(connection, audience, top) for audience, top in tops.items()])


async def _heard(admin: AdminUrls, reader: Reader) -> AsyncGenerator[Finding]:
    if not await reader.fits(admin):
        return
    for key, row in (await checkpoints(admin, reader)).items():
        if row["heard_at"] is None:
            check = f"{key}: heartbeat, heard by {reader.name}"
            yield Finding(check, well=False, detail="never heard", what_to_do=_advice("silent"))


def _is_ahead(redis: str, outbox: str) -> bool:
    return EntryId.parse(redis) > EntryId.parse(outbox)


def _advice(state: Any) -> str:
    return {
        "ahead": "The team's database was restored to the past: run `pairs team restored`.",
        "parked": "A newer version was published: upgrade {reader}.",
        "gap": "Entries are missing and were asked for: look again in a minute.",
        "diverged": "The team's database was restored to the past: run `pairs team restored`.",
        "not followed": "{reader} does not read it: is it running, and was the team announced?",
        "silent": "The team's service does not run, or cannot reach Redis.",
    }.get(state, "The relay cannot send: look at the service's /readyz.")
