"""What a practitioner does with a family, as far as it can be said before the family has a record: no ids."""

from dataclasses import dataclass
from datetime import date, datetime

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.demonstration.record_steps import RecordStep
from services.referral.people.domain.legal_status import StatusDetails
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.ending import DischargeDetails
from services.referral.support.domain.formulation import Formulation
from services.referral.support.domain.plan import PreferenceMet
from shared.contracts.intervention import Element, Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    ConsentScope,
    ContactKind,
    ContactMode,
    MeasureTimepoint,
    MissingMeasure,
    TaskKind,
    Venue,
)
from shared.contracts.vocabulary import FamilyAgreement


@dataclass(frozen=True)
class MeetingVenue:
    mode: ContactMode
    venue: Venue


@dataclass(frozen=True)
class Met:
    """A session that took place, or did not."""

    place: MeetingVenue
    kind: ContactKind = ContactKind.SESSION
    attendance: Attendance = Attendance.ATTENDED
    minutes: int | None = None
    note: str = ""
    infant_voice: str = ""
    elements: frozenset[Element] = frozenset()
    with_other_carer: bool = False
    interpreter: Interpreter | None = None
    supervision: str = ""


@dataclass(frozen=True)
class Booked:
    """An appointment that is still to come, or whose outcome nobody has said yet."""

    starts_at: datetime
    """UTC."""
    place: MeetingVenue
    kind: ContactKind = ContactKind.SESSION
    needs_interpreter: bool = False


@dataclass(frozen=True)
class Measured:
    """By the first parent or carer, about the first baby."""

    code: str
    timepoint: MeasureTimepoint
    answers: tuple[int, ...]
    """To items 1, 2, 3 and so on."""


@dataclass(frozen=True)
class NotMeasured:
    code: str
    timepoint: MeasureTimepoint
    reason: MissingMeasure


@dataclass(frozen=True)
class Led:
    by: int
    """Place among the practitioners."""


@dataclass(frozen=True)
class SafetyAsked:
    """Nobody knows of a safety flag."""


@dataclass(frozen=True)
class Assessed:
    details: AssessmentDetails


@dataclass(frozen=True)
class Understood:
    formulation: Formulation


@dataclass(frozen=True)
class GoalChosen:
    words: str
    rating: int


@dataclass(frozen=True)
class GoalSeen:
    """Where the family sees itself now."""

    number: int
    """Of the goal, from 0."""
    rating: int


@dataclass(frozen=True)
class Consented:
    """The first parent or carer agrees, for the baby too."""

    scope: ConsentScope


@dataclass(frozen=True)
class PlannedStrand:
    intervention: Intervention
    sessions: int
    for_baby: bool = True


@dataclass(frozen=True)
class PlanMade:
    preference: PreferenceMet
    strands: tuple[PlannedStrand, ...]


@dataclass(frozen=True)
class Reviewed:
    infant_voice: str
    family_view: str
    decision: str
    next_review_on: date


@dataclass(frozen=True)
class RiskNoted:
    """A new worry, on the day."""

    concern: str
    action: str
    told: str


@dataclass(frozen=True)
class BornAfterReferral:
    name: str
    born_on: date


@dataclass(frozen=True)
class TwinKnown:
    name: str
    born_on: date


@dataclass(frozen=True)
class LookedAfter:
    """Of twins, the second one."""

    details: StatusDetails


@dataclass(frozen=True)
class TasksAnswered:
    """Those that are open about the family."""

    answer: str
    kind: TaskKind | None = None
    """None: all of them."""


@dataclass(frozen=True)
class Ended:
    details: DischargeDetails
    told: FamilyAgreement = FamilyAgreement.AGREED


Step = (
    Met
    | Booked
    | Measured
    | NotMeasured
    | Led
    | SafetyAsked
    | Assessed
    | Understood
    | GoalChosen
    | GoalSeen
    | Consented
    | PlanMade
    | Reviewed
    | RiskNoted
    | BornAfterReferral
    | TwinKnown
    | LookedAfter
    | TasksAnswered
    | Ended
    | RecordStep
)


@dataclass(frozen=True)
class Work:
    """Steps of one moment, by whoever leads the work with the family."""

    steps: tuple[Step, ...]
    by_team_lead: bool = False
    """Only the team lead decides on some."""
