"""The fields of a stream entry: CloudEvents 1.0 attributes, flat, so that any client in any language can read them.

There is no official CloudEvents binding for Redis; `docs/events.md` says what ours is. No field is called `data`,
because FastStream then drops all others.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from asyncpg.pgproto import pgproto

LARGEST_BODY = 64 * 1024
"""Bytes. Our events have a few hundred; a larger one is not ours."""


class Envelope(NamedTuple):
    """One event with what is said about it."""

    event_id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    traceparent: str
    body: str
    """JSON."""

    def fields(self) -> dict[str, str]:
        return {
            "ce-specversion": "1.0",
            "ce-id": str(self.event_id),
            "ce-type": self.type,
            "ce-source": self.source,
            "ce-subject": self.subject,
            "ce-time": rfc3339(self.time),
            "ce-dataschema": schema_path(self.type),
            "traceparent": self.traceparent,
            "body": self.body,
        }


def schema_path(event_type: str) -> str:
    """Where the JSON Schema of a type is: a path in `shared/contracts`."""
    return f"/schemas/{event_type}.json"


def rfc3339(moment: datetime) -> str:
    """Moment (aware) as `2026-03-03T14:05:00.123456Z`."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat().removesuffix("+00:00") + "Z"


def id_of(text: str) -> UUID:
    """The UUID that a text is: the driver's own class of it, which reads and writes one in a sixth of the time.

    Raises:
        ValueError: it is not 32 hexadecimal digits, with hyphens or without.
    """
    return pgproto.UUID(text)


class WrongEnvelope(ValueError):
    """The entry is not an event of ours; the message names the field, never its value."""


def read_envelope(fields: dict[bytes, bytes]) -> Envelope:
    """The envelope that an entry's fields hold.

    Raises:
        WrongEnvelope: a field is missing, is not UTF-8 or not what it must be.
    """
    if len(fields.get(b"body", b"")) > LARGEST_BODY:
        raise WrongEnvelope("body is larger than 64 KiB")
    try:
        texts = [fields[name].decode() for name in _REQUIRED]
    except (KeyError, UnicodeDecodeError):
        raise _unreadable(fields) from None
    if "\0" in "".join(texts):
        raise _unreadable(fields)
    version, identifier, kind, source, subject, moment, traceparent, body = texts
    if version != "1.0":
        raise WrongEnvelope("ce-specversion is not 1.0")
    try:
        event_id, time = id_of(identifier), datetime.fromisoformat(moment)
    except ValueError:
        raise WrongEnvelope("ce-id is not a UUID, or ce-time not a time") from None
    if time.tzinfo is None:
        raise WrongEnvelope("ce-time has no zone")
    if not 1900 < time.year < 3000:
        raise WrongEnvelope("ce-time is in no year of ours")
    return Envelope(event_id, kind, source, subject, time, traceparent, body)


_REQUIRED = (
    b"ce-specversion",
    b"ce-id",
    b"ce-type",
    b"ce-source",
    b"ce-subject",
    b"ce-time",
    b"traceparent",
    b"body",
)


def _unreadable(fields: dict[bytes, bytes]) -> WrongEnvelope:
    """What is wrong with the first field that is no text."""
    for name in _REQUIRED:
        try:
            has_nul = b"\0" in fields[name]
            fields[name].decode()
        except KeyError:
            return WrongEnvelope(f"{name.decode()} is missing")
        except UnicodeDecodeError:
            return WrongEnvelope(f"{name.decode()} is not UTF-8")
        if has_nul:
            return WrongEnvelope(f"{name.decode()} has a NUL character")
    raise AssertionError("every field is a text")
