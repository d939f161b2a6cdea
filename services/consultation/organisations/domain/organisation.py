"""Organisations whose people may ask the team: the same list tells which ask and which never do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import Conflict, RuleBroken

LONGEST_NAME = 100


@dataclass
class Organisation:
    id: UUID
    name: str
    sector: SourceGroup
    closed_on: date | None = None
    """It is no longer offered; what it asked stays."""
    version: int = 1

    def check(self) -> None:
        """Raises RuleBroken when it has no name, or one that is too long."""
        if not self.name.strip():
            raise RuleBroken("organisation_name", "Enter the organisation's name.", field="name")
        if len(self.name) > LONGEST_NAME:
            raise RuleBroken("organisation_name", f"Use {LONGEST_NAME} characters or fewer.", field="name")

    def close(self, day: date, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken when it is closed already."""
        if seen != self.version:
            raise Conflict("organisation_changed", "Someone has changed this organisation. Look at it again.")
        if self.closed_on is not None:
            raise RuleBroken("organisation_closed", "This organisation is closed already.")
        self.closed_on = day
        self.version += 1
