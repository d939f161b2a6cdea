"""What happens in a demonstration of training: somebody joins, moves, leaves or is away, and how many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.consultation_codes import Profession


@dataclass(frozen=True)
class Joins:
    given_name: str
    family_name: str
    email: str
    is_shared_email: bool
    employer: int
    """Its place among those that were invented, and likewise below."""
    profession: Profession
    staff_number: str
    from_on: date | None
    colleague_id: UUID | None = None
    """Of the account of those who sign in."""


@dataclass(frozen=True)
class Moves:
    employer: int
    profession: Profession
    last_on: date
    """In the post before."""
    from_on: date


@dataclass(frozen=True)
class Leaves:
    last_on: date


@dataclass(frozen=True)
class IsAway:
    from_on: date
    back_on: date | None


@dataclass(frozen=True)
class IsCounted:
    employer: int
    profession: Profession
    as_of: date
    people: int


@dataclass(frozen=True)
class TrainingHappening:
    at: datetime
    about: str
    """Whom or what: one process does it in its order."""
    action: Joins | Moves | Leaves | IsAway | IsCounted

    @property
    def family(self) -> str:
        return self.about
