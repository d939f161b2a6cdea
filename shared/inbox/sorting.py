"""Decide what becomes of each entry of a batch. Pure: no clock, no database.

An entry is the next one, or there already, or beyond a gap, or the first of a new epoch, which takes the stream back to
its position. The next one is an event, or is set aside as a dead letter (and takes its position with it), or is of a
newer version than this build can read, and then parks the stream.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.contracts.catalogue import Catalogue, MalformedEvent, NewerVersion, UnknownEvent
from shared.contracts.envelope import Envelope, WrongEnvelope, read_envelope
from shared.contracts.event import AnyEvent, Event, NetworkEvent, RegionEvent
from shared.contracts.restart import EpochStarted
from shared.contracts.streams import Audience, EntryId, Stream


@dataclass(frozen=True)
class Entry:
    """An entry as Redis gave it."""

    id: EntryId
    fields: dict[bytes, bytes]


class Reason(StrEnum):
    """Why an entry was set aside."""

    WRONG_ENVELOPE = "wrong_envelope"
    CLAIMS_ANOTHER_TEAM = "claims_another_team"
    WRONG_AUDIENCE = "wrong_audience"
    UNKNOWN_EVENT = "unknown_event"
    MALFORMED_EVENT = "malformed_event"
    PROJECTION_FAILED = "projection_failed"
    REACTION_FAILED = "reaction_failed"


@dataclass(frozen=True)
class Received:
    """An event that fits its type, in its newest version."""

    id: EntryId
    event_id: UUID
    subject: str
    event: AnyEvent
    time: datetime


@dataclass(frozen=True)
class SetAside:
    """An entry that cannot be taken in; `raw` is enough to try again."""

    id: EntryId
    reason: Reason
    detail: str
    raw: str


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
    rest: Sequence[Entry] = ()
    """What was not sorted, from the entry that stopped it on."""


def sort_batch(stream: Stream, checkpoint: EntryId, entries: Sequence[Entry], catalogue: Catalogue) -> Sorted:
    """Sort entries, in their order, up to the first that stops it."""
    result = Sorted(up_to=checkpoint)
    for index, entry in enumerate(entries):
        if entry.id <= result.up_to:
            continue
        if not entry.id.is_possible or entry.id.position < 1:
            continue  # nothing of ours, and it has no place to take
        obstacle = _obstacle(entry.id, result, checkpoint)
        if obstacle is Stop.GAP:
            result.beyond_gap = entry.id
            continue  # a replay, under a newer epoch, may follow what lies beyond the gap
        result.stop = obstacle or _sort_one(stream, entry, catalogue, result)
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


def _sort_one(stream: Stream, entry: Entry, catalogue: Catalogue, result: Sorted) -> Stop | None:
    try:
        read = read_entry(stream, entry, catalogue)
    except NewerVersion:
        return Stop.PARKED
    if isinstance(read, Received):
        result.received.append(read)
    else:
        result.set_aside.append(read)
    result.up_to = entry.id
    return None


def read_entry(stream: Stream, entry: Entry, catalogue: Catalogue) -> Received | SetAside:
    """The event that an entry carries, or why it is set aside.

    Raises:
        NewerVersion: this build cannot read it yet.
    """
    try:
        envelope = read_envelope(entry.fields)
        subject = _subject(envelope)
        if envelope.source != stream.source:
            return _set_aside(entry, Reason.CLAIMS_ANOTHER_TEAM, "ce-source is not the stream's")
        event = catalogue.parse(envelope.type, envelope.body)
    except (WrongEnvelope, UnknownEvent, MalformedEvent) as error:
        return _set_aside(entry, _REASONS[type(error)], str(error))
    if not _is_for(stream.audience, event):
        return _set_aside(entry, Reason.WRONG_AUDIENCE, "this event does not belong on this stream")
    return Received(entry.id, envelope.event_id, subject, event, envelope.time)


def _subject(envelope: Envelope) -> str:
    """An id of a record, or a pseudonym: there is no room for a name here either."""
    try:
        return str(UUID(envelope.subject))
    except ValueError:
        raise WrongEnvelope("ce-subject is not a UUID") from None


_REASONS = {
    WrongEnvelope: Reason.WRONG_ENVELOPE,
    UnknownEvent: Reason.UNKNOWN_EVENT,
    MalformedEvent: Reason.MALFORMED_EVENT,
}


_CARRIES: Mapping[Audience, type[AnyEvent]] = {
    Audience.TEAM: Event,
    Audience.REGION: RegionEvent,
    Audience.NETWORK: NetworkEvent,
}


def _is_for(audience: Audience, event: AnyEvent) -> bool:
    return isinstance(event, (EpochStarted, _CARRIES[audience]))


def _set_aside(entry: Entry, reason: Reason, detail: str) -> SetAside:
    return SetAside(entry.id, reason, detail, raw_of(entry))


def raw_of(entry: Entry) -> str:
    """The fields as JSON, byte for byte (Latin-1), so that nothing that came in is lost."""
    return json.dumps({name.decode("latin-1"): value.decode("latin-1") for name, value in entry.fields.items()})


def entry_of(identifier: EntryId, raw: str) -> Entry:
    """The entry that `raw_of` was made from."""
    fields = {name.encode("latin-1"): value.encode("latin-1") for name, value in json.loads(raw).items()}
    return Entry(identifier, fields)
