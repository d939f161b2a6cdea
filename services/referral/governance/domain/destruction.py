"""The end of a record whose date has passed: one person proposes, another decides, and nothing of it comes back.

Source: reference 8.2, deletion: reviewed, with a tombstone; the audit trail stays.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.governance.domain.retention import RetentionRule
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken


@dataclass(frozen=True)
class Destruction:
    """A proposal, until someone else confirms or refuses it."""

    id: UUID
    family_id: UUID
    rule: RetentionRule
    kept_until: date
    proposed_by: UUID
    note: str
    is_open: bool = True

    def check_confirmable(self, by: UUID) -> None:
        """Raises NotAllowed for who proposed it, and Conflict when it was decided already."""
        self.check_open()
        if by == self.proposed_by:
            raise NotAllowed("destruction_own", "You proposed this yourself. Another team lead must decide it.")

    def check_open(self) -> None:
        """Raises Conflict when it was decided already."""
        if not self.is_open:
            raise Conflict("destruction_decided", "Someone has decided this already. Go back to the list.")


def check_over(kept_until: date | None, today: date, *, is_held: bool) -> None:
    """Raises RuleBroken while the record must be kept."""
    if is_held:
        raise RuleBroken("destruction_held", "A hold keeps this record. Lift the hold first, if it is not needed.")
    if kept_until is None or kept_until >= today:
        raise RuleBroken("destruction_early", "This record must still be kept. Look at its date on the record page.")
