"""Change what a subscription is about, when it is told, or to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import check_reads_region
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.look import first_cells
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Subscription, Terms
from services.reporting.subscription.domain.terms_check import checked
from services.reporting.subscription.queries.known_choices import known_choices
from services.reporting.subscription.queries.seen_figures import seen_figures


@dataclass(frozen=True)
class ChangeSubscription:
    subscription_id: UUID
    expected_version: int
    """Of the subscription on the page."""
    terms: Terms
    addresses: Sequence[str] = ()


async def change_subscription(command: ChangeSubscription, work: ReportingWork) -> None:
    """Where it is about other cells or another condition, what holds now is known, as at its beginning.

    Raises:
        NotAllowed: they see no figures of the region.
        NotFound, Conflict: there is none, or somebody changed it since.
        RuleBroken: it has ended; or as `subscribe`.
    """
    check_reads_region(work.actor)
    subscriptions = Subscriptions(work)
    one = await subscriptions.get_to_change(command.subscription_id, command.expected_version)
    one.check_goes_on()
    before, one.terms = (
        one.terms,
        checked(command.terms, command.addresses, await known_choices(work.session, one.remit)),
    )
    if one.terms.channel is not before.channel:
        if one.terms.channel.has_key:
            one.give_key(work.now, work.actor.id)
        one.earlier_until = None
        await Deliveries(work).stop(one.id)
    if _is_about_others(one, before):
        seen = await seen_figures(one, work)
        one.snapshot, one.looked_at = seen.snapshot.id if seen else one.snapshot, work.now
        await Deliveries(work).withdraw(one.id)
        await subscriptions.begin_anew(one, first_cells(one.terms.condition, seen.variations if seen else ()))
    await subscriptions.write_to(one.id, command.addresses if one.terms.channel.writes else ())
    await subscriptions.save(one)
    await subscriptions.ran(one, RunOutcome.CHANGED, "It was changed.")
    work.record("subscription.change", one.id)


def _is_about_others(one: Subscription, before: Terms) -> bool:
    now = one.terms
    asked = (now.indicators, now.teams, now.condition, now.channel.audience)
    return asked != (before.indicators, before.teams, before.condition, before.channel.audience)
