"""As whom the gate is asked: a subscription is told what its subscriber's own page shows, and nothing besides."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.reporting.publication.domain.published_point import Audience


@dataclass(frozen=True)
class SubscriberView:
    """What somebody may be shown."""

    audience: Audience
    localities: frozenset[str] | None = None
    """The teams that they see, by slug, and the empty one for the region; None: all."""

    def teams(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Those of the chosen that they see; none chosen are all. Empty means all; a slug that no team has, none."""
        if self.localities is None:
            return tuple(chosen)
        return tuple(sorted(self.localities & set(chosen or self.localities))) or ("-",)
