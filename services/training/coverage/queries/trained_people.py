"""Who holds a course, who lapses next, and who does not hold it? Those who lapse soonest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.training.certificates.domain.refresh import Held
from services.training.database.course_tables import booking, cohort, completion
from services.training.database.workforce_tables import leave, organisation, person, post
from services.training.places.domain.booking import BookingState
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.unit_of_work import UnitOfWork

SOON_DAYS = 90
"""Whoever lapses within so many days is written to, and can still book in time."""


class TrainedState(Code):
    LAPSES = "lapses", "Lapses soon"
    IN_DATE = "in_date", "In date"
    LAPSED = "lapsed", "Lapsed"
    NEVER = "never", "Not trained"


@dataclass(frozen=True)
class TrainedFilter:
    state: TrainedState | None = TrainedState.LAPSES
    course: TrainingCourse = TrainingCourse.IMH_PIR
    profession: Profession | None = None


@dataclass(frozen=True)
class TrainedLine:
    person_id: UUID
    name: str
    works: str
    held: Held | None
    """None: they never held it, or it was withdrawn."""
    booked_on: date | None
    """The first day of the course that they have a place in."""
    back_on: date | None
    is_away: bool


def trained_people(
    work: UnitOfWork, chosen: TrainedFilter, organisation_id: UUID | None = None
) -> Listing[TrainedLine]:
    """Of those at work today: in all organisations, or in one."""

    def query(cut: Cut | None) -> Select[Any]:
        found = _found(work.today, chosen, organisation_id)
        lines = cut_page(
            found,
            lambda one: [
                one.c.until_on.nulls_last(),
                func.lower(one.c.family_name),
                func.lower(one.c.given_name),
                one.c.id,
            ],
            cut,
        )
        away = select(leave.c.until_on).where(leave.c.person_id == lines.c.id, holds_on(leave, work.today)).limit(1)
        return select(
            lines,
            _works(lines.c.id, work.today).label("works"),
            _booked_on(lines.c.id, chosen.course, work.today).label("booked_on"),
            away.scalar_subquery().label("back_on"),
            exists(away).label("is_away"),
        ).order_by(
            lines.c.until_on.nulls_last(), func.lower(lines.c.family_name), func.lower(lines.c.given_name), lines.c.id
        )

    return Found(query, _line)


async def trained_counts(
    work: UnitOfWork, chosen: TrainedFilter, organisation_id: UUID | None = None
) -> dict[Code | None, int]:
    """How many each state has, by one statement."""
    every = _found(work.today, TrainedFilter(None, chosen.course, chosen.profession), organisation_id)
    counted = [func.count().filter(_is(state, every, work.today)).label(state.value) for state in TrainedState]
    row = (await work.session.execute(select(func.count().label("all"), *counted).select_from(every))).one()
    return {None: row.all, **{state: getattr(row, state.value) for state in TrainedState}}


def _found(today: date, chosen: TrainedFilter, organisation_id: UUID | None) -> CTE:
    its = [post.c.person_id == person.c.id, holds_on(post, today)]
    if organisation_id:
        its.append(post.c.organisation_id == organisation_id)
    if chosen.profession:
        its.append(post.c.profession == chosen.profession)
    newest = _newest(chosen.course)
    query = (
        select(person.c.id, person.c.given_name, person.c.family_name, newest.c.held_from, newest.c.until_on)
        .outerjoin(newest, newest.c.person_id == person.c.id)
        .where(person.c.merged_into.is_(None), person.c.erased_on.is_(None), exists(select(post.c.id).where(*its)))
    )
    return (query.where(_is(chosen.state, newest, today)) if chosen.state else query).cte("found")


def _newest(course: TrainingCourse) -> CTE:
    """Of each person, what counts longest."""
    return (
        select(completion.c.person_id, completion.c.held_from, completion.c.until_on)
        .ext(distinct_on(completion.c.person_id))
        .where(completion.c.course == course, completion.c.withdrawn_at.is_(None))
        .order_by(completion.c.person_id, completion.c.until_on.desc().nulls_first(), completion.c.held_from.desc())
        .cte("newest")
    )


def _is(state: TrainedState, held: CTE, today: date) -> ColumnElement[bool]:
    in_date = and_(held.c.held_from.is_not(None), or_(held.c.until_on.is_(None), held.c.until_on > today))
    return {
        TrainedState.LAPSES: and_(in_date, held.c.until_on <= today + timedelta(SOON_DAYS)),
        TrainedState.IN_DATE: in_date,
        TrainedState.LAPSED: held.c.until_on <= today,
        TrainedState.NEVER: held.c.held_from.is_(None),
    }[state]


def _works(person_id: ColumnElement[UUID], today: date) -> Any:
    labels = case({one.value: one.label for one in Profession}, value=post.c.profession)
    said = labels + ", " + organisation.c.name
    return (
        select(func.string_agg(said, "; "))
        .join_from(post, organisation, organisation.c.id == post.c.organisation_id)
        .where(post.c.person_id == person_id, holds_on(post, today))
        .scalar_subquery()
    )


def _booked_on(person_id: ColumnElement[UUID], course: TrainingCourse, today: date) -> Any:
    return (
        select(func.min(cohort.c.starts_on))
        .join_from(booking, cohort, cohort.c.id == booking.c.cohort_id)
        .where(booking.c.person_id == person_id, booking.c.state == BookingState.BOOKED)
        .where(cohort.c.course == course, cohort.c.starts_on >= today)
        .scalar_subquery()
    )


def _line(row: Any) -> TrainedLine:
    held = Held(row.held_from, row.until_on) if row.held_from else None
    name = f"{row.given_name} {row.family_name}"
    return TrainedLine(row.id, name, row.works or "", held, row.booked_on, row.back_on, row.is_away)
