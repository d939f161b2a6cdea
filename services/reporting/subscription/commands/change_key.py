"""Give a webhook, or the API of a subscription, a new key; the one before holds for a week too."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.kernel.calendar import date_words
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangeKey:
    subscription_id: UUID
    at_once: bool = False
    """The one before holds no more: it may be in wrong hands."""


async def change_key(command: ChangeKey, work: UnitOfWork) -> None:
    """Its page shows it to whoever made it, for ten minutes.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription.
        RuleBroken: it has ended, or its channel has no key.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_goes_on()
    one.give_key(work.now, work.actor.id)
    if command.at_once:
        one.earlier_until = None
    await subscriptions.save(one)
    until = one.earlier_until
    why = f" The one before holds until {date_words(london_date(until))}." if until else ""
    await subscriptions.ran(one, RunOutcome.CHANGED, f"It has a new key.{why}")
    work.record("subscription.change_key", one.id)
