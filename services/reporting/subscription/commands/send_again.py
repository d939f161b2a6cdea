"""Let the emails of a subscription leave that have failed, or of which nobody knows whether they left."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SendAgain:
    subscription_id: UUID


async def send_again(command: SendAgain, work: UnitOfWork) -> int:
    """To those addresses alone, with the words that they had; gives how many.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription.
        RuleBroken: it has ended or sleeps, or no email of it has failed.
    """
    check_reads_region(work.actor)
    subscriptions, messages = Subscriptions(work), DigestMessages(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_tells()
    failed = await messages.failed_of(one.id)
    if not failed:
        raise RuleBroken("none_failed", "No email of this subscription has failed. Go back, and look at it again.")
    for message in failed:
        await messages.retry(message)
    number = f"{len(failed)} email{'s' if len(failed) > 1 else ''} that had failed"
    await subscriptions.ran(one, RunOutcome.ASKED, f"Sent again: {number}.")
    work.record("subscription.send_again", one.id)
    return len(failed)
