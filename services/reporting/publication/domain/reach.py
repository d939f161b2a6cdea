"""How far somebody sees: everything, some localities and what adds up to nothing else, or what is told outside.

A lead of some localities sees those exactly. The region's figure less theirs is that of the others, so they see it only
where it is of so many teams that two leads who put together what they see still cannot tell one other team's: theirs,
as many as the largest group of localities that any lead has, and two more.
"""

from collections.abc import Collection
from dataclasses import dataclass

from services.reporting.publication.domain.published_point import Audience
from shared.contracts.vocabulary import Role

FEWEST_OTHERS = 2
"""Teams that are left when the two with the largest groups put together what they see."""


@dataclass(frozen=True)
class Reach:
    """What is read for somebody. `localities` are slugs of teams; None: all of them."""

    audience: Audience = Audience.INSIDE
    localities: frozenset[str] | None = None
    region_needs: int = 0
    """Of how many teams a figure of the region must be."""

    def sees(self, team: str) -> bool:
        return self.localities is None or team in self.localities

    def heard(self, audience: Audience) -> Audience:
        """The audience of which they are told, when a page asks for that one."""
        return Audience.OUTSIDE if Audience.OUTSIDE in (self.audience, audience) else Audience.INSIDE


WHOLE = Reach()


@dataclass(frozen=True)
class Remit:
    """What of the region somebody has, by their role when they signed in last."""

    audience: Audience = Audience.INSIDE
    localities: frozenset[str] | None = None
    """Slugs of teams; None: all of them."""

    def reach(self, largest_group: int, audience: Audience = Audience.INSIDE) -> Reach:
        """How far they see.

        Args:
            largest_group: how many localities a lead has at most.
            audience: for whom it is; what is told outside stays so.
        """
        heard = Reach(self.audience).heard(audience)
        if self.localities is None:
            return Reach(heard)
        number = len(self.localities)
        return Reach(heard, self.localities, number + max(largest_group, number) + FEWEST_OTHERS)


ALL_OF_IT = Remit()


def remit_of(roles: Collection[Role], localities: frozenset[str]) -> Remit:
    """Whoever leads the region has all of it, whatever else they are.

    Args:
        localities: theirs, where they lead some.
    """
    if Role.REGIONAL_LEAD in roles:
        return ALL_OF_IT
    return Remit(localities=localities) if Role.LOCALITY_LEAD in roles else Remit(Audience.OUTSIDE)
