"""What is open about someone's safety in a family's record, counted: what the head of each of its pages says.

A laptop is open in the family's living room, so it is how many and of what kind, never whom or what. "None known" is
said only when someone asked and nothing at all is open. Source: reference 8.1 (H4, H6, H7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from shared.contracts.vocabulary import Code


class SafetyMatter(Code):
    """The most urgent first."""

    PROMISE = "promise", "Danger told to us, to answer"
    TASK = "task", "Safety tasks to answer"
    RISK_NOTE = "risk_note", "Risk notes to answer"
    DANGER_TOLD = "danger_told", "Danger told in the referral"
    WORRY_TOLD = "worry_told", "Worry about safety at triage"
    MEASURE = "measure", "Safety answers above 0 in the last measures"
    FLAG = "flag", "Safety flags"
    FLAG_OVERDUE = "flag_overdue", "Safety flags past their review date"
    UNSAFE_CONTACT = "unsafe_contact", "People who are not safe to contact"
    OTHER_CARER = "other_carer", "Dad or other carer, not named: not safe to contact, says the referral"
    CARE_STATUS = "care_status", "Babies who are looked after"
    RISK_SUPPORT = "risk_support", "Risk support"
    RESTRICTED = "restricted", "Restricted record"


UNTIL_ASKED = frozenset({SafetyMatter.DANGER_TOLD, SafetyMatter.WORRY_TOLD, SafetyMatter.MEASURE})
"""What someone said once: it counts until someone asked the family about safety on a later day."""

TOLD = frozenset({SafetyMatter.DANGER_TOLD, SafetyMatter.WORRY_TOLD, SafetyMatter.OTHER_CARER})
"""What a referral says; it is read there."""

TO_ANSWER = frozenset({SafetyMatter.PROMISE, SafetyMatter.TASK, SafetyMatter.RISK_NOTE})
"""What waits for someone's answer."""


@dataclass(frozen=True)
class SafetyFound:
    """One thing in the record."""

    matter: SafetyMatter
    said_on: date
    referral_id: UUID | None = None
    """Where it was told, and danger is answered."""
    due_at: datetime | None = None
    """By when danger is answered, UTC."""


@dataclass(frozen=True)
class OpenSafety:
    """What the head of a page says about safety."""

    counts: Mapping[SafetyMatter, int]
    """In the order of `SafetyMatter`; only what there is."""
    asked_on: date | None
    """When someone asked and knew of nothing."""
    told_in: Mapping[SafetyMatter, UUID] = field(default_factory=dict[SafetyMatter, UUID])
    """The referral that says it, of what a referral says."""
    due_at: datetime | None = None
    """By when the first danger that nobody has answered is answered, UTC."""

    @property
    def referral_id(self) -> UUID | None:
        """In which danger was told that nobody has answered."""
        return self.told_in.get(SafetyMatter.PROMISE)

    @property
    def is_alarm(self) -> bool:
        """Someone must answer something at once."""
        return bool(TO_ANSWER & self.counts.keys())

    @property
    def none_known_on(self) -> date | None:
        """The day on which nothing was known; None: something is open, or nobody has asked."""
        return None if self.counts else self.asked_on


def open_safety(found: Sequence[SafetyFound], asked_on: date | None) -> OpenSafety:
    """Decide from all that is in the record.

    Args:
        asked_on: when someone asked, and knew of no safety flag.
    """
    counts: dict[SafetyMatter, int] = {}
    for one in found:
        if not (one.matter in UNTIL_ASKED and asked_on and asked_on > one.said_on):
            counts[one.matter] = counts.get(one.matter, 0) + 1
    counts = {matter: counts[matter] for matter in SafetyMatter if matter in counts}
    first_due_last = sorted(found, key=lambda one: one.due_at.timestamp() if one.due_at else 0, reverse=True)
    told_in = {one.matter: one.referral_id for one in first_due_last if one.referral_id}
    due_at = min((one.due_at for one in found if one.due_at), default=None)
    return OpenSafety(counts, asked_on, told_in, due_at)
