"""An entry that is not what it must be is set aside with its reason; the next one is taken in, and nobody steps in.

The lines of the catalogue of bad input, reliability.md section 5, that come by a stream (93 to 105). An operator puts
the entry where the relay would put the next one.
"""

import json
from datetime import datetime, timedelta

import pytest

from shared.contracts.catalogue import CATALOGUE, Catalogue
from shared.contracts.envelope import Envelope
from shared.contracts.referral import RegionalReferralReceived
from shared.contracts.streams import EntryId
from shared.inbox.dead_letters import replay_requested
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from tests.guarantees.spine import Family, Spine, a_referral, rows, until
from tests.reporting.builders import PROJECTIONS

CANARY = "Zebedee"
Fields = dict[str, str | bytes]


def a_good_entry(spine: Spine) -> Fields:
    regional = a_referral(Family()).for_region()
    envelope = Envelope(
        new_id(),
        regional.type,
        spine.stream.source,
        str(new_id()),
        machine_clock(),
        "00-0-0-00",
        regional.model_dump_json(),
    )
    return {**envelope.fields()}


def with_body(**changes: object) -> Fields:
    regional = a_referral(Family()).for_region()
    return {"body": json.dumps(regional.model_dump(mode="json") | changes)}


BAD: dict[str, tuple[Fields, str]] = {
    "93 body is not JSON": ({"body": f"{CANARY}, not JSON"}, "malformed_event"),
    "93 body is cut off": ({"body": '{"month": "' + CANARY}, "malformed_event"),
    "93 body is a list": ({"body": f'["{CANARY}"]'}, "malformed_event"),
    "93 body is nested 10,000 deep": ({"body": "[" * 10_000 + CANARY}, "malformed_event"),
    "93 body is not UTF-8": ({"body": b"\xff\xfe" + CANARY.encode()}, "wrong_envelope"),
    "93 body holds NUL": ({"body": f"\0{CANARY}"}, "wrong_envelope"),
    "93 body holds a lone surrogate": (with_body(source_group=f"{CANARY}\ud800"), "malformed_event"),
    "94 id is not a UUID": ({"ce-id": CANARY}, "wrong_envelope"),
    "94 subject is a name": ({"ce-subject": CANARY}, "wrong_envelope"),
    "94 subject is missing": ({"ce-subject": b""}, "wrong_envelope"),
    "95 type is not known": ({"ce-type": f"uk.pairs.{CANARY.lower()}.done.v1"}, "unknown_event"),
    "95 type is none of ours": ({"ce-type": CANARY}, "unknown_event"),
    "95 version is 0": ({"ce-type": "uk.pairs.regional.referral_received.v0"}, "unknown_event"),
    "95 version has 5000 digits": ({"ce-type": f"uk.pairs.regional.referral_received.v{'9' * 5000}"}, "unknown_event"),
    "98 body is larger than 64 KiB": (with_body(note=CANARY + "x" * 65_536), "wrong_envelope"),
    "99 another team": ({"ce-source": f"/pairs/{CANARY}/referral"}, "claims_another_team"),
    "99 another service": ({"ce-source": "/pairs/training"}, "claims_another_team"),
    "103 a number beyond all bounds": (with_body(month=9**400), "malformed_event"),
    "104 time without a zone": ({"ce-time": "2026-03-03T10:00:00"}, "wrong_envelope"),
    "104 time before all time": ({"ce-time": "0001-01-01T00:00:00+14:00"}, "wrong_envelope"),
    "104 time after all time": ({"ce-time": "9999-12-31T23:59:59-14:00"}, "wrong_envelope"),
    "105 a name in the body": (with_body(name=CANARY), "malformed_event"),
    "105 a name as the name of a field": (with_body(**{CANARY: 1}), "malformed_event"),
    "105 a name for a code": (with_body(source_group=CANARY), "malformed_event"),
    "an event that is not for the region": ({"ce-type": "uk.pairs.team.left.v1"}, "malformed_event"),
    "a team's own event": (
        {"ce-type": "uk.pairs.referral.received.v1", "body": a_referral(Family()).model_dump_json()},
        "wrong_audience",
    ),
    "another version of CloudEvents": ({"ce-specversion": CANARY}, "wrong_envelope"),
}


