"""Who holds an accreditation and until when, who is on the way to one, and what is still missing?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Integer, and_, case, cast, func, or_, select

from services.training.accreditation.domain.accreditation import RENEWS_WITHIN
from services.training.accreditation.domain.supervised_case import CaseState
from services.training.courses.domain.course import Course
from services.training.courses.packs.courses import COURSES
from services.training.database.accreditation_tables import accreditation, supervised_case
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import person
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork

_APPLIED = [code.value for code, course in COURSES.items() if course.leads_to_accreditation]


class AccreditationChip(Code):
    ON_THE_WAY = "on_the_way", "On the way"
    READY = "ready", "To be granted"
    HELD = "held", "Accredited"
    ENDS_SOON = "ends_soon", "Ends within 90 days"
    EXPIRED = "expired", "No longer in date"


@dataclass(frozen=True)
class AccreditationFilter:
    chip: AccreditationChip = AccreditationChip.ON_THE_WAY
    course: TrainingCourse | None = None


@dataclass(frozen=True)
class AccreditationLine:
    person_id: UUID
    name: str
    course: TrainingCourse
    signed: int
    needed: int
    asked: int
    """Cases that wait for a signature."""
    until_on: date | None
    """The first day on which it no longer counts; None: it never ends, or there is none."""
    is_granted: bool
    is_ready: bool

    @property
    def valid_until(self) -> date | None:
        """The last day that counts."""
        return self.until_on - timedelta(1) if self.until_on else None

    @property
    def to_go(self) -> int:
        return max(0, self.needed - self.signed)


def accreditation_list(work: UnitOfWork, chosen: AccreditationFilter) -> Listing[AccreditationLine]:
    """Where somebody waits longest for what comes next first: what ends first, and then by name."""
    way = _ways(work.today)
    query = (
        select(way, _is_ready(way, work.today).label("is_ready"), person.c.given_name, person.c.family_name)
        .join(person, person.c.id == way.c.person_id)
        .where(*_conditions(way, work.today, chosen))
        .order_by(
            way.c.until_on.asc().nulls_last(),
            func.lower(person.c.family_name),
            func.lower(person.c.given_name),
            way.c.person_id,
            way.c.course,
        )
    )
    return found_by(query, _line)


async def accreditation_counts(work: UnitOfWork, chosen: AccreditationFilter) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    way = _ways(work.today)
    counted = [
        func.count()
        .filter(and_(*_conditions(way, work.today, AccreditationFilter(chip, chosen.course))))
        .label(chip.value)
        for chip in AccreditationChip
    ]
    joined = way.join(person, person.c.id == way.c.person_id)
    row = (await work.session.execute(select(*counted).select_from(joined))).one()
    return {chip: getattr(row, chip.value) for chip in AccreditationChip}


def _ways(today: date) -> CTE:
    """One for each person and course whose taught days they completed."""
    own = accreditation.c.person_id == completion.c.person_id, accreditation.c.course == completion.c.course
    newest = (
        select(func.max(func.coalesce(accreditation.c.until_on, _NEVER)))
        .where(*own, accreditation.c.withdrawn_at.is_(None))
        .correlate(completion)
        .scalar_subquery()
    )
    taught = (
        select(
            completion.c.person_id,
            completion.c.course,
            func.max(func.coalesce(completion.c.until_on, _NEVER)).label("taught_until"),
            newest.label("until_on"),
            _cases(CaseState.SIGNED).label("signed"),
            _cases(CaseState.ASKED).label("asked"),
        )
        .where(completion.c.course.in_(_APPLIED), completion.c.withdrawn_at.is_(None))
        .group_by(completion.c.person_id, completion.c.course)
        .subquery()
    )
    needs = case(
        (taught.c.until_on > today, _by_course(taught.c.course, lambda course: course.renewal_cases)),
        else_=_by_course(taught.c.course, lambda course: course.supervised_cases),
    )
    return select(taught, needs.label("needed")).cte("way")


def _cases(state: CaseState) -> Any:
    own = supervised_case.c.person_id == completion.c.person_id, supervised_case.c.course == completion.c.course
    is_new = supervised_case.c.state == state, supervised_case.c.counted_by.is_(None)
    return (
        select(func.count()).select_from(supervised_case).where(*own, *is_new).correlate(completion).scalar_subquery()
    )


def _by_course(code: ColumnElement[Any], says: Callable[[Course], int]) -> ColumnElement[int]:
    return cast(case({one: says(COURSES[TrainingCourse(one)]) for one in _APPLIED}, value=code), Integer)


def _is_ready(way: CTE, today: date) -> ColumnElement[bool]:
    """As `Standing.missing` says it of one."""
    is_held = func.coalesce(way.c.until_on > today, False)
    may = or_(
        and_(~is_held, way.c.taught_until > today),
        and_(is_held, way.c.until_on <= today + RENEWS_WITHIN),
    )
    return and_(way.c.signed >= way.c.needed, may)


def _conditions(way: CTE, today: date, chosen: AccreditationFilter) -> list[ColumnElement[bool]]:
    is_held = func.coalesce(way.c.until_on > today, False)
    chips: dict[AccreditationChip, ColumnElement[bool]] = {
        AccreditationChip.ON_THE_WAY: and_(~is_held, ~_is_ready(way, today)),
        AccreditationChip.READY: _is_ready(way, today),
        AccreditationChip.HELD: is_held,
        AccreditationChip.ENDS_SOON: and_(is_held, way.c.until_on <= today + RENEWS_WITHIN),
        AccreditationChip.EXPIRED: way.c.until_on <= today,
    }
    own = [way.c.course == chosen.course] if chosen.course else []
    return [person.c.erased_on.is_(None), chips[chosen.chip], *own]


_NEVER = date.max


def _line(row: Any) -> AccreditationLine:
    return AccreditationLine(
        row.person_id,
        f"{row.given_name} {row.family_name}".strip(),
        TrainingCourse(row.course),
        row.signed,
        row.needed,
        row.asked,
        row.until_on if row.until_on != _NEVER else None,
        row.until_on is not None,
        row.is_ready,
    )
