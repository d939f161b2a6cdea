"""The catalogue of interventions, and the training that a practitioner must hold. Source: reference 1.3 and 6."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.contracts.intervention import Intervention
from shared.contracts.vocabulary import Code, Level


class Course(Code):
    """Trainings that make someone eligible to give an intervention. Source: reference 6."""

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
    SMC = "SMC", "Survivor Mum's Companion"
    HENRY = "HENRY", "HENRY"
    HANEN_FTL = "HANEN_FTL", "Hanen: following the child's lead"


class InterventionForm(Code):
    DYAD = "dyad", "Baby and parent or carer together"
    INDIVIDUAL = "individual", "Parent or carer"
    GROUP = "group", "Group"
    GROUP_OR_DYAD = "group_or_dyad", "Group, or baby and parent or carer together"
    GROUP_OR_INDIVIDUAL = "group_or_individual", "Group, or parent or carer alone"
    HOME = "home", "At home"
    SELF_GUIDED = "self_guided", "Self-guided, with a tutor"
    PEER = "peer", "Peer support"
    OTHER_SERVICE = "other_service", "Given by another service"


@dataclass(frozen=True)
class InterventionType:
    """One entry of the catalogue."""

    code: Intervention
    deliverers: str
    lowest_level: Level
    form: InterventionForm
    sessions: int
    """What a plan suggests."""
    sessions_verified: bool
    course: Course | None
    """The training that it asks for; None: none of its own."""
    films: bool
    also_called: str
    for_whom: str
    """More than the form says, e.g. a baby's age; empty: whoever is helped by it."""
    source: str


@dataclass(frozen=True)
class HeldTraining:
    """A training that a colleague holds from one day, until the day before another."""

    course: Course
    held_from: date
    until_on: date | None = None

    def counts_on(self, day: date) -> bool:
        return self.held_from <= day and (self.until_on is None or day < self.until_on)


class TrainingSource(Code):
    """Who says that a colleague holds a training."""

    ENTERED = "entered", "entered by the team lead"
    TOLD = "told", "from Training"


@dataclass(frozen=True)
class KnownTraining:
    """A training with who says so. Two sources may say the same course: what counts longer is what counts."""

    held: HeldTraining
    source: TrainingSource


def is_trained(entry: InterventionType, held: Iterable[HeldTraining], on: date) -> bool:
    """Whether someone with these trainings may give it on that day without a warning."""
    return entry.course is None or any(one.course is entry.course and one.counts_on(on) for one in held)
