"""Two hundred teams tell whatever they could, late, out of order and corrected: every figure is what it must be."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.indicators.database.figures import reckon
from services.reporting.indicators.packs.catalogue import INDICATORS
from shared.contracts.streams import Audience, EntryId, Stream
from shared.inbox.entry import Received
from shared.inbox.projection import Projections, marking, tables_of
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection
from shared.tenancy.admin import ServiceAccess
from tests.reporting.builders import PROJECTIONS
from tests.reporting.indicators.packs.brute_force import BRUTE_FORCE, Figures, Parameters, fold
from tests.reporting.indicators.packs.random_log import LAST, MONTHS, RandomLog, Told

TEAMS = [f"team{number}" for number in range(200)]
SOME = [f"team1{number}" for number in range(10)]
GO_ON = TEAMS[::4]
"""Those whose streams come on after figures were made."""
CHANCE = random.Random(13)
NOW = datetime(2026, 5, 20, tzinfo=UTC)
PARAMETERS: dict[str, Parameters] = {
    team: {
        name: {MONTHS[number % 3]: 100 + number, MONTHS[5 + number % 4]: 200 + number}
        for name in ("births", "need", "demand", "posts_planned")
    }
    for number, team in enumerate(TEAMS)
    if number % 2
}


def stream_of(team: str) -> Stream:
    return Stream(team, "referral", Audience.REGION)


def received(entries: Sequence[Told]) -> list[Received]:
    return [Received(EntryId(1, one.position), new_id(), str(one.subject), one.event, NOW) for one in entries]


async def take_in_at_once(connection: Connection, logs: dict[str, list[Told]]) -> None:
    """What each projection does with a batch, for all teams in one statement."""
    rows = [
        (
            stream_of(team).key,
            item.id.position,
            1,
            team,
            item.event_id,
            item.subject,
            item.event.type,
            item.event.model_dump_json(),
            NOW,
            NOW,
        )
        for team, entries in logs.items()
        for item in received(entries)
    ]
    await connection.copy_records_to_table("event_log", records=rows)
    for projection in PROJECTIONS:
        await connection.execute(projection.insert())
    await connection.execute(marking(tables_of(PROJECTIONS)))


async def make_all(engine: AsyncEngine) -> None:
    left = 1
    while left:
        async with AsyncSession(engine) as session, session.begin():
            left = (await reckon(session, LAST, NOW)).left


async def figures(connection: Connection) -> dict[str, Figures]:
    made: dict[str, Figures] = {team: {} for team in TEAMS}
    for row in await connection.fetch("SELECT * FROM figure"):
        whole: list[Any] = [
            None if row[name] is None else int(row[name])
            for name in ("numerator", "denominator", "median", "ninetieth")
        ]
        made[row["team"]][row["indicator"], row["month"], row["way"], row["part"]] = tuple(whole)  # type: ignore[assignment]
    return made


async def enter_parameters(connection: Connection) -> None:
    rows = [
        (new_id(), team, name, month, value, "a source", new_id(), NOW)
        for team, entered in PARAMETERS.items()
        for name, values in entered.items()
        for month, value in values.items()
    ]
    await connection.executemany(
        "INSERT INTO parameter_entered (id, team, name, month, value, source, entered_by, entered_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        rows,
    )


async def test_every_figure_equals_brute_force(
    access: ServiceAccess, connection: Connection, engine: AsyncEngine
) -> None:
    logs = {team: RandomLog(number) for number, team in enumerate(TEAMS)}
    await enter_parameters(connection)
    missing = {team: told_but_for_some(logs[team]) for team in GO_ON}
    for team in logs.keys() - missing.keys():
        logs[team].tell(34)
    await take_in_at_once(
        connection,
        {team: [one for one in log.entries if one not in missing.get(team, [])] for team, log in logs.items()},
    )
    await make_all(engine)
    async with asyncpg.create_pool(access.database_url, min_size=1, max_size=2) as pool:
        for team, log in logs.items():
            if team in missing:
                await go_on(Projections(pool, PROJECTIONS), team, log, missing[team])
                if CHANCE.random() < 0.05:
                    await make_all(engine)
    await make_all(engine)

    in_steps = await figures(connection)
    for team, log in logs.items():
        assert in_steps[team] == fold(log.entries, PARAMETERS.get(team, {})), team
    assert {number for made in in_steps.values() for number, *_ in made} == {one.number for one in INDICATORS}

    await connection.execute("DELETE FROM figure WHERE team LIKE 'team1_'")
    await connection.execute(marking(tables_of(PROJECTIONS), "team LIKE 'team1_'"))
    await make_all(engine)
    assert {team: made for team, made in (await figures(connection)).items() if team in SOME} == {
        team: in_steps[team] for team in SOME
    }


def told_but_for_some(log: RandomLog) -> list[Told]:
    """Thirty entries, of which some were set aside."""
    log.tell(30)
    return [log.entries[place] for place in log.choose(2)]


async def go_on(sink: Projections, team: str, log: RandomLog, missing: Sequence[Told]) -> None:
    """Some streams come again from a position on; what was set aside is replayed to its place; more is told."""
    async with sink.begin() as taking:
        if CHANCE.random() < 0.3:
            position = CHANCE.randrange(15, 30)
            log.take_back(position)
            await taking.take_back(stream_of(team), position)
        for one in received([one for one in missing if one.position <= len(log.entries)]):
            await taking.take(stream_of(team), [one], NOW)
        await taking.take(stream_of(team), received(log.tell(4)), NOW)


def test_each_indicator_is_folded() -> None:
    assert {one.number for one in INDICATORS} == {*BRUTE_FORCE, 2, 20, 54, 56, 154}
