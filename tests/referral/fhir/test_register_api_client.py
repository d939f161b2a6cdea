import asyncio

import pytest

from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from services.referral.fhir.database.api_clients import ApiCredentials
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor


async def register(team: ATeam, name: str = "royal-neonatal", actor: Actor | None = None) -> ApiCredentials:
    async with team.begin(actor or system()) as work:
        return await register_api_client(RegisterApiClient(name), work)


async def test_an_operator_gets_credentials_and_the_trail_says_so(team: ATeam) -> None:
    credentials = await register(team)

    assert len(credentials.secret) >= 43, "256 bits in base64"
    assert await team.audited() == [("api_client.register", credentials.client_id)]


@pytest.mark.parametrize("role", list(Role))
async def test_nobody_else_may(team: ATeam, role: Role) -> None:
    with pytest.raises(NotAllowed) as refusal:
        await register(team, actor=an_actor(role))

    assert refusal.value.sentence == "Only an operator can do this. Ask whoever runs the service."
    assert await team.audited() == []


@pytest.mark.parametrize("name", ["", "A", "royal neonatal", "../x", "x" * 40, "1st", "leonie@example.org"])
async def test_a_name_that_is_not_a_slug_is_refused(team: ATeam, name: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await register(team, name)

    assert refusal.value.sentence == ("Name the client in small letters, digits and hyphens, starting with a letter.")


async def test_of_two_with_the_same_name_at_once_one_is_registered(team: ATeam) -> None:
    results = await asyncio.gather(register(team), register(team), return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["ApiCredentials", "Conflict"]
    (conflict,) = [result for result in results if isinstance(result, Conflict)]
    assert conflict.sentence == "There is a client of this name. Revoke it first, or choose another name."
