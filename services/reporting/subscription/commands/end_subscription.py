"""End a subscription for good."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndSubscription:
    subscription_id: UUID


async def end_subscription(command: EndSubscription, work: UnitOfWork) -> None:
    """Nothing of it leaves from now on; what it told stays on its page.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: there is none.
    """
    check_leads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.end(work.now, "Ended by a regional lead.")
    await subscriptions.write_to(one.id, ())
    await subscriptions.save(one)
    await subscriptions.ran(one, RunOutcome.CHANGED, "It ended.")
    work.record("subscription.end", one.id)
