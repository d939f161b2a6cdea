"""Organisations whose people work with babies and their families."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.slug import is_slug
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import Conflict, RuleBroken

LONGEST_ORGANISATION = 100


@dataclass
class Organisation:
    id: UUID
    name: str
    sector: SourceGroup
    closed_on: date | None = None
    """It is no longer offered; who worked there stays."""
    home_team: str | None = None
    """The slug of the team in whose area it is, where that is another one; None: it is in this team's."""
    version: int = 1

    def check(self) -> None:
        """Raises RuleBroken when it has no name, or one that is too long, or when its team's cannot be one."""
        if not self.name.strip():
            raise RuleBroken("organisation_name", "Enter the organisation's name.", field="name")
        if self.home_team is not None and not is_slug(self.home_team):
            sentence = "Enter the other team as in its address: small letters, such as chester."
            raise RuleBroken("organisation_home_team", sentence, field="home_team")
        if len(self.name) > LONGEST_ORGANISATION:
            raise RuleBroken("organisation_name", f"Use {LONGEST_ORGANISATION} characters or fewer.", field="name")

    def close(self, day: date, *, seen: int, at_work: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken while people work there."""
        if seen != self.version:
            raise Conflict("organisation_changed", "Someone has changed this organisation. Look at it again.")
        if self.closed_on is not None:
            raise RuleBroken("organisation_closed", "This organisation is closed already.")
        if at_work:
            raise RuleBroken("organisation_has_people", "People work there. Say first where they went.")
        self.closed_on = day
        self.version += 1
