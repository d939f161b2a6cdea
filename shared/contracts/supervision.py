"""Events of supervision: minutes, kind and day, and never a word of what was said. Source: reference 5 and 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event, KeptInTheTeam, Month, RegionEvent
from shared.contracts.vocabulary import Code

LEAST_PEOPLE = 3
"""Of fewer, a sum would tell what one colleague had, or each of two what the other had."""

SumOfMinutes = Annotated[int, Field(ge=0, le=500_000)]


class SupervisionKind(Code):
    ONE_TO_ONE = "one_to_one", "One to one"
    GROUP = "group", "Group"
    PEER = "peer", "Peers, with no supervisor"

    @property
    def is_among_peers(self) -> bool:
        return self is SupervisionKind.PEER


class SupervisionGiven(KeptInTheTeam):
    """Somebody had supervision. A later one about the same session and colleague takes its place: 0 minutes is none.

    It says who in the team had it; the region hears of sums alone, in `SupervisionReckoned`.
    """

    type: ClassVar[str] = "uk.pairs.supervision.given.v1"

    session_id: UUID
    colleague_id: UUID
    """Who was supervised: the id of their account, the same in the team's other services."""
    kind: SupervisionKind
    held_on: date
    minutes: Annotated[int, Field(ge=0, le=480)]
    """As they count by the team's rule for groups, rounded once."""


class SupervisionReckoned(Event):
    """What the team owed and gave over the 84 days that end with a month. One about the same month takes its place."""

    type: ClassVar[str] = "uk.pairs.supervision.reckoned.v1"

    month: Month
    owed_minutes: SumOfMinutes
    given_minutes: SumOfMinutes
    people: Annotated[int, Field(ge=0, le=1000)]
    """To whom supervision was owed."""

    def for_region(self) -> "RegionalSupervisionReckoned | None":
        if self.people < LEAST_PEOPLE:
            return None
        return RegionalSupervisionReckoned(
            month=self.month, owed_minutes=self.owed_minutes, given_minutes=self.given_minutes
        )


class RegionalSupervisionReckoned(RegionEvent):
    """The rate of a team, as two sums. Private enough: of three people or more, over 84 days, with nobody's id."""

    type: ClassVar[str] = "uk.pairs.regional.supervision_reckoned.v1"

    month: Month
    owed_minutes: SumOfMinutes
    given_minutes: SumOfMinutes


class SupervisionFellBehind(KeptInTheTeam):
    """An hour or more is missing; the supervisor, or the team lead, is asked to see to it."""

    type: ClassVar[str] = "uk.pairs.supervision.fell_behind.v1"

    task_id: UUID
    colleague_id: UUID


class SupervisionSeenTo(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.supervision.seen_to.v1"

    task_id: UUID
    colleague_id: UUID


class PostsReckoned(Event):
    """How much of full time those have together who work with families and are supervised, on a month's last day.

    One about the same month takes its place.
    """

    type: ClassVar[str] = "uk.pairs.posts.reckoned.v1"

    month: Month
    people: Annotated[int, Field(ge=0, le=1000)]
    hundredths: Annotated[int, Field(ge=0, le=100_000)]
    """Of full-time posts: 100 is one."""

    def for_region(self) -> "RegionalPostsReckoned | None":
        if self.people < LEAST_PEOPLE:
            return None
        return RegionalPostsReckoned(month=self.month, people=self.people, hundredths=self.hundredths)


class RegionalPostsReckoned(RegionEvent):
    """How large a team is. Private enough: a sum over three people or more, so that nobody's share can be told."""

    type: ClassVar[str] = "uk.pairs.regional.posts_reckoned.v1"

    month: Month
    people: Annotated[int, Field(ge=0, le=1000)]
    hundredths: Annotated[int, Field(ge=0, le=100_000)]
