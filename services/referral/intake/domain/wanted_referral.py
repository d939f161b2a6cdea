"""A consultation that should become a referral: what its codes say of the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.consultation_codes import Topic
from shared.contracts.vocabulary import ReferralReason, SourceGroup

_REASONS = {
    Topic.BONDING: ReferralReason.BONDING,
    Topic.INFANT_VOICE: ReferralReason.ATTUNEMENT,
    Topic.FEEDING: ReferralReason.CRYING_SLEEP_FEEDING,
    Topic.CRYING_SLEEP: ReferralReason.CRYING_SLEEP_FEEDING,
    Topic.TRAUMA: ReferralReason.BIRTH_TRAUMA,
    Topic.PARENT_MENTAL_HEALTH: ReferralReason.PARENT_MENTAL_HEALTH,
    Topic.DADS: ReferralReason.DAD_BONDING,
    Topic.NEONATAL: ReferralReason.NEONATAL_STAY,
    Topic.IN_CARE: ReferralReason.CARE_TRANSITION,
    Topic.LOSS: ReferralReason.LOSS,
}


def reasons_of(topics: Iterable[Topic]) -> frozenset[ReferralReason]:
    """Those for which people refer; a topic that is none is left out."""
    return frozenset(_REASONS[topic] for topic in topics if topic in _REASONS)


@dataclass(frozen=True)
class WantedReferral:
    consultation_id: UUID
    held_on: date | None
    sector: SourceGroup | None
    reasons: frozenset[ReferralReason]
    family_id: UUID | None
    """Of the record that it is part of today."""
    referral_id: UUID | None
    """Which it became."""
