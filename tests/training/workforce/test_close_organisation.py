"""An organisation is no longer offered."""

import pytest

from services.training.database.workforce_tables import organisation
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.close_organisation import CloseOrganisation, close_organisation
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam


async def test_one_where_people_work_stays_open_until_somebody_says_where_they_went(trained: TrainedTeam) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await close_organisation(CloseOrganisation(trained.organisation_id, 1), work)

    assert refused.value.code == "organisation_has_people"


async def test_one_where_nobody_works_is_closed_and_its_name_is_free_again(trained: TrainedTeam) -> None:
    one = new_id()
    async with trained.begin() as work:
        await add_organisation(AddOrganisation(one, "Layton GPs", SourceGroup.PRIMARY_CARE), work)
        await close_organisation(CloseOrganisation(one, 1), work)
        await add_organisation(AddOrganisation(new_id(), "Layton GPs", SourceGroup.PRIMARY_CARE), work)

    assert (await trained.row(organisation, id=one)).closed_on == TODAY


async def test_one_that_was_changed_meanwhile_or_is_not_there_is_refused(trained: TrainedTeam) -> None:
    for command, kind in (
        (CloseOrganisation(trained.organisation_id, 7), Conflict),
        (CloseOrganisation(new_id(), 1), NotFound),
    ):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await close_organisation(command, work)
