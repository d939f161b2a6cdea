"""Grant an accreditation, or its renewal: from today they may give the intervention, in referral too."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.accreditations import Accreditations
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.accreditation import Accreditation
from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.completion import held_by
from services.training.courses.packs.courses import COURSES
from services.training.staff.database.tasks import Tasks
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_CASES
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import NotAllowed
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class GrantAccreditation:
    accreditation_id: UUID
    person_id: UUID
    course: TrainingCourse


async def grant_accreditation(command: GrantAccreditation, work: UnitOfWork) -> None:
    """Publish TrainingCompleted; the cases that led to it count once.

    Raises:
        NotAllowed: the actor grants none, or it is their own.
        NotFound: they did not complete the taught days of a course that one follows.
        RuleBroken: something is missing, which the sentence says.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_CASES)
    colleague_id = await Completions(work).lock_person(command.person_id)
    if colleague_id == work.actor.id:
        raise NotAllowed("accreditation_own", "Nobody grants their own. Ask another trainer, or the team lead.")
    accreditations = Accreditations(work)
    way = await accreditations.on_the_way(command.person_id, command.course)
    way.standing.check()
    course, taught = COURSES[command.course], way.taught
    held = held_by(course, course.version(taught.course_version), work.today, way.standing.held)
    new = Accreditation(
        command.accreditation_id,
        command.person_id,
        command.course,
        course.level,
        taught.sector,
        taught.profession,
        held.from_on,
        held.until_on,
        work.now,
        work.actor.id,
    )
    home_team = await Completions(work).home_team_of(command.person_id, work.today)
    work.publish(new.granted(colleague_id, home_team=home_team), about=new)
    await accreditations.add(new)
    await SupervisedCases(work).count(way.to_count, new.id)
    await Tasks(work).is_done(TrainingTask.GRANT, way.page, "Granted.")
    work.record("accreditation.grant", command.person_id)
