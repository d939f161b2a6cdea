"""What a loss asks of the record: which outcomes can be, and that nothing starts again without a reason.

Source: reference 3.1 (loss silences at once) and 8.1 (H8).
"""

from collections.abc import Sequence
from datetime import datetime

from services.referral.people.domain.person import Person
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.kernel.errors import RuleBroken

LOSSES = tuple(outcome for outcome in PregnancyOutcome if outcome is not PregnancyOutcome.LIVE_BIRTH)


def check_outcome(outcome: PregnancyOutcome, babies: Sequence[Person]) -> None:
    """Refuse what is no loss, or is one of a twin where there is none.

    Args:
        babies: of the family, who are expected or live, the one in question among them.

    Raises:
        RuleBroken: as above.
    """
    if outcome is PregnancyOutcome.LIVE_BIRTH:
        raise RuleBroken("loss_outcome", "Record the birth of a baby who was born alive instead.", field="outcome")
    if outcome is PregnancyOutcome.VANISHED_TWIN and len(babies) < 2:
        raise RuleBroken("loss_twin", "There is no other twin on this record. Choose another answer.", field="outcome")


def check_reason(reason: str) -> None:
    """Raises RuleBroken when nobody says why."""
    if not reason.strip():
        raise RuleBroken("reason_missing", "Write why, in a sentence.", field="reason")


def check_stopped(stopped_at: datetime | None) -> datetime:
    """When messages were stopped; raises RuleBroken when they are not."""
    if stopped_at is None:
        raise RuleBroken("messages_not_stopped", "Messages to this family are not stopped.")
    return stopped_at
