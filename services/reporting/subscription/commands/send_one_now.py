"""Send what would be told now, to one address or once over the channel; what is known of the cells stays as it is."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.database.telling import tell
from services.reporting.subscription.domain.look import Frozen, look_again
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel
from services.reporting.subscription.queries.seen_figures import seen_figures
from shared.kernel.errors import NotFound, RuleBroken


@dataclass(frozen=True)
class SendOneNow:
    subscription_id: UUID
    to: UUID | None = None
    """Which of its addresses, of a digest; None: all of them."""


async def send_one_now(command: SendOneNow, work: ReportingWork) -> None:
    """Once, beside what is due.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound: there is no such subscription, or it has no such address.
        RuleBroken: it has ended or sleeps, it sends nothing, or nothing is frozen yet.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id)
    one.check_tells()
    if one.terms.channel is Channel.PAGE:
        raise RuleBroken("nothing_sent", "This one sends nothing: its page shows it. Choose another channel first.")
    addresses = {each.id: each for each in await subscriptions.subscribers(one.id)}
    if command.to and command.to not in addresses:
        raise NotFound("address_unknown", "That address is none of this subscription. Choose one from the list.")
    seen = await seen_figures(one, work)
    if seen is None:
        raise RuleBroken(
            "nothing_frozen", "No month is frozen yet, so there is nothing to send. Come back when one is."
        )
    frozen = Frozen(seen.snapshot.month, seen.snapshot.frozen_on, seen.variations)
    digest = look_again(one, await subscriptions.cells(one.id), frozen)
    to = addresses[command.to] if command.to else None
    made = await tell(one, digest, frozen.variations, work, only_to=to)
    await subscriptions.ran(one, RunOutcome.ASKED, digest.headline + ".", delivery=made, month=frozen.month)
    work.record("subscription.send_one", one.id)
