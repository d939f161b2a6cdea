"""Pause a subscription until a day, or let it go on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.kernel.calendar import date_words
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PauseSubscription:
    subscription_id: UUID
    until: date | None
    """It begins again on that day; None: now."""


async def pause_subscription(command: PauseSubscription, work: UnitOfWork) -> None:
    """Nothing is looked at meanwhile; what has started by then, and still holds, is told then.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is none.
        RuleBroken: it has ended, or the day is not within the next year.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.pause(command.until, work.today)
    await subscriptions.save(one)
    why = f"Paused until {date_words(command.until)}." if command.until else "It goes on."
    await subscriptions.ran(one, RunOutcome.CHANGED, why)
    work.record("subscription.pause", one.id)
