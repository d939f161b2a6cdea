"""Completions as stored, and the days attended that lead to them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, insert, select, update

from services.training.certificates.domain.attendance import Attended, CourseDay
from services.training.certificates.domain.completion import AttendedPlace, Completion
from services.training.certificates.domain.refresh import Held, newest
from services.training.database.accreditation_tables import accreditation
from services.training.database.course_tables import attendance, booking, cohort, cohort_day, confidence_answer
from services.training.database.course_tables import completion as table
from services.training.database.workforce_tables import organisation, person, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.database.mapping import columns_of, read_row
from shared.kernel.clock import london_date
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

AFTER = "after"


class Completions:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def lock_person(self, person_id: UUID) -> UUID | None:
        """Until the transaction ends, so that two registers complete nothing twice; gives their account."""
        locked = select(person.c.colleague_id).where(person.c.id == person_id).with_for_update()
        return await self._session.scalar(locked)

    async def add(self, one: Completion) -> None:
        await self._session.execute(insert(table).values(columns_of(one)))

    async def save(self, one: Completion) -> None:
        values = columns_of(one, without="id")
        await self._session.execute(update(table).where(table.c.id == one.id).values(values))

    async def get_to_change(self, completion_id: UUID) -> Completion:
        """Locked until the transaction ends. Raises NotFound when the team has no such completion."""
        query = select(table).where(table.c.id == completion_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("completion_unknown", "There is no such certificate. Choose one from the list.")
        return read_row(Completion, row)

    async def held(self, person_id: UUID, course: TrainingCourse) -> list[Held]:
        """What they hold or held of a course, without what was withdrawn."""
        own = table.c.person_id == person_id, table.c.course == course, table.c.withdrawn_at.is_(None)
        rows = await self._session.execute(select(table.c.held_from, table.c.until_on).where(*own))
        return [Held(row.held_from, row.until_on) for row in rows]

    async def accreditations_on(self, person_id: UUID, course: TrainingCourse, day: date) -> Sequence[UUID]:
        """Those of the course that hold on the day, whatever they were granted for."""
        own = accreditation.c.person_id == person_id, accreditation.c.course == course
        ends = accreditation.c.until_on.is_(None) | (accreditation.c.until_on > day)
        holds = accreditation.c.withdrawn_at.is_(None), accreditation.c.from_on <= day, ends
        return (await self._session.scalars(select(accreditation.c.id).where(*own, *holds))).all()

    async def newest_before(self, person_id: UUID, course: TrainingCourse, day: date) -> Held | None:
        return newest(held for held in await self.held(person_id, course) if held.from_on <= day)

    async def attended(self, person_id: UUID, course: TrainingCourse) -> list[AttendedPlace]:
        """Days of closed registers, since they last completed the course: what completed it once counts once."""
        days = cohort_day.c.cohort_id == cohort.c.id, cohort_day.c.number == attendance.c.day
        query = (
            select(booking, attendance, cohort_day.c.minutes, cohort_day.c.starts_at, cohort.c.course_version)
            .join_from(booking, attendance, attendance.c.booking_id == booking.c.id)
            .join(cohort, cohort.c.id == booking.c.cohort_id)
            .join(cohort_day, days[0] & days[1])
            .where(booking.c.person_id == person_id, cohort.c.course == course, attendance.c.is_here)
            .where(cohort_day.c.closed_at.is_not(None))
            .order_by(cohort_day.c.starts_at)
        )
        since = max((held.from_on for held in await self.held(person_id, course)), default=date.min)
        found = [
            AttendedPlace(
                row.booking_id,
                SourceGroup(row.sector),
                Profession(row.profession),
                Attended(
                    row.cohort_id,
                    CourseDay(row.day, row.minutes),
                    london_date(row.starts_at),
                    row.late_minutes + row.early_minutes,
                ),
                row.course_version,
            )
            for row in await self._session.execute(query)
        ]
        return [one for one in found if one.attended.on > since]

    async def courses_attended(self, person_id: UUID) -> list[TrainingCourse]:
        """Those of which they were there on some day."""
        query = (
            select(cohort.c.course)
            .distinct()
            .join(booking, booking.c.cohort_id == cohort.c.id)
            .join(attendance, attendance.c.booking_id == booking.c.id)
            .where(booking.c.person_id == person_id, attendance.c.is_here)
            .order_by(cohort.c.course)
        )
        return [TrainingCourse(course) for course in await self._session.scalars(query)]

    async def has_said_how_it_was(self, booking_ids: list[UUID]) -> bool:
        said = confidence_answer.c.booking_id.in_(booking_ids), confidence_answer.c.moment == AFTER
        return bool(await self._session.scalar(select(exists(select(confidence_answer.c.booking_id).where(*said)))))

    async def home_team_of(self, person_id: UUID, day: date) -> str | None:
        """The team in whose area they work on the day, where that is another one; None: one of their jobs is here."""
        teams = select(organisation.c.home_team).join(post, post.c.organisation_id == organisation.c.id)
        found = set(await self._session.scalars(teams.where(post.c.person_id == person_id, holds_on(post, day))))
        return min(found) if found and None not in found else None

    async def colleague_of(self, person_id: UUID) -> UUID | None:
        """Their account, if they are of the team."""
        return await self._session.scalar(select(person.c.colleague_id).where(person.c.id == person_id))
