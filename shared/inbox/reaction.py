"""A reaction: what an event of another service of the team, or of its own service of another team, means in this one.

    async def on_tier_changed(event: TierChanged, delivery: Delivery, work: UnitOfWork) -> None: ...

It may write and publish; it must not refuse, since an event is a fact. Several share one unit of work, in the order of
their stream, and commit together with how far the stream was read. When one fails it is tried again by itself, and set
aside when it fails again: so it does nothing that a rollback does not undo.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from inspect import get_annotations
from typing import Any, TypeAlias

from shared.contracts.event import Event, NetworkEvent
from shared.contracts.streams import EntryId, Stream


@dataclass(frozen=True)
class Delivery:
    """How an event came here."""

    stream: Stream
    entry: EntryId
    """Its epoch, and its position in the stream."""
    time: datetime
    """When it happened, as the service says that published it (UTC). It may be long ago."""
    is_replay: bool
    """What is further on in the stream has been here: this was set aside before, or the stream is published again."""

    @property
    def team(self) -> str:
        return self.stream.team


Reaction: TypeAlias = Callable[[Any, Delivery, Any], Awaitable[None]]
"""Its first parameter's class is the event that it is for; the last is the service's own unit of work."""


def event_of(reaction: Reaction) -> type[Event | NetworkEvent]:
    """Raises TypeError when the first parameter is not declared to be an event."""
    declared = next(iter(get_annotations(reaction, eval_str=True).values()), None)
    if not (isinstance(declared, type) and issubclass(declared, (Event, NetworkEvent))):
        raise TypeError(f"{reaction}: the first parameter must be declared as the event that it reacts to")
    return declared
