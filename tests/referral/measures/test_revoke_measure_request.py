from typing import Any

import pytest

from services.referral.measures.commands.answer_measure import AnswerMeasure, answer_measure
from services.referral.measures.commands.revoke_measure_request import RevokeMeasureRequest, revoke_measure_request
from services.referral.measures.packs.measures import MEASURES
from shared.contracts.vocabulary import Role
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.measures.builders import PRACTITIONER, the_family
from tests.referral.measures.test_request_measure import asks, links


async def revokes(team: ATeam, *, actor: Any = PRACTITIONER, version: int = 1) -> None:
    (link,) = await links(team)
    async with team.begin(actor) as work:
        await revoke_measure_request(RevokeMeasureRequest(link.id, version), work)


async def test_nobody_answers_by_a_link_that_was_taken_back(team: ATeam) -> None:
    family = await the_family(team)
    token = await asks(team, family)

    await revokes(team)

    with pytest.raises(RuleBroken) as refused:
        async with team.begin(public_form()) as work:
            await answer_measure(AnswerMeasure(MEASURES["EPDS"], {"1": 1}, token), work)
    assert refused.value.code == "measure_link_over"
    assert (await team.audited())[-1] == ("measure.revoke_request", family.family_id)


async def test_a_link_is_taken_back_once(team: ATeam) -> None:
    await asks(team, await the_family(team))
    await revokes(team)

    with pytest.raises(Conflict):
        await revokes(team, version=2)


async def test_a_page_that_is_out_of_date_takes_nothing_back(team: ATeam) -> None:
    await asks(team, await the_family(team))

    with pytest.raises(Conflict):
        await revokes(team, version=2)

    assert [link.revoked_at for link in await links(team)] == [None]


async def test_the_region_takes_no_link_back(team: ATeam) -> None:
    await asks(team, await the_family(team))

    with pytest.raises(NotAllowed):
        await revokes(team, actor=an_actor(Role.REGIONAL_LEAD))


async def test_a_link_that_is_not_there_cannot_be_taken_back(team: ATeam) -> None:
    with pytest.raises(NotFound):
        async with team.begin(PRACTITIONER) as work:
            await revoke_measure_request(RevokeMeasureRequest(new_id(), 1), work)
