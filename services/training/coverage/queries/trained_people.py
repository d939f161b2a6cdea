"""Who holds a course, who lapses next, and who does not hold it? Those who lapse soonest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    select,
    true,
)

from services.training.certificates.domain.refresh import Held
from services.training.database.course_tables import booking, cohort, completion
from services.training.database.standing_tables import standing
from services.training.database.workforce_tables import leave, organisation, person, post
from services.training.places.domain.booking import BookingState
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY, built_once
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
    place = _place(chosen.profession, organisation_id)
    return Found(partial(_cut, chosen.state, is_narrowed=bool(place)), _line, _known(work, chosen.course, place))


async def trained_counts(
    work: UnitOfWork, chosen: TrainedFilter, organisation_id: UUID | None = None
) -> dict[Code | None, int]:
    """How many each state has, by one statement."""
    place = _place(chosen.profession, organisation_id)
    row = (await work.session.execute(_counts(is_narrowed=bool(place)), _known(work, chosen.course, place))).one()
    return {None: row.all, **{state: getattr(row, state.value) for state in TrainedState}}


_COURSE: BindParameter[str] = bindparam("course", type_=Text())
_PLACE: BindParameter[str] = bindparam("place", type_=Text())
"""What one of their places has in it, as `standing` writes it."""
_NO_END: ColumnElement[date] = literal_column("CAST('infinity' AS date)", Date())


def _place(profession: Profession | None, organisation_id: UUID | None) -> str:
    """Nothing: anywhere."""
    if profession or organisation_id:
        return f"{organisation_id or ''}:{f'{profession} ' if profession else ''}"
    return ""


def _known(work: UnitOfWork, course: TrainingCourse, place: str) -> dict[str, Any]:
    return {TODAY.key: work.today, _COURSE.key: course.value, _PLACE.key: place}


@built_once
def _counts(*, is_narrowed: bool) -> Select[*tuple[Any, ...]]:
    newest = _newest()
    at_work = select(newest.c.until_on).select_from(standing).where(*_at_work(is_narrowed=is_narrowed))
    every = at_work.outerjoin(newest, newest.c.person_id == standing.c.person_id).subquery("every")
    counted = [func.count().filter(_is(state, every)).label(state.value) for state in TrainedState]
    return select(func.count().label("all"), *counted).select_from(every)


@built_once
def _cut(state: TrainedState | None, cut: Cut | None, *, is_narrowed: bool) -> Select[Any]:
    lines = cut_page(_found(state, is_narrowed=is_narrowed), _order, cut)
    held = (
        select(completion.c.held_from, completion.c.until_on.label("held_until"))
        .where(completion.c.person_id == lines.c.id, *_of_the_course())
        .order_by(completion.c.until_on.desc().nulls_first(), completion.c.held_from.desc())
        .limit(1)
        .lateral("held")
    )
    away = select(leave.c.until_on).where(leave.c.person_id == lines.c.id, holds_on(leave, TODAY)).limit(1)
    return (
        select(
            lines,
            held,
            _works(lines.c.id).label("works"),
            _booked_on(lines.c.id).label("booked_on"),
            away.scalar_subquery().label("back_on"),
            exists(away).label("is_away"),
        )
        .outerjoin(held, true())
        .order_by(*_order(lines))
    )


def _order(one: FromClause) -> list[ColumnElement[Any]]:
    return [one.c.until_on.nulls_last(), func.lower(one.c.family_name), func.lower(one.c.given_name), one.c.id]


def _found(state: TrainedState | None, *, is_narrowed: bool) -> CTE:
    names = person.c.id, person.c.given_name, person.c.family_name
    joined = person.join(standing, standing.c.person_id == person.c.id)
    at_work = _at_work(is_narrowed=is_narrowed)
    if state is TrainedState.NEVER:  # without a join, of which PostgreSQL would think that it leaves few
        ever = exists().where(completion.c.person_id == person.c.id, *_of_the_course())
        return (
            select(*names, null().cast(Date).label("until_on")).select_from(joined).where(*at_work, ~ever).cte("found")
        )
    newest = _newest()
    held = joined.outerjoin(newest, newest.c.person_id == person.c.id)
    query = select(*names, newest.c.until_on).select_from(held).where(*at_work)
    return (query.where(_is(state, newest)) if state else query).cte("found")


def _at_work(*, is_narrowed: bool) -> Sequence[ColumnElement[bool]]:
    today = standing.c.from_on <= TODAY, standing.c.until_on > TODAY
    return (*today, func.strpos(standing.c.places + " ", _PLACE) > 0) if is_narrowed else today


def _of_the_course() -> Sequence[ColumnElement[bool]]:
    return completion.c.course == _COURSE, completion.c.withdrawn_at.is_(None)


def _newest() -> CTE:
    """Until when each person holds the course, at the longest."""
    longest = func.max(func.coalesce(completion.c.until_on, _NO_END)).label("until_on")
    return (
        select(completion.c.person_id, longest).where(*_of_the_course()).group_by(completion.c.person_id).cte("newest")
    )


def _is(state: TrainedState, held: FromClause) -> ColumnElement[bool]:
    until_on = held.c.until_on
    return {
        TrainedState.LAPSES: and_(until_on > TODAY, until_on <= TODAY + SOON_DAYS),
        TrainedState.IN_DATE: until_on > TODAY,
        TrainedState.LAPSED: until_on <= TODAY,
        TrainedState.NEVER: until_on.is_(None),
    }[state]


def _works(person_id: ColumnElement[UUID]) -> Any:
    labels = case({one.value: one.label for one in Profession}, value=post.c.profession)
    said = labels + ", " + organisation.c.name
    return (
        select(func.string_agg(said, "; "))
        .join_from(post, organisation, organisation.c.id == post.c.organisation_id)
        .where(post.c.person_id == person_id, holds_on(post, TODAY))
        .scalar_subquery()
    )


def _booked_on(person_id: ColumnElement[UUID]) -> Any:
    return (
        select(func.min(cohort.c.starts_on))
        .join_from(booking, cohort, cohort.c.id == booking.c.cohort_id)
        .where(booking.c.person_id == person_id, booking.c.state == BookingState.BOOKED)
        .where(cohort.c.course == _COURSE, cohort.c.starts_on >= TODAY)
        .scalar_subquery()
    )


def _line(row: Any) -> TrainedLine:
    held = Held(row.held_from, row.held_until) if row.held_from else None
    name = f"{row.given_name} {row.family_name}"
    return TrainedLine(row.id, name, row.works or "", held, row.booked_on, row.back_on, row.is_away)
