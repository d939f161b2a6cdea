"""What a peer's consumer does with one message: check the event, then the row of the log and the fact, once.

Peers deliver at least once and in no certain order, so the row's key, and not a checkpoint, keeps a second copy out.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from benchmarks.installation import STREAM, TEAM
from benchmarks.sample import bodies, new_uuid
from services.reporting.contents import SERVICE
from shared.contracts.catalogue import CATALOGUE

INTO_LOG = (
    "INSERT INTO event_log (stream, position, epoch, team, event_id, subject, type, body, occurred_at, received_at) "
    "VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, now()) ON CONFLICT DO NOTHING"
)
INTO_FACTS = {
    projection.event.type: projection.insert(where="stream = $1 AND position = $2") + " ON CONFLICT DO NOTHING"
    for projection in SERVICE.reactions()
}


def messages(events: int) -> Iterator[dict[str, Any]]:
    """One message for each event, as JSON values."""
    now = datetime.now(UTC).isoformat()
    for position, (kind, body) in enumerate(bodies(events), 1):
        yield {
            "position": position,
            "id": str(new_uuid()),
            "subject": str(new_uuid()),
            "type": kind,
            "time": now,
            "body": json.loads(body),
        }


def checked(message: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments of INTO_LOG; raises when the body is not what its type says."""
    event = CATALOGUE.parse(message["type"], json.dumps(message["body"]))
    return (
        STREAM.key,
        message["position"],
        TEAM,
        UUID(message["id"]),
        message["subject"],
        message["type"],
        event.model_dump_json(),
        datetime.fromisoformat(message["time"]),
    )
