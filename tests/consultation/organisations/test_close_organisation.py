"""An organisation is no longer offered."""

import pytest

from services.consultation.organisations.commands.close_organisation import CloseOrganisation, close_organisation
from services.consultation.organisations.queries.organisation_list import organisations_offered
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, AskedTeam
from tests.consultation.organisations.test_add_organisation import add


async def close(asked: AskedTeam, *, seen: int = 1) -> None:
    async with asked.begin(ANN) as work:
        await close_organisation(CloseOrganisation(asked.organisation_id, seen), work)


async def test_it_is_not_offered_what_it_asked_stays_and_its_name_is_free(asked: AskedTeam) -> None:
    await close(asked)

    async with asked.begin(ANN) as work:
        assert await organisations_offered(work) == []
    assert len(await asked.rows()) == 1
    await add(asked, "Grange Park")


async def test_it_is_closed_once_by_somebody_who_saw_it_as_it_is(asked: AskedTeam) -> None:
    with pytest.raises(Conflict):
        await close(asked, seen=7)
    await close(asked)
    with pytest.raises(RuleBroken):
        await close(asked, seen=2)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(ANN) as work:
            await close_organisation(CloseOrganisation(new_id(), 1), work)
