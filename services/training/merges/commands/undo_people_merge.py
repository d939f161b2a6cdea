"""Two records that were joined are of two people after all: each has again what was theirs."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.take_back_completion import take_back_completion
from services.training.certificates.database.completions import Completions
from services.training.merges.database.followers import FOLLOWERS
from services.training.merges.database.person_merges import PersonMerges
from services.training.merges.domain.person_merge import COMPLETED, PersonMerge
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from services.training.workforce.queries.person_record import person_now
from shared.contracts.workforce import PeopleMergeUndone


@dataclass(frozen=True)
class UndoPeopleMerge:
    merge_id: UUID


async def undo_people_merge(command: UndoPeopleMerge, work: TrainingWork) -> None:
    """What was recorded since then stays with the record that was kept. Publishes PeopleMergeUndone.

    What only both records together had completed is withdrawn.

    Raises:
        NotAllowed, NotFound: nothing was joined so.
        RuleBroken: it is undone already.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    merges, people = PersonMerges(work), People(work)
    one = await merges.get_to_change(command.merge_id)
    holder_id = await person_now(work, one.kept_id)
    retired, kept = await merges.both(one.retired_id, one.kept_id)
    one.part(retired, kept, by=work.actor.id, now=work.now)
    one.version += 1
    work.publish(PeopleMergeUndone(retired_id=retired.id, kept_id=kept.id), about=kept)
    retired.version += 1
    await people.save(kept)
    await people.save(retired)
    await _take_back(one, work)
    for follower in FOLLOWERS:
        await follower.go_back(work, one.retired_id, holder_id, one.moved.get(follower.table.name, []))
    await merges.save(one)
    work.record("person.undo_merge", kept.id)
    work.record("person.undo_merge", retired.id)


async def _take_back(one: PersonMerge, work: TrainingWork) -> None:
    for completion_id in one.moved.get(COMPLETED, []):
        completed = await Completions(work).get_to_change(UUID(completion_id))
        if completed.withdrawn_at is None:
            await take_back_completion(completed, "The two records are of two people", work, seen=completed.version)
