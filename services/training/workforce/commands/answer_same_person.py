"""Is a row of a file of somebody who is on the register? Somebody says so; a name alone never does."""

from dataclasses import dataclass
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.domain.register import LEFT_OUT, SOMEBODY_ELSE
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AnswerSamePerson:
    import_id: UUID
    line: int
    answer: str
    """The id of the person, `SOMEBODY_ELSE` or `LEFT_OUT`."""


async def answer_same_person(command: AnswerSamePerson, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, and RuleBroken for another answer, or when the file was stored."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    imports = WorkforceImports(work)
    sent = await imports.get_to_change(command.import_id)
    if sent.stored_at is not None:
        raise RuleBroken("import_stored", "The file was saved already. Change the person’s page.")
    if command.answer not in {LEFT_OUT, SOMEBODY_ELSE} and not _is_id(command.answer):
        raise RuleBroken("import_answer", "Choose one of the three.", field="answer")
    sent.same_people[str(command.line)] = command.answer
    await imports.save(sent)
    work.record("import.answer", sent.id)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
