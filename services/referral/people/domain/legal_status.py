"""Whether a baby is looked after by a local authority, with its history. Source: reference 3.1.

No status on record means that nobody asked; "not looked after" is an answer.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken, changed_meanwhile
from shared.kernel.same_fields import same_fields


class CareStatus(Code):
    NONE = "none", "Not looked after"
    SECTION_20 = "section_20", "Accommodated by agreement (section 20)"
    INTERIM_CARE_ORDER = "interim_care_order", "Interim care order"
    CARE_ORDER = "care_order", "Care order"
    PLACEMENT_ORDER = "placement_order", "Placement order"
    POLICE_PROTECTION = "police_protection", "Police protection"
    OTHER = "other", "Another legal status"


@dataclass(frozen=True)
class StatusDetails:
    """A status as someone enters it."""

    status: CareStatus
    from_on: date
    local_authority: str | None = None
    """The corporate parent."""
    placement: str | None = None
    social_worker: str | None = None
    """Name and how to reach them."""
    may_consent: str | None = None
    """Who may agree to care and to sharing."""


@dataclass
class LegalStatus:
    id: UUID
    person_id: UUID
    number: int
    """1 is the first that is on record."""
    status: CareStatus
    from_on: date
    until_on: date | None = None
    """The first day of the next one."""
    local_authority: str | None = None
    placement: str | None = None
    social_worker: str | None = None
    may_consent: str | None = None


def next_status(
    status_id: UUID, person_id: UUID, last: LegalStatus | None, details: StatusDetails, *, seen: int, today: date
) -> LegalStatus:
    """A new status, which ends the one before it.

    Args:
        seen: how many statuses the page showed.

    Raises:
        Conflict: another was recorded since.
        RuleBroken: a date cannot be right, or the local authority is missing.
    """
    number = last.number if last else 0
    if seen != number:
        raise changed_meanwhile("legal_status_changed", "Someone recorded another legal status")
    if details.from_on > today or (last is not None and details.from_on < last.from_on):
        raise RuleBroken(
            "legal_status_from",
            "The day must be today or in the past, and not before the present status began.",
            field="from_on",
        )
    if details.status is not CareStatus.NONE and not details.local_authority:
        raise RuleBroken("legal_status_authority", "Enter the local authority.", field="local_authority")
    if last is not None:
        last.until_on = details.from_on
    return same_fields(LegalStatus, details, without="until_on", id=status_id, person_id=person_id, number=number + 1)
