"""An event on its way into the outbox."""

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True)
class Published:
    event: Event
    aggregate_id: UUID
    aggregate_version: int
    """1 for the first event of an aggregate, and one more for each that follows."""
