"""Every form of reporting: what is wrong, who may not, two presses, and what was typed."""

from collections.abc import AsyncIterator
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.dashboard.commands.agree_action import AgreeAction, agree_action
from services.reporting.dashboard.domain.action import ActionKind
from services.reporting.indicators.commands.set_target import SetTarget, set_target
from services.reporting.publication.commands.say_not_ready import SayNotReady, say_not_ready
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.database.subscription_tables import message, subscriber
from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.contracts.region import month_of
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.events import Feed
from shared.testing.form_walk import FormWalk, done_twice, not_kept, sent_by_others, wrongly_taken
from shared.testing.office import Office, kept_moment
from shared.testing.page_routes import addresses_of, page_routes
from shared.testing.page_walk import pages_of, walked_service
from tests.reporting.subscription.a_subscriber import LEAD, NOW, ASubscriber

RIGHT = {
    "/subscriptions/new": {"condition": "every_monday", "channel": "email", "addresses": "one@place.example"},
    "/subscriptions/{subscription_id}/end": {"is_sure": "yes"},
    "/indicators/{which}/notes/new": {"month": "2026-02"},
    "/indicators/{which}/targets/new": {"value": "80"},
}
"""Path → what is right besides the first answer that each question offers."""

LEADS_REGION, *_ = SERVICE.people
SEEN_BY = {
    f"/subscriptions/{{subscription_id}}/{form}": (LEADS_REGION,)
    for form in ("change", "pause", "send", "again", "end", "replay", "key", "cells/{which}/{team}/mute")
} | {"/actions/{action_id}/close": (LEADS_REGION,)}
"""It is the subscription, and the action, of whoever leads the region."""

THIS_MONTH = month_of(NOW.date())
OPENED_AT = {"/readiness/{team}/{month}/ready": f"/readiness/burnley/{THIS_MONTH}/ready"}
"""Of a month by which the team does not stand."""


@pytest.fixture
async def walk(engine: AsyncEngine, feed: Feed, servers: AdminUrls) -> AsyncIterator[FormWalk]:
    maya = ASubscriber(engine, feed)
    await maya.begins()
    subscription_id = await maya.subscribes(Condition.OUTSIDE, Channel.EMAIL, addresses=["one@place.example"])
    await maya.does(say_not_ready, SayNotReady("burnley", THIS_MONTH, "Two files are missing."))
    hook = await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK, addresses=["two@place.example"])
    await maya.does(send_one_now, SendOneNow(hook))
    await maya.does(send_one_now, SendOneNow(subscription_id))
    async with engine.begin() as connection:
        await connection.execute(update(message).values(failed_at=NOW))
    opened_at = OPENED_AT | {
        f"/subscriptions/{{subscription_id}}/{form}": f"/subscriptions/{hook}/{form}" for form in ("replay", "key")
    }
    agreed, target = UUID(int=11), UUID(int=12)
    due = NOW.date()
    await maya.does(agree_action, AgreeAction(agreed, ActionKind.ACTION, "preston", 9, "Share it.", LEAD.id, due))
    await maya.does(set_target, SetTarget(target, 9, THIS_MONTH, Decimal(80), "ICB contract"))
    [address] = await maya.rows(subscriber, subscription=subscription_id)
    ids = {
        "subscription_id": subscription_id,
        "secret": address.secret,
        "which": 9,
        "action_id": agreed,
        "target_id": target,
        "team": "preston",
        "slug": "preston",
        "name": "births",
        "month": THIS_MONTH,
    }
    addresses = addresses_of(
        [path for path in page_routes(pages_of(SERVICE, engine, lambda: NOW)) if not path.startswith("/figures/")], ids
    )
    async with (
        walked_service(SERVICE, engine, clock=lambda: NOW, addresses=addresses) as walked,
        kept_moment(url_of(servers.postgres, database=database_name(None, "reporting"))) as connection,
    ):
        office = Office(walked.app, walked.walkers, connection)
        yield FormWalk(SERVICE, office, walked.addresses, NOW.date(), RIGHT, opened_at, seen_by=SEEN_BY)


async def test_what_is_wrong_changes_nothing_and_a_sentence_says_what_to_do(walk: FormWalk) -> None:
    assert await walk.faults(wrongly_taken) == []


async def test_a_form_is_sent_by_who_may_and_nobody_else_is_shown_it(walk: FormWalk) -> None:
    assert await walk.faults(sent_by_others) == []


async def test_one_form_is_one_record_whatever_is_pressed(walk: FormWalk) -> None:
    assert await walk.faults(done_twice) == []


async def test_what_is_typed_is_kept_until_it_is_stored(walk: FormWalk) -> None:
    assert await walk.faults(not_kept) == []
