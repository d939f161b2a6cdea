"""Whatever a relay with our rules can put onto a stream, and whatever Redis loses of it, in any order.

What a reader has is at all times without a hole, and in the end it is the outbox.
"""

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.streams import BEGINNING, Audience, EntryId, Stream
from shared.inbox.entry import Entry, Read, read_entries
from shared.inbox.sorting import Sorted, Stop, sort_batch
from shared.relay.positions import State
from shared.relay.publisher import RedisIsAhead, published_up_to
from shared.relay.restored import after_restore

STREAM = Stream("blackpool", "referral", Audience.REGION)
NUMBERS = itertools.count(1)
"""Never begun again: an event's id is its own for good."""


def an_entry(entry_id: EntryId, event: int, *, event_type: str = "uk.pairs.epoch.started.v1") -> Entry:
    texts = {
        "ce-specversion": "1.0",
        "ce-id": str(UUID(int=event)),
        "ce-type": event_type,
        "ce-source": STREAM.source,
        "ce-subject": str(UUID(int=event)),
        "ce-time": "2026-03-03T14:05:00Z",
        "traceparent": "00-0-0-00",
        "body": "{}",
    }
    return Entry(entry_id, {name.encode(): text.encode() for name, text in texts.items()})


def read(entries: list[Entry]) -> list[Read]:
    return read_entries(STREAM, entries, CATALOGUE)


@dataclass
class Redis:
    """One stream, with what Redis promises of it and no more."""

    entries: list[Entry] = field(default_factory=list)
    top: EntryId = BEGINNING

    def add(self, entry: Entry, *, begin: bool) -> bool:
        """False when there is no stream and this entry must not begin one."""
        if self.top == BEGINNING and not begin:
            return False
        if entry.id > self.top:
            self.entries.append(entry)
            self.top = entry.id
        return True

    def copy(self) -> "Redis":
        return Redis(list(self.entries), self.top)


