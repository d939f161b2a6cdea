"""What an entry of a stream is: an event, or one to set aside, or of a version that this build cannot read. Pure.

An entry is read once, whatever becomes of the transaction that it is stored in, and while another is stored.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from uuid import UUID

from shared.contracts.catalogue import Catalogue, MalformedEvent, NewerVersion, UnknownEvent
from shared.contracts.envelope import Envelope, WrongEnvelope, id_of, read_envelope
from shared.contracts.event import AnyEvent, Event, NetworkEvent, RegionEvent
from shared.contracts.restart import EpochStarted
from shared.contracts.streams import Audience, EntryId, Stream


class Entry(NamedTuple):
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


class Received(NamedTuple):
    """An event that fits its type, in its newest version."""

    id: EntryId
    event_id: UUID
    subject: str
    event: AnyEvent
    time: datetime


class SetAside(NamedTuple):
    """An entry that cannot be taken in; `raw` is enough to try again."""

    id: EntryId
    reason: Reason
    detail: str
    raw: str


class Read(NamedTuple):
    """An entry, and what it is."""

    entry: Entry
    found: Received | SetAside | None
    """None when this build cannot read it yet."""


def read_entries(stream: Stream, entries: Iterable[Entry], catalogue: Catalogue) -> list[Read]:
    """What each of the entries is, in their order."""
    return [Read(entry, _found(stream, entry, catalogue)) for entry in entries]


def _found(stream: Stream, entry: Entry, catalogue: Catalogue) -> Received | SetAside | None:
    try:
        return read_entry(stream, entry, catalogue)
    except NewerVersion:
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
    if not _is_for(stream.audience, type(event)):
        return _set_aside(entry, Reason.WRONG_AUDIENCE, "this event does not belong on this stream")
    return Received(entry.id, envelope.event_id, subject, event, envelope.time)


def _subject(envelope: Envelope) -> str:
    """An id of a record, or a pseudonym: there is no room for a name here either."""
    try:
        return str(id_of(envelope.subject))
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


@cache
def _is_for(audience: Audience, event: type[AnyEvent]) -> bool:
    return issubclass(event, (EpochStarted, _CARRIES[audience]))


def _set_aside(entry: Entry, reason: Reason, detail: str) -> SetAside:
    return SetAside(entry.id, reason, detail, raw_of(entry))


def raw_of(entry: Entry) -> str:
    """The fields as JSON, byte for byte (Latin-1), so that nothing that came in is lost."""
    return json.dumps({name.decode("latin-1"): value.decode("latin-1") for name, value in entry.fields.items()})


def entry_of(identifier: EntryId, raw: str) -> Entry:
    """The entry that `raw_of` was made from."""
    fields = {name.encode("latin-1"): value.encode("latin-1") for name, value in json.loads(raw).items()}
    return Entry(identifier, fields)
