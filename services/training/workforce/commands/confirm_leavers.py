"""People whom a file of everybody did not name have left: somebody says so of each, the file alone never does."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.queries.import_preview import posts_at
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

MANY_PERCENT = 10
"""Of the people of an organisation; more have hardly left at once, and a file with half its rows is likelier."""


@dataclass(frozen=True)
class ConfirmLeavers:
    import_id: UUID
    posts: frozenset[UUID]
    last_on: date
    is_sure: bool = False
    """Somebody said a second time that so many have left."""


async def confirm_leavers(command: ConfirmLeavers, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, and RuleBroken for someone whom the file named, or when they are too many."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    sent = await WorkforceImports(work).get_to_change(command.import_id)
    if not command.posts <= set(sent.missing):
        raise RuleBroken("leaver_named", "The file names one of them. Open the list again.", field="posts")
    there = await posts_at(work, sent)
    if 100 * len(command.posts) > MANY_PERCENT * there and not command.is_sure:
        sentence = f"{len(command.posts)} of {there} people have left? Say yes once more, if the file was whole."
        raise RuleBroken("leavers_many", sentence, field="is_sure")
    people = People(work)
    left = [await people.get_post(post_id) for post_id in sorted(command.posts)]
    for one in left:
        one.end(command.last_on, seen=one.version)
        work.record("person.leave_post", one.person_id)
    await people.save_posts(left)
    work.record("import.leavers", sent.id)
