"""What subscribed before the upgrade goes on after it: rows as version 0018 wrote them, and today's code over them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.reporting.publication.database.readers import kept_remit
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from services.reporting.subscription.commands.change_key import ChangeKey, change_key
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel
from services.reporting.subscription.queries.subscription_list import SubscriptionFilter, subscription_list
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from services.reporting.subscription.timers.clear_what_was_told import clear_what_was_told
from services.reporting.subscription.timers.pause_forgotten import pause_forgotten
from shared.database.migrations import current, head, migrations_folder, upgrade
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.events import Feed
from shared.testing.servers import FreshService
from shared.webhook import Answered
from tests.reporting.builders import PROJECTIONS
from tests.reporting.subscription.a_subscriber import LEAD, LOW, NOW, ASubscriber

BEFORE = "0018"
HOOK, DIGEST, STREAM, ENDED = (UUID(int=number) for number in range(21, 25))
WAITS, TOLD = UUID(int=31), UUID(int=32)
JO = UUID(int=77)
MADE = datetime(2025, 8, 1, 9, tzinfo=UTC)
"""Longer ago than anybody may not sign in, which is counted from the upgrade on."""

ROWS = f"""
INSERT INTO colleague VALUES ('{LEAD.id}', 'Maya Sample', '{{regional_lead}}'),
                             ('{JO}', 'Jo Marsh', '{{locality_lead}}');
INSERT INTO locality_lead VALUES ('{JO}', '{{preston}}', '{MADE}');
INSERT INTO subscription
    (id, version, name, condition, channel, indicators, teams, webhook, secret, earlier_secret, earlier_until,
     owned_by, made_at, looked_at, snapshot, paused_until, ended_at, why_ended)
SELECT id::uuid, 3, name, condition, channel, '{{9}}', '{{}}', webhook, secret, earlier, until::timestamptz,
       '{LEAD.id}', '{MADE}', '{MADE}', 0, NULL, ended::timestamptz, why
FROM (VALUES
    ('{HOOK}', 'Warehouse', 'month_end', 'webhook', 'https://hook.example/told', 'old', 'older', '{NOW}', NULL, ''),
    ('{DIGEST}', 'Help in time', 'outside', 'email', '', '', '', NULL, NULL, ''),
    ('{STREAM}', 'Analyst', 'month_end', 'stream', '', '', '', NULL, NULL, ''),
    ('{ENDED}', 'Over', 'outside', 'api', '', 'pairs_old', '', NULL, '{NOW}', 'A lead ended it.')
) AS given (id, name, condition, channel, webhook, secret, earlier, until, ended, why);
INSERT INTO subscriber VALUES ('{UUID(int=41)}', '{DIGEST}', 'one@place.example', 'stop-me', NULL),
                              ('{UUID(int=42)}', '{HOOK}', 'two@place.example', 'stop-me-too', NULL);
INSERT INTO watched_cell VALUES ('{DIGEST}', 9, 'preston', false, NULL, '2099-01-01', false),
                                ('{DIGEST}', 9, 'burnley', false, NULL, NULL, false);
INSERT INTO delivery (id, subscription, channel, made_at, body, html, position, tries, next_try_at, taken_at)
VALUES ('{WAITS}', '{HOOK}', 'webhook', '{MADE}', '{{"type": "indicators.told"}}', '', NULL, 2, '{MADE}', NULL),
       ('{TOLD}', '{STREAM}', 'stream', '{MADE}', '{{"type": "indicators.told"}}', '', 1, 0, NULL, NULL);
INSERT INTO delivery_try (delivery, number, at, answer, status, took_ms)
VALUES ('{WAITS}', 1, '{MADE}', 'refused', 503, 12), ('{WAITS}', 2, '{MADE}', 'refused', 503, 12);
INSERT INTO subscription_run (subscription, ran_at, outcome, why, delivery)
VALUES ('{DIGEST}', '{MADE}', 'quiet', 'Nothing started.', NULL), ('{HOOK}', '{MADE}', 'fired', 'New.', '{WAITS}');
INSERT INTO message (id, version, kind, about, address, subject, body, link, queued_by, queued_at, next_attempt_at,
                     sent_at, delivery_id)