async def _everything_but_raw(database_url: str) -> str:
    """All rows of all tables as text, without what was set aside."""
    tables = await rows(database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    statements = [f"SELECT (to_jsonb(t) - 'raw')::text AS row FROM {table['tablename']} t" for table in tables]
    return "\n".join([row["row"] for statement in statements for row in await rows(database_url, statement)])


def _admin_url(servers: AdminUrls) -> str:
    return url_of(servers.postgres, database=database_name(None, "reporting"))


@pytest.mark.parametrize("line", BAD)
async def test_it_is_set_aside_with_its_reason_and_the_next_entry_is_taken_in(
    spine: Spine, servers: AdminUrls, line: str
) -> None:
    changes, reason = BAD[line]
    await spine.announce()

    async with spine.operator() as redis, spine.reading():
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="1-1")
        await redis.xadd(spine.stream.key, a_good_entry(spine) | changes, id="1-2")
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="1-3")
        await until(lambda: _has_read(spine, EntryId(1, 3)), within_seconds=8)

    [letter] = await spine.letters()
    assert (letter["reason"], letter["epoch"], letter["position"]) == (reason, 1, 2)
    assert [row["position"] for row in await spine.log()] == [1, 3]
    assert (await spine.facts(), await spine.state()) == (2, "reading")
    assert CANARY.lower() not in (await _everything_but_raw(_admin_url(servers))).lower()


async def _has_read(spine: Spine, entry: EntryId) -> bool:
    found = await rows(spine.reader_database, f"SELECT FROM checkpoint WHERE stream = '{spine.stream.key}'")
    return bool(found) and await spine.checkpoint() == entry