class Delivery(RuleBasedStateMachine):
    """An outbox, a relay, a Redis that loses what it likes, and a reader."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox: list[int] = []
        self.backup: list[int] = []
        self.backup_state = self.state = State(1, 1, 0)
        self.now = datetime(2026, 11, 3, tzinfo=UTC)
        self.sent = 0
        self.redis = Redis()
        self.older = Redis()
        self.log: list[int] = []
        self.checkpoint = self.in_memory = BEGINNING
        self.missing: EntryId | None = None

    @rule(events=some.integers(1, 6))
    def commit_and_relay(self, events: int) -> None:
        """The relay's step: it does not ask Redis first."""
        self.outbox += itertools.islice(NUMBERS, events)
        first, self.state = self.state.last_position + 1, self.state._replace(last_position=len(self.outbox))
        if first == self.sent + 1:
            self._send(first)

    @rule()
    def relay_ticks(self) -> None:
        """The relay's catch_up."""
        try:
            self.sent = published_up_to(self.redis.top, self.state)
        except RedisIsAhead:
            return
        self._send(self.sent + 1)

    def _send(self, first: int) -> None:
        for position in range(first, len(self.outbox) + 1):
            kind = "uk.pairs.not.known.v1" if self.outbox[position - 1] % 7 == 0 else "uk.pairs.epoch.started.v1"
            entry = an_entry(EntryId(self.state.epoch, position), self.outbox[position - 1], event_type=kind)
            if not self.redis.add(entry, begin=position == 1):
                return
            self.sent = position

    @precondition(lambda self: self.missing)
    @rule()
    def relay_answers(self) -> None:
        wanted, self.missing = self.missing, None
        if wanted and wanted.epoch == self.state.epoch and 1 <= wanted.position <= self.state.last_position:
            self.state = self.state._replace(epoch=wanted.epoch + 1, first_position=wanted.position)

    @rule()
    def redis_loses_everything(self) -> None:
        self.redis = Redis()

    @rule()
    def redis_is_copied(self) -> None:
        self.older = self.redis.copy()

    @rule()
    def redis_becomes_the_copy(self) -> None:
        self.redis = self.older.copy()

    @rule(chance=some.randoms(use_true_random=False), share=some.floats(0, 1))
    def redis_loses_entries(self, chance, share: float) -> None:  # noqa: ANN001
        self.redis.entries = [entry for entry in self.redis.entries if chance.random() > share]

    @rule()
    def database_is_backed_up(self) -> None:
        self.backup, self.backup_state = list(self.outbox), self.state

    @rule(relay_first=some.booleans())
    def database_is_restored(self, *, relay_first: bool) -> None:
        """With the operator's command after it; perhaps only after the relay went on with the old epoch."""
        self.outbox, self.state = list(self.backup), self.backup_state
        if relay_first:
            self.commit_and_relay(2)
            self.relay_ticks()
        self.now += timedelta(minutes=1)
        self.state = after_restore(self.state, self.redis.top, self.now)
        self.outbox.append(next(NUMBERS))
        self.relay_ticks()
        self.state = self.state._replace(last_position=len(self.outbox))

    @rule(at_most=some.integers(1, 9))
    def reader_reads(self, at_most: int) -> None:
        batch = [entry for entry in self.redis.entries if entry.id > self.in_memory][:at_most]
        if batch:
            self.in_memory = batch[-1].id
            self._take_in(batch)

    @rule(at_most=some.integers(1, 9), chance=some.randoms(use_true_random=False))
    def reader_gets_a_batch_twice_and_shuffled(self, at_most: int, chance) -> None:  # noqa: ANN001
        batch = [entry for entry in self.redis.entries if entry.id > self.in_memory][:at_most] * 2
        chance.shuffle(batch)
        self._take_in(batch)

    @rule()
    def reader_restarts(self) -> None:
        self.in_memory = self.checkpoint

    @rule()
    def heartbeat_is_heard(self) -> None:
        head = EntryId(self.state.epoch, self.sent)
        if self.redis.top >= head > self.checkpoint:
            self.missing = self.checkpoint.next_in(head.epoch)

    def _take_in(self, batch: list[Entry]) -> None:
        entries = read(batch)
        while True:
            result = sort_batch(self.checkpoint, entries)
            self._store(result)
            if result.stop is not Stop.NEW_EPOCH:
                break
            entries = list(result.rest)
        if result.beyond_gap:
            self.missing = result.up_to.next_in(result.beyond_gap.epoch)

    def _store(self, result: Sorted) -> None:
        assert result.up_to >= self.checkpoint
        if result.taken_back_to is not None and result.up_to != self.checkpoint:
            del self.log[result.taken_back_to - 1 :]
        taken = {item.id: item.event_id.int for item in result.received}
        aside = {item.id: UUID(_ce_id(item.raw)).int for item in result.set_aside}
        assert not taken.keys() & aside.keys()
        for entry_id in sorted(taken | aside):
            assert entry_id > self.checkpoint
            assert entry_id.position == len(self.log) + 1, "out of order, or twice"
            self.log.append((taken | aside)[entry_id])
        self.checkpoint = result.up_to

    @invariant()
    def the_checkpoint_is_what_the_reader_has(self) -> None:
        assert self.checkpoint.position == len(self.log)
        assert len(set(self.log)) == len(self.log)

    def teardown(self) -> None:
        """Nothing goes wrong any more: everything becomes equal, and nobody steps in."""
        for _ in range(12):
            self.relay_answers()
            self.relay_ticks()
            self.reader_reads(1000)
            self.relay_answers()
            self.relay_ticks()
            self.heartbeat_is_heard()
        assert self.log == self.outbox
        assert self.checkpoint == EntryId(self.state.epoch, len(self.outbox)) or not self.outbox


def _ce_id(raw: str) -> str:
    return json.loads(raw)["ce-id"]


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(max_examples=150, stateful_step_count=40, deadline=None, print_blob=True)


def test_of_a_batch_that_is_shuffled_only_what_is_next_is_taken() -> None:
    entries = [an_entry(EntryId(1, position), position) for position in (3, 1, 2, 5)]

    result = sort_batch(BEGINNING, read(entries))

    assert [item.id.position for item in result.received] == [1, 2]
    assert (result.stop, result.beyond_gap) == (Stop.GAP, EntryId(1, 5))


def test_a_new_history_is_read_from_its_first_entry_or_not_at_all() -> None:
    second = an_entry(EntryId(100, 2), 2)

    result = sort_batch(EntryId(1, 5), read([second]))

    assert (result.received, result.stop, result.up_to) == ([], Stop.GAP, EntryId(1, 5))
    assert result.up_to.next_in(100) == EntryId(100, 1)


@pytest.mark.parametrize("impossible", [EntryId(1, 0), EntryId(1, 2**63), EntryId(2**31, 1), EntryId(2**64 - 1, 3)])
def test_an_id_that_no_relay_gives_is_never_taken(impossible: EntryId) -> None:
    result = sort_batch(EntryId(1, 2), read([an_entry(impossible, 1)]))

    assert (result.received, result.set_aside, result.up_to) == ([], [], EntryId(1, 2))
    assert result.taken_back_to is None
