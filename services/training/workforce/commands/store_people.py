"""What a file of people says is on the register: all of it or nothing, and twice is once."""

from dataclasses import dataclass
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.queries.import_preview import import_preview
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StorePeople:
    import_id: UUID


async def store_people(command: StorePeople, work: UnitOfWork) -> None:
    """By the plan that the preview showed, made anew under the lock. Who is missing from it stays at work.

    Raises:
        NotAllowed, NotFound: the file is not here.
        RuleBroken: a row is to be put right, or of somebody it is not said who they are.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    imports = WorkforceImports(work)
    await imports.lock_register()
    sent = await imports.get_to_change(command.import_id)
    if sent.stored_at is not None:
        return
    plan = await import_preview(work, sent)
    if not plan.is_ready:
        raise RuleBroken("import_not_ready", "Nothing was saved. Some lines are to be put right, or answered.")
    await imports.write(plan)
    sent.counts = {outcome.value: number for outcome, number in plan.counts.items()}
    sent.missing = tuple(post.id for post in plan.missing)
    sent.stored_at, sent.content, sent.same_people = work.now, b"", {}
    await imports.save(sent)
    work.record("import.store", sent.id)
