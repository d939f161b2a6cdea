"""What operators announce on `pairs:registry`, so that a team is known to the region while everything runs."""

from typing import ClassVar

from shared.contracts.event import KeptInTheTeam
from shared.contracts.slug import Slug


class Announcement(KeptInTheTeam):
    """What everyone reads on the registry itself: no service publishes one, so there is nothing to make smaller."""

    team: Slug
    services: tuple[Slug, ...]


class TeamOnboarded(Announcement):
    """The team has these services now; readers start each of their streams at its beginning."""

    type: ClassVar[str] = "uk.pairs.team.onboarded.v1"


class TeamSuspended(Announcement):
    """The team publishes nothing for a while; what it has published stays."""

    type: ClassVar[str] = "uk.pairs.team.suspended.v1"


class TeamLeft(Announcement):
    """The team has left the region; what it has published stays."""

    type: ClassVar[str] = "uk.pairs.team.left.v1"
