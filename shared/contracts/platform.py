"""Events of the registry: which teams there are. Operators publish them; every service may read them."""

from typing import ClassVar

from shared.contracts.event import Event
from shared.contracts.slug import Slug


class TeamOnboarded(Event):
    """A team has services that publish. Said again when it gets another service; harmless when nothing is new."""

    type: ClassVar[str] = "uk.pairs.team.onboarded.v1"

    team: Slug
    services: tuple[Slug, ...]


class TeamSuspended(Event):
    """A team's services have been stopped for a time; what it published stays."""

    type: ClassVar[str] = "uk.pairs.team.suspended.v1"

    team: Slug


class TeamLeft(Event):
    """A team has left the region; what it published stays."""

    type: ClassVar[str] = "uk.pairs.team.left.v1"

    team: Slug
