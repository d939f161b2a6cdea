"""Events of the work with a family, each with what the region may know of it. Source: reference 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Correcting, Event, KeptInTheTeam, Month, RegionCorrection, RegionEvent
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import PauseReason, StrandEnding, TaskKind
from shared.contracts.referral import WaitDays
from shared.contracts.region import month_of
from shared.contracts.regional_codes import GoalMove, goal_move
from shared.contracts.vocabulary import Level

Count = Annotated[int, Field(ge=0, le=10_000)]
Rating = Annotated[int, Field(ge=0, le=10)]
RatingChange = Annotated[int, Field(ge=-10, le=10)]


class RegionalAssessmentCompleted(RegionEvent):
    """One family was assessed in the month. Private enough: two answers, yes or no, and nothing of what was found."""

    type: ClassVar[str] = "uk.pairs.regional.assessment_completed.v1"

    month: Month
    had_baseline: bool
    has_infant_voice: bool


class RegionalAssessmentCompletedCorrected(RegionCorrection):
    """One assessment was another than was told. Private enough: it says no more than what was told, twice."""

    type: ClassVar[str] = "uk.pairs.regional.assessment_completed_corrected.v1"

    was: RegionalAssessmentCompleted
    instead: RegionalAssessmentCompleted | None


class AssessmentCompleted(Event):
    """Stored for the first time, or as it is after a change."""

    type: ClassVar[str] = "uk.pairs.assessment.completed.v1"
    corrects: ClassVar[Correcting] = RegionalAssessmentCompletedCorrected

    episode_id: UUID
    completed_on: date
    had_baseline: bool
    has_infant_voice: bool

    def for_region(self) -> RegionalAssessmentCompleted:
        return RegionalAssessmentCompleted(
            month=month_of(self.completed_on), had_baseline=self.had_baseline, has_infant_voice=self.has_infant_voice
        )


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


class RegionalGoalMoved(RegionEvent):
    """One goal was rated in the month, for the second time or more. Private enough: a class, not where it stands."""

    type: ClassVar[str] = "uk.pairs.regional.goal_moved.v1"

    month: Month
    move: GoalMove


class RegionalGoalMovedCorrected(RegionCorrection):
    """The goal was rated once more: what was told is not its last. Private enough: it says what was told, twice."""

    type: ClassVar[str] = "uk.pairs.regional.goal_moved_corrected.v1"

    was: RegionalGoalMoved
    instead: RegionalGoalMoved | None


class GoalRated(Event):
    type: ClassVar[str] = "uk.pairs.goal.rated.v1"
    corrects: ClassVar[Correcting] = RegionalGoalMovedCorrected

    goal_id: UUID
    episode_id: UUID
    rating: Rating
    change: RatingChange | None
    """Since the first rating; None when this is the first."""
    rated_on: date | None = None

    def for_region(self) -> RegionalGoalMoved | None:
        if self.change is None or self.rated_on is None:
            return None
        return RegionalGoalMoved(month=month_of(self.rated_on), move=goal_move(self.change))


class PlanAgreed(Event):
    type: ClassVar[str] = "uk.pairs.plan.agreed.v1"

    episode_id: UUID
    agreed_on: date
    strand_count: Count
    is_preference_met: bool | None
    """None when the family stated none."""

    def for_region(self) -> "RegionalPlanAgreed | None":
        if self.is_preference_met is None:
            return None
        return RegionalPlanAgreed(month=month_of(self.agreed_on), is_preference_met=self.is_preference_met)


class RegionalPlanAgreed(RegionEvent):
    """One plan was agreed with a family who said what they prefer. Private enough: not what it was, and a month."""

    type: ClassVar[str] = "uk.pairs.regional.plan_agreed.v1"

    month: Month
    is_preference_met: bool


class InterventionStarted(Event):
    type: ClassVar[str] = "uk.pairs.intervention.started.v1"

    strand_id: UUID
    episode_id: UUID
    intervention: Intervention
    started_on: date
    is_practitioner_trained: bool

    def for_region(self) -> "RegionalInterventionStarted":
        return RegionalInterventionStarted(
            month=month_of(self.started_on),
            intervention=self.intervention,
            is_practitioner_trained=self.is_practitioner_trained,
        )


class RegionalInterventionStarted(RegionEvent):
    """One intervention began. Private enough: what the team gives, in a month, and not to whom or by whom."""

    type: ClassVar[str] = "uk.pairs.regional.intervention_started.v1"

    month: Month
    intervention: Intervention
    is_practitioner_trained: bool


class InterventionCompleted(Event):
    type: ClassVar[str] = "uk.pairs.intervention.completed.v1"

    strand_id: UUID
    episode_id: UUID
    intervention: Intervention
    ending: StrandEnding
    session_count: Count
    planned_session_count: Count
    started_on: date | None = None
    """None: no session of it took place."""
    ended_on: date | None = None

    def for_region(self) -> "RegionalInterventionEnded | None":
        if self.started_on is None or self.ended_on is None:
            return None
        return RegionalInterventionEnded(
            month=month_of(self.ended_on),
            started=month_of(self.started_on),
            intervention=self.intervention,
            is_completed=100 * self.session_count >= PLANNED_DOSE * self.planned_session_count,
        )


PLANNED_DOSE = 70
"""Per cent of the planned sessions that make an intervention complete. Source: reference 7.1, indicator 32."""


class RegionalInterventionEnded(RegionEvent):
    """One intervention that had begun ended. Private enough: two months, and whether enough of it took place."""

    type: ClassVar[str] = "uk.pairs.regional.intervention_ended.v1"

    month: Month
    started: Month
    intervention: Intervention
    is_completed: bool
    """At least 70% of the planned sessions took place."""


class ReviewCompleted(Event):
    type: ClassVar[str] = "uk.pairs.review.completed.v1"

    episode_id: UUID
    held_on: date
    days_over: WaitDays
    """Beyond the date that had been set; 0 when in time."""
    level: Level
    has_infant_voice: bool

    def for_region(self) -> "RegionalReviewCompleted":
        return RegionalReviewCompleted(
            month=month_of(self.held_on), is_in_time=self.days_over == 0, has_infant_voice=self.has_infant_voice
        )


class RegionalReviewCompleted(RegionEvent):
    """One review was held. Private enough: two answers, yes or no, and nothing of what was said."""

    type: ClassVar[str] = "uk.pairs.regional.review_completed.v1"

    month: Month
    is_in_time: bool
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
