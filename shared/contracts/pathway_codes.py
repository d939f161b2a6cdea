"""Closed lists of the pathway, from first contact to discharge. Source: reference 2.2 to 2.5, 3.1, 3.4."""

from shared.contracts.vocabulary import Code


class CarerGroup(Code):
    """Who of a family took part, in groups that single nobody out."""

    BIRTH_PARENT = "birth_parent", "Mother or birth parent"
    DAD_OR_PARTNER = "dad_or_partner", "Dad or partner"
    OTHER_CARER = "other_carer", "Another carer"
    BABY = "baby", "Baby"


class ContactKind(Code):
    SESSION = "session", "Session"
    ASSESSMENT = "assessment", "Assessment"
    REVIEW = "review", "Review"
    ENGAGEMENT = "engagement", "Engagement visit"
    WAITING_WELL = "waiting_well", "Call while waiting"
    GROUP = "group", "Group session"


class Attendance(Code):
    """A baby cannot choose to come, so a missed appointment of a baby is "was not brought" (reference 2.3)."""

    ATTENDED = "attended", "Attended"
    CANCELLED_BY_FAMILY = "cancelled_by_family", "Cancelled by the family"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Cancelled by us"
    WAS_NOT_BROUGHT = "was_not_brought", "Was not brought (the baby's appointment)"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend (an adult's own appointment)"
    NO_ACCESS = "no_access", "Nobody answered the door"


class ContactMode(Code):
    FACE_TO_FACE = "face_to_face", "Face to face"
    TELEPHONE = "telephone", "Telephone"
    VIDEO = "video", "Video call"


class Venue(Code):
    HOME = "home", "Home"
    FAMILY_HUB = "family_hub", "Family hub"
    CLINIC = "clinic", "Clinic"
    NEONATAL_UNIT = "neonatal_unit", "Neonatal unit"
    COMMUNITY = "community", "Elsewhere in the community"
    REMOTE = "remote", "Telephone or video"


class WaitClock(Code):
    """What a family waits for. Source: reference 2.5."""

    TRIAGE = "triage", "Decision on the referral"
    FIRST_CONTACT = "first_contact", "First contact"
    HELP_STARTED = "help_started", "Help started"
    ASSESSMENT_TO_INTERVENTION = "assessment_to_intervention", "From assessment to intervention"
    REFERRAL_TO_INTERVENTION = "referral_to_intervention", "From referral to intervention"


class PauseReason(Code):
    FAMILY_ASKED = "family_asked", "The family asked to wait"
    IN_HOSPITAL = "in_hospital", "Parent or baby in hospital and not able to meet"
    NEONATAL_STAY = "neonatal_stay", "Neonatal stay, and the family asked to wait"


class StrandEnding(Code):
    COMPLETED = "completed", "Completed as planned"
    PARTLY = "partly", "Ended early, partly done"
    NOT_STARTED = "not_started", "Never started"
    CHANGED = "changed", "Changed for another intervention"


class EpisodeEnding(Code):
    """How work with a family ends. Source: reference 2.3, discharged."""

    COMPLETED = "completed", "Planned: the work is complete"
    PARTLY_COMPLETED = "partly_completed", "Planned: the work is partly complete"
    DISENGAGED = "disengaged", "The family stopped coming"
    MOVED_AREA = "moved_area", "The family moved away"
    TRANSFERRED = "transferred", "Transferred to another team"
    STEPPED_UP = "stepped_up", "Another service gives more help"
    STEPPED_DOWN = "stepped_down", "A universal service goes on"
    AGED_OUT = "aged_out", "The child is older than the team's remit"
    REMOVED_FROM_CARE = "removed_from_care", "The baby no longer lives with these carers"
    BABY_DIED = "baby_died", "The baby died"
    CARER_DIED = "carer_died", "A parent or carer died"


class PregnancyOutcome(Code):
    LIVE_BIRTH = "live_birth", "The baby was born alive"
    STILLBIRTH = "stillbirth", "Stillbirth"
    MISCARRIAGE = "miscarriage", "Miscarriage"
    TERMINATION = "termination", "Termination"
    VANISHED_TWIN = "vanished_twin", "Only the other twin went on"


class ConsentScope(Code):
    """Choices that are the family's to make. Care itself does not rest on consent (reference 3.4)."""

    SHARE_WITH_GP = "share_with_gp", "Share with the GP"
    SHARE_WITH_HEALTH_VISITOR = "share_with_health_visitor", "Share with the health visitor"
    SHARE_WITH_MIDWIFE = "share_with_midwife", "Share with the midwife"
    SHARE_WITH_SOCIAL_CARE = "share_with_social_care", "Share with social care"
    SHARE_WITH_NURSERY = "share_with_nursery", "Share with the nursery"
    FILMING = "filming", "Filming for Video Interaction Guidance"
    RESEARCH = "research", "Research"
    QUOTE_INSIDE = "quote_inside", "Quote their words inside the service"
    QUOTE_IN_PUBLIC = "quote_in_public", "Quote their words in public"
    CONTACT_BY_TEXT = "contact_by_text", "Contact by text message"
    CONTACT_BY_EMAIL = "contact_by_email", "Contact by email"
    CONTACT_BY_POST = "contact_by_post", "Contact by post"
    CONTACT_BY_VOICEMAIL = "contact_by_voicemail", "Leave a voicemail"


class TaskKind(Code):
    """What someone must answer; none of them ends by itself."""

    SELF_HARM_ANSWER = "self_harm_answer", "An answer about self-harm needs a conversation today"
    SAFEGUARDING_ANSWER = "safeguarding_answer", "An answer needs a safeguarding conversation today"
    NON_ATTENDANCE = "non_attendance", "Think about missed appointments"
    RISK_NOTE = "risk_note", "A new risk was noted"
    SUPERVISION = "supervision", "To bring to supervision"
    HAND_OVER = "hand_over", "Plan the hand-over: the child is over 18 months"
    BIRTH_NOT_RECORDED = "birth_not_recorded", "The due date has passed: has the baby been born?"
    YOUNG_PARENT = "young_parent", "A parent is under 18: tell the safeguarding lead"
    BREAK_GLASS_REVIEW = "break_glass_review", "Review why a restricted record was opened"
    ASKED_OF_PRACTITIONER = "asked_of_practitioner", "A colleague asks a practitioner or the team lead"
    ASKED_OF_LEAD = "asked_of_lead", "A colleague asks the team lead"


class PromiseKind(Code):
    """What a page promised to whoever asked for help."""

    DANGER_SAID = "danger_said", "Someone said that there is danger: call or text them"
    READ_BY = "read_by", "Read what was sent"
    HEARD_BY = "heard_by", "Tell whoever sent it what happens next"


class MeasureTimepoint(Code):
    START = "start", "Start"
    SESSION = "session", "Session"
    REVIEW = "review", "Review"
    END = "end", "End"


class ChangeClass(Code):
    """Source: reference 4.1."""

    RECOVERED = "recovered", "Reliable improvement, now in the non-clinical range"
    RELIABLY_IMPROVED = "reliably_improved", "Reliable improvement"
    NO_RELIABLE_CHANGE = "no_reliable_change", "No reliable change"
    RELIABLY_DETERIORATED = "reliably_deteriorated", "Reliable deterioration"


class Measure(Code):
    """Outcome measures that events can name; one that a team adds by itself is `OTHER`. Source: reference 4.2."""

    EPDS = "epds", "Edinburgh Postnatal Depression Scale (EPDS)"
    PHQ9 = "phq9", "Patient Health Questionnaire (PHQ-9)"
    GAD7 = "gad7", "Generalised Anxiety Disorder scale (GAD-7)"
    CORE10 = "core10", "CORE-10"
    HADS = "hads", "Hospital Anxiety and Depression Scale (HADS)"
    MORS_SF = "mors_sf", "Mothers' Object Relations Scale, short form (MORS-SF)"
    PBQ = "pbq", "Postpartum Bonding Questionnaire (PBQ)"
    KPCS = "kpcs", "Karitane Parenting Confidence Scale (KPCS)"
    PRFQ = "prfq", "Parental Reflective Functioning Questionnaire (PRFQ)"
    GBO = "gbo", "Goal-based outcomes (GBO)"
    BPSES = "bpses", "Brief Parental Self-Efficacy Scale (BPSES)"
    WEMWBS = "wemwbs", "Warwick-Edinburgh Mental Wellbeing Scale (WEMWBS)"
    SWEMWBS = "swemwbs", "Short WEMWBS (SWEMWBS)"
    REQOL10 = "reqol10", "Recovering Quality of Life (ReQoL-10)"
    PSI4_SF = "psi4_sf", "Parenting Stress Index, short form (PSI-4-SF)"
    ASQSE2 = "asqse2", "Ages and Stages: Social-Emotional (ASQ:SE-2)"
    ESQ_P = "esq_p", "Experience of Service Questionnaire, parent (ESQ)"
    KIPS = "kips", "Keys to Interactive Parenting Scale (KIPS)"
    CARE_INDEX = "care_index", "CARE-Index"
    NBO = "nbo", "Newborn Behavioural Observations (NBO)"
    NBAS = "nbas", "Neonatal Behavioural Assessment Scale (NBAS)"
    LOARC = "loarc", "Levels of Adaptive Relationship Capacity (DC:0-5)"
    PIRGAS = "pirgas", "Parent-Infant Relationship Global Assessment Scale (PIR-GAS)"
    OTHER = "other", "A measure of the team's own"


class MissingMeasure(Code):
    """Why a measure was not completed; care never waits for one (reference 4.1)."""

    DECLINED = "declined", "The parent or carer said no"
    LANGUAGE = "language", "Literacy or language"
    DISTRESS = "distress", "Too distressing at that time"
    NOT_APPROPRIATE = "not_appropriate", "Not appropriate"
    FORGOTTEN = "forgotten", "Forgotten"
    BABYS_AGE = "babys_age", "The baby's age does not fit"
