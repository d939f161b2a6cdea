"""Subscribe: figures, places, a condition and a way."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.publication.database.readers import remit_now
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.look import first_cells
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Subscription, Terms
from services.reporting.subscription.domain.terms_check import checked
from services.reporting.subscription.queries.known_choices import known_choices
from services.reporting.subscription.queries.seen_figures import seen_figures
from shared.kernel.actor import SYSTEM


@dataclass(frozen=True)
class Subscribe:
    subscription_id: UUID
    terms: Terms
    addresses: Sequence[str] = ()
    """Whom a digest is sent to; of a webhook, who is told when it fails."""


async def subscribe(command: Subscribe, work: ReportingWork) -> Subscription:
    """What holds now is known: it is told when it starts once more.

    Raises:
        NotAllowed: they see no figures of the region.
        RuleBroken: there is no such figure, or team of theirs, or nobody and nothing to tell.
    """
    check_reads_region(work.actor)
    remit = await remit_now(work.session, work.actor)
    terms = checked(command.terms, command.addresses, await known_choices(work.session, remit))
    one = Subscription(
        id=command.subscription_id,
        version=1,
        terms=terms,
        owned_by=work.actor.id,
        made_at=work.now,
        looked_at=work.now,
        snapshot=0,
        remit=remit,
    )
    if terms.channel.has_key and work.actor.id != SYSTEM:  # nobody could be shown what that makes
        one.give_key(work.now, work.actor.id)
    subscriptions = Subscriptions(work)
    seen = await seen_figures(one, work)
    one.snapshot = seen.snapshot.id if seen else 0
    await subscriptions.add(one)
    await subscriptions.write_to(one.id, command.addresses if terms.channel.writes else ())
    cells = first_cells(terms.condition, seen.variations if seen else ())
    await subscriptions.keep_cells(one.id, cells)
    known = sum(cell.is_in for cell in cells)
    await subscriptions.ran(one, RunOutcome.CHANGED, f"It began. {known} of {len(cells)} figures were in it already.")
    work.record("subscription.make", one.id)
    return one
