"""The interventions of the strategy, as a closed list. What each needs is in the referral service's catalogue.

Source: reference 1.3, rows 27 to 57.
"""

from shared.contracts.vocabulary import Code


class Intervention(Code):
    CIRCLE_OF_SECURITY = "circle_of_security", "Circle of Security"
    VIDEO_INTERACTION_GUIDANCE = "video_interaction_guidance", "Video Interaction Guidance (VIG)"
    NEWBORN_BEHAVIOURAL_OBSERVATIONS = "newborn_behavioural_observations", "Newborn Behavioural Observations (NBO)"
    NEONATAL_BEHAVIOURAL_ASSESSMENT = (
        "neonatal_behavioural_assessment",
        "Neonatal Behavioural Assessment Scale (NBAS)",
    )
    STATES_AND_CUES = "states_and_cues", "Baby states and cues"
    BABY_MASSAGE = "baby_massage", "Baby massage"
    ART_AT_THE_START = "art_at_the_start", "Art at the Start"
    BEHAVIOURAL_ACTIVATION = "behavioural_activation", "Behavioural activation"
    EMDR = "emdr", "EMDR"
    COMPASSION_FOCUSED_THERAPY = "compassion_focused_therapy", "Compassion-focused therapy"
    PSYCHOLOGICAL_THERAPY = "psychological_therapy", "Psychological therapy"
    PARENT_INFANT_PSYCHOTHERAPY = "parent_infant_psychotherapy", "Parent-infant psychotherapy"
    PSYCHOEDUCATION = "psychoeducation", "Psychoeducation"
    WATCH_WAIT_AND_WONDER = "watch_wait_and_wonder", "Watch, Wait and Wonder"
    TRIPLE_P = "triple_p", "Triple P"
    SAFECARE = "safecare", "SafeCare"
    CARING_DADS = "caring_dads", "Caring Dads"
    BEING_A_PARENT = "being_a_parent", "EPEC Being a Parent"
    HENRY = "henry", "HENRY"
    PARTNERS_IN_PARENTING = "partners_in_parenting", "Partners in Parenting Education (PIPE)"
    SOLIHULL_APPROACH = "solihull_approach", "Solihull Approach"
    SURVIVOR_MUMS_COMPANION = "survivor_mums_companion", "Survivor Mum's Companion"
    BABY_STEPS = "baby_steps", "Baby Steps"
    COMMUNITY_CONNECTORS = "community_connectors", "Community Connectors"
    DADS_PEER_SUPPORT = "dads_peer_support", "Dads' peer support"
    PERINATAL_TEAM_SUPPORT = "perinatal_team_support", "Specialist perinatal team's parent-infant work"
    FOLLOWING_THE_CHILD = "following_the_child", "Following the child's lead (Hanen style)"
    ANTENATAL_EDUCATION = "antenatal_education", "Supportive antenatal education"
    ENGAGEMENT = "engagement", "Period of engagement"
    ASSESSMENT_AND_FORMULATION = "assessment_and_formulation", "Extended assessment and formulation"
    RELATIONSHIP_WORK = "relationship_work", "Relationship work: an attuned relationship and its moments"
    CO_REGULATION = "co_regulation", "Co-regulation and sensory awareness"


class Element(Code):
    """What a session was made of; any number of them. Source: reference 1.3, row 57."""

    CO_REGULATION = "co_regulation", "Co-regulation"
    SENSORY_AWARENESS = "sensory_awareness", "Sensory awareness"
    ATTUNED_RELATIONSHIP = "attuned_relationship", "Modelling an attuned relationship"
    MOMENTS_OF_ATTUNEMENT = "moments_of_attunement", "Highlighting moments of attunement"
    REFLECTIVE_FUNCTIONING = "reflective_functioning", "Reflective functioning"
    PSYCHOEDUCATION = "psychoeducation", "Psychoeducation"
    STORY = "story", "Hearing the family's story"
    PRACTICAL = "practical", "Practical help"