VALUES ('{UUID(int=51)}', 1, 'digest', 'x', 'one@place.example', 'Told', 'Words', '', '{LEAD.id}', '{MADE}', '{MADE}',
        '{MADE}', NULL);
"""


@pytest.fixture
async def upgraded(servers: AdminUrls, fresh_service: FreshService, tmp_path: Path) -> AsyncEngine:
    """The region's database as it was, with rows, and then brought to today's tables."""
    tree = tmp_path / "migrations"
    (tree / "versions").mkdir(parents=True)
    for one in sorted((migrations_folder("reporting") / "versions").glob("*.py")):
        if one.name[:4] <= BEFORE:
            shutil.copy(one, tree / "versions")
    (tree / "HEAD").write_text(f"{BEFORE}\n")
    access = await fresh_service(None, "reporting", folder=tree)
    database = database_name(None, "reporting")
    operator = await asyncpg.connect(url_of(servers.postgres, database=database))
    assert await current(access.database_url) == BEFORE
    await operator.execute(ROWS)
    await operator.close()
    await upgrade(servers.postgres, "reporting", database)
    assert await current(access.database_url) == head("reporting")
    return create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))


async def test_subscriptions_of_version_0018_go_on_after_the_upgrade(upgraded: AsyncEngine) -> None:
    async with upgraded.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        maya = ASubscriber(upgraded, Feed(raw, PROJECTIONS, service="referral"))
        await maya.begins()
        await is_listed(maya)
        await waits_for_a_key(maya)
        await goes_on_telling(maya)
    await upgraded.dispose()


async def is_listed(maya: ASubscriber) -> None:
    """With what each had, of the whole region; a lead's localities are those of their last sign-in."""
    async with maya.units.begin(LEAD) as work:
        lines = await subscription_list(SubscriptionFilter(), work.today).whole(work.session)
        found = {one.id: (one.subscription.terms.channel, one.subscription.remit) for one in lines}
        assert {one: remit for one, (_, remit) in found.items()} == dict.fromkeys(found, ALL_OF_IT)
        assert found.keys() == {HOOK, DIGEST, STREAM, ENDED}
        assert found[HOOK][0] is Channel.WEBHOOK
        assert await kept_remit(work.session, JO) == Remit(Audience.INSIDE, frozenset({"preston"}))
        [entry] = await Deliveries(work).on_stream_after(0, 10)
        assert entry.id == TOLD


async def waits_for_a_key(maya: ASubscriber) -> None:
    """What waited for a webhook is sent with its bytes, as soon as it has a key that somebody knows."""
    called: list[str] = []

    async def caller(call: object, _: object) -> Answered:
        called.append(str(call))
        return Answered(200, None)

    assert await maya.keys(HOOK) == []
    assert await call_webhooks(maya.units, caller) == 0
    await maya.does(change_key, ChangeKey(HOOK, at_once=False))
    assert len(await maya.keys(HOOK)) == 1
    assert await call_webhooks(maya.units, caller) == 1
    assert str(WAITS) in called[0]


async def goes_on_telling(maya: ASubscriber) -> None:
    """A look fires for the cell that is not muted; nothing of it is cleared or put to sleep before its time."""
    await maya.freezes(preston=LOW, burnley=LOW)
    outcomes = await maya.looks()
    assert (RunOutcome.FIRED, "Started: Burnley, Decided within 5 working days. 1 muted.") in outcomes
    assert await clear_what_was_told(maya.units) == 0
    assert await pause_forgotten(maya.units) == 0
    async with maya.units.begin(LEAD) as work:
        [subscriber] = await Subscriptions(work).subscribers(DIGEST)
        assert subscriber.secret == "stop-me", "the link in mails that were sent holds"
