"""How many of each organisation and profession are trained and in date?

The database keeps, for each person, where they work and what they hold (`standing`), and counts who is alike. Whoever
works in several places counts once in each, and once in each sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.training.coverage.domain.coverage import Coverage
from services.training.database.standing_tables import standing
from services.training.database.workforce_tables import headcount, organisation
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.database.built_once import TODAY, built_once
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


Key = tuple[str, str]
"""Organisation and profession as the database writes them; empty: all of them."""


@dataclass(frozen=True)
class _Alike:
    """People who work in the same places."""

    places: Sequence[Key]
    people: int
    holding: Mapping[TrainingCourse, int]
    """How many of them hold each course that was asked for."""


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
    of: defaultdict[Key, _Count] = field(default_factory=lambda: defaultdict(_Count))

    def add(self, places: Iterable[Key], people: int, in_date: int) -> None:
        """Somebody, or several people who are alike."""
        for key in {key for place in places for key in _keys(place)}:
            count = self.of[key]
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
    day_asked = {TODAY.key: day}
    courses = tuple(dict.fromkeys((course, *shares_of)))
    rows = await work.session.execute(_people(courses, without_leave=without_leave), day_asked)
    alike = [_read_alike(row, courses) for row in rows]
    counts = {(row.works_at, row.profession): row for row in await work.session.execute(_headcounts(), day_asked)}
    known = {} if without_leave else counts
    found = _coverages(_tally(alike, course, counts), known, without_leave=without_leave)
    organisations = await work.session.execute(select(organisation.c.id, organisation.c.name))
    professions = [one for one in Profession if (_ALL, one.value) in found]
    lines = [_line(row, found, professions) for row in organisations if (str(row.id), _ALL) in found]
    days = [row.as_of for row in known.values()]
    return CoverageTable(
        found.get((_ALL, _ALL), Coverage(0, None, None)),
        sorted(lines, key=lambda line: line.name.casefold()),
        {one: found[_ALL, one.value] for one in professions},
        (min(days), max(days)) if days else None,
        max((row.entered_at for row in known.values()), default=None),
        _shares(alike, shares_of, counts),
    )


_ALL = ""


def _keys(place: Key) -> Sequence[Key]:
    organisation_id, profession = place
    return place, (organisation_id, _ALL), (_ALL, profession), (_ALL, _ALL)


def _read_alike(row: Any, courses: Sequence[TrainingCourse]) -> _Alike:
    places, people, *holding = row
    return _Alike([_read_place(place) for place in places.split(" ")], people, dict(zip(courses, holding, strict=True)))


def _read_place(place: str) -> Key:
    organisation_id, _, profession = place.partition(":")
    return organisation_id, profession


def _shares(
    alike: Iterable[_Alike], courses: Sequence[TrainingCourse], counts: Mapping[Key, Any]
) -> dict[TrainingCourse, int]:
    counted = [one for one in alike if any(place in counts for place in one.places)]
    return {course: sum(one.holding[course] for one in counted) for course in courses}


def _tally(alike: Iterable[_Alike], course: TrainingCourse, counts: Mapping[Key, Any]) -> _Tally:
    tally = _Tally(counts)
    for one in alike:
        tally.add(one.places, one.people, one.holding[course])
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
        one = tally.of[key]
        in_date = one.counted if key in known else one.in_date
        found[key] = Coverage(in_date, known.get(key), counts[key].as_of if key in counts else None)
    return found


def _line(row: Any, found: Mapping[Key, Coverage], professions: Sequence[Profession]) -> OrganisationCoverage:
    who = str(row.id)
    by_profession = {one: found[who, one.value] for one in professions if (who, one.value) in found}
    return OrganisationCoverage(row.id, row.name, found[who, _ALL], by_profession)


@built_once
def _people(courses: tuple[TrainingCourse, ...], *, without_leave: bool) -> Select[*tuple[Any, ...]]:
    """How many work in the same places, and how many of them hold each of these courses."""
    alike = standing.c.places, standing.c.held
    on_the_day = standing.c.from_on <= TODAY, standing.c.until_on > TODAY
    query = select(*alike, func.count().label("people")).where(*on_the_day).group_by(*alike)
    each = (query.where(~standing.c.is_away) if without_leave else query).subquery()
    people, held = func.sum(each.c.people), func.string_to_array(each.c.held, " ")
    holding = [func.coalesce(people.filter(literal(one.value) == func.any(held)), 0) for one in courses]
    return select(each.c.places, *[cast(number, Integer) for number in (people, *holding)]).group_by(each.c.places)


@built_once
def _headcounts() -> Select[Any]:
    """The newest on or before the day; of one day the last that was entered."""
    place = headcount.c.organisation_id, headcount.c.profession
    newest = headcount.c.as_of.desc(), headcount.c.entered_at.desc(), headcount.c.id.desc()
    newest_of_each = select(headcount, cast(headcount.c.organisation_id, Text).label("works_at"))
    return newest_of_each.ext(distinct_on(*place)).where(headcount.c.as_of <= TODAY).order_by(*place, *newest)
