"""Closed lists: every code that an event or a form may carry.

The values are what is stored and published, so they never change their meaning; a code is added, never reused.
Source of the lists: reference of the field, sections 1.2, 2.2, 2.4, 7.1, 9.2 and 11. The labels are for people.
"""

from enum import StrEnum


class Code(StrEnum):
    """A member of a closed list, with the words that people see: `CODE = "code", "Words"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Code":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        return member

    __hash__ = str.__hash__
    """That of its value, which it equals; Python's own is that of its name, and four times as slow."""

    @property
    def inside(self) -> str:
        """The words as they stand inside a sentence."""
        return inside(self.label)


def inside(words: str) -> str:
    """As words stand inside a sentence: small, but for abbreviations: `GP or practice nurse` keeps its GP."""
    return " ".join(one if one == "I" or (len(one) > 1 and one.isupper()) else one.lower() for one in words.split(" "))


class Role(Code):
    TEAM_ADMINISTRATOR = "team_administrator", "Team administrator"
    PRACTITIONER = "practitioner", "Practitioner"
    TEAM_LEAD = "team_lead", "Team lead"
    TRAINER = "trainer", "Trainer"
    REGIONAL_LEAD = "regional_lead", "Regional lead"
    LOCALITY_LEAD = "locality_lead", "Locality lead"
    """Sees some localities of the region, and no other by itself."""
    COMMISSIONER = "commissioner", "Commissioner"
    """Sees what is told outside the region."""


class Level(Code):
    """Level of support, in rising order. Risk support is a flag beside it, not a fifth step (reference 2.4)."""

    COMMUNITY = "community", "Community"
    UNIVERSAL = "universal", "Universal: getting advice"
    TARGETED = "targeted", "Targeted: getting help"
    SPECIALIST = "specialist", "Specialist: getting more help"


class Tier(Code):
    """The strategy's five tiers (Healthy Child Programme × THRIVE), as the region sees them."""

    COMMUNITY = "community", "Community"
    UNIVERSAL = "universal", "Universal"
    TARGETED = "targeted", "Targeted"
    SPECIALIST = "specialist", "Specialist"
    RISK = "risk", "Getting risk support"


class TierMoveReason(Code):
    NEED_INCREASED = "need_increased", "Needs are higher"
    NEED_REDUCED = "need_reduced", "Needs are lower"
    ENGAGEMENT_READY = "engagement_ready", "The family is ready for direct work"
    ENGAGEMENT_LOST = "engagement_lost", "The family is not ready for direct work at present"
    NEW_RISK = "new_risk", "There is a new risk"
    RISK_RESOLVED = "risk_resolved", "The risk has been resolved"
    PREFERENCE = "preference", "The family prefers it"
    CAPACITY_INTERIM = "capacity_interim", "The team has no capacity at the right level yet"
    DISCHARGED = "discharged", "The work with the family ended"
    DISCHARGE_UNDONE = "discharge_undone", "The work with the family goes on: the discharge was undone"


class FamilyAgreement(Code):
    """Whether the family was told of a decision and agreed with it."""

    AGREED = "agreed", "Yes, and they agree"
    DISAGREED = "disagreed", "Yes, but they do not agree"
    NOT_YET_TOLD = "not_yet_told", "Not yet"
    UNSAFE_TO_TELL = "unsafe_to_tell", "It would not be safe to tell them"


class Urgency(Code):
    ROUTINE = "routine", "Routine"
    URGENT = "urgent", "Urgent"


class SourceGroup(Code):
    """Who refers, in groups that name no organisation (reference 9.2)."""

    HEALTH_VISITING = "health_visiting", "Health visiting"
    MATERNITY = "maternity", "Midwifery"
    NEONATAL = "neonatal", "Neonatal unit"
    PERINATAL_MENTAL_HEALTH = "perinatal_mental_health", "Perinatal mental health"
    FAMILY_HUB = "family_hub", "Family hub or early years"
    PRIMARY_CARE = "primary_care", "GP or practice nurse"
    SOCIAL_CARE = "social_care", "Social care or early help"
    SELF = "self", "Parent or carer"
    OTHER = "other", "Someone else"


