"""A subscription is changed, and begins anew where it is about something else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.reporting.subscription.commands.change_subscription import ChangeSubscription, change_subscription
from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.database.subscription_tables import subscriber, subscription, watched_cell
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition, Terms
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.webhook import Answered, Call
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

TERMS = Terms("Help in time", Condition.OUTSIDE, Channel.EMAIL, (9,))
TO = ("one@place.example",)


async def test_with_another_name_it_keeps_what_it_knows(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)
    await maya.looks()

    await maya.does(change_subscription, ChangeSubscription(one, 1, replace(TERMS, name="Other"), TO))

    assert [row.is_in for row in await maya.rows(watched_cell, team="preston")] == [True]
    assert [(row.name, row.version) for row in await maya.rows(subscription)] == [("Other", 2)]


async def test_about_other_places_it_begins_anew(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE)

    await maya.does(change_subscription, ChangeSubscription(one, 1, replace(TERMS, teams=("burnley",)), TO))

    assert [row.team for row in await maya.rows(watched_cell)] == ["burnley"]


async def test_an_address_that_is_not_named_any_more_gets_nothing(maya: ASubscriber) -> None:
    one = await maya.subscribes(addresses=["one@place.example", "two@place.example"])
    [before] = await maya.rows(subscriber, address="one@place.example")

    await maya.does(change_subscription, ChangeSubscription(one, 1, TERMS, TO))

    [after] = [row for row in await maya.rows(subscriber) if row.left_at is None]
    assert (after.id, after.address) == (before.id, "one@place.example")


async def test_by_another_channel_it_has_another_key(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.API)
    keys = [await maya.keys(one)]
    for version, channel in enumerate((Channel.STREAM, Channel.API), start=1):
        changed = ChangeSubscription(one, version, replace(TERMS, channel=channel))
        await maya.does(change_subscription, changed)
        keys.append(await maya.keys(one))

    before, none, after = keys
    assert (len(before), none, len(after)) == (1, [], 1)
    assert before != after


async def test_what_waits_for_a_webhook_does_not_leave_by_another_channel(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK)
    hook = replace(TERMS, channel=Channel.WEBHOOK, webhook="https://other.example/told")
    await maya.freezes(preston=LOW)
    await maya.looks()
    called: list[Call] = []

    async def takes(call: Call, _now: datetime) -> Answered:
        called.append(call)
        return Answered(204)

    await maya.does(change_subscription, ChangeSubscription(one, 1, TERMS, TO))
    await call_webhooks(maya.units, takes)
    await maya.does(change_subscription, ChangeSubscription(one, 2, hook, TO))
    await call_webhooks(maya.units, takes)

    assert called == []


async def test_from_now_on_every_monday_it_is_told_on_the_next(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE)
    maya.now += timedelta(days=7)
    await maya.does(
        change_subscription, ChangeSubscription(one, 1, replace(TERMS, condition=Condition.EVERY_MONDAY), TO)
    )

    on_wednesday = await maya.looks()
    maya.now += timedelta(days=5)

    assert on_wednesday == []
    assert [outcome for outcome, _ in await maya.looks()] == [RunOutcome.FIRED]


async def test_what_somebody_else_changed_is_not_written_over(maya: ASubscriber) -> None:
    one = await maya.subscribes()
    await maya.does(change_subscription, ChangeSubscription(one, 1, TERMS, TO))

    with pytest.raises(Conflict):
        await maya.does(change_subscription, ChangeSubscription(one, 1, TERMS, TO))


async def test_what_ended_or_never_was_is_not_changed(maya: ASubscriber) -> None:
    one = await maya.subscribes()
    await maya.does(end_subscription, EndSubscription(one))

    with pytest.raises(RuleBroken, match="subscription_ended"):
        await maya.does(change_subscription, ChangeSubscription(one, 2, TERMS, TO))
    with pytest.raises(NotFound):
        await maya.does(change_subscription, ChangeSubscription(new_id(), 1, TERMS, TO))
