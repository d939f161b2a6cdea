"""How many of each organisation and profession are trained and in date? One statement, whoever works in two places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from services.training.coverage.domain.coverage import Coverage
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import headcount, leave, organisation, person, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OrganisationCoverage:
    """One row of the table."""

    organisation_id: UUID
    name: str
    whole: Coverage
    """Of all professions whose headcount is known."""
    by_profession: Mapping[Profession, Coverage]


@dataclass(frozen=True)
class CoverageTable:
    whole: Coverage
    rows: Sequence[OrganisationCoverage]
    by_profession: Mapping[Profession, Coverage]
    """Those that anybody has, in the order of the list."""
    counted: tuple[date, date] | None
    """The oldest and the newest day of the headcounts; None: there are none, or they are not what is compared with."""
    entered_at: datetime | None
    """When the last of them was entered: since then the table is as it is."""


Key = tuple[UUID | None, Profession | None]
"""Organisation and profession; None: all of them."""


async def coverage_table(
    work: UnitOfWork, course: TrainingCourse, day: date, *, without_leave: bool = False
) -> CoverageTable:
    """Somebody with two jobs counts once in each, and once in each sum.

    Args:
        without_leave: of the register, without those on long leave, on either side; otherwise against the headcount.
    """
    rows = (await work.session.execute(_cells(course, day, without_leave=without_leave))).all()
    names = {row.organisation_id: row.name for row in rows if row.name}
    found = {_key(row): _coverage(row, without_leave=without_leave) for row in rows}
    cells = {key: one for key, one in found.items() if None not in key}
    if not without_leave:
        found |= {key: _sum(key, one, cells) for key, one in found.items() if None in key}
    professions = [one for one in Profession if (None, one) in found]
    lines = [_line(who, name, found, professions) for who, name in names.items()]
    days = [row.as_of for row in rows if row.as_of and not without_leave]
    return CoverageTable(
        found.get((None, None), Coverage(0, None, None)),
        sorted(lines, key=lambda line: line.name.casefold()),
        {one: found[None, one] for one in professions},
        (min(days), max(days)) if days else None,
        max((row.entered_at for row in rows if row.entered_at and not without_leave), default=None),
    )


def _key(row: Any) -> Key:
    return row.organisation_id, Profession(row.profession) if row.profession else None


def _coverage(row: Any, *, without_leave: bool) -> Coverage:
    if without_leave:
        return Coverage(row.in_date, row.people, None)
    return Coverage(row.in_date, row.headcount if row.organisation_id and row.profession else None, row.as_of)


def _sum(key: Key, counted: Coverage, cells: Mapping[Key, Coverage]) -> Coverage:
    """People are counted once by the database; headcounts are added up. What has none is on neither side.

    Where none is known, it is how many hold it in all.
    """
    its = [one for at, one in cells.items() if all(own in (None, of) for own, of in zip(key, at, strict=True))]
    known = [one.of for one in its if one.of is not None]
    return (
        Coverage(counted.in_date, sum(known), None) if known else Coverage(sum(one.in_date for one in its), None, None)
    )


def _line(
    who: UUID, name: str, found: Mapping[Key, Coverage], professions: Sequence[Profession]
) -> OrganisationCoverage:
    by_profession = {one: found[who, one] for one in professions if (who, one) in found}
    return OrganisationCoverage(who, name, found[who, None], by_profession)


def _cells(course: TrainingCourse, day: date, *, without_leave: bool) -> Select[Any]:
    """Each organisation and profession, and the sums of both: people once each."""
    at_work, counts = _at_work(course, day), _headcounts(day)
    place = and_(counts.c.organisation_id == at_work.c.organisation_id, counts.c.profession == at_work.c.profession)
    joined = at_work.outerjoin(counts, place) if without_leave else at_work.outerjoin(counts, place, full=True)
    where_ = func.coalesce(at_work.c.organisation_id, counts.c.organisation_id)
    what = func.coalesce(at_work.c.profession, counts.c.profession)
    base = (
        select(
            where_.label("organisation_id"),
            what.label("profession"),
            at_work.c.person_id,
            at_work.c.is_in_date,
            counts.c.people.label("headcount"),
            counts.c.as_of,
            counts.c.entered_at,
        )
        .select_from(joined)
        .where(~at_work.c.is_away if without_leave else literal(value=True))
        .cte("base")
    )
    counted = base.c.is_in_date if without_leave else and_(base.c.is_in_date, base.c.headcount.is_not(None))
    cells = select(
        base.c.organisation_id,
        base.c.profession,
        func.count().filter(base.c.is_in_date).label("in_date"),
        func.count(base.c.person_id).label("people"),
        func.max(base.c.headcount).label("headcount"),
        func.max(base.c.as_of).label("as_of"),
        func.max(base.c.entered_at).label("entered_at"),
    ).group_by(base.c.organisation_id, base.c.profession)
    keys = ((base.c.organisation_id,), (base.c.profession,), ())
    sums = union_all(cells, *(_sum_over(base, counted, *key) for key in keys)).subquery()
    return select(sums, organisation.c.name).outerjoin(organisation, organisation.c.id == sums.c.organisation_id)


def _sum_over(base: CTE, counted: ColumnElement[bool], *keys: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """People of a sum, each once: first to one row a person, which a hash does, and sorting would do slowly."""
    each = (
        select(*keys, base.c.person_id, func.bool_or(counted).label("is_in_date"))
        .group_by(*keys, base.c.person_id)
        .subquery()
    )
    own = {column.name: each.c[column.name] for column in keys}
    return select(
        own.get("organisation_id", null().cast(Uuid)).label("organisation_id"),
        own.get("profession", null().cast(Text)).label("profession"),
        func.count().filter(each.c.is_in_date),
        func.count(each.c.person_id),
        null().cast(Integer),
        null().cast(Date),
        null().cast(DateTime(timezone=True)),
    ).group_by(*own.values())


def in_date_on(course: TrainingCourse, day: date) -> CTE:
    """Who holds the course on the day."""
    holds = and_(
        completion.c.course == course,
        completion.c.withdrawn_at.is_(None),
        completion.c.held_from <= day,
        or_(completion.c.until_on.is_(None), completion.c.until_on > day),
    )
    return select(completion.c.person_id).where(holds).distinct().cte("in_date")


def _at_work(course: TrainingCourse, day: date) -> CTE:
    held = in_date_on(course, day)
    away = select(leave.c.person_id).where(holds_on(leave, day)).distinct().cte("away")
    return (
        select(
            post.c.organisation_id,
            post.c.profession,
            post.c.person_id,
            held.c.person_id.is_not(None).label("is_in_date"),
            away.c.person_id.is_not(None).label("is_away"),
        )
        .join(person, person.c.id == post.c.person_id)
        .outerjoin(held, held.c.person_id == post.c.person_id)
        .outerjoin(away, away.c.person_id == post.c.person_id)
        .where(holds_on(post, day), person.c.erased_on.is_(None))
        .distinct()
        .cte("at_work")
    )


def _headcounts(day: date) -> CTE:
    """The newest on or before the day; of one day the last that was entered."""
    place = headcount.c.organisation_id, headcount.c.profession
    newest = headcount.c.as_of.desc(), headcount.c.entered_at.desc(), headcount.c.id.desc()
    return (
        select(headcount)
        .ext(distinct_on(*place))
        .where(headcount.c.as_of <= day)
        .order_by(*place, *newest)
        .cte("counts")
    )
