"""Putting an organisation on the list."""

import pytest

from services.training.database.workforce_tables import organisation
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import PRIYA, TrainedTeam


async def test_one_that_is_sent_twice_is_on_the_list_once(trained: TrainedTeam) -> None:
    command = AddOrganisation(new_id(), "Layton GPs", SourceGroup.PRIMARY_CARE)

    for _ in range(2):
        async with trained.begin() as work:
            await add_organisation(command, work)

    assert len(await trained.rows(organisation, name="Layton GPs")) == 1


@pytest.mark.parametrize("name", ["", "GRANGE PARK", "x" * 101])
async def test_one_without_a_name_or_with_that_of_another_is_refused(trained: TrainedTeam, name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await add_organisation(AddOrganisation(new_id(), name, SourceGroup.PRIMARY_CARE), work)

    assert refused.value.field == "name"


@pytest.mark.parametrize("home_team", ["Chester", "chester west", "1"])
async def test_the_team_of_another_area_is_one_that_can_be(trained: TrainedTeam, home_team: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await add_organisation(AddOrganisation(new_id(), "Y", SourceGroup.PRIMARY_CARE, home_team), work)

    assert refused.value.field == "home_team"


async def test_a_practitioner_is_told_who_looks_after_the_list(trained: TrainedTeam) -> None:
    with pytest.raises(NotAllowed) as refused:
        async with trained.begin(PRIYA) as work:
            await add_organisation(AddOrganisation(new_id(), "Layton GPs", SourceGroup.PRIMARY_CARE), work)

    assert "The team lead or an administrator" in refused.value.sentence
