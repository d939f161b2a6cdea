"""Closed lists of training. Source: reference section 6."""

from shared.contracts.vocabulary import Code


class TrainingCourse(Code):
    """The courses of the strategy; those of an intervention make somebody eligible to give it."""

    IMH_PIR = "IMH_PIR", "Infant mental health and the parent-infant relationship"
    IHV_PIMH_CHAMPION = "IHV_PIMH_CHAMPION", "Champions in perinatal and infant mental health"
    PIF_AWARENESS = "PIF_AWARENESS", "Perinatal, infant and fathers’ mental health"
    TRAUMA_SUITE = "TRAUMA_SUITE", "Trauma-informed practice with under-fives"
    INFANT_VOICE = "INFANT_VOICE", "The baby’s voice in what we write"
    REF_SKILLS = "REF_SKILLS", "When to refer and when to ask"
    STATE_AT_BIRTH = "STATE_AT_BIRTH", "Born into care"
    SAFEGUARDING_3 = "SAFEGUARDING_3", "Safeguarding children, level 3"
    IG_ANNUAL = "IG_ANNUAL", "Information governance"
    COS_P = "COS_P", "Circle of Security Parenting"
    VIG = "VIG", "Video Interaction Guidance"
    NBO = "NBO", "Newborn Behavioural Observations"
    NBAS = "NBAS", "Neonatal Behavioural Assessment Scale"
    WWW = "WWW", "Watch, Wait and Wonder"
    SOLIHULL = "SOLIHULL", "Solihull Approach"
    EPEC = "EPEC", "EPEC Being a Parent"
    BABY_MASSAGE = "BABY_MASSAGE", "Baby massage"
    ART_AT_START = "ART_AT_START", "Art at the Start"
    BEHAV_ACT = "BEHAV_ACT", "Behavioural activation"
    EMDR = "EMDR", "EMDR"
    CFT = "CFT", "Compassion-focused therapy"
    TRIPLE_P = "TRIPLE_P", "Triple P"
    SAFECARE = "SAFECARE", "SafeCare"
    CARING_DADS = "CARING_DADS", "Caring Dads"
    PIPE = "PIPE", "Partners in Parenting Education"
    SMC = "SMC", "Survivor Mum’s Companion"
    HENRY = "HENRY", "HENRY"
    HANEN_FTL = "HANEN_FTL", "Hanen: following the child’s lead"


class PlaceEnd(Code):
    """How a place in a cohort ended that was not used to the end."""

    CANCELLED = "cancelled", "Cancelled"
    CANCELLED_LATE = "cancelled_late", "Cancelled late"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    LEFT_LIST = "left_list", "Left the waiting list"
    DECLINED = "declined", "Said no to the place"
    LAPSED = "lapsed", "Did not answer in time"
    MOVED = "moved", "Moved to other dates"
    CALLED_OFF = "called_off", "The course was called off"
    NEVER_FREE = "never_free", "No place became free"


class ChampionWork(Code):
    """What a champion did where they work."""

    TAUGHT = "taught", "Taught colleagues"
    TEAM_TALK = "team_talk", "Spoke in a team meeting"
    ADVISED = "advised", "Advised a colleague"
    NETWORK = "network", "Went to a champions’ meeting"
    CHANGED_PRACTICE = "changed_practice", "Changed something where they work"
