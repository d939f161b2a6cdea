from datetime import timedelta
from uuid import UUID

import pytest

from services.referral.fhir.commands.register_api_client import SECRET_LASTS, ApiCredentials
from services.referral.fhir.commands.renew_api_secret import RenewApiSecret, renew_api_secret
from services.referral.fhir.queries.api_client_list import api_client_list
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.fhir.test_issue_api_token import issue
from tests.referral.fhir.test_register_api_client import register
from tests.referral.fhir.test_revoke_api_client import revoke


async def renew(team: ATeam, client_id: UUID, actor: Actor | None = None) -> ApiCredentials:
    async with team.begin(actor or system()) as work:
        return await renew_api_secret(RenewApiSecret(client_id), work)


async def test_a_second_secret_holds_beside_the_first_and_there_is_no_third(team: ATeam) -> None:
    first = await register(team)
    team.now += timedelta(days=300)
    second = await renew(team, first.client_id)

    for secret in (first.secret, second.secret):
        assert await issue(team, first.client_id, secret)
    with pytest.raises(RuleBroken, match="api_secrets"):
        await renew(team, first.client_id)
    async with team.begin(system()) as work:
        [line] = await api_client_list(work.session, work.now)
    assert (line.secrets, line.expires_at, line.last_used_at) == (2, second.expires_at, team.now)
    assert ("api_client.renew", first.client_id) in await team.audited()


async def test_a_secret_ends_after_a_year_and_makes_room_for_another(team: ATeam) -> None:
    first = await register(team)
    await renew(team, first.client_id)
    team.now += SECRET_LASTS

    with pytest.raises(NotAllowed):
        await issue(team, first.client_id, first.secret)
    assert await issue(team, first.client_id, (await renew(team, first.client_id)).secret)


async def test_of_a_system_that_is_revoked_nothing_is_renewed(team: ATeam) -> None:
    client = await register(team)
    await revoke(team, client.client_id)

    with pytest.raises(NotFound):
        await renew(team, client.client_id)


async def test_nobody_but_an_operator_may_renew(team: ATeam) -> None:
    client = await register(team)

    with pytest.raises(NotAllowed):
        await renew(team, client.client_id, an_actor(Role.TEAM_LEAD))


async def test_another_teams_system_cannot_be_renewed(team: ATeam, other_team: ATeam) -> None:
    client = await register(other_team)

    with pytest.raises(NotFound):
        await renew(team, client.client_id)
