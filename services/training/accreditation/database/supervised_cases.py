"""Supervised cases as stored, and who may sign one off."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, or_, select, update

from services.training.accreditation.domain.supervised_case import CaseState, SupervisedCase
from services.training.database.accreditation_tables import accreditation
from services.training.database.accreditation_tables import supervised_case as table
from services.training.database.workforce_tables import person, post
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_CASES
from shared.contracts.training_codes import TrainingCourse
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.staff.colleagues import Colleague
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class SupervisedCases:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: SupervisedCase) -> None:
        await self._session.execute(insert(table).values(columns_of(one)))

    async def save(self, one: SupervisedCase) -> None:
        await self._session.execute(update(table).where(table.c.id == one.id).values(columns_of(one, without="id")))

    async def get(self, case_id: UUID, *, to_change: bool = False) -> SupervisedCase:
        """Locked until the transaction ends where it is to change. Raises NotFound when the team has no such case."""
        query = select(table).where(table.c.id == case_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("case_unknown", "There is no such case. Open the accreditation again.")
        return read_row(SupervisedCase, row)

    async def of(self, person_id: UUID, course: TrainingCourse) -> list[SupervisedCase]:
        """By their number, without those removed."""
        own = table.c.person_id == person_id, table.c.course == course, table.c.state != CaseState.REMOVED
        query = select(table).where(*own).order_by(table.c.number, table.c.id)
        return [read_row(SupervisedCase, row) for row in await self._session.execute(query)]

    async def next_number(self, person_id: UUID, course: TrainingCourse) -> int:
        """None is used again."""
        own = table.c.person_id == person_id, table.c.course == course
        return (await self._session.scalar(select(func.max(table.c.number)).where(*own)) or 0) + 1

    async def count(self, cases: list[SupervisedCase], accreditation_id: UUID) -> None:
        """They led to it."""
        ids = [one.id for one in cases]
        await self._session.execute(update(table).where(table.c.id.in_(ids)).values(counted_by=accreditation_id))

    async def supervisors(self, course: TrainingCourse, person_id: UUID) -> list[Colleague]:
        """Whom somebody may ask to sign off, by name: whoever grants accreditations or holds this one today, and has
        not left; and never themselves.
        """
        query = (
            select(colleague.c.id, colleague.c.name)
            .outerjoin(person, (person.c.colleague_id == colleague.c.id) & person.c.merged_into.is_(None))
            .where(or_(person.c.id.is_(None), person.c.id != person_id), self._signs(course), self._is_here())
            .order_by(colleague.c.name, colleague.c.id)
        )
        return [Colleague(row.id, row.name) for row in await self._session.execute(query)]

    def _signs(self, course: TrainingCourse) -> Any:
        today = self._work.today
        in_date = or_(accreditation.c.until_on.is_(None), accreditation.c.until_on > today)
        holds = exists(
            select(accreditation.c.id).where(
                accreditation.c.person_id == person.c.id,
                accreditation.c.course == course,
                accreditation.c.withdrawn_at.is_(None),
                in_date,
            )
        )
        return or_(colleague.c.roles.overlap(sorted(CAPABILITIES.roles_with(KEEP_CASES))), holds)

    def _is_here(self) -> Any:
        own, today = post.c.person_id == person.c.id, self._work.today
        has_begun = or_(post.c.from_on.is_(None), post.c.from_on <= today)
        works = exists(select(post.c.id).where(own, has_begun, or_(post.c.until_on.is_(None), post.c.until_on > today)))
        return or_(~exists(select(post.c.id).where(own)), works)
