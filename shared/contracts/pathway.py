"""Events of the work with a family, for the team's own services."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import KeptInTheTeam
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    CarerGroup,
    ContactKind,
    ContactMode,
    EpisodeEnding,
    PauseReason,
    PromiseKind,
    StrandEnding,
    TaskKind,
    Venue,
    WaitClock,
)
from shared.contracts.referral import WaitDays
from shared.contracts.vocabulary import Level

Minutes = Annotated[int, Field(ge=0, le=1440)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Rating = Annotated[int, Field(ge=0, le=10)]
RatingChange = Annotated[int, Field(ge=-10, le=10)]


class ReferralIncomplete(KeptInTheTeam):
    """Triage asked the referrer for more; the wait goes on from the first receipt."""

    type: ClassVar[str] = "uk.pairs.referral.incomplete.v1"

    referral_id: UUID
    asked_on: date


class ReferralCompleted(KeptInTheTeam):
    """What triage had asked for has come."""

    type: ClassVar[str] = "uk.pairs.referral.completed.v1"

    referral_id: UUID
    completed_on: date


class ReferralReopened(KeptInTheTeam):
    """A closed referral is open again, with its first date of receipt."""

    type: ClassVar[str] = "uk.pairs.referral.reopened.v1"

    referral_id: UUID
    reopened_on: date


class WaitStopped(KeptInTheTeam):
    """What a family waited for has come; the figures are folds over the record (reference 2.5)."""

    type: ClassVar[str] = "uk.pairs.wait.stopped.v1"

    episode_id: UUID
    clock: WaitClock
    stopped_on: date
    gross_days: WaitDays
    adjusted_days: WaitDays
    is_over_target: bool


class _Contact(KeptInTheTeam):
    contact_id: UUID
    episode_id: UUID
    held_on: date
    kind: ContactKind
    attendance: Attendance
    mode: ContactMode
    venue: Venue
    minutes: Minutes
    with_whom: tuple[CarerGroup, ...]
    is_with_lead: bool
    """Whether the practitioner who leads the work held it."""
    has_infant_voice: bool


class ContactRecorded(_Contact):
    """A session or visit took place, or did not."""

    type: ClassVar[str] = "uk.pairs.contact.recorded.v1"


class ContactCorrected(_Contact):
    """What was recorded of a contact was wrong; this is what happened."""

    type: ClassVar[str] = "uk.pairs.contact.corrected.v1"


class AssessmentCompleted(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.assessment.completed.v1"

    episode_id: UUID
    completed_on: date
    had_baseline: bool
    has_infant_voice: bool


class FormulationRecorded(KeptInTheTeam):
    """A tentative shared understanding, or the next version of it."""

    type: ClassVar[str] = "uk.pairs.formulation.recorded.v1"

    episode_id: UUID
    number: Count
    is_shared_with_family: bool
    has_infant_voice: bool


class GoalSet(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.goal.set.v1"

    goal_id: UUID
    episode_id: UUID


class GoalRated(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.goal.rated.v1"

    goal_id: UUID
    episode_id: UUID
    rating: Rating
    change: RatingChange | None
    """Since the first rating; None when this is the first."""


class PlanAgreed(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.plan.agreed.v1"

    episode_id: UUID
    agreed_on: date
    strand_count: Count
    is_preference_met: bool | None
    """None when the family stated none."""


class InterventionStarted(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.intervention.started.v1"

    strand_id: UUID
    episode_id: UUID
    intervention: Intervention
    started_on: date
    is_practitioner_trained: bool


class InterventionCompleted(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.intervention.completed.v1"

    strand_id: UUID
    episode_id: UUID
    intervention: Intervention
    ending: StrandEnding
    session_count: Count
    planned_session_count: Count


class ReviewCompleted(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.review.completed.v1"

    episode_id: UUID
    held_on: date
    days_over: WaitDays
    """Beyond the date that had been set; 0 when in time."""
    level: Level
    has_infant_voice: bool


class EpisodePaused(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.episode.paused.v1"

    episode_id: UUID
    paused_on: date
    reason: PauseReason


class EpisodeResumed(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.episode.resumed.v1"

    episode_id: UUID
    resumed_on: date


class EpisodeHandedOver(KeptInTheTeam):
    """Another service has taken over what goes on after this team."""

    type: ClassVar[str] = "uk.pairs.episode.handed_over.v1"

    episode_id: UUID
    handed_over_on: date


class EpisodeDischarged(KeptInTheTeam):
    """Work with a family ended."""

    type: ClassVar[str] = "uk.pairs.episode.discharged.v1"

    episode_id: UUID
    ended_on: date
    ending: EpisodeEnding
    length_days: WaitDays
    attended_count: Count
    has_paired_measure: bool
    has_infant_voice: bool


class TaskRaised(KeptInTheTeam):
    """Someone of the team must answer something."""

    type: ClassVar[str] = "uk.pairs.task.raised.v1"

    task_id: UUID
    family_id: UUID
    kind: TaskKind


class TaskHandedOn(KeptInTheTeam):
    """Work ended while the task was open: a named colleague answers it now."""

    type: ClassVar[str] = "uk.pairs.task.handed_on.v1"

    task_id: UUID
    family_id: UUID
    kind: TaskKind


class TaskAnswered(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.task.answered.v1"

    task_id: UUID
    family_id: UUID
    kind: TaskKind


class PromiseMade(KeptInTheTeam):
    """A page promised that someone of the team will have done something by a moment of their working time."""

    type: ClassVar[str] = "uk.pairs.promise.made.v1"

    promise_id: UUID
    about_id: UUID
    """The referral, or the number that someone left."""
    kind: PromiseKind
    until_on: date
    """In Europe/London, as the next."""
    until_minute: Minutes
    """Since midnight by the clock."""


class PromiseHandedOn(KeptInTheTeam):
    """What it is about was closed while it was open: a named colleague answers it now."""

    type: ClassVar[str] = "uk.pairs.promise.handed_on.v1"

    promise_id: UUID
    about_id: UUID
    kind: PromiseKind


class PromiseKept(KeptInTheTeam):
    """What a page promised was done, in time or not."""

    type: ClassVar[str] = "uk.pairs.promise.kept.v1"

    promise_id: UUID
    about_id: UUID
    kind: PromiseKind
    is_late: bool
