"""Somebody subscribes, and what they may not."""

from uuid import UUID

import pytest

from services.reporting.subscription.commands.subscribe import Subscribe, subscribe
from services.reporting.subscription.database.subscription_tables import (
    subscriber,
    subscription_run,
    watched_cell,
)
from services.reporting.subscription.domain.subscription import Channel, Condition, Terms
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

TERMS = Terms("Help in time", Condition.OUTSIDE, Channel.EMAIL)


async def test_it_begins_with_what_holds_as_known(maya: ASubscriber) -> None:
    await maya.freezes(preston=LOW)
    made = await maya.subscribes(Condition.OUTSIDE)

    cells = await maya.rows(watched_cell, subscription=made)
    [run] = await maya.rows(subscription_run)

    assert [(row.team, row.is_in, row.since) for row in cells] == [
        ("", False, None),
        ("burnley", False, None),
        ("preston", True, None),
    ]
    assert run.why == "It began. 1 of 3 figures were in it already."


async def test_the_same_address_twice_is_written_to_once(maya: ASubscriber) -> None:
    await maya.subscribes(addresses=["one@place.example", "One@Place.example", "two@place.example"])

    assert len(await maya.rows(subscriber)) == 2


@pytest.mark.parametrize(
    ("channel", "begins"),
    [(Channel.WEBHOOK, "whsec_"), (Channel.API, "pairs_"), (Channel.STREAM, ""), (Channel.PAGE, "")],
)
async def test_a_channel_that_needs_a_key_has_one(maya: ASubscriber, channel: Channel, begins: str) -> None:
    made = await maya.subscribes(channel=channel)

    keys = await maya.keys(made)
    assert [key.startswith(begins) for key in keys] == ([True] if begins else [])


async def test_only_who_leads_the_region_subscribes(maya: ASubscriber) -> None:
    practitioner = Actor(UUID(int=99), frozenset({Role.PRACTITIONER}))

    with pytest.raises(NotAllowed):
        await maya.does(subscribe, Subscribe(new_id(), TERMS, ["a@b.example"]), practitioner)


async def test_nobody_to_tell_is_refused(maya: ASubscriber) -> None:
    with pytest.raises(RuleBroken, match="address_none"):
        await maya.does(subscribe, Subscribe(new_id(), TERMS))
