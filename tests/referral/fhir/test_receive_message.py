import asyncio
import hashlib

import pytest

from services.referral.fhir.commands.receive_message import MessageReceipt, ReceiveMessage, receive_message
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, a_request
from tests.referral.fhir.test_register_api_client import register


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


async def a_client(team: ATeam) -> Actor:
    return Actor((await register(team)).client_id, frozenset())


async def receive(team: ATeam, client: Actor, message: str = "1", content: str = "a") -> MessageReceipt:
    async with team.begin(client) as work:
        return await receive_message(ReceiveMessage(digest(message), digest(content), a_request()), work)


async def test_a_repeated_message_gets_the_first_ones_receipt(team: ATeam) -> None:
    client = await a_client(team)

    first = await receive(team, client)
    team.now = NOW.replace(hour=20)
    second = await receive(team, client)

    assert second == first
    assert len(await team.published()) == 1
    assert (await team.audited())[1:] == [("referral.receive", first.referral.referral_id)]


async def test_of_two_that_say_different_things_under_one_id_at_once_one_is_stored(team: ATeam) -> None:
    client = await a_client(team)

    results = await asyncio.gather(
        receive(team, client, content="a"), receive(team, client, content="b"), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "MessageReceipt"]
    (conflict,) = [result for result in results if isinstance(result, Conflict)]
    assert conflict.sentence == (
        "A message with this id was received before, and it said something else. This one was not saved: "
        "give it an id of its own, or telephone the team to change a referral."
    )
    assert len(await team.published()) == 1


async def test_a_message_with_an_id_of_its_own_is_another_referral(team: ATeam) -> None:
    client = await a_client(team)

    first, second = await receive(team, client, "1"), await receive(team, client, "2")

    assert first.referral.referral_id != second.referral.referral_id


async def test_what_the_domain_refuses_leaves_nothing_and_may_be_sent_again_put_right(team: ATeam) -> None:
    client = await a_client(team)
    wrong = ReceiveMessage(digest("1"), digest("wrong"), a_request(reasons=()))

    with pytest.raises(RuleBroken):
        async with team.begin(client) as work:
            await receive_message(wrong, work)
    await receive(team, client, "1", "right")

    assert len(await team.published()) == 1
