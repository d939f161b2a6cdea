"""A team's service hears another of its team: each event has its effect once, in order, whatever happens meanwhile."""

import asyncio
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
from redis.asyncio import Redis

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.family import FamiliesMerged, FamilyRecorded, PersonBorn
from shared.contracts.pathway import TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.inbox.dead_letters import replay_requested
from shared.inbox.reaction import Delivery
from shared.kernel.clock import machine_clock
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.relay.restored import team_restored
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.unit_of_work import Once, UnitOfWork
from tests.guarantees.lending_spine import LendingSpine
from tests.guarantees.spine import forget_after, until
from tests.services.lending.reactions.on_family_recorded import on_family_recorded
from tests.services.lending.reactions.on_person_born import on_person_born


class Stage:
    """Puts events onto the stream where the relay would put the next ones."""

    def __init__(self, spine: LendingSpine) -> None:
        self.spine = spine
        self._position = 0

    async def put(self, *events: Event, **changes: Any) -> None:
        async with self.spine.operator() as redis:
            for event in events:
                self._position += 1
                envelope = Envelope(
                    new_id(),
                    changes.get("type", event.type),
                    self.spine.stream.source,
                    str(new_id()),
                    changes.get("time") or machine_clock(),
                    "00-0-0-00",
                    event.model_dump_json(),
                )
                await redis.xadd(self.spine.stream.key, envelope.fields(), id=f"1-{self._position}")

    async def is_read(self, *, up_to: int | None = None) -> None:
        async def holds() -> bool:
            return (await self.spine.checkpoint()).position == (up_to or self._position)

        await until(holds)


async def test_two_readers_and_a_wiped_stream_give_each_event_its_effect_once(lending: LendingSpine) -> None:
    await lending.commit(300, per_family=4)
    async with lending.relaying(), lending.reading(), lending.reading(), lending.operator() as redis:
        await lending.all_reported()

        await redis.flushall()
        await asyncio.gather(*(lending.commit(100, per_family=4) for _ in range(3)))

        await lending.all_reported()


async def test_entries_that_a_team_s_reader_misses_are_published_again_because_it_asks(lending: LendingSpine) -> None:
    async with lending.relaying(), lending.operator() as redis:
        await lending.commit(120, per_family=4)
        await asyncio.sleep(1.5)
        await redis.xdel(lending.stream.key, "1-60", "1-61")

        async with lending.reading():
            await lending.all_reported()
            assert not any(row["is_replay"] for row in await lending.parcels())


async def test_one_that_fails_among_many_is_set_aside_alone_and_tried_again_a_day_late(lending: LendingSpine) -> None:
    """The baby's family is not known yet; meanwhile the family is recorded, and merged into another."""
    yesterday = machine_clock() - timedelta(days=1)
    stage, known, late = Stage(lending), new_id(), new_id()
    babies = [PersonBorn(family_id=known, person_id=new_id()) for _ in range(40)]
    await stage.put(FamilyRecorded(family_id=known), *babies[:20])
    await stage.put(PersonBorn(family_id=late, person_id=new_id()), time=yesterday)
    await stage.put(*babies[20:], FamilyRecorded(family_id=late))
    await stage.put(FamiliesMerged(merge_id=new_id(), kept_family_id=known, merged_family_id=late))

    async with lending.reading():
        await stage.is_read()
    [letter] = await lending.letters()
    assert (letter["reason"], letter["detail"]) == ("reaction_failed", "ForeignKeyViolationError")
    assert letter["position"] == 22
    assert len(await lending.parcels()) == len(await lending.tasks()) == 40

    async with lending.inbox() as inbox:
        await inbox.pool.execute("UPDATE dead_letter SET replay_requested_at = now()")
        assert await replay_requested(inbox) == 1
        assert await replay_requested(inbox) == 0
    [replayed] = [row for row in await lending.parcels() if row["is_replay"]]
    assert (replayed["position"], replayed["family_id"]) == (22, known)
    assert replayed["born_at"] == yesterday
    assert len(await lending.tasks()) == 41
    assert not await lending.letters()


async def refuses(event: PersonBorn, delivery: Delivery, work: UnitOfWork) -> None:
    await on_person_born(event, delivery, work)
    raise RuleBroken("no_such_thing", "An event is a fact: no reaction may refuse.")


async def stumbles(event: PersonBorn, delivery: Delivery, work: UnitOfWork) -> None:
    await on_person_born(event, delivery, work)
    raise KeyError(event.person_id)


async def publishes_what_cannot_be(event: PersonBorn, delivery: Delivery, work: UnitOfWork) -> None:
    await on_person_born(event, delivery, work)
    once = Once(UUID(int=5))
    for _ in range(2):
        once.version = 0
        work.publish(TaskRaised(task_id=once.id, family_id=event.family_id, kind=TaskKind.HAND_OVER), about=once)


