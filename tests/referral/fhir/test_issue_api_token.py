from uuid import UUID

import pytest

from services.referral.fhir.commands.issue_api_token import LIFETIME, IssueApiToken, issue_api_token
from services.referral.fhir.database.api_clients import ApiClients
from shared.kernel.actor import system
from shared.kernel.errors import NotAllowed
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.fhir.test_register_api_client import register
from tests.referral.fhir.test_revoke_api_client import revoke


async def issue(team: ATeam, client_id: UUID, secret: str) -> str:
    async with team.begin(system()) as work:
        return await issue_api_token(IssueApiToken(client_id, secret), work)


async def owner_of(team: ATeam, token: str) -> UUID | None:
    async with team.begin(system()) as work:
        return await ApiClients(work.session).of_token(token, work.now)


async def test_a_token_is_its_clients_for_ten_minutes(team: ATeam) -> None:
    client = await register(team)

    token = await issue(team, client.client_id, client.secret)

    assert await owner_of(team, token) == client.client_id
    team.now += LIFETIME
    assert await owner_of(team, token) is None


async def test_each_request_gives_another_token_and_both_hold(team: ATeam) -> None:
    client = await register(team)

    tokens = [await issue(team, client.client_id, client.secret) for _ in range(2)]

    assert tokens[0] != tokens[1]
    assert [await owner_of(team, token) for token in tokens] == [client.client_id] * 2


async def test_what_is_not_a_clients_own_secret_is_refused(team: ATeam, other_team: ATeam) -> None:
    client, revoked, others = await register(team), await register(team, "revoked"), await register(other_team)
    await revoke(team, revoked.client_id)

    for client_id, secret in (
        (client.client_id, "wrong"),
        (client.client_id, revoked.secret),
        (new_id(), client.secret),
        (revoked.client_id, revoked.secret),
        (others.client_id, others.secret),
    ):
        with pytest.raises(NotAllowed) as refusal:
            await issue(team, client_id, secret)
        assert refusal.value.sentence == "The client id or its secret is not right. Ask the team for new ones."


def test_a_secret_is_in_no_representation_of_the_command() -> None:
    assert "very-secret" not in repr(IssueApiToken(new_id(), "very-secret"))
