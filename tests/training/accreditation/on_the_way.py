"""Somebody of the team who completed the taught days of a course that an accreditation follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from services.training.accreditation.commands.answer_case import AnswerCase, answer_case
from services.training.accreditation.commands.grant_accreditation import GrantAccreditation, grant_accreditation
from services.training.accreditation.commands.record_case import RecordCase, record_case
from services.training.accreditation.database.accreditations import Accreditations, PersonOnTheWay
from services.training.accreditation.domain.supervised_case import CameBackWhy, CaseSpan
from services.training.contents import SERVICE
from services.training.database.course_tables import completion
from services.training.database.task_tables import task
from services.training.database.workforce_tables import person
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor
from shared.kernel.clock import LONDON
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.tables import colleague
from tests.training.a_course import TeachingTeam

PRIYA, LEAD, _, TRAINER, *_ = SERVICE.people
VIG = TrainingCourse.VIG
TAUGHT = datetime(2026, 5, 12, tzinfo=LONDON)
SPAN = CaseSpan(date(2026, 6, 1), date(2026, 7, 1))


@dataclass
class OnTheWay:
    """Priya, who was taught VIG on 12 and 19 May 2026."""

    team: TeachingTeam
    person_id: UUID

    @classmethod
    async def begins(cls, team: TeachingTeam) -> "OnTheWay":
        completion_id = await team.completed(course=VIG, starts=TAUGHT)
        async with team.engine.begin() as connection:
            for one in SERVICE.people:
                values = {"id": one.id, "name": one.name, "roles": sorted(one.roles)}
                await connection.execute(insert(colleague).values(values))
            of_it = select(completion.c.person_id).where(completion.c.id == completion_id)
            person_id = (await connection.execute(of_it)).scalar_one()
        team.now = datetime(2026, 8, 3, 10, tzinfo=UTC)
        way = cls(team, person_id)
        await way.links(PRIYA)
        return way

    async def links(self, who: Person) -> None:
        """The register says that it is this person’s account."""
        async with self.team.engine.begin() as connection:
            linked = update(person).where(person.c.id == self.person_id).values(colleague_id=who.id)
            await connection.execute(linked)

    async def does(self, who: Person, command: Any, asked: Any) -> None:
        async with self.team.work(Actor(who.id, who.roles)) as work:
            await command(asked, work)

    async def records(self, who: Person = PRIYA, span: CaseSpan = SPAN, supervisor: Person = TRAINER) -> UUID:
        case_id = new_id()
        await self.does(who, record_case, RecordCase(case_id, self.person_id, VIG, span, supervisor.id))
        return case_id

    async def answers(
        self, case_id: UUID, who: Person = TRAINER, comes_back: CameBackWhy | None = None, version: int = 1
    ) -> None:
        await self.does(who, answer_case, AnswerCase(case_id, version, comes_back))

    async def signed(self, number: int) -> None:
        """So many cases are recorded and signed off."""
        for _ in range(number):
            await self.answers(await self.records())

    async def granted(self, who: Person = LEAD) -> UUID:
        accreditation_id = new_id()
        await self.does(who, grant_accreditation, GrantAccreditation(accreditation_id, self.person_id, VIG))
        return accreditation_id

    async def now(self) -> PersonOnTheWay:
        async with self.team.work() as work:
            return await Accreditations(work).on_the_way(self.person_id, VIG)

    async def tasks(self) -> list[tuple[str, UUID | None]]:
        """Those that are open: what each is, and whose."""
        rows = await self.team.rows(select(task).where(task.c.answered_at.is_(None)).order_by(task.c.id))
        return [(row.kind, row.assigned_to) for row in rows]

    async def task_id(self) -> UUID:
        """Of the only one that is open."""
        [row] = await self.team.rows(select(task.c.id).where(task.c.answered_at.is_(None)))
        return row.id

    async def told(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What others heard of trainings."""
        return [
            (one.type.split(".")[3], one.body)
            for one in await self.team.told()
            if one.type.startswith("uk.pairs.training.") and "task" not in one.type
        ]

    def later(self, days: int) -> None:
        self.team.now += timedelta(days)