class ReferralReason(Code):
    """Why a family is referred; several may hold. Source: reference 11, after the strategy's survey."""

    BONDING = "bonding", "Difficulty with bonding"
    PARENT_MENTAL_HEALTH = "parent_mental_health", "A parent's mental health affects the relationship"
    BIRTH_TRAUMA = "birth_trauma", "A frightening or traumatic birth"
    NEONATAL_STAY = "neonatal_stay", "The baby was in neonatal care"
    OWN_CHILDHOOD = "own_childhood", "A parent's own childhood"
    CRYING_SLEEP_FEEDING = "crying_sleep_feeding", "Crying, sleep or feeding"
    ATTUNEMENT = "attunement", "Reading the baby's cues"
    LOSS = "loss", "A loss, or a baby who was removed before"
    CARE_TRANSITION = "care_transition", "Foster, kinship or adoptive care"
    DAD_BONDING = "dad_bonding", "A dad's or partner's bond with the baby"


class ReasonGroup(Code):
    """The four groups that the strategy's survey speaks of."""

    PARENT = "parent", "On the parent's side"
    BABY = "baby", "On the baby's side"
    RELATIONSHIP = "relationship", "In the relationship"
    CONTEXT = "context", "In the family's circumstances"


class AgeBand(Code):
    """Age of the baby at referral (reference 9.2). Months are completed calendar months."""

    UNBORN = "unborn", "Not born yet"
    MONTHS_0_2 = "months_0_2", "0 to 2 months"
    MONTHS_3_5 = "months_3_5", "3 to 5 months"
    MONTHS_6_11 = "months_6_11", "6 to 11 months"
    MONTHS_12_23 = "months_12_23", "12 to 23 months"
    MONTHS_24_59 = "months_24_59", "2 to 4 years"


class ReferralRoute(Code):
    """How a referral came in."""

    PUBLIC_FORM = "public_form", "Public form"
    FHIR = "fhir", "Another system (FHIR)"
    STAFF_FORM = "staff_form", "Entered by the team"
    CASELOAD_FILE = "caseload_file", "Caseload file (CSV)"
    TRANSFER = "transfer", "Another team"


class TriageOutcome(Code):
    """How a referral ends that is not accepted."""

    ADVICE_ONLY = "advice_only", "Advice to the referrer"
    SIGNPOSTED = "signposted", "Signposted to another service"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by the family or the referrer"
    JOINED = "joined", "Joined to an open family"
    RETURNED = "returned", "Returned: no reply to our request"


class DeclineReason(Code):
    """Why a referral was not accepted. There is deliberately no code for "social care is involved"."""

    OUT_OF_AREA = "out_of_area", "The family lives outside the area"
    OUT_OF_REMIT_AGE = "out_of_remit_age", "The child is older than the team's remit"
    NO_PARENT_INFANT_FOCUS = "no_parent_infant_focus", "The need is not about the parent-infant relationship"
    NEEDS_MET_ELSEWHERE = "needs_met_elsewhere", "Another service already meets the need"
    NEEDS_PERINATAL_MENTAL_HEALTH = "needs_perinatal_mental_health", "The perinatal mental health team is needed first"
    CONSENT_NOT_GIVEN = "consent_not_given", "The family does not want a referral"
    UNCONTACTABLE = "uncontactable", "The family could not be reached"
    FAMILY_DECLINED = "family_declined", "Family declined"
    ALREADY_OPEN = "already_open", "The team works with the family already"
    NEEDS_CAMHS = "needs_camhs", "A child and adolescent mental health service is needed"
    NEEDS_SOCIAL_CARE_FIRST = "needs_social_care_first", "Social care is needed first"
    RISK_CANNOT_BE_HELD = "risk_cannot_be_held", "The risk cannot be held safely here"
    NOT_ENOUGH_KNOWN = "not_enough_known", "Too little is known to decide"
