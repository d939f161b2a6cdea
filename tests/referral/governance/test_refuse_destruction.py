from uuid import UUID

import pytest

from services.referral.governance.commands.confirm_destruction import ConfirmDestruction, confirm_destruction
from services.referral.governance.commands.refuse_destruction import RefuseDestruction, refuse_destruction
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, PRACTITIONER
from tests.referral.governance.test_propose_destruction import an_old_family, propose
from tests.referral.governance.test_request_subject_access import people_of


async def refuse(team: ATeam, destruction_id: UUID, actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await refuse_destruction(RefuseDestruction(destruction_id), work)


async def test_a_record_that_is_kept_may_be_proposed_again(team: ATeam) -> None:
    family_id = await an_old_family(team)
    proposal = await propose(team, family_id)

    await refuse(team, proposal)

    assert len(await people_of(team, family_id)) == 3
    assert (await team.audited())[-1] == ("destruction.refuse", family_id)
    with pytest.raises(Conflict):
        async with team.begin(LEAD) as work:
            await confirm_destruction(ConfirmDestruction(proposal), work)
    await propose(team, family_id)


async def test_the_lead_decides_once(team: ATeam) -> None:
    proposal = await propose(team, await an_old_family(team))

    with pytest.raises(NotAllowed):
        await refuse(team, proposal, PRACTITIONER)
    await refuse(team, proposal)
    with pytest.raises(Conflict):
        await refuse(team, proposal)
