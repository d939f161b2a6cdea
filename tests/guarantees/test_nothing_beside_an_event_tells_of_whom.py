"""Beside the body of a regional event stands a constant, a keyed hash, a month or chance: nothing a sender chose."""

import json
from importlib import import_module
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from shared.contracts.region import month_of, pseudonym
from shared.contracts.streams import Audience, Stream
from shared.kernel.actor import public_form
from shared.kernel.clock import london_date, machine_clock
from shared.kernel.postgres import connected
from shared.kernel.traceparent import TRACEPARENT
from shared.streams.connection import read_streams
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.guarantees.spine import REGION_KEY, Family, Spine, a_referral, engine_of, rows, until

TRACE, SPAN, FLAGS = "cafe9990000050deadbeef9990000050", "facade9990000050", "a5"
"""Hexadecimal that spells, and has an NHS number in it."""
MIGRATIONS = "services.referral.database.migrations.versions"


async def test_an_entry_for_the_region_has_nothing_that_a_sender_chose(spine: Spine) -> None:
    families = [Family(), Family()]
    sent = await commit_at_once(spine, families, traceparent=f"00-{TRACE}-{SPAN}-{FLAGS}")
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.all_reported()
        entries = await entries_of(spine, spine.stream)

    traces = [entry.pop("traceparent") for entry in entries]
    assert entries == [
        {
            "ce-specversion": "1.0",
            "ce-id": str(pseudonym(event_id, REGION_KEY)),
            "ce-type": "uk.pairs.regional.referral_received.v1",
            "ce-source": f"/pairs/{spine.team}/referral",
            "ce-subject": str(pseudonym(family.id, REGION_KEY)),
            "ce-time": f"{this_month()}T00:00:00Z",
            "ce-dataschema": "/schemas/uk.pairs.regional.referral_received.v1.json",
            "body": what_the_region_may_know(family),
        }
        for event_id, family in zip(sent, families, strict=True)
    ]
    parts = [trace.split("-") for trace in traces]
    assert len({trace for _, trace, _, _ in parts}) == len({span for _, _, span, _ in parts}) == len(families)
    assert all(TRACE not in trace and SPAN not in trace and trace.endswith("-00") for trace in traces), traces


async def test_the_regions_record_of_an_event_has_nothing_that_a_sender_chose(spine: Spine) -> None:
    family = Family()
    [event_id] = await commit_at_once(spine, [family], traceparent=f"00-{TRACE}-{SPAN}-{FLAGS}")
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.all_reported()

    [row] = await rows(spine.reader_database, "SELECT to_jsonb(event_log) - 'received_at' AS kept FROM event_log")
    assert json.loads(row["kept"]) == {
        "stream": spine.stream.key,
        "position": 1,
        "epoch": 1,
        "team": spine.team,
        "event_id": str(pseudonym(event_id, REGION_KEY)),
        "subject": str(pseudonym(family.id, REGION_KEY)),
        "type": "uk.pairs.regional.referral_received.v1",
        "body": what_the_region_may_know(family),
        "occurred_at": f"{this_month()}T00:00:00+00:00",
    }


async def test_the_team_can_follow_a_senders_trace_through_all_that_came_of_it(spine: Spine) -> None:
    given = f"00-{TRACE}-{SPAN}-{FLAGS}"
    await commit_at_once(spine, [Family(), Family()], traceparent=given)
    own = Stream(spine.team, "referral", Audience.TEAM)
    async with spine.relaying(), spine.operator() as redis:
        await until(lambda: _has(redis, own.key, 2))
        entries = await entries_of(spine, own)

    assert [entry["traceparent"] for entry in entries] == [given, given]


async def test_events_that_were_stored_with_a_senders_trace_lose_it(spine: Spine, servers: AdminUrls) -> None:
    given = f"00-{TRACE}-{SPAN}-{FLAGS}"
    await commit_at_once(spine, [Family(), Family()], traceparent=given)
    database = database_name(spine.team, "referral")
    async with connected(url_of(servers.postgres, database=database)) as admin:
        await admin.execute("UPDATE outbox SET traceparent = $1", given)
        await admin.execute(import_module(f"{MIGRATIONS}.0013_regional_traces").RENEW_REGIONAL_TRACES)

    traces = await rows(spine.team_database, "SELECT traceparent FROM outbox WHERE audience = 'region'")
    assert all(TRACEPARENT.fullmatch(row["traceparent"]) and TRACE not in row["traceparent"] for row in traces)
    assert len({row["traceparent"] for row in traces}) == 2


async def commit_at_once(spine: Spine, families: list[Family], *, traceparent: str) -> list[UUID]:
    """One referral of each family in one transaction; the ids that the team's own events have."""
    engine = engine_of(spine.team_database)
    async with UnitsOfWork(engine, UnitOfWork, region_key=REGION_KEY, clock=machine_clock).begin(
        public_form(), traceparent=traceparent
    ) as work:
        for family in families:
            work.publish(a_referral(family), about=family)
    await engine.dispose()
    published = await rows(spine.team_database, "SELECT event_id FROM outbox WHERE audience = 'team' ORDER BY seq")
    return [row["event_id"] for row in published]


async def entries_of(spine: Spine, stream: Stream) -> list[dict[str, Any]]:
    async with spine.operator() as redis:
        [(_, entries)] = await read_streams(redis, {stream.key: "0-0"})
    texts = [{name.decode(): value.decode() for name, value in fields.items()} for _, fields in entries]
    return [fields | {"body": json.loads(fields["body"])} for fields in texts]


async def _has(redis: Redis, key: str, entries: int) -> bool:
    return await redis.xlen(key) == entries


def what_the_region_may_know(family: Family) -> dict[str, Any]:
    regional = a_referral(family).for_region()
    assert regional
    return regional.model_dump(mode="json")


def this_month() -> str:
    return month_of(london_date(machine_clock())).isoformat()
