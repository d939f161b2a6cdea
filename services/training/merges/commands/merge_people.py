"""Two records are of one person: what one holds goes over to the other, in one transaction, and can be undone."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.certificates.database.completions import Completions
from services.training.merges.database.followers import FOLLOWERS
from services.training.merges.database.person_merges import PersonMerges
from services.training.merges.domain.person_merge import COMPLETED, PersonMerge
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from shared.contracts.workforce import PeopleMerged
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class MergePeople:
    merge_id: UUID
    retired_id: UUID
    kept_id: UUID
    why: str


async def merge_people(command: MergePeople, work: TrainingWork) -> None:
    """Publishes PeopleMerged, which carries the two ids and nothing else. Sent twice, it is done once.

    What the days of both attended complete together is completed.

    Raises:
        NotAllowed, NotFound: the register has not both of them.
        RuleBroken: it is one record, one of them was joined to another already, or each has an account of its own.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    merges, people = PersonMerges(work), People(work)
    if await merges.is_stored(command.merge_id):
        return
    retired, kept = await merges.both(command.retired_id, command.kept_id)
    if retired.merged_into or kept.merged_into:
        raise RuleBroken("person_merged", "One of them was joined to another record already. Open that one.")
    who = command.retired_id, command.kept_id
    one = PersonMerge(command.merge_id, *who, command.why, work.actor.id, work.now)
    one.join(retired, kept)
    retired.version += 1
    work.publish(PeopleMerged(retired_id=retired.id, kept_id=kept.id), about=kept)
    await people.save(retired)
    await people.save(kept)
    for follower in FOLLOWERS:
        one.moved[follower.table.name] = await follower.follow(work, *who)
    one.moved[COMPLETED] = await _complete(kept.id, work)
    await merges.add(one)
    work.record("person.merge", kept.id)
    work.record("person.merge", retired.id)


async def _complete(person_id: UUID, work: TrainingWork) -> list[str]:
    """Gives the completions that only both records together have reached."""
    courses = await Completions(work).courses_attended(person_id)
    completed = [await complete_training(CompleteTraining(person_id, course), work) for course in courses]
    return [str(one.id) for one in completed if one]
