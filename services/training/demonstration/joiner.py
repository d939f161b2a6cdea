"""Someone who joins an invented organisation."""

from dataclasses import dataclass
from datetime import date
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
