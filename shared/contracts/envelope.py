"""The fields of a stream entry: CloudEvents 1.0 attributes, flat, so that any client in any language can read them.

There is no official CloudEvents binding for Redis; `docs/events.md` says what ours is. No field is called `data`,
because FastStream then drops all others.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

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
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


class WrongEnvelope(ValueError):
    """The entry is not an event of ours; the message names the field, never its value."""


def read_envelope(fields: dict[bytes, bytes]) -> Envelope:
    """The envelope that an entry's fields hold.

    Raises:
        WrongEnvelope: a field is missing, is not UTF-8 or not what it must be.
    """
    if len(fields.get(b"body", b"")) > LARGEST_BODY:
        raise WrongEnvelope("body is larger than 64 KiB")
    text = {name: _text(fields, name) for name in _REQUIRED}
    if text["ce-specversion"] != "1.0":
        raise WrongEnvelope("ce-specversion is not 1.0")
    try:
        event_id, time = UUID(text["ce-id"]), datetime.fromisoformat(text["ce-time"])
    except ValueError:
        raise WrongEnvelope("ce-id is not a UUID, or ce-time not a time") from None
    if time.tzinfo is None:
        raise WrongEnvelope("ce-time has no zone")
    if not 1900 < time.year < 3000:
        raise WrongEnvelope("ce-time is in no year of ours")
    return Envelope(
        event_id, text["ce-type"], text["ce-source"], text["ce-subject"], time, text["traceparent"], text["body"]
    )


_REQUIRED = ("ce-specversion", "ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "traceparent", "body")


def _text(fields: dict[bytes, bytes], name: str) -> str:
    try:
        text = fields[name.encode()].decode()
    except KeyError:
        raise WrongEnvelope(f"{name} is missing") from None
    except UnicodeDecodeError:
        raise WrongEnvelope(f"{name} is not UTF-8") from None
    if "\0" in text:
        raise WrongEnvelope(f"{name} has a NUL character")
    return text
