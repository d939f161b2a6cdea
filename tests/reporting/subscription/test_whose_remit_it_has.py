"""A subscription has the remit that its owner had when they signed in last, whoever reads it and whenever."""

from asyncio import timeout
from dataclasses import replace
from uuid import UUID

from services.reporting.contents import SERVICE
from services.reporting.publication.domain.published_point import Audience
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.kernel.actor import Actor, system
from shared.staff.colleagues import Colleagues
from shared.testing.page_walk import pages_of
from tests.reporting.subscription.a_subscriber import LEAD, ASubscriber
from tests.reporting.subscription.test_a_lead_of_some_localities import signed_in

*_, COMMISSIONER = SERVICE.people


async def test_whoever_lost_their_role_before_it_was_kept_reads_with_that_of_their_session(maya: ASubscriber) -> None:
    another = UUID(int=77)
    async with maya.units.begin(LEAD) as work:
        await Colleagues(work.session).remember(another, "Lee Sample", LEAD.roles)
    one = await maya.subscribes(Condition.MONTH_END, Channel.PAGE, by=Actor(another, LEAD.roles))
    async with maya.units.begin(Actor(another, COMMISSIONER.roles)) as work:
        assert (await Subscriptions(work).get(one)).audience is Audience.OUTSIDE


async def test_a_sign_in_waits_for_no_look_at_what_is_theirs(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.API)
    async with maya.units.begin(system()) as work:
        await Subscriptions(work).get_to_change(one)
        async with timeout(3):
            await signed_in(pages_of(SERVICE, maya.engine, lambda: maya.now), replace(COMMISSIONER, id=LEAD.id))
