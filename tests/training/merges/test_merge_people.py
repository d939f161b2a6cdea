"""Two records of one person are joined."""

import pytest

from services.training.database.workforce_tables import person, person_merge, post
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.workforce.commands.change_person import ChangePerson, change_person
from services.training.workforce.queries.people_list import PeopleFilter, people_list
from services.training.workforce.queries.person_record import person_now
from shared.contracts.workforce import PeopleMerged
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import ANN, PRIYA, TOM, TrainedTeam


def a_merge(trained: TrainedTeam) -> MergePeople:
    return MergePeople(new_id(), trained.other_id, trained.person_id, "She told us.")


async def test_both_jobs_are_hers_and_she_is_one_on_the_list(trained: TrainedTeam) -> None:
    command = a_merge(trained)
    for _ in range(2):
        async with trained.begin() as work:
            await merge_people(command, work)
    async with trained.begin() as work:
        [line] = await people_list(work, PeopleFilter()).whole(work.session)
        whose = await person_now(work, trained.other_id)

    assert (line.person_id, len(line.posts), whose) == (trained.person_id, 2, trained.person_id)
    assert len(await trained.rows(person_merge, undone_at=None)) == 1


async def test_the_event_carries_the_two_ids_and_nothing_of_her(trained: TrainedTeam) -> None:
    async with trained.begin() as work:
        await merge_people(a_merge(trained), work)
        [published] = work.published

    assert published.event == PeopleMerged(retired_id=trained.other_id, kept_id=trained.person_id)


async def test_what_one_record_does_not_say_is_taken_from_the_other(trained: TrainedTeam) -> None:
    async with trained.begin() as work:
        change = ChangePerson(
            trained.other_id, await version(trained, trained.other_id), "Ruth", "Bennett", "", False, ANN.id
        )
        await change_person(change, work)
    async with trained.begin() as work:
        await merge_people(MergePeople(new_id(), trained.person_id, trained.other_id, "She told us."), work)

    kept = await trained.row(person, id=trained.other_id)
    assert (kept.email, kept.colleague_id) == ("ruth@grange.example", ANN.id)


async def test_two_who_each_sign_in_are_two_people(trained: TrainedTeam) -> None:
    for who, account in ((trained.person_id, ANN.id), (trained.other_id, TOM.id)):
        async with trained.begin() as work:
            change = ChangePerson(who, await version(trained, who), "Ruth", "Bennett", "", False, account)
            await change_person(change, work)

    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await merge_people(a_merge(trained), work)
    assert refused.value.code == "merge_two_accounts"


async def test_a_record_that_was_joined_cannot_be_joined_again_so_there_is_no_circle(trained: TrainedTeam) -> None:
    async with trained.begin() as work:
        await merge_people(a_merge(trained), work)

    for retired, kept in ((trained.person_id, trained.other_id), (trained.other_id, trained.person_id)):
        with pytest.raises(RuleBroken) as refused:
            async with trained.begin() as work:
                await merge_people(MergePeople(new_id(), retired, kept, "Again."), work)
        assert refused.value.code == "person_merged"


async def test_with_herself_with_nobody_and_by_a_practitioner_it_is_refused(trained: TrainedTeam) -> None:
    me = trained.person_id
    for retired, who, kind in ((me, ANN, RuleBroken), (new_id(), ANN, NotFound), (trained.other_id, PRIYA, NotAllowed)):
        with pytest.raises(kind):
            async with trained.begin(who) as work:
                await merge_people(MergePeople(new_id(), retired, me, "Why."), work)
    assert len(await trained.rows(post, person_id=me)) == 1


async def version(trained: TrainedTeam, who: object) -> int:
    return (await trained.row(person, id=who)).version