async def test_of_a_reaction_that_fails_nothing_is_stored_or_published(lending: LendingSpine) -> None:
    stage, family = Stage(lending), new_id()
    await stage.put(FamilyRecorded(family_id=family))
    for reaction, code in (
        (refuses, "no_such_thing"),
        (stumbles, "KeyError"),
        (publishes_what_cannot_be, "UniqueViolationError"),
    ):
        await stage.put(PersonBorn(family_id=family, person_id=new_id()))
        async with lending.reading(effects=(on_family_recorded, reaction)):
            await stage.is_read()
        assert [letter["detail"] for letter in await lending.letters()][-1] == code
    assert await lending.parcels() == await lending.tasks() == []
    assert len(await lending.families()) == 1


async def test_two_rooms_may_react_to_the_same_event(lending: LendingSpine) -> None:
    stage, family = Stage(lending), new_id()
    await stage.put(FamilyRecorded(family_id=family), PersonBorn(family_id=family, person_id=new_id()))
    async with lending.reading(effects=(on_family_recorded, on_person_born, on_person_born)):
        await stage.is_read()
    assert (len(await lending.parcels()), len(await lending.tasks())) == (2, 2)


async def test_a_lock_is_waited_for_and_nothing_is_set_aside(lending: LendingSpine, servers: AdminUrls) -> None:
    await lending.commit(60, per_family=4)
    admin = await asyncpg.connect(url_of(servers.postgres, database=lending.reader_database.rsplit("/", 1)[-1]))
    transaction = admin.transaction()
    await transaction.start()
    await admin.execute("LOCK TABLE family IN ACCESS EXCLUSIVE MODE")

    async with lending.relaying(), lending.reading() as reader:
        await asyncio.sleep(1.5)
        assert reader.stopped == []
        await transaction.rollback()

        await lending.all_reported()
    await admin.close()


async def test_a_database_that_cuts_every_connection_is_waited_for(lending: LendingSpine, servers: AdminUrls) -> None:
    admin = await asyncpg.connect(servers.postgres)
    async with lending.relaying(), lending.reading():
        writing = asyncio.create_task(lending.commit(600, per_family=4))
        for _ in range(5):
            await asyncio.sleep(0.2)
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
                lending.reader_database.rsplit("/", 1)[-1],
            )
        await writing

        await lending.all_reported()
    await admin.close()


async def test_what_an_event_did_stays_done_when_its_service_is_restored_to_the_past(
    lending: LendingSpine, servers: AdminUrls
) -> None:
    """All that is left comes again, and has no second effect; what happens afterwards has its own."""
    async with lending.reading():
        async with lending.relaying():
            await lending.commit(60, per_family=4)
            await lending.all_reported()
        admin = await asyncpg.connect(url_of(servers.postgres, database=lending.team_database.rsplit("/", 1)[-1]))
        await forget_after(admin, 40)
        async with lending.operator() as redis:
            await team_restored(admin, redis, lending.team, "referral", clock=machine_clock)
        await admin.close()
        before = await lending.parcels()

        async with lending.relaying():
            await lending.commit(8, per_family=4)

            async def has_all() -> bool:
                return (await lending.checkpoint()).position == 49

            await until(has_all)
    assert len(await lending.parcels()) == len(await lending.tasks()) == len(before) + 6
    assert not await lending.letters()


async def test_a_newer_version_parks_the_stream_and_nothing_is_passed_over(lending: LendingSpine) -> None:
    stage, family = Stage(lending), new_id()
    await stage.put(FamilyRecorded(family_id=family))
    await stage.put(PersonBorn(family_id=family, person_id=new_id()), type="uk.pairs.person.born.v2")
    await stage.put(PersonBorn(family_id=family, person_id=new_id()))
    async with lending.reading():

        async def is_parked() -> bool:
            return await lending.state() == "parked"

        await until(is_parked)
        await stage.is_read(up_to=1)
    assert (await lending.parcels(), await lending.letters()) == ([], [])


async def test_an_event_that_means_nothing_here_is_read_and_does_nothing(lending: LendingSpine) -> None:
    stage, family = Stage(lending), new_id()
    async with lending.reading():
        await stage.put(FamilyRecorded(family_id=family))
        await stage.put(TaskRaised(task_id=new_id(), family_id=family, kind=TaskKind.RISK_NOTE))
        await stage.put(PersonBorn(family_id=family, person_id=new_id()))
        await stage.is_read()
    assert (len(await lending.parcels()), await lending.letters()) == (1, [])


async def test_a_service_that_may_not_read_what_it_hears_asks_once_a_second_and_reads_when_it_may(
    lending: LendingSpine,
) -> None:
    await lending.commit(4, per_family=4)
    user = urlsplit(lending.reader_redis).username
    async with lending.relaying(), lending.operator() as redis:
        [rules] = [
            line for line in map(bytes.decode, await redis.execute_command("ACL", "LIST")) if f" {user} " in line
        ]
        await redis.execute_command("ACL", "SETUSER", user, "clearselectors", "resetkeys", "-xread")
        async with lending.reading():
            before = await refused_reads(redis)
            await asyncio.sleep(3)
            assert 1 <= await refused_reads(redis) - before <= 8

            await redis.execute_command("ACL", "SETUSER", user, "reset", *re.findall(r"\([^)]*\)|\S+", rules)[2:])
            await lending.all_reported()


async def refused_reads(redis: Redis) -> int:
    found = await redis.info("commandstats")
    return int(found.get("cmdstat_xread", {}).get("rejected_calls", 0))
