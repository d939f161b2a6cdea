"""A lead of some localities, and a commissioner, subscribe to what they see; when that changes, what they hear does."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.contents import SERVICE
from services.reporting.subscription.commands.change_subscription import ChangeSubscription, change_subscription
from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.commands.mute_cell import MuteCell, mute_cell
from services.reporting.subscription.commands.pause_subscription import PauseSubscription, pause_subscription
from services.reporting.subscription.commands.replay_deliveries import ReplayDeliveries, replay_deliveries
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    subscriber,
    subscription,
    subscription_run,
    watched_cell,
)
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition, Terms
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotFound, RuleBroken
from shared.manifest import Person
from shared.testing.events import Feed
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of
from tests.reporting.subscription.a_subscriber import LEAD, LOW, ASubscriber
from tests.reporting.subscription.web.test_subscription_pages import HEADS, csv_rows, mails, told_in

LEADS_REGION, OF_BLACKPOOL, COMMISSIONER = SERVICE.people
BLACKPOOL, OUTSIDE = Actor(OF_BLACKPOOL.id, OF_BLACKPOOL.roles), Actor(COMMISSIONER.id, COMMISSIONER.roles)
LEAVING = [one for one in Channel if one is not Channel.PAGE]
ENOUGH = 9


@pytest.fixture
async def maya(engine: AsyncEngine, feed: Feed) -> ASubscriber:
    """Of a region that is large enough for the lead of one locality to see its figures."""
    one = ASubscriber(engine, feed)
    one.teams = ENOUGH
    await one.begins("blackpool", "preston", "burnley")
    return one


@pytest.fixture
def app(maya: ASubscriber) -> FastAPI:
    return pages_of(SERVICE, maya.engine, lambda: maya.now)


@pytest.fixture(autouse=True)
async def everybody(app: FastAPI) -> None:
    """Each has signed in once."""
    for person in SERVICE.people:
        await signed_in(app, person)


async def signed_in(app: FastAPI, person: Person) -> httpx.AsyncClient:
    """Somebody with what the sign-in gives them now."""
    client, answer = client_of(app), Response()
    await app.state.sessions.start(Request({"type": "http", "headers": []}), answer, person)
    cookie = answer.headers["set-cookie"].partition(";")[0].partition("=")
    client.cookies.set(cookie[0], cookie[2])
    return client


async def all_runs(maya: ASubscriber, one: UUID) -> list[str]:
    return [row.why for row in await maya.rows(subscription_run, subscription=one)]


async def bodies(maya: ASubscriber, one: UUID) -> list[Any]:
    return [json.loads(row.body)["data"] for row in await maya.rows(delivery, subscription=one)]


def places_in(told: Sequence[dict[str, Any]]) -> set[str]:
    return {one["team"] for one in told}


@pytest.mark.parametrize(
    ("who", "sees"), [(OF_BLACKPOOL, {"", "blackpool"}), (COMMISSIONER, {"", "blackpool", "preston", "burnley"})]
)
async def test_each_channel_tells_row_by_row_what_their_own_page_shows_and_nothing_else(
    app: FastAPI, maya: ASubscriber, who: Person, sees: set[str]
) -> None:
    actor = Actor(who.id, who.roles)
    channels = [one for one in LEAVING if one is not Channel.STREAM or who is COMMISSIONER]
    made = {channel: await maya.subscribes(Condition.MONTH_END, channel, by=actor) for channel in channels}
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()
    client, [mail] = await signed_in(app, who), await mails(maya)

    for channel, one in made.items():
        page = await client.get(f"/subscriptions/{one}")
        rows = [words for _, words in told_in(page.text)]
        file = await client.get(f"/subscriptions/{one}/figures.csv")
        lines = [{head: cell for head, cell in zip(HEADS, line, strict=True) if cell} for line in csv_rows(file)[1:]]
        [body] = await bodies(maya, one)
        told = {(row["team"].capitalize() or "Whole region"): row for row in body["told"]}
        assert (page.status_code, body["audience"], places_in(body["told"])) == (200, "outside", sees), channel
        assert {row["Where"] for row in rows} == told.keys()
        assert [row for row in rows if row not in lines] == []
        for row in rows:
            said = told[row["Where"]]
            assert (said["figure"], said["of"], said["variation"]) == (row["Latest"], row["Of"], row["Variation"])
        if channel is Channel.EMAIL:
            assert [words for _, words in told_in(mail.html)] == rows


async def test_a_region_of_too_few_teams_is_not_told_to_who_leads_one_of_them(maya: ASubscriber) -> None:
    maya.teams = 3
    one = await maya.subscribes(Condition.MONTH_END, Channel.API, by=BLACKPOOL)
    await maya.freezes(blackpool=LOW)
    await maya.looks()

    [body] = await bodies(maya, one)
    assert places_in(body["told"]) == {"", "blackpool"}
    assert {row["starts"] for row in body["told"] if not row["team"]} == {"2026-02-01"}, "when it was of enough"


async def test_their_own_page_is_exact_and_a_commissioners_is_as_told_outside(app: FastAPI, maya: ASubscriber) -> None:
    for who, is_about in ((OF_BLACKPOOL, False), (COMMISSIONER, True)):
        one = await maya.subscribes(Condition.MONTH_END, Channel.PAGE, by=Actor(who.id, who.roles))
        rows = [words for _, words in told_in((await (await signed_in(app, who)).get(f"/subscriptions/{one}")).text)]
        assert {row["Of"].startswith("about ") for row in rows} == {is_about}


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms("A", Condition.TREND, Channel.API, teams=("preston",)), "team_unknown"),
        (Terms("A", Condition.TREND, Channel.STREAM), "stream_of_region"),
    ],
)
async def test_what_is_not_theirs_cannot_be_subscribed_to(maya: ASubscriber, terms: Terms, code: str) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API, by=BLACKPOOL)

    with pytest.raises(RuleBroken, match=code):
        await maya.subscribes(terms.condition, terms.channel, by=BLACKPOOL, teams=terms.teams)
    for actor in (BLACKPOOL, LEAD):
        with pytest.raises(RuleBroken, match=code):
            await maya.does(change_subscription, ChangeSubscription(one, 1, terms), actor)


async def test_they_see_their_own_subscriptions_and_nobody_elses(app: FastAPI, maya: ASubscriber) -> None:
    theirs = {
        actor.id: await maya.subscribes(Condition.MONTH_END, Channel.PAGE, by=actor, name=f"Of {number}")
        for number, actor in enumerate((LEAD, BLACKPOOL, OUTSIDE))
    }
    for person in SERVICE.people:
        client = await signed_in(app, person)
        shown = (await client.get("/subscriptions")).text
        for number, (owner, one) in enumerate(theirs.items()):
            is_seen = person is LEADS_REGION or owner == person.id
            assert (f">Of {number}<" in shown) is is_seen
            for address in ("", "/figures.csv", "/change", "/end"):
                answer = await client.get(f"/subscriptions/{one}{address}")
                assert answer.status_code == (200 if is_seen else 404), address
    with pytest.raises(NotFound):
        await maya.does(pause_subscription, PauseSubscription(theirs[LEAD.id], None), BLACKPOOL)


@pytest.fixture
async def narrowed(app: FastAPI, maya: ASubscriber) -> dict[Channel, UUID]:
    """Somebody led Blackpool and Preston, was told of both, and leads Blackpool alone now; nothing had left yet."""
    await signed_in(app, replace(OF_BLACKPOOL, localities=frozenset({"blackpool", "preston"})))
    made = {
        one: await maya.subscribes(Condition.MONTH_END, one, by=BLACKPOOL)
        for one in LEAVING
        if one is not Channel.STREAM
    }
    await maya.does(mute_cell, MuteCell(made[Channel.API], 9, "blackpool", maya.now.date() + timedelta(days=99)))
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()
    maya.now += timedelta(hours=1)
    await signed_in(app, OF_BLACKPOOL)
    return made


async def test_with_fewer_localities_nothing_is_told_any_more_that_was_told_before(
    app: FastAPI, maya: ASubscriber, narrowed: dict[Channel, UUID]
) -> None:
    called = await call_webhooks(maya.units)
    await maya.looks()
    [hook] = await maya.rows(delivery, subscription=narrowed[Channel.WEBHOOK])
    again = ReplayDeliveries(narrowed[Channel.WEBHOOK], maya.now.date() - timedelta(days=30))
    async with maya.units.begin(system()) as work:
        still = await Deliveries(work).after(narrowed[Channel.API], 0, 100)
    page = (await (await signed_in(app, OF_BLACKPOOL)).get(f"/subscriptions/{narrowed[Channel.API]}")).text

    assert (await mails(maya), called, hook.next_try_at, still) == ([], 0, None, [])
    with pytest.raises(RuleBroken, match="nothing_told"):
        await maya.does(replay_deliveries, again, BLACKPOOL)
    assert "Preston" not in page
    assert "Whoever made it leads Blackpool now. It begins anew, of those." in page


async def test_with_fewer_localities_it_goes_on_with_those(maya: ASubscriber, narrowed: dict[Channel, UUID]) -> None:
    one = narrowed[Channel.API]
    begun = [outcome for outcome, _ in await maya.looks()]
    await maya.does(send_one_now, SendOneNow(one), BLACKPOOL)

    cells = await maya.rows(watched_cell, subscription=one)
    assert begun == [RunOutcome.CHANGED] * len(narrowed)
    assert [(cell.team, bool(cell.muted_until)) for cell in cells] == [("", False), ("blackpool", True)]
    assert places_in((await bodies(maya, one))[-1]["told"]) == {"", "blackpool"}


async def test_with_more_localities_it_tells_of_those_too_and_what_holds_there_is_known(
    app: FastAPI, maya: ASubscriber
) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.API, by=BLACKPOOL)
    await maya.freezes(blackpool=50, preston=LOW)
    await maya.looks()

    await signed_in(app, replace(OF_BLACKPOOL, localities=frozenset({"blackpool", "preston"})))
    await maya.looks()
    await maya.freezes(blackpool=50, preston=LOW)
    quiet = await maya.looks()
    await maya.freezes(blackpool=LOW, preston=50)

    assert [outcome for outcome, _ in quiet] == [RunOutcome.QUIET]
    assert [outcome for outcome, _ in await maya.looks()] == [RunOutcome.FIRED]
    [body] = await bodies(maya, one)
    assert {(told["team"], told["change"]) for told in body["told"]} == {("blackpool", "started"), ("preston", "ended")}


@pytest.mark.parametrize(
    ("channel", "teams", "why"),
    [
        (Channel.EMAIL, ("burnley", "preston"), "Whoever made it sees none of its places any more."),
        (Channel.STREAM, (), "Whoever made it leads some localities now, and the stream is one for the whole region."),
    ],
)
async def test_it_ends_and_says_so_where_nothing_of_it_is_theirs_any_more(
    app: FastAPI, maya: ASubscriber, channel: Channel, teams: tuple[str, ...], why: str
) -> None:
    one = await maya.subscribes(Condition.MONTH_END, channel, teams=teams)
    await signed_in(app, replace(OF_BLACKPOOL, id=LEAD.id))
    await maya.freezes(blackpool=LOW, preston=LOW)

    assert await maya.looks() == [(RunOutcome.CHANGED, f"It ended. {why}")]
    [row] = await maya.rows(subscription, id=one)
    assert row.why_ended == why
    assert [row.address for row in await maya.rows(subscriber, subscription=one) if row.address] == []


async def test_a_lead_of_the_region_who_leads_it_no_more_hears_what_they_see_now(
    app: FastAPI, maya: ASubscriber
) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API, teams=("", "blackpool", "preston"))
    await signed_in(app, replace(OF_BLACKPOOL, id=LEAD.id))
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()

    [body] = await bodies(maya, one)
    assert places_in(body["told"]) == {"", "blackpool"}


async def test_whoever_signs_in_as_before_has_theirs_go_on_untouched(app: FastAPI, maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API, by=BLACKPOOL)
    before = await maya.rows(subscription)

    for person in SERVICE.people:
        await signed_in(app, person)

    assert await maya.rows(subscription) == before
    assert len(await all_runs(maya, one)) == 1


def test_every_role_of_the_region_has_a_remit() -> None:
    assert (
        {role for person in SERVICE.people for role in person.roles}
        == set(SERVICE.roles)
        == {
            Role.REGIONAL_LEAD,
            Role.LOCALITY_LEAD,
            Role.COMMISSIONER,
        }
    )


async def test_one_that_ended_shows_its_owner_what_they_see_now(app: FastAPI, maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.PAGE)
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()
    await maya.does(end_subscription, EndSubscription(one))
    client = await signed_in(app, replace(OF_BLACKPOOL, id=LEAD.id))
    shown = [(await client.get(f"/subscriptions/{one}{file}")).text for file in ("", "/figures.csv", "/runs.csv")]

    assert [("Blackpool" in told, "Preston" in told) for told in shown] == [
        (True, False),
        (True, False),
        (False, False),
    ]


async def test_nothing_is_read_with_a_role_of_before_until_the_timer_has_looked(
    app: FastAPI, maya: ASubscriber
) -> None:
    """The session of before has ended, the list and its file tell no more, and no subscription is made with it."""
    one = await maya.subscribes(Condition.OUTSIDE, Channel.PAGE)
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()
    before = await signed_in(app, LEADS_REGION)
    listed = (await before.get("/subscriptions")).text
    now = await signed_in(app, replace(COMMISSIONER, id=LEAD.id))
    addresses = ("/subscriptions", "/subscriptions.csv", f"/subscriptions/{one}", f"/subscriptions/{one}/runs.csv")
    ended = {(await before.get(at)).status_code for at in addresses}
    shown = [(await now.get(at)).text for at in addresses]
    rows = csv_rows(await now.get(f"/subscriptions/{one}/figures.csv"))[1:]
    late = await maya.subscribes(Condition.MONTH_END, Channel.PAGE)
    [made] = await maya.rows(subscription, id=late)

    assert "Started: " in listed
    assert ended == {303}
    assert [told for told in shown if "Started: " in told] == []
    assert rows
    assert [row for row in rows if not any(cell.startswith("about ") for cell in row)] == []
    assert (made.audience, made.localities) == ("outside", None)


@pytest.mark.parametrize("who_follows", ["look", "change"])
async def test_what_a_look_tells_that_began_before_the_sign_in_is_withdrawn(
    app: FastAPI, maya: ASubscriber, who_follows: str
) -> None:
    """Its moments come after the one that the sign-in knows of."""
    one = await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK)
    await maya.freezes(blackpool=LOW, preston=LOW)
    await maya.looks()
    maya.now -= timedelta(hours=1)
    await signed_in(app, replace(OF_BLACKPOOL, id=LEAD.id))
    maya.now += timedelta(hours=2)

    assert await call_webhooks(maya.units) == 0
    if who_follows == "look":
        await maya.looks()
    else:
        terms = Terms("Waits", Condition.ANY_RULE, Channel.WEBHOOK, webhook="https://hook.example/told")
        await maya.does(change_subscription, ChangeSubscription(one, 1, terms))
    assert [row.next_try_at for row in await maya.rows(delivery, subscription=one)] == [None]


async def test_with_other_localities_the_region_is_another_one_too(app: FastAPI, maya: ASubscriber) -> None:
    """Of two localities the region must be of more teams, so what it said of the region before is not theirs now."""
    await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK, by=BLACKPOOL)
    await maya.freezes(blackpool=LOW)
    await maya.looks()
    await signed_in(app, replace(OF_BLACKPOOL, localities=frozenset({"blackpool", "preston"})))

    assert await call_webhooks(maya.units) == 0


async def test_what_everybody_is_told_goes_on_when_whoever_led_the_region_sees_what_is_told_outside(
    app: FastAPI, maya: ASubscriber
) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK)
    await maya.freezes(blackpool=LOW)
    await maya.looks()
    await signed_in(app, replace(COMMISSIONER, id=LEAD.id))
    await maya.looks()

    assert [row.next_try_at is None for row in await maya.rows(delivery)] == [False]


async def test_what_starts_before_it_follows_is_told_of_the_places_that_stay(app: FastAPI, maya: ASubscriber) -> None:
    await signed_in(app, replace(OF_BLACKPOOL, localities=frozenset({"blackpool", "preston"})))
    one = await maya.subscribes(Condition.OUTSIDE, Channel.API, by=BLACKPOOL)
    await maya.freezes(blackpool=LOW, preston=LOW)
    await signed_in(app, OF_BLACKPOOL)

    assert [outcome for outcome, _ in await maya.looks()] == [RunOutcome.CHANGED, RunOutcome.FIRED]
    [body] = await bodies(maya, one)
    assert {(told["team"], told["change"]) for told in body["told"]} == {("blackpool", "started")}
