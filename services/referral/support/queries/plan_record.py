"""The work with one family from assessment to discharge: everything that its page of the plan shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Select, Table, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.clinical_tables import (
    assessment,
    discharge,
    formulation,
    goal,
    goal_rating,
    hand_over,
    pause,
    plan,
    review,
    strand,
)
from services.referral.database.contact_tables import contact
from services.referral.database.training_tables import held_training
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.formulation import Formulation
from services.referral.support.domain.goal import Goal, GoalRating, goal_change
from services.referral.support.domain.intervention import Course, HeldTraining, is_trained
from services.referral.support.domain.plan import PreferenceMet, Strand
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.pathway_codes import Attendance, ChangeClass, EpisodeEnding, MissingMeasure, PauseReason
from shared.database.built_once import NOW, built_once
from shared.database.mapping import read_row
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

Line = TypeVar("Line")


@dataclass(frozen=True)
class AssessmentLine:
    assessment_id: UUID
    version: int
    details: AssessmentDetails
    by_name: str | None


@dataclass(frozen=True)
class FormulationLine:
    number: int
    written: Formulation
    by_name: str | None
    at: datetime
    """UTC."""


@dataclass(frozen=True)
class GoalLine:
    goal: Goal

    @property
    def change(self) -> ChangeClass | None:
        """From the first rating to the last; None before there are two."""
        return goal_change(self.goal.ratings)

    @property
    def points(self) -> int:
        """From the first rating to the last."""
        ratings = self.goal.ratings
        return ratings[-1].rating - ratings[0].rating if ratings else 0


@dataclass(frozen=True)
class PlanLine:
    number: int
    agreed_on: date
    agreed_with: str
    preference: PreferenceMet


@dataclass(frozen=True)
class StrandLine:
    strand: Strand
    practitioner_name: str | None
    sessions_held: int
    is_trained: bool
    """Its practitioner holds the training that it asks for today, as far as anybody says."""


@dataclass(frozen=True)
class HeldReview:
    held_on: date
    was_due_on: date | None
    infant_voice: str
    family_view: str
    decision: str
    next_review_on: date
    by_name: str | None


@dataclass(frozen=True)
class PauseLine:
    reason: PauseReason
    started_on: date
    ended_on: date | None
    note: str


@dataclass(frozen=True)
class HandOverLine:
    version: int
    planned_for: date
    service: str
    needs_to_know: str
    family_view: str
    completed_on: date | None


@dataclass(frozen=True)
class DischargeLine:
    ended_on: date
    ending: EpisodeEnding
    what_changed: str
    infant_voice: str
    onward: str
    quote: str
    without_measures: MissingMeasure | None
    family_was_tried: str
    others_were_told: str
    safeguarding_considered: str
    target_team: str
    by_name: str | None
    undone_on: date | None
    undone_reason: str | None


@dataclass(frozen=True)
class PlanRecord:
    """Of one episode."""

    assessment: AssessmentLine | None
    formulations: Sequence[FormulationLine]
    """The newest first."""
    goals: Sequence[GoalLine]
    """Open ones first."""
    plans: Sequence[PlanLine]
    """The newest first."""
    strands: Sequence[StrandLine]
    """Those that go on first."""
    reviews: Sequence[HeldReview]
    """The newest first."""
    pauses: Sequence[PauseLine]
    """The newest first."""
    hand_over: HandOverLine | None
    discharges: Sequence[DischargeLine]
    """The newest first; earlier ones were undone."""
    booked: Sequence[datetime]
    """Appointments to come, UTC."""

    @property
    def open_pause(self) -> PauseLine | None:
        return next((one for one in self.pauses if one.ended_on is None), None)

    def goal(self, goal_id: UUID) -> Goal | None:
        return next((line.goal for line in self.goals if line.goal.id == goal_id), None)

    def strand(self, strand_id: UUID) -> StrandLine | None:
        return next((line for line in self.strands if line.strand.id == strand_id), None)


async def plan_record(work: UnitOfWork, episode_id: UUID, now: datetime) -> PlanRecord:
    """One statement for each kind of entry, however many there are.

    Args:
        now: appointments after it (UTC) are still to come.
    """
    await check_episode(work, episode_id)

    async def rows(query: Select[Any]) -> Sequence[Any]:
        return (await work.session.execute(query, {_EPISODE.key: episode_id, NOW.key: now})).all()

    assessed = await rows(_one(assessment))
    planned = await rows(_one(hand_over))
    return PlanRecord(
        assessment=next((_line(AssessmentLine, row, assessment_id=row.id) for row in assessed), None),
        formulations=[
            _line(FormulationLine, row, at=row.recorded_at) for row in await rows(_newest(formulation, "number"))
        ],
        goals=[_goal(row) for row in await rows(_goals())],
        plans=[read_row(PlanLine, row) for row in await rows(_newest(plan, "number"))],
        strands=[_strand(row, work.today) for row in await rows(_strands())],
        reviews=[_line(HeldReview, row) for row in await rows(_newest(review, "recorded_at"))],
        pauses=[read_row(PauseLine, row) for row in await rows(_newest(pause, "started_on"))],
        hand_over=next((read_row(HandOverLine, row) for row in planned), None),
        discharges=[_line(DischargeLine, row) for row in await rows(_newest(discharge, "recorded_at"))],
        booked=[row.starts_at for row in await rows(_booked())],
    )


_EPISODE: BindParameter[UUID] = bindparam("plan_of", type_=Uuid())


@built_once
def _one(table: Table) -> Select[Any]:
    """That of which an episode has at most one."""
    return _by(table).where(table.c.episode_id == _EPISODE)


@built_once
def _newest(table: Table, order: str) -> Select[Any]:
    return _by(table).where(table.c.episode_id == _EPISODE).order_by(table.c[order].desc())


def _by(table: Table) -> Select[Any]:
    if "recorded_by" not in table.c:
        return select(table)
    return select(table, colleague.c.name).outerjoin(colleague, colleague.c.id == table.c.recorded_by)


@built_once
def _booked() -> Select[Any]:
    to_come = (contact.c.attendance.is_(None), contact.c.starts_at >= NOW)
    return select(contact.c.starts_at).where(contact.c.episode_id == _EPISODE, *to_come).order_by(contact.c.starts_at)


@built_once
def _goals() -> Select[Any]:
    facts = func.jsonb_build_array(goal_rating.c.rated_on, goal_rating.c.rating)
    ratings = select(func.jsonb_agg(aggregate_order_by(facts, goal_rating.c.number)))
    return (
        select(goal, ratings.where(goal_rating.c.goal_id == goal.c.id).scalar_subquery().label("ratings"))
        .where(goal.c.episode_id == _EPISODE)
        .order_by(goal.c.closed_on.desc().nulls_first(), goal.c.set_on, goal.c.id)
    )


@built_once
def _strands() -> Select[Any]:
    held = select(func.count()).where(contact.c.strand_id == strand.c.id, contact.c.attendance == Attendance.ATTENDED)
    fact = func.jsonb_build_array(held_training.c.course, held_training.c.held_from, held_training.c.until_on)
    own = held_training.c.colleague_id == strand.c.practitioner_id
    trainings = select(func.jsonb_agg(fact)).where(own).scalar_subquery()
    return (
        select(strand, colleague.c.name, held.scalar_subquery().label("held"), trainings.label("trainings"))
        .outerjoin(colleague, colleague.c.id == strand.c.practitioner_id)
        .where(strand.c.episode_id == _EPISODE)
        .order_by(strand.c.ended_on.desc().nulls_first(), strand.c.plan_number, strand.c.id)
    )


def _strand(row: Any, today: date) -> StrandLine:
    one = read_row(Strand, row)
    held = [
        HeldTraining(Course(course), date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for course, since, until in row.trainings or ()
    ]
    return StrandLine(one, row.name, row.held, is_trained(INTERVENTIONS[one.details.intervention], held, today))


def _goal(row: Any) -> GoalLine:
    ratings = [GoalRating(date.fromisoformat(on), rating) for on, rating in row.ratings or ()]
    return GoalLine(read_row(Goal, row, ratings=ratings))


def _line(kind: type[Line], row: Any, **given: Any) -> Line:
    return read_row(kind, row, by_name=row.name, **given)
