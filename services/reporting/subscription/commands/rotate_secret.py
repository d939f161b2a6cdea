"""Give a webhook, or the API of a subscription, a new key; the earlier one of a webhook signs too for a week."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.subscriptions import Subscriptions, new_key
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

BOTH_SIGN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class RotateSecret:
    subscription_id: UUID


async def rotate_secret(command: RotateSecret, work: UnitOfWork) -> None:
    """A key of the API opens nothing from now on; a webhook has time until its receiver knows the new one.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription.
        RuleBroken: it has ended, or its channel has no key.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_goes_on()
    new = new_key(one.terms.channel)
    if not new:
        raise RuleBroken("no_key", "This channel has no key, so there is none to change.")
    if one.terms.channel is Channel.WEBHOOK:
        one.earlier_secret, one.earlier_until = one.secret, work.now + BOTH_SIGN_FOR
    one.secret = new
    await subscriptions.save(one)
    await subscriptions.ran(one, RunOutcome.CHANGED, "It has a new key.")
    work.record("subscription.rotate_secret", one.id)
