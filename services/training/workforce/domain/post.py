"""Where somebody works, as what, and since when. Several posts at once are legal, and so is a gap between two."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import Conflict, RuleBroken

LONGEST_STAFF_NUMBER = 30


@dataclass
class Post:
    id: UUID
    person_id: UUID
    organisation_id: UUID
    profession: Profession
    staff_number: str = ""
    """As the organisation writes it: `00123` is not `123`."""
    from_on: date | None = None
    """None: before the register knew of it."""
    until_on: date | None = None
    """The first day on which they no longer work there; None: nobody has said that they leave."""
    version: int = 1

    def is_held_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)

    @property
    def last_on(self) -> date | None:
        """The last day of work."""
        return self.until_on - timedelta(1) if self.until_on else None

    def end(self, last_on: date, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken when it would end before it began."""
        if seen != self.version:
            raise Conflict("post_changed", "Someone has changed this job. Look at it again.")
        if self.from_on is not None and last_on < self.from_on:
            raise RuleBroken("post_span", "The last day is before the first one.", field="last_on")
        self.until_on = last_on + timedelta(1)
        self.version += 1
