"""Which parts of a family's record go into a copy for one of its people, table by table.

What is about someone else is left out and counted, unless someone decided otherwise. A table that nobody put here is
left out too, and a test asks for it. Source: reference 8.2 and 3.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.vocabulary import Code


class WithheldReason(Code):
    OTHER_PERSON = "other_person", "It is about another person of the family"
    REFERRER = "referrer", "It names who referred, or another person"
    RISK = "risk", "It is about risk, and could put someone in danger"
    CONFIDENCE = "confidence", "Another professional told it in confidence"
    SERIOUS_HARM = "serious_harm", "A clinician decided that it would do serious harm"
    DECIDED = "decided", "Someone decided that it is left out"
    NOT_SORTED = "not_sorted", "Nobody has said yet whether such records may be given out"


@dataclass(frozen=True)
class TableRule:
    """How the rows of one table are treated."""

    title: str
    """What people call such records."""
    key: str = "family_id"
    """The column that ties a row to the family: to the family itself, or to something in its record."""
    person_columns: tuple[str, ...] = ()
    """A row belongs to these people; it is left out unless the subject is one of them, or nobody is named."""
    withheld: WithheldReason | None = None
    """Left out by default, whoever's it is."""
    other_people: tuple[str, ...] = ()
    """Columns about others: left out as a part of their own."""
    other_reason: WithheldReason = WithheldReason.REFERRER
    by_attendance: bool = False
    """Belongs to those who were there."""
    follows: bool = False
    """An earlier version: treated as the record that it was of."""


EXPORTED: Mapping[str, TableRule] = {
    "person": TableRule("Personal details", key="id", person_columns=("id",)),
    "family_member": TableRule("Place in the family", person_columns=("person_id",)),
    "dyad": TableRule("Relationship", person_columns=("baby_id", "carer_id"), other_people=("contact_note",)),
    "referral": TableRule(
        "Referral",
        other_people=(
            "caregiver_name",
            "caregiver_phone",
            "other_caregiver_name",
            "other_caregiver_relationship",
            "other_caregiver_phone",
            "no_other_caregiver",
            "referrer_name",
            "referrer_organisation",
            "referrer_email",
            "referrer_phone",
            "story",
            "also_sent",
            "against_will",
            "safeguarding",
            "safeguarding_note",
            "contact_ways",
            "when_answered",
            "contact_not_asked",
            "interpreter",
            "language",
            "talk_times",
            "talking_help",
        ),
    ),
    "episode": TableRule("Work together"),
    "tier_assignment": TableRule("Support", key="episode_id"),
    "contact": TableRule("Session or appointment", by_attendance=True),
    "consent": TableRule("Choice", person_columns=("person_id", "given_by")),
    "access_need": TableRule("Communication needs", key="person_id", person_columns=("person_id",)),
    "legal_status": TableRule("Legal status", key="person_id", person_columns=("person_id",)),
    "family_preference": TableRule("Preferences"),
    "safety_flag": TableRule("Safety", withheld=WithheldReason.RISK),
    "task": TableRule("What the team had to answer", withheld=WithheldReason.RISK),
    "measure_administration": TableRule("Questionnaire", person_columns=("person_id",)),
    "measure_skip": TableRule("Questionnaire that was not answered", person_columns=("person_id",)),
    "letter": TableRule(
        "Letter", person_columns=("recipient_id",), other_people=("recipient_name", "recipient_address")
    ),
    "message": TableRule("Message by email", person_columns=("person_id",), other_people=("address",)),
    "assessment": TableRule("Assessment", key="episode_id", other_people=("safety",), other_reason=WithheldReason.RISK),
    "formulation": TableRule(
        "Shared understanding",
        key="episode_id",
        other_people=("predisposing",),
        other_reason=WithheldReason.OTHER_PERSON,
    ),
    "goal": TableRule("Goal", key="episode_id"),
    "goal_rating": TableRule("How near a goal is", key="goal_id"),
    "plan": TableRule("Plan", key="episode_id"),
    "strand": TableRule("What was done together", key="episode_id"),
    "review": TableRule("Review", key="episode_id"),
    "pause": TableRule("Pause", key="episode_id"),
    "hand_over": TableRule("Hand-over", key="episode_id"),
    "discharge": TableRule(
        "End of the work",
        key="episode_id",
        other_people=("safeguarding_considered",),
        other_reason=WithheldReason.RISK,
    ),
    "group_place": TableRule("Place in a group"),
    "liaison": TableRule("What was said between professionals", withheld=WithheldReason.CONFIDENCE),
    "heard_consultation": TableRule("That someone asked the team about them", withheld=WithheldReason.CONFIDENCE),
    "risk_note": TableRule("Note about risk", withheld=WithheldReason.RISK),
    "earlier_version": TableRule("Earlier version of a corrected record", key="record_id", follows=True),
}

NOT_EXPORTED: Mapping[str, str] = {
    "family": "Says only when the record began; the work together says it too.",
    "family_merge": "Which records were joined, and why; it may name another family's.",
    "contact_person": "Ids of who was there; the sessions themselves are in the copy.",
    "measure_request": "A link to a questionnaire that has ended; the answers are in the copy.",
    "family_restriction": "How the record is protected; who opened it is in the copy.",
    "break_glass": "How the record is protected; who opened it is in the copy.",
    "record_hold": "Why the record is kept longer, which may name a claim of someone else.",
    "wanted_referral": "Says only that a referral should come; the referral is in the copy.",
    "subject_access": "Such requests themselves, which may be someone else's.",
    "destruction": "There is one only when the record is to go.",
}


@dataclass(frozen=True)
class DisclosedItem:
    """One row, or the part of one that is about other people."""

    key: str
    """`table:id`, or `table:id:others`."""
    title: str
    reason: WithheldReason | None
    """Why it is left out; None: it is in the copy."""
    content: Mapping[str, str]
    """Name of each part and what it says."""
    is_decided: bool
    """Someone decided on it; otherwise the rule did."""
