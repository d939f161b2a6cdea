"""What ends with a subscription: nobody is written to, and what waits to be sent is not."""

from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.subscription import Subscription
from shared.unit_of_work import UnitOfWork


async def end(one: Subscription, work: UnitOfWork) -> None:
    """Keep that it has ended, whoever ended it; its addresses are forgotten."""
    subscriptions = Subscriptions(work)
    await Deliveries(work).stop(one.id)
    await subscriptions.write_to(one.id, ())
    await subscriptions.save(one)
