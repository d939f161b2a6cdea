"""How far an invented family has come: the ids that the commands gave it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.referral.people.domain.family import Family


@dataclass(frozen=True)
class Passed:
    """An appointment that has passed, and of which nobody has said what happened."""

    contact_id: UUID
    version: int
    held_on: date


@dataclass
class FamilySoFar:
    """How far one family has come."""

    referral_id: UUID
    episode_id: UUID | None = None
    family_id: UUID | None = None
    lead: int | None = None
    """Place among the practitioners; None: nobody leads yet."""
    goals: list[UUID] = field(default_factory=list[UUID])
    ratings: dict[UUID, int] = field(default_factory=dict[UUID, int])
    strands: list[UUID] = field(default_factory=list[UUID])
    record: Family | None = None
    """As last read; None: to be read again."""
    flag: UUID | None = None
    """The safety flag that was added last."""
    passed: Passed | None = None
    """The next session is what became of it."""
    referral_version: int = 1
    """Of the referral: each step of triage makes it one more."""
