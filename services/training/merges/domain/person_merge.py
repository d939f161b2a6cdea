"""Two records of one person were joined; and what must be told apart when they turn out to be two after all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.training.workforce.domain.person import Person
from shared.kernel.errors import RuleBroken

Moved = Mapping[str, list[str]]
"""By the name of a table, the ids of the rows that followed."""

ACCOUNT, EMAIL = "account", "email"
"""What the kept record took over, beside rows."""
COMPLETED = "completed"
"""What only the days of both records together have completed."""


@dataclass
class PersonMerge:
    id: UUID
    retired_id: UUID
    kept_id: UUID
    why: str
    merged_by: UUID
    merged_at: datetime
    moved: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    undone_by: UUID | None = None
    undone_at: datetime | None = None
    version: int = 1

    def join(self, retired: Person, kept: Person) -> None:
        """What one record says goes over where the other says nothing.

        Raises:
            RuleBroken: it is the same record, or each has an account of its own.
        """
        if retired.id == kept.id:
            raise RuleBroken("merge_itself", "Choose someone else: this is the same record.", field="other")
        if retired.colleague_id and kept.colleague_id:
            sentence = "Each of the two signs in with an account of their own, so they are two people."
            raise RuleBroken("merge_two_accounts", sentence, field="other")
        retired.merged_into = kept.id
        if retired.colleague_id:
            kept.colleague_id, retired.colleague_id = retired.colleague_id, None
            self.moved[ACCOUNT] = [str(kept.colleague_id)]
        if retired.email and not kept.email:
            kept.email, kept.is_shared_email = retired.email, retired.is_shared_email
            self.moved[EMAIL] = [retired.email]

    def part(self, retired: Person, kept: Person, *, by: UUID, now: datetime) -> None:
        """Raises RuleBroken when it is undone already."""
        if self.undone_at is not None:
            raise RuleBroken("merge_undone", "The two records were parted already.")
        self.undone_by, self.undone_at = by, now
        retired.merged_into = None
        if (account := self.moved.get(ACCOUNT)) and str(kept.colleague_id) == account[0]:
            kept.colleague_id, retired.colleague_id = None, kept.colleague_id
        if self.moved.get(EMAIL) == [kept.email]:
            kept.email, kept.is_shared_email = "", False
