"""They are two people after all."""

import pytest

from services.training.database.workforce_tables import leave, person, post
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.merges.commands.undo_people_merge import UndoPeopleMerge, undo_people_merge
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.commands.add_person import AddPerson, add_person
from services.training.workforce.queries.person_record import person_now
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam


async def test_each_has_again_what_was_theirs_and_what_came_since_stays(trained: TrainedTeam) -> None:
    one = MergePeople(new_id(), trained.person_id, trained.other_id, "Same birthday.")
    since = new_id()
    async with trained.begin() as work:
        await merge_people(one, work)
        await add_leave(AddLeave(since, trained.other_id, TODAY), work)
        await undo_people_merge(UndoPeopleMerge(one.merge_id), work)

    assert [row.id for row in await trained.rows(post, person_id=trained.person_id)] == [trained.person_id]
    assert [row.id for row in await trained.rows(leave, person_id=trained.person_id)] == [trained.leave_id]
    assert [row.id for row in await trained.rows(leave, person_id=trained.other_id)] == [since]
    assert (await trained.row(person, id=trained.other_id)).email == ""
    assert (await trained.row(person, id=trained.person_id)).email == "ruth@grange.example"


async def test_joined_parted_and_joined_the_other_way_round_both_lead_to_the_second(trained: TrainedTeam) -> None:
    one, two = trained.person_id, trained.other_id
    first = MergePeople(new_id(), two, one, "Same birthday.")
    async with trained.begin() as work:
        await merge_people(first, work)
        await undo_people_merge(UndoPeopleMerge(first.merge_id), work)
        await merge_people(MergePeople(new_id(), one, two, "Same birthday."), work)
    async with trained.begin() as work:
        leads = [await person_now(work, who) for who in (one, two)]

    assert leads == [two, two]


async def test_of_three_that_were_joined_the_first_is_parted_without_the_last(trained: TrainedTeam) -> None:
    third = new_id()
    inner = MergePeople(new_id(), trained.other_id, trained.person_id, "Same birthday.")
    outer = MergePeople(new_id(), trained.person_id, third, "Same birthday.")
    async with trained.begin() as work:
        await add_person(AddPerson(third, "Ruth", "B", "", trained.organisation_id, Profession.GP), work)
        await merge_people(inner, work)
        await merge_people(outer, work)
        await undo_people_merge(UndoPeopleMerge(inner.merge_id), work)
        await undo_people_merge(UndoPeopleMerge(outer.merge_id), work)

    for who in (trained.person_id, trained.other_id, third):
        assert [row.id for row in await trained.rows(post, person_id=who)] == [who]


async def test_twice_and_of_nothing_it_is_refused(trained: TrainedTeam) -> None:
    for merge_id, kind in ((trained.merge_id, RuleBroken), (new_id(), NotFound)):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await undo_people_merge(UndoPeopleMerge(merge_id), work)
