"""Closed lists of consultation. Source: reference section 5."""

from shared.contracts.vocabulary import Code


class ConsultationKind(Code):
    """What was asked about, and in which setting."""

    CASE_NAMED = "case_named", "A family, by name"
    CASE_ANONYMOUS = "case_anonymous", "A family, no names"
    GROUP_CASE = "group_case", "Several families"
    THEME = "theme", "A theme"
    REFLECTIVE_PRACTICE = "reflective_practice", "Reflective practice"
    ADVICE_LINE = "advice_line", "Advice line"
    NEONATAL_TEAM = "neonatal_team", "Neonatal team"
    JOINT_VISIT = "joint_visit", "Joint visit"
    NETWORK = "network", "Network"
    MENTORING = "mentoring", "Mentoring"
    COACHING = "coaching", "Coaching"
    HUB_CLINIC = "hub_clinic", "Hub clinic"


class Profession(Code):
    """Of whoever asks; the workforce of babies and their families."""

    HEALTH_VISITOR = "health_visitor", "Health visitor"
    MIDWIFE = "midwife", "Midwife"
    NEONATAL_NURSE = "neonatal_nurse", "Neonatal nurse or doctor"
    GP = "gp", "GP or practice nurse"
    SOCIAL_WORKER = "social_worker", "Social worker"
    FAMILY_WORKER = "family_worker", "Family or early help worker"
    NURSERY = "nursery", "Nursery or childminder"
    MENTAL_HEALTH = "mental_health", "Mental health practitioner"
    VOLUNTARY = "voluntary", "Voluntary sector"
    PEER = "peer", "Peer supporter"
    OTHER = "other", "Someone else"


class Topic(Code):
    """What was talked about."""

    INFANT_VOICE = "infant_voice", "What the baby shows us"
    FEEDING = "feeding", "Feeding"
    CRYING_SLEEP = "crying_sleep", "Crying and sleep"
    BONDING = "bonding", "Bonding"
    TRAUMA = "trauma", "Birth or trauma"
    PARENT_MENTAL_HEALTH = "parent_mental_health", "Parent’s mental health"
    DADS = "dads", "Dads"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    SUBSTANCE = "substance", "Drugs or alcohol"
    NEONATAL = "neonatal", "Neonatal"
    IN_CARE = "in_care", "In care"
    LOSS = "loss", "Loss"
    WORKER = "worker", "Effect on the worker"


class ConsultationOutcome(Code):
    """What comes next."""

    ADVICE = "advice", "Advice only"
    TALK_AGAIN = "talk_again", "Talk again"
    JOINT_WORK = "joint_work", "Joint visit"
    REFERRAL_INVITED = "referral_invited", "They may refer"
    REFERRAL_MADE = "referral_made", "Referred to us"
    NO_FURTHER = "no_further", "Nothing more"


class ConsultationMode(Code):
    PHONE = "phone", "Phone"
    VIDEO = "video", "Video"
    IN_PERSON = "in_person", "In person"


class FamilyKnows(Code):
    """Whether the family knows that they are talked about by name."""

    ON_RECORD = "on_record", "Yes, on record"
    TODAY = "today", "Yes, today"
    NOT_YET = "not_yet", "Not yet"
    UNSAFE = "unsafe", "Not safe to tell"