@pytest.mark.parametrize("name", ["ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "traceparent", "body"])
async def test_an_entry_without_a_field_that_it_must_have_is_set_aside(spine: Spine, name: str) -> None:
    fields = a_good_entry(spine)
    del fields[name]
    await spine.announce()

    async with spine.operator() as redis, spine.reading():
        await redis.xadd(spine.stream.key, fields, id="1-1")
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="1-2")
        await until(lambda: _has_read(spine, EntryId(1, 2)), within_seconds=8)

    assert [(letter["reason"], letter["detail"]) for letter in await spine.letters()] == [
        ("wrong_envelope", f"{name} is missing")
    ]


async def test_a_time_in_the_future_is_taken_in_and_the_reader_goes_by_its_own_clock(spine: Spine) -> None:
    ahead = machine_clock() + timedelta(hours=1)
    await spine.announce()

    async with spine.operator() as redis, spine.reading():
        await redis.xadd(spine.stream.key, a_good_entry(spine) | {"ce-time": ahead.isoformat()}, id="1-1")
        await until(lambda: _has_read(spine, EntryId(1, 1)), within_seconds=8)

    [row] = await rows(spine.reader_database, "SELECT occurred_at, received_at FROM event_log")
    assert isinstance(row["received_at"], datetime)
    assert row["received_at"] < ahead == row["occurred_at"]


async def test_the_same_entry_again_has_no_effect(spine: Spine) -> None:
    await spine.announce()

    async with spine.operator() as redis, spine.reading():
        entries = [a_good_entry(spine), a_good_entry(spine)]
        for _ in range(2):
            for position, fields in enumerate(entries, 1):
                await redis.xadd(spine.stream.key, fields, id=f"1-{position}")
            await until(lambda: _has_read(spine, EntryId(1, 2)), within_seconds=8)
            await redis.delete(spine.stream.key)

    assert (len(await spine.log()), await spine.facts(), await spine.letters()) == (2, 2, [])


async def test_an_entry_that_no_relay_could_have_numbered_so_is_never_taken_in(spine: Spine) -> None:
    """Line 103. Redis takes no lower id afterwards, so the operator deletes the key; the outbox fills it up again."""
    await spine.announce()
    await spine.commit(5)
    async with spine.operator() as redis, spine.reading(), spine.relaying() as relay:
        await spine.all_reported()
        for identifier in ("2-0", f"{2**31}-1", f"{2**31}-{2**63}", f"{2**64 - 1}-{2**64 - 1}"):
            await redis.xadd(spine.stream.key, a_good_entry(spine), id=identifier)
        await spine.commit(5)
        await until(lambda: _says(relay, "redis_is_ahead"))
        await redis.delete(spine.stream.key)
        await until(lambda: _says(relay, None))
        await spine.all_reported()


async def _says(relay: object, trouble: str | None) -> bool:
    return getattr(relay, "trouble", "") == trouble


async def test_a_heartbeat_that_no_relay_could_have_sent_disturbs_no_other_team(spine: Spine) -> None:
    await spine.announce()
    await spine.commit(3)
    async with spine.operator() as redis, spine.reading() as reader, spine.relaying():
        await reader._follow(spine.stream._replace(team="mischief"))
        for head in (f"{2**40}-1", f"1-{2**64}", "-1--1", "x", "1-1-1"):
            await redis.xadd("pairs:{mischief}:referral:heartbeat", {"region": head, "team": head}, maxlen=1)
            await redis.xadd(spine.stream.replay_key, {"from": head})
            await reader._heartbeats.tick(reader.readers)
        await spine.commit(3)
        await spine.all_reported()


class RegionalReferralForeseen(RegionalReferralReceived):
    type = "uk.pairs.regional.referral_foreseen.v1"


async def test_an_entry_is_taken_in_at_its_place_once_its_cause_is_gone_and_not_before(spine: Spine) -> None:
    await spine.announce()
    async with spine.operator() as redis, spine.reading():
        for position, changes in enumerate(({}, {"ce-type": RegionalReferralForeseen.type}, {}), 1):
            await redis.xadd(spine.stream.key, a_good_entry(spine) | changes, id=f"1-{position}")
        await until(lambda: _has_read(spine, EntryId(1, 3)))

    async with spine.inbox() as inbox:
        await inbox.pool.execute("UPDATE dead_letter SET replay_requested_at = now()")
        assert await replay_requested(inbox) == 0
    assert [letter["replay_requested_at"] for letter in await spine.letters()] == [None]

    wiser = Catalogue((*CATALOGUE.classes, RegionalReferralForeseen))
    async with spine.inbox(wiser, (*PROJECTIONS, _counting(RegionalReferralForeseen))) as inbox:
        assert await replay_requested(inbox) == 0, "nobody asked"
        await inbox.pool.execute("UPDATE dead_letter SET replay_requested_at = now()")
        assert await replay_requested(inbox) == 1
        assert await replay_requested(inbox) == 0

    assert await spine.letters() == []
    assert [row["position"] for row in await spine.log()] == [1, 2, 3]
    assert await spine.facts() == 3


def _counting(event: type[RegionalReferralReceived]):  # noqa: ANN202
    from services.reporting.facts.reactions.on_regional_referral_received import (  # noqa: PLC0415
        ON_REGIONAL_REFERRAL_RECEIVED,
    )
    from shared.inbox.projection import Projection  # noqa: PLC0415

    return Projection(event, ON_REGIONAL_REFERRAL_RECEIVED.table, ON_REGIONAL_REFERRAL_RECEIVED.columns)


async def test_what_postgresql_will_not_take_is_set_aside_alone_even_where_a_new_epoch_begins(
    spine: Spine, servers: AdminUrls
) -> None:
    """The batch goes back to position 2, whose entry cannot be projected; 3 and 4 have their new content."""
    await spine.announce()
    async with spine.operator() as redis, spine.reading():
        for position in (1, 2, 3, 4):
            await redis.xadd(spine.stream.key, a_good_entry(spine), id=f"1-{position}")
        await until(lambda: _has_read(spine, EntryId(1, 4)))
        async with connected(_admin_url(servers)) as admin:
            await admin.execute("ALTER TABLE referral_received ADD CHECK (position <> 2) NOT VALID")
        newer = [a_good_entry(spine) for _ in range(3)]
        async with redis.pipeline() as pipeline:
            for position, fields in enumerate(newer, 2):
                pipeline.xadd(spine.stream.key, fields, id=f"2-{position}")
            await pipeline.execute()
        await until(lambda: _has_read(spine, EntryId(2, 4)))

    assert [(letter["reason"], letter["position"]) for letter in await spine.letters()] == [("projection_failed", 2)]
    assert [(row["position"], str(row["event_id"])) for row in (await spine.log())[1:]] == [
        (3, newer[1]["ce-id"]),
        (4, newer[2]["ce-id"]),
    ]
    assert await spine.facts() == 3


async def test_what_was_set_aside_in_a_history_that_no_longer_holds_cannot_come_back(spine: Spine) -> None:
    await spine.announce()
    async with spine.operator() as redis, spine.reading():
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="1-1")
        await redis.xadd(spine.stream.key, a_good_entry(spine) | {"ce-type": RegionalReferralForeseen.type}, id="1-2")
        await until(lambda: _has_read(spine, EntryId(1, 2)))
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="2-1")
        await until(lambda: _has_read(spine, EntryId(2, 1)))

        wiser = Catalogue((*CATALOGUE.classes, RegionalReferralForeseen))
        async with spine.inbox(wiser) as inbox:
            await inbox.pool.execute("UPDATE dead_letter SET replay_requested_at = now()")
            assert await replay_requested(inbox) == 0
        await redis.xadd(spine.stream.key, a_good_entry(spine), id="2-2")
        await until(lambda: _has_read(spine, EntryId(2, 2)))

    assert [(row["position"], row["type"]) for row in await spine.log()] == [
        (1, RegionalReferralReceived.type),
        (2, RegionalReferralReceived.type),
    ]
    assert await spine.letters() == []
