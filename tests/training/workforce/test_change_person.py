"""Somebody's name, address or account is another one."""

from dataclasses import replace

import pytest

from services.training.database.workforce_tables import person
from services.training.workforce.commands.change_person import ChangePerson, change_person
from services.training.workforce.queries.people_search import people_search
from shared.contracts.workforce import AccountLinked
from shared.kernel.errors import Conflict, RuleBroken
from tests.training.conftest import ANN, TrainedTeam


async def a_change(trained: TrainedTeam) -> ChangePerson:
    version = (await trained.row(person, id=trained.person_id)).version
    return ChangePerson(trained.person_id, version, "Ruth", "Clark", "ruth@grange.example", False, None)


async def test_under_her_name_before_the_wedding_she_is_still_found(trained: TrainedTeam) -> None:
    change = await a_change(trained)
    async with trained.begin() as work:
        await change_person(change, work)
    async with trained.begin() as work:
        found = await people_search(work, "ruth bennett")

    [one] = [one for one in found.people if one.person_id == trained.person_id]
    assert (one.name, one.found_by) == ("Ruth Clark", "Ruth Bennett")


async def test_whoever_signs_in_is_linked_by_ids_alone(trained: TrainedTeam) -> None:
    change = replace(await a_change(trained), colleague_id=ANN.id)
    async with trained.begin() as work:
        await change_person(change, work)
        [published] = work.published

    assert published.event == AccountLinked(person_id=trained.person_id, colleague_id=ANN.id)
    version = (await trained.row(person, id=trained.other_id)).version
    other = replace(change, person_id=trained.other_id, expected_version=version)
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await change_person(other, work)
    assert refused.value.field == "colleague"


async def test_two_who_change_her_at_once_are_one_change_and_a_refusal(trained: TrainedTeam) -> None:
    change = await a_change(trained)
    async with trained.begin() as work:
        await change_person(change, work)

    with pytest.raises(Conflict):
        async with trained.begin() as work:
            await change_person(replace(change, family_name="Davies"), work)
