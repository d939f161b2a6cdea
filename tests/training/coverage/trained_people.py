"""People who hold a course, without the work of teaching them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from services.training.database.course_tables import completion
from services.training.database.workforce_tables import headcount, leave, person, post
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam
from tests.training.conftest import ANN, NOW, TrainedTeam

IN_DATE, LAPSED = (date(2025, 1, 1), date(2028, 1, 1)), (date(2020, 1, 1), date(2023, 1, 1))
Span = tuple[date, date | None]


class Filled:
    """A register that is filled by tables."""

    def __init__(self, trained: TrainedTeam) -> None:
        self._trained = trained
        self._taught: UUID | None = None
        self._booking: UUID | None = None

    async def people(
        self, number: int, at: UUID, profession: Profession = Profession.MIDWIFE, *, away: bool = False
    ) -> list[UUID]:
        """So many who work there."""
        ids = [new_id() for _ in range(number)]
        people: list[dict[str, Any]] = [
            {
                "id": one,
                "version": 1,
                "given_name": "Omar",
                "family_name": f"Khan{place:05}",
                "earlier_names": [],
                "email": "",
            }
            for place, one in enumerate(ids)
        ]
        await self._insert(person, [{**one, "is_shared_email": False} for one in people])
        await self.work(ids, at, profession)
        if away:
            rows = [{"id": new_id(), "version": 1, "person_id": one, "from_on": date(2026, 1, 5)} for one in ids]
            await self._insert(leave, rows)
        return ids

    async def work(self, people: Iterable[UUID], at: UUID, profession: Profession, until: date | None = None) -> None:
        rows = [
            {
                "id": new_id(),
                "version": 1,
                "person_id": one,
                "organisation_id": at,
                "profession": profession,
                "staff_number": "",
                "until_on": until,
            }
            for one in people
        ]
        await self._insert(post, rows)

    async def hold(
        self, people: Iterable[UUID], span: Span = IN_DATE, course: TrainingCourse = TrainingCourse.IMH_PIR
    ) -> None:
        if self._taught is None:
            team = TeachingTeam(self._trained.engine, now=NOW)
            cohort = await team.plan()
            self._taught, self._booking = cohort.id, (await team.book(cohort, 99)).id
        rows = [
            {
                "id": new_id(),
                "version": 1,
                "person_id": one,
                "course": course,
                "level": 1,
                "course_version": 1,
                "cohort_id": self._taught,
                "booking_id": self._booking,
                "sector": SourceGroup.OTHER,
                "profession": Profession.OTHER,
                "attended_minutes": 360,
                "length_minutes": 360,
                "held_from": span[0],
                "until_on": span[1],
                "completed_at": NOW,
                "waived_why": "",
                "withdrawn_why": "",
            }
            for one in people
        ]
        await self._insert(completion, rows)

    async def headcount(self, at: UUID, people: int, on: date, profession: Profession = Profession.MIDWIFE) -> None:
        row = {"id": new_id(), "organisation_id": at, "profession": profession, "as_of": on, "people": people}
        await self._insert(headcount, [{**row, "entered_by": ANN.id, "entered_at": NOW}])

    async def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        async with self._trained.engine.begin() as connection:
            await connection.execute(insert(table), rows)
