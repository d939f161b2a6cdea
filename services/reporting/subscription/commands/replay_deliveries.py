"""Send a webhook once more what was told since a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel
from shared.kernel.calendar import date_words, london_start
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReplayDeliveries:
    subscription_id: UUID
    since: date


async def replay_deliveries(command: ReplayDeliveries, work: UnitOfWork) -> int:
    """The same bytes with the same ids, so a receiver that keeps ids does nothing twice; gives how many.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription.
        RuleBroken: it has ended or sleeps, is no webhook, or nothing was told since then.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_tells()
    if one.terms.channel is not Channel.WEBHOOK:
        raise RuleBroken("no_webhook", "Only a webhook is sent something again. Others ask for it themselves.")
    number = await Deliveries(work).replay(one.id, london_start(command.since))
    if not number:
        raise RuleBroken("nothing_told", "Nothing was told since that day. Choose an earlier one.", field="since")
    why = f"Sent again: {number}, told since {date_words(command.since)}."
    await subscriptions.ran(one, RunOutcome.ASKED, why)
    work.record("subscription.replay", one.id)
    return number
