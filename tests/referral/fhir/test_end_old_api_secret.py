from datetime import timedelta
from uuid import UUID

import pytest

from services.referral.fhir.commands.end_old_api_secret import EndOldApiSecret, end_old_api_secret
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotAllowed, NotFound
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.fhir.test_issue_api_token import issue
from tests.referral.fhir.test_register_api_client import register
from tests.referral.fhir.test_renew_api_secret import renew


async def end_old(team: ATeam, client_id: UUID, actor: Actor | None = None) -> None:
    async with team.begin(actor or system()) as work:
        await end_old_api_secret(EndOldApiSecret(client_id), work)


async def test_the_older_secret_ends_and_the_newer_one_holds(team: ATeam) -> None:
    old = await register(team)
    team.now += timedelta(days=1)
    new = await renew(team, old.client_id)

    await end_old(team, old.client_id)

    with pytest.raises(NotAllowed):
        await issue(team, old.client_id, old.secret)
    assert await issue(team, old.client_id, new.secret)
    assert ("api_client.end_secret", old.client_id) in await team.audited()


async def test_the_only_secret_is_not_ended(team: ATeam, other_team: ATeam) -> None:
    client, others = await register(team), await register(other_team)

    for client_id in (client.client_id, others.client_id):
        with pytest.raises(NotFound):
            await end_old(team, client_id)
    assert await issue(team, client.client_id, client.secret)


async def test_nobody_but_an_operator_may_end_one(team: ATeam) -> None:
    client = await register(team)

    with pytest.raises(NotAllowed):
        await end_old(team, client.client_id, an_actor(Role.TEAM_LEAD))
