"""What operators announce on `pairs:registry`, so that a team is known to the region while everything runs."""

from typing import ClassVar

from shared.contracts.event import Event
from shared.contracts.slug import Slug


class TeamOnboarded(Event):
    """The team has these services now; readers start each of their streams at its beginning."""

    type: ClassVar[str] = "uk.pairs.team.onboarded.v1"

    team: Slug
    services: tuple[Slug, ...]


class TeamSuspended(Event):
    """The team publishes nothing for a while; what it has published stays."""

    type: ClassVar[str] = "uk.pairs.team.suspended.v1"

    team: Slug
    services: tuple[Slug, ...]


class TeamLeft(Event):
    """The team has left the region; what it has published stays."""

    type: ClassVar[str] = "uk.pairs.team.left.v1"

    team: Slug
    services: tuple[Slug, ...]
