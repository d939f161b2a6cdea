"""Events of what a page promised to whoever asked for help, for the team's own services."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import KeptInTheTeam
from shared.contracts.pathway_codes import PromiseKind

MinuteOfDay = Annotated[int, Field(ge=0, le=1440)]


class PromiseMade(KeptInTheTeam):
    """A page promised that someone of the team will have done something by a moment of their working time."""

    type: ClassVar[str] = "uk.pairs.promise.made.v1"

    promise_id: UUID
    about_id: UUID
    """The referral, or the number that someone left."""
    kind: PromiseKind
    until_on: date
    """In Europe/London, as the next."""
    until_minute: MinuteOfDay
    """Since midnight by the clock."""


class PromiseHandedOn(KeptInTheTeam):
    """What it is about was closed while it was open: a named colleague answers it now."""

    type: ClassVar[str] = "uk.pairs.promise.handed_on.v1"

    promise_id: UUID
    about_id: UUID
    kind: PromiseKind


class PromiseKept(KeptInTheTeam):
    """What a page promised was done, in time or not."""

    type: ClassVar[str] = "uk.pairs.promise.kept.v1"

    promise_id: UUID
    about_id: UUID
    kind: PromiseKind
    is_late: bool
