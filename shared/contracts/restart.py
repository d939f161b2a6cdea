"""The event that a stream itself publishes, to both of its audiences."""

from typing import ClassVar

from shared.contracts.event import RegionEvent


class EpochStarted(RegionEvent):
    """A team's database was restored to the past: its stream begins again at position 1, and nothing else holds."""

    type: ClassVar[str] = "uk.pairs.epoch.started.v1"
