"""End a subscription for good."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.ending import end
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.contracts.vocabulary import Role
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndSubscription:
    subscription_id: UUID


async def end_subscription(command: EndSubscription, work: UnitOfWork) -> None:
    """Nothing of it leaves from now on; what it told stays on its page.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is none.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    is_lead = Role.REGIONAL_LEAD in work.actor.roles
    one.end(work.now, "Ended by a regional lead." if is_lead else "Ended by whoever made it.")
    await end(one, work)
    await subscriptions.ran(one, RunOutcome.CHANGED, "It ended.")
    work.record("subscription.end", one.id)
