"""Accreditations as stored, and where somebody is on the way to one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update

from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.accreditation import Accreditation, Standing
from services.training.accreditation.domain.supervised_case import CaseState, SupervisedCase
from services.training.certificates.domain.completion import Completion
from services.training.certificates.domain.refresh import newest
from services.training.courses.packs.courses import COURSES
from services.training.database.accreditation_tables import accreditation as table
from services.training.database.course_tables import completion
from services.training.staff.domain.task import accreditation_page
from shared.contracts.training_codes import TrainingCourse
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PersonOnTheWay:
    """All that is known of somebody and one course."""

    taught: Completion
    """The last time that they completed the taught days."""
    first_taught_on: date
    """Cases count from then."""
    cases: list[SupervisedCase]
    """By their number."""
    accreditations: list[Accreditation]
    """The newest first; one that was withdrawn, too."""
    standing: Standing

    @property
    def page(self) -> str:
        return accreditation_page(self.taught.person_id, self.taught.course)

    @property
    def to_count(self) -> list[SupervisedCase]:
        """Signed off, and led to nothing yet."""
        return [one for one in self.cases if one.state is CaseState.SIGNED and one.counted_by is None]


class Accreditations:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Accreditation) -> None:
        await self._session.execute(insert(table).values(columns_of(one)))

    async def save(self, one: Accreditation) -> None:
        await self._session.execute(update(table).where(table.c.id == one.id).values(columns_of(one, without="id")))

    async def get_to_change(self, accreditation_id: UUID) -> Accreditation:
        """Locked until the transaction ends. Raises NotFound when the team has no such accreditation."""
        query = select(table).where(table.c.id == accreditation_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("accreditation_unknown", "There is no such accreditation. Choose one from the list.")
        return read_row(Accreditation, row)

    async def on_the_way(self, person_id: UUID, course: TrainingCourse) -> PersonOnTheWay:
        """Raises NotFound when they did not complete the taught days, or no accreditation follows the course."""
        own = completion.c.person_id == person_id, completion.c.course == course
        query = select(completion).where(*own).order_by(completion.c.held_from.desc(), completion.c.id)
        taught = [read_row(Completion, row) for row in await self._session.execute(query)]
        taught = [one for one in taught if one.withdrawn_at is None] or taught
        if not taught or not COURSES[course].leads_to_accreditation:
            raise NotFound("accreditation_unknown", "There is no such accreditation. Choose one from the list.")
        cases = await SupervisedCases(self._work).of(person_id, course)
        found = select(table).where(table.c.person_id == person_id, table.c.course == course)
        rows = await self._session.execute(found.order_by(table.c.from_on.desc(), table.c.id))
        accreditations = [read_row(Accreditation, one) for one in rows]
        states = [one.state for one in cases if one.counted_by is None]
        standing = Standing(
            COURSES[course],
            self._work.today,
            newest(one.held for one in taught if one.withdrawn_at is None),
            newest(one.held for one in accreditations if one.withdrawn_at is None),
            states.count(CaseState.SIGNED),
            states.count(CaseState.ASKED),
        )
        return PersonOnTheWay(taught[0], taught[-1].held_from, cases, accreditations, standing)
