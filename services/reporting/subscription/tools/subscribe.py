"""`pairs subscribe`: list subscriptions, make one, or read what one tells now and what it told.

pairs subscribe --json                                              all of them
pairs subscribe --make "Waits" --condition any_rule --channel api --indicator 9 --team preston
pairs subscribe --now ID --json                                     what it tells now, as those outside may know it
pairs subscribe --told ID --after 12 --json                         what it told since the delivery of that number
"""

import json
from typing import Annotated, Any
from uuid import UUID

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.subscription.commands.subscribe import Subscribe
from services.reporting.subscription.commands.subscribe import subscribe as make_subscription
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.look import scope_words
from services.reporting.subscription.domain.subscription import Channel, Condition, Subscription, Terms
from services.reporting.subscription.queries.subscription_list import SubscriptionFilter, subscription_list
from services.reporting.subscription.web.subscription import digest_now
from shared.cli.installation import run, stop
from shared.cli.listing import AsJson, show
from shared.contracts.vocabulary import Role
from shared.database.engines import create_engine
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.clock import machine_clock
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues

OPERATOR = Actor(SYSTEM, frozenset({Role.REGIONAL_LEAD}))
"""Whoever may run this has the database already."""

Make = Annotated[str, typer.Option("--make", help="Make one of this name.")]
When = Annotated[Condition, typer.Option("--condition", help="When it tells.")]
By = Annotated[Channel, typer.Option("--channel", help="How it reaches you.")]
Indicators = Annotated[list[int] | None, typer.Option("--indicator", help="A figure's number; none: all.")]
Teams = Annotated[list[str] | None, typer.Option("--team", help="A team, or `region`; none: everywhere.")]
To = Annotated[list[str] | None, typer.Option("--to", help="An email address.")]
Webhook = Annotated[str, typer.Option("--webhook", help="The https address that is called.")]
Now = Annotated[UUID | None, typer.Option("--now", help="Read what this one tells now.")]
Told = Annotated[UUID | None, typer.Option("--told", help="Read what this one told.")]
After = Annotated[int, typer.Option("--after", min=0, help="Only what came after the delivery of this number.")]


def subscribe(  # noqa: PLR0913 - each is a word of the command line
    context: typer.Context,
    *,
    make: Make = "",
    condition: When = Condition.ANY_RULE,
    channel: By = Channel.API,
    indicators: Indicators = None,
    teams: Teams = None,
    to: To = None,
    webhook: Webhook = "",
    now: Now = None,
    told: Told = None,
    after: After = 0,
    as_json: AsJson = False,
) -> None:
    """Exit code 1 when it is refused."""
    if sum(map(bool, (make, now, told))) > 1:
        stop("Say one of --make, --now and --told.")
    places = tuple("" if one == "region" else one for one in teams or ())
    terms = Terms(make, condition, channel, tuple(indicators or ()), places, webhook)
    if make:
        rows = run(_with(context.obj, _Making(terms, tuple(to or ()))))
    elif now:
        rows = run(_with(context.obj, _Now(now)))
    elif told:
        rows = run(_with(context.obj, _Told(told, after)))
    else:
        rows = run(_with(context.obj, _List()))
    if as_json and (make or now):
        typer.echo(json.dumps(rows[0] if make else rows, indent=2, default=str))
    else:
        show(rows, as_json=as_json, empty="There is none.")


class _Making:
    def __init__(self, terms: Terms, to: tuple[str, ...]) -> None:
        self._terms, self._to = terms, to

    async def __call__(self, work: Any) -> list[dict[str, Any]]:
        await Colleagues(work.session).remember(SYSTEM, "Operator", OPERATOR.roles)
        made = await make_subscription(Subscribe(new_id(), self._terms, self._to), work)
        return [{"id": made.id, "name": made.terms.name, "page": f"/subscriptions/{made.id}"}]


class _Now:
    def __init__(self, which: UUID) -> None:
        self._which = which

    async def __call__(self, work: Any) -> list[dict[str, Any]]:
        one = await Subscriptions(work).get(self._which)
        _check_leaves(one)
        digest = await digest_now(one, work)
        return [row.as_json for row in digest.figures] if digest else []


class _Told:
    def __init__(self, which: UUID, after: int) -> None:
        self._which, self._after = which, after

    async def __call__(self, work: Any) -> list[dict[str, Any]]:
        found = await Deliveries(work).after(self._which, self._after, 1000)
        return [{"number": one.number, "id": one.id, "made_at": one.made_at, "body": one.body} for one in found]


class _List:
    async def __call__(self, work: Any) -> list[dict[str, Any]]:
        found = await subscription_list(SubscriptionFilter(), work.today).page(work.session, 1, 1000)
        return [
            {
                "id": one.id,
                "name": one.subscription.terms.name,
                "of": scope_words(one.subscription.terms, one.subscription.remit),
                "condition": one.subscription.terms.condition.value,
                "channel": one.subscription.terms.channel.value,
                "state": one.state.value,
                "why": one.why,
            }
            for one in found.rows
        ]


def _check_leaves(one: Subscription) -> None:
    if one.remit.localities is not None:
        raise RuleBroken("page_of_theirs", "This one is of some localities. Open its page.")
    if one.terms.channel is Channel.PAGE:
        raise RuleBroken("page_only", "What this one tells stays on its page. Make one of another channel.")


async def _with(database_url: str, what: Any) -> list[dict[str, Any]]:
    engine: AsyncEngine = create_engine(database_url)
    try:
        units = ReportingUnits(RegionOffice(), engine, region_key=b"", clock=machine_clock)
        async with units.begin(OPERATOR) as work:
            return await what(work)
    finally:
        await engine.dispose()
