from uuid import UUID

import pytest

from services.referral.fhir.commands.revoke_api_client import RevokeApiClient, revoke_api_client
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.fhir.test_register_api_client import register


async def revoke(team: ATeam, client_id: UUID, actor: Actor | None = None) -> None:
    async with team.begin(actor or system()) as work:
        await revoke_api_client(RevokeApiClient(client_id), work)


async def test_the_name_of_a_revoked_client_can_be_given_again(team: ATeam) -> None:
    first = await register(team)

    await revoke(team, first.client_id)
    second = await register(team)

    assert await team.audited() == [
        ("api_client.register", first.client_id),
        ("api_client.revoke", first.client_id),
        ("api_client.register", second.client_id),
    ]


@pytest.mark.parametrize("role", list(Role))
async def test_only_an_operator_may(team: ATeam, role: Role) -> None:
    client = await register(team)

    with pytest.raises(NotAllowed) as refusal:
        await revoke(team, client.client_id, an_actor(role))

    assert refusal.value.sentence == "Only an operator can do this. Ask whoever runs the service."


async def test_a_client_that_is_unknown_another_teams_or_revoked_already_is_not_found(
    team: ATeam, other_team: ATeam
) -> None:
    others = await register(other_team)
    revoked = await register(team)
    await revoke(team, revoked.client_id)

    for client_id in (new_id(), others.client_id, revoked.client_id):
        with pytest.raises(NotFound) as refusal:
            await revoke(team, client_id)
        assert refusal.value.sentence == "There is no such client that is not revoked already."
