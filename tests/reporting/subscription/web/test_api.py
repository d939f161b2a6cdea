"""A program asks with a key, misses nothing, and sees of no other subscription."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.audit.tables import audit
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber


@pytest.fixture
def app(engine: AsyncEngine, maya: ASubscriber) -> FastAPI:
    return pages_of(SERVICE, engine, lambda: maya.now)


@pytest.fixture
def program(app: FastAPI) -> httpx.AsyncClient:
    return client_of(app)


async def key_of(maya: ASubscriber, one: UUID) -> dict[str, str]:
    return {"Authorization": f"Bearer {(await maya.keys(one))[0]}"}


async def test_it_goes_on_after_the_last_that_it_knows(maya: ASubscriber, program: httpx.AsyncClient) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API)
    key, address = await key_of(maya, one), f"/api/subscriptions/{one}/deliveries"
    after, found = 0, list[str]()
    for preston in (LOW, 50, LOW):
        await maya.freezes(preston=preston)
        await maya.looks()
        answer = (await program.get(address, params={"after": after}, headers=key)).json()
        after = answer["after"]
        found += [one["body"]["data"]["month"] for one in answer["deliveries"]]

    again = (await program.get(address, params={"after": after}, headers=key)).json()
    whole = (await program.get(address, headers=key)).json()

    assert found == ["2026-03", "2026-04", "2026-05"]
    assert again == {"deliveries": [], "after": after}
    assert [one["body"]["data"]["month"] for one in whole["deliveries"]] == found


async def test_it_asks_what_it_tells_now_as_those_outside_may_know_it(
    maya: ASubscriber, program: httpx.AsyncClient
) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API)

    now = (await program.get(f"/api/subscriptions/{one}", headers=await key_of(maya, one))).json()

    assert now["data"]["audience"] == "outside"
    assert [told["team"] for told in now["data"]["told"]] == ["", "burnley", "preston"]


async def test_what_a_program_read_is_in_the_audit_trail(maya: ASubscriber, program: httpx.AsyncClient) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API)
    key = await key_of(maya, one)
    for address in (f"/api/subscriptions/{one}", f"/api/subscriptions/{one}/deliveries", "/api/subscriptions/nonsense"):
        await program.get(address, headers=key)

    async with maya.engine.connect() as connection:
        read = select(audit.c.subject).where(audit.c.action == "subscription.read_by_program")
        found = list(await connection.scalars(read))
    assert found == [one, one]


async def test_another_key_no_key_and_a_key_of_what_has_ended_open_nothing(
    maya: ASubscriber, program: httpx.AsyncClient
) -> None:
    one, other, hook = [
        await maya.subscribes(Condition.MONTH_END, channel) for channel in (Channel.API, Channel.API, Channel.WEBHOOK)
    ]
    ended = await key_of(maya, one)
    tries: list[tuple[Any, Any]] = [
        (one, {}),
        (one, await key_of(maya, other)),
        (one, {"Authorization": "Bearer "}),
        (one, {"Authorization": "Bearer \u00e9"}),
        (hook, await key_of(maya, hook)),
        ("nonsense", ended),
    ]
    answers = [
        (await program.get(f"/api/subscriptions/{which}", headers={k: v.encode() for k, v in key.items()})).status_code
        for which, key in tries
    ]
    await maya.does(end_subscription, EndSubscription(one))

    assert answers == [401] * 6
    assert (await program.get(f"/api/subscriptions/{one}/deliveries", headers=ended)).status_code == 401
