"""An organisation is put on the list of those that may ask."""

import pytest

from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from services.consultation.organisations.queries.organisation_list import OrganisationFilter, organisation_list
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, AskedTeam


async def add(asked: AskedTeam, *names: str) -> None:
    for name in names:
        async with asked.begin(ANN) as work:
            await add_organisation(AddOrganisation(new_id(), name, SourceGroup.PRIMARY_CARE), work)


async def test_anybody_of_the_team_adds_one_and_it_has_never_asked(asked: AskedTeam) -> None:
    await add(asked, "Layton GPs")

    async with asked.begin(ANN) as work:
        lines = await organisation_list(work, OrganisationFilter()).whole(work.session)
    assert [(line.name, line.last_on is None) for line in lines] == [("Layton GPs", True), ("Grange Park", False)]


@pytest.mark.parametrize("name", ["", "  ", "G" * 101, "grange park"])
async def test_a_name_that_is_missing_or_too_long_or_there_already_is_refused(asked: AskedTeam, name: str) -> None:
    with pytest.raises(RuleBroken):
        await add(asked, name)


async def test_the_same_one_sent_twice_is_one(asked: AskedTeam) -> None:
    command = AddOrganisation(new_id(), "Layton GPs", SourceGroup.PRIMARY_CARE)

    for _ in range(2):
        async with asked.begin(ANN) as work:
            await add_organisation(command, work)

    async with asked.begin(ANN) as work:
        assert len(await organisation_list(work, OrganisationFilter()).whole(work.session)) == 2
