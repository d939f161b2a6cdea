"""Decide what becomes of each entry of a batch. Pure: no clock, no database.

An entry is the next one, or there already, or beyond a gap, or the first of a new epoch, which takes the stream back to
its position. The next one is an event, or is set aside as a dead letter (and takes its position with it), or is of a
newer version than this build can read, and then parks the stream.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shared.contracts.streams import EntryId
from shared.inbox.entry import Read, Received, SetAside


class Stop(StrEnum):
    """Why a batch could not be sorted to its end."""

    GAP = "gap"
    """The next entry is missing: a replay must be asked for."""
    PARKED = "parked"
    """The next entry needs a newer build."""
    NEW_EPOCH = "new_epoch"
    """What was sorted must be stored first; then the stream is taken back."""


@dataclass
class Sorted:
    """What becomes of a batch."""

    up_to: EntryId
    """The checkpoint when all this is stored."""
    taken_back_to: int | None = None
    """What the reader has from this position on is void."""
    received: list[Received] = field(default_factory=list[Received])
    set_aside: list[SetAside] = field(default_factory=list[SetAside])
    stop: Stop | None = None
    beyond_gap: EntryId | None = None
    """The last entry that cannot be taken in until those before it are there."""
    rest: Sequence[Read] = ()
    """What was not sorted, from the entry that stopped it on."""


def sort_batch(checkpoint: EntryId, entries: Sequence[Read]) -> Sorted:
    """Sort entries, in their order, up to the first that stops it."""
    result = Sorted(up_to=checkpoint)
    for index, (entry, found) in enumerate(entries):
        if entry.id <= result.up_to:
            continue
        if not entry.id.is_possible or entry.id.position < 1:
            continue  # nothing of ours, and it has no place to take
        obstacle = _obstacle(entry.id, result, checkpoint)
        if obstacle is Stop.GAP:
            result.beyond_gap = entry.id
            continue  # a replay, under a newer epoch, may follow what lies beyond the gap
        result.stop = obstacle or _sort_one(entry.id, found, result)
        if result.stop:
            result.rest = entries[index:]
            return result
        result.beyond_gap = None
    if result.beyond_gap:
        result.stop = Stop.GAP
    return result


def _obstacle(entry: EntryId, result: Sorted, checkpoint: EntryId) -> Stop | None:
    here = result.up_to
    if entry.position > here.next_in(entry.epoch).position:
        return Stop.GAP
    if entry.epoch > here.epoch and entry.position <= here.position:
        if here != checkpoint:
            return Stop.NEW_EPOCH
        result.taken_back_to = entry.position
    return None


def _sort_one(entry: EntryId, found: Received | SetAside | None, result: Sorted) -> Stop | None:
    if found is None:
        return Stop.PARKED
    if isinstance(found, Received):
        result.received.append(found)
    else:
        result.set_aside.append(found)
    result.up_to = entry
    return None
