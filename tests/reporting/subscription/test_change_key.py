"""A key is shown once, kept nowhere, and changed without a moment in which nobody can check."""

from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.subscription.commands.change_key import ChangeKey, change_key
from services.reporting.subscription.database.subscription_tables import subscription
from services.reporting.subscription.domain.key import key_of
from services.reporting.subscription.domain.subscription import BOTH_HOLD_FOR, SHOWN_FOR, Channel, Condition
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from services.reporting.subscription.tools.subscribe import OPERATOR
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of, signs_in
from shared.webhook import Answered, Call
from tests.reporting.subscription.a_subscriber import LEAD, SERVICE_KEY, ASubscriber

KEYED = [one for one in Channel if one.has_key]
LEADS_REGION, *_ = SERVICE.people
ANOTHER = Person(UUID(int=44), "Another lead", LEADS_REGION.roles)


@pytest.fixture
def app(engine: AsyncEngine, maya: ASubscriber) -> FastAPI:
    return pages_of(SERVICE, engine, lambda: maya.now)


async def page_of(app: FastAPI, one: UUID, person: Person = LEADS_REGION) -> str:
    client = client_of(app)
    await signs_in(client, person)
    return (await client.get(f"/subscriptions/{one}")).text


@pytest.mark.parametrize("channel", KEYED)
async def test_two_hold_for_a_week_and_then_the_new_one_alone(maya: ASubscriber, channel: Channel) -> None:
    one = await maya.subscribes(channel=channel)
    [first] = await maya.keys(one)
    await maya.does(change_key, ChangeKey(one))
    [second, still] = await maya.keys(one)
    await maya.does(change_key, ChangeKey(one))
    two = await maya.keys(one)
    maya.now += BOTH_HOLD_FOR

    assert still == first
    assert (len({first, second, *two}), two[1]) == (3, first), "whoever missed the second one still has the first"
    assert await maya.keys(one) == two[:1]


@pytest.mark.parametrize("channel", KEYED)
async def test_one_in_wrong_hands_is_worth_nothing_at_once(maya: ASubscriber, channel: Channel) -> None:
    one = await maya.subscribes(channel=channel)
    [first] = await maya.keys(one)
    await maya.does(change_key, ChangeKey(one, at_once=True))

    assert first not in await maya.keys(one)


async def test_a_further_one_within_the_week_makes_the_week_no_longer(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.API)
    await maya.does(change_key, ChangeKey(one))
    maya.now += BOTH_HOLD_FOR / 2
    await maya.does(change_key, ChangeKey(one))
    [row] = await maya.rows(subscription)

    assert row.earlier_until == maya.now + BOTH_HOLD_FOR / 2


async def test_a_webhook_that_has_no_key_waits_for_one_and_says_so(app: FastAPI, maya: ASubscriber) -> None:
    """As after an upgrade from a version that kept them, and where the command line made it."""
    async with maya.units.begin(LEAD) as work:
        await Colleagues(work.session).remember(OPERATOR.id, "Operator", OPERATOR.roles)
    one = await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK, by=OPERATOR)
    await maya.freezes()
    await maya.looks()
    called = await call_webhooks(maya.units, takes)
    page = await page_of(app, one)
    await maya.does(change_key, ChangeKey(one))
    [row] = await maya.rows(subscription)

    assert (called, await call_webhooks(maya.units, takes)) == (0, 1)
    assert "It has no key, and nothing is sent until one is made." in page
    assert (row.key_number, row.earlier_until) == (1, None)


async def takes(_call: Call, _now: object) -> Answered:
    return Answered(200, None)


async def test_a_program_goes_on_with_the_one_before_while_it_learns_the_new_one(
    app: FastAPI, maya: ASubscriber
) -> None:
    one = await maya.subscribes(channel=Channel.API)
    [first] = await maya.keys(one)
    await maya.does(change_key, ChangeKey(one))
    second, _ = await maya.keys(one)

    async def opens(key: str) -> int:
        program: httpx.AsyncClient = client_of(app)
        asked = await program.get(f"/api/subscriptions/{one}", headers={"Authorization": f"Bearer {key}"})
        return asked.status_code

    assert [await opens(key) for key in (first, second, "pairs_guessed")] == [200, 200, 401]
    maya.now += BOTH_HOLD_FOR
    assert [await opens(key) for key in (first, second)] == [401, 200]


@pytest.mark.parametrize("channel", KEYED)
async def test_it_is_shown_to_whoever_made_it_and_only_for_a_while(
    app: FastAPI, maya: ASubscriber, channel: Channel
) -> None:
    one = await maya.subscribes(channel=channel)
    [key] = await maya.keys(one)
    for_them = await page_of(app, one)
    await maya.does(change_key, ChangeKey(one), actor=Actor(ANOTHER.id, ANOTHER.roles))
    of_another = await page_of(app, one)
    await maya.does(change_key, ChangeKey(one))
    [third, _] = await maya.keys(one)
    now = await page_of(app, one)
    maya.now += SHOWN_FOR
    later = await page_of(app, one)

    assert key.replace("+", "&#43;") in for_them.replace("+", "&#43;")
    assert "Copy it now" not in of_another
    assert third in now
    assert third not in later
    assert "Copy it now" not in later


@pytest.mark.parametrize("channel", KEYED)
async def test_the_database_has_nothing_of_it(maya: ASubscriber, channel: Channel) -> None:
    one = await maya.subscribes(channel=channel)
    await maya.does(change_key, ChangeKey(one))
    keys = await maya.keys(one)

    async with maya.engine.connect() as connection:
        names = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        rows = [
            str(row)
            for name in names.all()
            for row in (await connection.execute(text(f'SELECT * FROM "{name}"'))).all()
        ]
    assert any(str(one) in row for row in rows)
    assert [row for row in rows if any(key.partition("_")[2][:20] in row for key in keys)] == []


def test_each_channel_subscription_number_and_service_has_another() -> None:
    one, other = UUID(int=1), UUID(int=2)
    made = [
        key_of(service, channel, subscription, number).partition("_")[2].rstrip("=")
        for service in (SERVICE_KEY, bytes(31) + b"1")
        for channel in KEYED
        for subscription in (one, other)
        for number in (1, 2)
    ]
    assert len(set(made)) == len(made) == 16
    with pytest.raises(ValueError, match="no key"):
        key_of(b"", Channel.API, one, 1)


async def test_a_channel_without_a_key_has_none_to_change(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.STREAM)

    with pytest.raises(RuleBroken, match="no_key"):
        await maya.does(change_key, ChangeKey(one))
