"""Who may record a case, and how a supervisor, a trainer or the one whose case it is are asked for what comes next."""

from uuid import UUID, uuid5

from services.training.accreditation.database.accreditations import PersonOnTheWay
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.supervised_case import SupervisedCase
from services.training.staff.database.tasks import Tasks
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_CASES, RECORD_CASES
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.unit_of_work import UnitOfWork


def answer_page(case: SupervisedCase) -> str:
    return f"{case.page}/answer"


def change_page(case: SupervisedCase) -> str:
    return f"{case.page}/change"


def check_may_record(colleague_id: UUID | None, work: UnitOfWork) -> None:
    """Raises NotAllowed unless it is the actor's own, or they record for others.

    Args:
        colleague_id: account of whose case it is; None: they have none.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_CASES)
    if colleague_id != work.actor.id:
        CAPABILITIES.check(work.actor.roles, KEEP_CASES)


async def check_may_answer(case: SupervisedCase, work: UnitOfWork) -> None:
    """Whoever was asked may, and today still may: asked once more when they sign, and not when they were asked.

    Raises:
        NotAllowed: the actor was not asked, or no longer signs off.
    """
    offered = await SupervisedCases(work).supervisors(case.course, case.person_id)
    if work.actor.id != case.supervisor_id or work.actor.id not in {one.id for one in offered}:
        raise NotAllowed("case_supervisor", "Only the supervisor who is named signs this off. Ask them.")


async def ask_supervisor(case: SupervisedCase, work: UnitOfWork) -> None:
    """Raises RuleBroken when whoever is named does not sign off cases of the course."""
    offered = await SupervisedCases(work).supervisors(case.course, case.person_id)
    if case.supervisor_id not in {one.id for one in offered}:
        raise RuleBroken("case_supervisor_unknown", "Choose a supervisor from the list.", field="supervisor")
    await Tasks(work).raise_task(
        case.person_id,
        TrainingTask.SIGN_OFF,
        about=uuid5(case.id, str(case.version)),
        detail=_says(case),
        assigned_to=case.supervisor_id,
        more={"page": answer_page(case)},
    )


async def tell_it_came_back(case: SupervisedCase, colleague_id: UUID | None, work: UnitOfWork) -> None:
    """To the one whose case it is; without an account, to whoever recorded it."""
    why = f": {case.came_back_why.label}" if case.came_back_why else ""
    await Tasks(work).raise_task(
        case.person_id,
        TrainingTask.CAME_BACK,
        about=uuid5(case.id, str(case.version)),
        detail=f"{_says(case)}{why}",
        assigned_to=colleague_id or case.recorded_by,
        more={"page": change_page(case)},
    )


async def ask_to_grant(way: PersonOnTheWay, work: UnitOfWork) -> bool:
    """Once for each accreditation that is due; says whether somebody is asked now."""
    if way.standing.missing:
        return False
    round_of = f"{way.taught.course} {len(way.accreditations)}"
    raised = await Tasks(work).raise_task(
        way.taught.person_id,
        TrainingTask.GRANT,
        about=uuid5(way.taught.person_id, round_of),
        detail=f"{way.taught.course.label}: all its cases are signed off.",
        more={"page": way.page},
    )
    return raised is not None


def _says(case: SupervisedCase) -> str:
    return f"{case.course.label}, case {case.number}"
