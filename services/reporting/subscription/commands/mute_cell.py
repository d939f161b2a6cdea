"""Mute one figure of one place in a subscription, until a day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MuteCell:
    subscription_id: UUID
    indicator: int
    team: str
    """Empty for the region."""
    until: date | None
    """It is told again from that day on; None: now."""


async def mute_cell(command: MuteCell, work: UnitOfWork) -> None:
    """It is looked at all the same: what starts meanwhile is known afterwards, and not told as new.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription, or it is not about that.
        RuleBroken: it has ended, or the day is not within the next year.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_goes_on()
    if command.until and not work.today < command.until <= work.today + timedelta(days=366):
        raise RuleBroken("mute_day", "Choose a day after today, within a year.", field="until")
    cell = (await subscriptions.cells(one.id)).get((command.indicator, command.team))
    if cell is None:
        raise NotFound("cell_unknown", "This subscription is not about that figure. Go back and choose one of its own.")
    await subscriptions.keep_cells(one.id, [replace(cell, muted_until=command.until)])
    why = f"One figure is muted until {date_words(command.until)}." if command.until else "One figure is told again."
    await subscriptions.ran(one, RunOutcome.CHANGED, why)
    work.record("subscription.mute", one.id)
