"""Record a case that somebody worked on under supervision, and ask the supervisor to sign it off."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.accreditations import Accreditations
from services.training.accreditation.database.asking import ask_supervisor, check_may_record
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.supervised_case import CaseSpan, SupervisedCase
from services.training.certificates.database.completions import Completions
from shared.contracts.training_codes import TrainingCourse
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordCase:
    case_id: UUID
    person_id: UUID
    course: TrainingCourse
    span: CaseSpan
    supervisor_id: UUID


async def record_case(command: RecordCase, work: UnitOfWork) -> None:
    """It gets the next number that is theirs; nothing says whose case it was.

    Raises:
        NotAllowed: it is not theirs, and the actor does not record for others.
        NotFound: no accreditation follows the course, or they did not complete its taught days.
        RuleBroken: the days cannot be, or whoever is asked does not sign off.
    """
    colleague_id = await Completions(work).lock_person(command.person_id)
    check_may_record(colleague_id, work)
    way = await Accreditations(work).on_the_way(command.person_id, command.course)
    command.span.check(way.first_taught_on, work.today)
    cases = SupervisedCases(work)
    new = SupervisedCase(
        command.case_id,
        command.person_id,
        command.course,
        await cases.next_number(command.person_id, command.course),
        command.span,
        command.supervisor_id,
        work.actor.id,
        work.now,
    )
    await cases.add(new)
    await ask_supervisor(new, work)
    work.record("case.record", command.person_id)
