"""What is known of a family's measures: scores that stand, reasons why there are none, links, and rated goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import goal, goal_rating
from services.referral.database.contact_tables import contact
from services.referral.database.measure_tables import measure_administration, measure_request, measure_skip
from services.referral.database.tables import episode
from services.referral.measures.database.measures import is_current, measure_not_found, score_of, taken_of
from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure_pair import Taken
from services.referral.measures.domain.measure_request import MeasureRequest
from services.referral.measures.domain.scoring import Score
from services.referral.staff.database.record_access import check_episode, check_family
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure
from shared.database.mapping import read_row
from shared.kernel.actor import PUBLIC_FORM
from shared.kernel.errors import NotFound
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AdministrationLine:
    """One time that a measure was answered."""

    taken: Taken
    score: Score
    episode_id: UUID
    timepoint: MeasureTimepoint
    answers: dict[str, Any]
    """By item, as they were given."""
    note: str
    contact_id: UUID | None
    recorded_by_name: str
    recorded_at: datetime
    supersedes: UUID | None
    correction_reason: str
    withdrawn: bool

    @property
    def id(self) -> UUID:
        return self.taken.id

    @property
    def code(self) -> str:
        return self.taken.series.code

    @property
    def subject(self) -> Subject:
        return Subject(self.taken.series.person_id, self.taken.series.baby_id)


@dataclass(frozen=True)
class SkipLine:
    """One reason why a measure was not completed."""

    code: str
    person_id: UUID
    baby_id: UUID | None
    timepoint: MeasureTimepoint
    reason: MissingMeasure
    on: date
    recorded_by_name: str


@dataclass(frozen=True)
class RatedGoal:
    """One goal in the family's own words, with its ratings by day."""

    goal_id: UUID
    episode_id: UUID
    words: str
    ratings: Sequence[tuple[date, int, str]]
    """Day, rating, and who entered it."""


@dataclass(frozen=True)
class FamilyMeasures:
    administrations: Sequence[AdministrationLine]
    """Those that stand, the oldest first."""
    skips: Sequence[SkipLine]
    """The newest first."""
    requests: Sequence[MeasureRequest]
    """The newest first."""
    goals: Sequence[RatedGoal]


async def family_measures(work: UnitOfWork, family_id: UUID) -> FamilyMeasures:
    """Four statements, however much there is."""
    await check_family(work, family_id)
    of = {_FAMILY.key: family_id}
    rows = await work.session.execute(_STANDING, of)
    skips = await work.session.execute(_SKIPS, of)
    requests = await work.session.execute(_REQUESTS, of)
    return FamilyMeasures(
        administrations=[_line(row) for row in rows],
        skips=[read_row(SkipLine, row, on=row.skipped_on, recorded_by_name=_name(row)) for row in skips],
        requests=[read_row(MeasureRequest, row) for row in requests],
        goals=await _goals(work.session, family_id),
    )


async def scored_measures(work: UnitOfWork, family_id: UUID) -> list[AdministrationLine]:
    """Those that stand and have a score, the oldest first; one statement."""
    await check_family(work, family_id)
    return [_line(row) for row in await work.session.execute(_SCORED, {_FAMILY.key: family_id})]


async def measure_history(work: UnitOfWork, family_id: UUID, administration_id: UUID) -> list[AdministrationLine]:
    """The chain of corrections that an administration is in, the newest first; more than one when it was corrected.

    Raises:
        NotFound: this family has no such measure.
    """
    await check_family(work, family_id)
    given = measure_administration
    first = select(given.c.first_id).where(given.c.id == administration_id).scalar_subquery()
    rows = await work.session.execute(
        _administrations()
        .where(given.c.first_id == first, given.c.family_id == family_id)
        .order_by(given.c.recorded_at.desc(), given.c.id.desc())
    )
    lines = [_line(row) for row in rows]
    if not lines:
        raise measure_not_found()
    return lines


async def day_of_contact(work: UnitOfWork, family_id: UUID, contact_id: UUID) -> date:
    """Raises NotFound when the family has no such session."""
    await check_family(work, family_id)
    held_on = await work.session.scalar(
        select(contact.c.held_on).where(contact.c.id == contact_id, contact.c.family_id == family_id)
    )
    if held_on is None:
        raise NotFound("contact_not_found", "This family has no such session. Look for it among its sessions.")
    return held_on


async def measures_begun(work: UnitOfWork, episode_id: UUID) -> set[str]:
    """The codes of the measures that were answered in an episode."""
    await check_episode(work, episode_id)
    given = measure_administration
    return set(
        await work.session.scalars(
            select(given.c.code).where(given.c.episode_id == episode_id, is_current()).distinct()
        )
    )


def _administrations() -> Any:
    return select(measure_administration, colleague.c.name.label("recorded_by_name")).outerjoin(
        colleague, colleague.c.id == measure_administration.c.recorded_by
    )


async def _goals(session: AsyncSession, family_id: UUID) -> list[RatedGoal]:
    rows = await session.execute(_GOALS, {_FAMILY.key: family_id})
    found: dict[UUID, RatedGoal] = {}
    for row in rows:
        before = found.get(row.id)
        rating = (row.rated_on, row.rating, _name(row))
        ratings = (*(before.ratings if before else ()), rating)
        found[row.id] = RatedGoal(row.id, row.episode_id, row.words, ratings)
    return list(found.values())


def _line(row: Any) -> AdministrationLine:
    return read_row(
        AdministrationLine,
        row,
        taken=taken_of(row),
        score=score_of(row),
        recorded_by_name="The parent or carer, by a link" if row.recorded_by == PUBLIC_FORM else _name(row),
        correction_reason=row.correction_reason or "",
    )


def _name(row: Any) -> str:
    return row.recorded_by_name or "A colleague"


_FAMILY = bindparam("measured_family", type_=Uuid())
_STANDING = (
    _administrations()
    .where(measure_administration.c.family_id == _FAMILY, is_current())
    .order_by(measure_administration.c.answered_on, measure_administration.c.id)
)
_SCORED = _STANDING.where(measure_administration.c.scored)
_SKIPS = (
    select(measure_skip, colleague.c.name.label("recorded_by_name"))
    .outerjoin(colleague, colleague.c.id == measure_skip.c.recorded_by)
    .where(measure_skip.c.family_id == _FAMILY)
    .order_by(measure_skip.c.skipped_on.desc(), measure_skip.c.id.desc())
)
_REQUESTS = (
    select(measure_request)
    .where(measure_request.c.family_id == _FAMILY)
    .order_by(measure_request.c.requested_at.desc())
)
_GOALS = (
    select(goal, goal_rating.c.rated_on, goal_rating.c.rating, colleague.c.name.label("recorded_by_name"))
    .join(episode, episode.c.id == goal.c.episode_id)
    .join(goal_rating, goal_rating.c.goal_id == goal.c.id)
    .outerjoin(colleague, colleague.c.id == goal_rating.c.recorded_by)
    .where(episode.c.family_id == _FAMILY)
    .order_by(goal.c.set_on, goal.c.id, goal_rating.c.number)
)
