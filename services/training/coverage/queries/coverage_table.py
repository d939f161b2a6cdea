"""How many of each organisation and profession are trained and in date?

The database counts, by place, those who work in one place, which are nearly all; whoever works in several is counted
here, once in each place and once in each sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, CompoundSelect, Integer, Select, and_, exists, func, literal, null, or_, select, union_all
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
    shares: Mapping[TrainingCourse, int]
    """How many hold each course, of those whom the headcounts know."""


Key = tuple[UUID | None, Profession | None]
"""Organisation and profession; None: all of them."""


_Placed = tuple[Key, Any]
"""A place, and what the database says of it."""


@dataclass
class _Count:
    people: int = 0
    in_date: int = 0
    counted: int = 0
    """In date, and where a headcount is known."""


@dataclass
class _Tally:
    """People by key, each once."""

    headcounts: Mapping[Key, Any]
    of: dict[Key, _Count] = field(default_factory=dict[Key, _Count])

    def add(self, places: Iterable[Key], people: int, in_date: int) -> None:
        """Somebody, or several people who are alike."""
        for key in {key for place in places for key in _keys(place)}:
            count = self.of.setdefault(key, _Count())
            count.people += people
            count.in_date += in_date
        for key in {key for place in places if place in self.headcounts for key in _keys(place)}:
            self.of[key].counted += in_date


async def coverage_table(
    work: UnitOfWork,
    course: TrainingCourse,
    day: date,
    *,
    without_leave: bool = False,
    shares_of: Sequence[TrainingCourse] = (),
) -> CoverageTable:
    """Somebody with two jobs counts once in each, and once in each sum.

    Args:
        without_leave: of the register, without those on long leave, on either side; otherwise against the headcount.
        shares_of: courses of which it says too how many hold them.
    """
    courses = tuple(dict.fromkeys((course, *shares_of)))
    people = await work.session.execute(_people(courses, day, without_leave=without_leave))
    rows = [(_place(row), row) for row in people]
    counts = {_place(row): row for row in await work.session.execute(_headcounts(day))}
    known = {} if without_leave else counts
    found = _coverages(_tally(rows, course, counts), known, without_leave=without_leave)
    names = {row.id: row.name for row in await work.session.execute(select(organisation.c.id, organisation.c.name))}
    professions = [one for one in Profession if (None, one) in found]
    lines = [_line(who, names[who], found, professions) for who, profession in found if who and not profession]
    days = [row.as_of for row in known.values()]
    return CoverageTable(
        found.get((None, None), Coverage(0, None, None)),
        sorted(lines, key=lambda line: line.name.casefold()),
        {one: found[None, one] for one in professions},
        (min(days), max(days)) if days else None,
        max((row.entered_at for row in known.values()), default=None),
        _shares(rows, shares_of, counts),
    )


def _place(row: Any) -> Key:
    return row.organisation_id, Profession(row.profession)


def _keys(place: Key) -> Sequence[Key]:
    organisation_id, profession = place
    return place, (organisation_id, None), (None, profession), (None, None)


def _shares(
    rows: Sequence[_Placed], courses: Sequence[TrainingCourse], counts: Mapping[Key, Any]
) -> dict[TrainingCourse, int]:
    counted = [row for place, row in rows if place in counts]
    alone = [row for row in counted if row.person_id is None]
    several = {row.person_id: row for row in counted if row.person_id}.values()
    holds = {one: attrgetter(_name(one)) for one in courses}
    return {one: sum(map(held, (*alone, *several))) for one, held in holds.items()}


def _name(course: TrainingCourse) -> str:
    return f"holds_{course.value}"


def _tally(rows: Sequence[_Placed], course: TrainingCourse, counts: Mapping[Key, Any]) -> _Tally:
    held = attrgetter(_name(course))
    tally = _Tally(counts)
    several: dict[UUID, list[Key]] = {}
    in_date: dict[UUID, int] = {}
    for place, row in rows:
        if row.person_id is None:
            tally.add([place], row.people, held(row))
        else:
            several.setdefault(row.person_id, []).append(place)
            in_date[row.person_id] = held(row)
    for person_id, places in several.items():
        tally.add(places, 1, in_date[person_id])
    return tally


def _coverages(tally: _Tally, counts: Mapping[Key, Any], *, without_leave: bool) -> dict[Key, Coverage]:
    """Headcounts are added up; what has none is on neither side. Where none is known, it is how many hold it in all."""
    if without_leave:
        return {key: Coverage(one.in_date, one.people, None) for key, one in tally.of.items()}
    known: dict[Key, int] = {}
    for place, row in counts.items():
        for key in _keys(place):
            known[key] = known.get(key, 0) + row.people
    found: dict[Key, Coverage] = {}
    for key in [*tally.of, *(key for key in known if key not in tally.of)]:
        one = tally.of.get(key, _Count())
        in_date = one.counted if key in known else one.in_date
        found[key] = Coverage(in_date, known.get(key), counts[key].as_of if key in counts else None)
    return found


def _line(
    who: UUID, name: str, found: Mapping[Key, Coverage], professions: Sequence[Profession]
) -> OrganisationCoverage:
    by_profession = {one: found[who, one] for one in professions if (who, one) in found}
    return OrganisationCoverage(who, name, found[who, None], by_profession)


def _people(courses: Sequence[TrainingCourse], day: date, *, without_leave: bool) -> CompoundSelect[Any]:
    """A row for each place, of those who work there and nowhere else; and one for each place of whoever has several."""
    at_work = _at_work(courses, day, without_leave=without_leave)
    several = select(at_work.c.person_id).group_by(at_work.c.person_id).having(func.count() > 1).cte("several")
    place = at_work.c.organisation_id, at_work.c.profession
    flags = [at_work.c[_name(one)] for one in courses]
    has_several = at_work.c.person_id.in_(select(several.c.person_id))
    each = (
        select(
            *place,
            null().cast(at_work.c.person_id.type).label("person_id"),
            func.count().label("people"),
            *(func.count().filter(one).label(one.name) for one in flags),
        )
        .where(~has_several)
        .group_by(*place)
    )
    named = select(*place, at_work.c.person_id, literal(1), *(one.cast(Integer) for one in flags)).where(has_several)
    return union_all(each, named)


def _at_work(courses: Sequence[TrainingCourse], day: date, *, without_leave: bool) -> CTE:
    erased = exists().where(person.c.id == post.c.person_id, person.c.erased_on.is_not(None))
    query = select(
        post.c.organisation_id,
        post.c.profession,
        post.c.person_id,
        *(post.c.person_id.in_(_in_date(one, day)).label(_name(one)) for one in courses),
    ).where(holds_on(post, day), ~erased)
    if without_leave:
        query = query.where(post.c.person_id.not_in(select(leave.c.person_id).where(holds_on(leave, day))))
    return query.cte("at_work")


def _in_date(course: TrainingCourse, day: date) -> Select[Any]:
    """Who holds the course on the day."""
    holds = and_(
        completion.c.course == course,
        completion.c.withdrawn_at.is_(None),
        completion.c.held_from <= day,
        or_(completion.c.until_on.is_(None), completion.c.until_on > day),
    )
    return select(completion.c.person_id).where(holds)


def _headcounts(day: date) -> Select[Any]:
    """The newest on or before the day; of one day the last that was entered."""
    place = headcount.c.organisation_id, headcount.c.profession
    newest = headcount.c.as_of.desc(), headcount.c.entered_at.desc(), headcount.c.id.desc()
    return select(headcount).ext(distinct_on(*place)).where(headcount.c.as_of <= day).order_by(*place, *newest)
