"""The event that a stream itself publishes, to both of its audiences."""

from typing import ClassVar

from shared.contracts.event import RegionEvent


class EpochStarted(RegionEvent):
    """A team's database was restored to the past: what a reader took in from this position on no longer holds."""

    type: ClassVar[str] = "uk.pairs.epoch.started.v1"
