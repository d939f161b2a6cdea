"""Somebody and one course: what was granted, the cases with their supervisors, and what is still missing."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.training.accreditation.database.accreditations import Accreditations, PersonOnTheWay
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.accreditation import Accreditation
from services.training.accreditation.domain.supervised_case import SupervisedCase
from services.training.database.workforce_tables import person
from services.training.workforce.queries.person_record import person_now
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.errors import NotFound
from shared.staff.colleagues import Colleague
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AccreditationRecord:
    person_id: UUID
    name: str
    colleague_id: UUID | None
    """Their account; None: they have none."""
    way: PersonOnTheWay
    supervisors: list[Colleague]
    """Whom they may ask."""
    names: dict[UUID, str]
    """Of colleagues."""
    reader_id: UUID

    @property
    def is_readers_own(self) -> bool:
        return self.colleague_id == self.reader_id

    @property
    def newest(self) -> Accreditation | None:
        """The last that was granted and not withdrawn."""
        return next((one for one in self.way.accreditations if one.withdrawn_at is None), None)

    def name_of(self, colleague_id: UUID | None) -> str:
        return self.names.get(colleague_id, "A colleague") if colleague_id else ""


@dataclass(frozen=True)
class CaseRecord:
    case: SupervisedCase
    record: AccreditationRecord

    @property
    def is_asked_of_reader(self) -> bool:
        """They are the supervisor whose signature it waits for."""
        return self.case.supervisor_id == self.record.reader_id


async def accreditation_record(work: UnitOfWork, person_id: UUID, course: TrainingCourse) -> AccreditationRecord:
    """Of whoever they turned out to be. Raises NotFound when they are on the way to no accreditation of the course."""
    who = await person_now(work, person_id)
    way = await Accreditations(work).on_the_way(who, course)
    query = select(person).where(person.c.id == who, person.c.erased_on.is_(None))
    if (row := (await work.session.execute(query)).one_or_none()) is None:
        raise NotFound("accreditation_unknown", "There is no such accreditation. Choose one from the list.")
    names = (await work.session.execute(select(colleague.c.id, colleague.c.name))).all()
    return AccreditationRecord(
        who,
        f"{row.given_name} {row.family_name}".strip(),
        row.colleague_id,
        way,
        await SupervisedCases(work).supervisors(course, who),
        {one.id: one.name for one in names},
        work.actor.id,
    )


async def case_record(work: UnitOfWork, case_id: UUID) -> CaseRecord:
    """Raises NotFound when the team has no such case."""
    case = await SupervisedCases(work).get(case_id)
    return CaseRecord(case, await accreditation_record(work, case.person_id, case.course))
