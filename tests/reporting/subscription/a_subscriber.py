"""A region whose months are frozen one after the other, and somebody who subscribes to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.span import months_later
from services.reporting.subscription.commands.subscribe import Subscribe, subscribe
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    message,
    subscription,
    subscription_run,
)
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition, Subscription, Terms
from services.reporting.subscription.timers.look_at_figures import look_at_figures
from shared.contracts.vocabulary import Role
from shared.database.mapping import read_row
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from shared.testing.events import Feed
from tests.reporting.builders import a_series, publish

LEAD = Actor(UUID(int=4), frozenset({Role.REGIONAL_LEAD}))
USUAL = (50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 51, 49, 50)
LOW, BACK = 10, 50
FIRST_MONTH = date(2025, 2, 1)
SERVICE_KEY = bytes(32)
"""As the pages of a test have it."""
FROZEN = months_later(FIRST_MONTH, len(USUAL) - 1)
"""The last of the usual months: February 2026."""
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
"""A Wednesday."""


class ASubscriber:
    """Somebody who leads a region; its clock stands still until it is moved."""

    def __init__(self, engine: AsyncEngine, feed: Feed, office: RegionOffice | None = None) -> None:
        self.engine, self._feed = engine, feed
        self.now = NOW
        self.teams = 0
        """Of how many the region's figures are."""
        self.month = months_later(FROZEN, -1)
        self.office = office or RegionOffice(
            "https://region.example", "smtp://mail.example", "region@example.org", subscription_key=SERVICE_KEY
        )
        self.units = ReportingUnits(self.office, engine, region_key=b"", clock=lambda: self.now)

    async def begins(self, *teams: str) -> None:
        """February is frozen, and so is all before it; everything is as usual."""
        for team in teams or ("preston", "burnley"):
            await self._feed.announce(team)
        async with self.units.begin(LEAD) as work:
            await Colleagues(work.session).remember(LEAD.id, "Maya Sample", LEAD.roles)
        await self._freeze(dict.fromkeys(("", *(teams or ("preston", "burnley"))), USUAL), FIRST_MONTH)
        self.month = FROZEN

    async def freezes(self, **numbers: int | None) -> None:
        """The next month: of a hundred in each place; `region` is the region, and a place that is not named is usual.

        It is the middle of the month after.
        """
        self.month = months_later(self.month, 1)
        self.now = datetime.combine(months_later(self.month, 1) + timedelta(days=14), NOW.time(), UTC)
        places = {"": (numbers.get("region", BACK),), "preston": (BACK,), "burnley": (BACK,)}
        await self._freeze(places | {one: (said,) for one, said in numbers.items() if one != "region"}, self.month)

    async def subscribes(
        self, condition: Condition = Condition.ANY_RULE, channel: Channel = Channel.EMAIL, **terms: Any
    ) -> UUID:
        made, actor = new_id(), terms.pop("by", LEAD)
        addresses: Sequence[str] = terms.pop("addresses", ["one@place.example"] if channel.writes else [])
        if channel is Channel.WEBHOOK:
            terms.setdefault("webhook", "https://hook.example/told")
        chosen = replace(Terms("Help in time", condition, channel, (9,)), **terms)
        await self.does(subscribe, Subscribe(made, chosen, addresses), actor)
        return made

    async def keys(self, one: UUID) -> list[str]:
        """Those that hold now."""
        [row] = await self.rows(subscription, id=one)
        return read_row(Subscription, row).keys(self.now, SERVICE_KEY)

    async def does(self, carry_out: Any, command: Any, actor: Actor = LEAD) -> Any:
        async with self.units.begin(actor) as work:
            return await carry_out(command, work)

    async def looks(self) -> list[tuple[RunOutcome, str]]:
        """All that is due; gives what came of it, the earliest first."""
        before = len(await self.rows(subscription_run))
        while await look_at_figures(self.units):
            pass
        return [(RunOutcome(row.outcome), row.why) for row in (await self.rows(subscription_run))[before:]]

    async def rows(self, table: Any, **having: Any) -> Sequence[Any]:
        order = table.c.number if table is delivery else table.c.queued_at if table is message else table.primary_key
        order = [order] if not hasattr(order, "columns") else [*order.columns]
        async with self.engine.connect() as connection:
            return (await connection.execute(select(table).filter_by(**having).order_by(*order))).all()

    async def _freeze(self, places: Mapping[str, Sequence[int | None]], starts: date) -> None:
        series = [
            a_series(*said, indicator=9, team=team, of=[None if one is None else 100 for one in said], starts=starts)
            for team, said in places.items()
        ]
        last = months_later(starts, max(len(said) for said in places.values()) - 1)
        async with AsyncSession(self.engine) as session, session.begin():
            await publish(session, *series, audience=Audience.INSIDE, month=last, cause="late", teams=self.teams)
            await publish(session, *series, audience=Audience.OUTSIDE, month=last, teams=self.teams)
