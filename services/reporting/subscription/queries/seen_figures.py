"""The figures that a subscription sees: as its subscriber's page shows them, as at the newest month that is frozen.

The one place at which the gate is asked for whatever a subscription tells, on any channel.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.dashboard.packs.first_figures import MAIN, SIX
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted, regional_figures
from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.publication.database.readers import largest_group
from services.reporting.publication.database.reading import read_for
from services.reporting.subscription.domain.subscription import Subscription
from services.reporting.variation.domain.variation import Variation
from shared.kernel.clock import london_date

_RECKONING_SECONDS = 120
_MAIN = tuple(dict.fromkeys((*SIX, *MAIN)))


@dataclass(frozen=True)
class NewestSnapshot:
    """The last that was frozen, and the month that it froze."""

    id: int
    month: date
    frozen_on: date


@dataclass(frozen=True)
class SeenFigures:
    """All that a subscription is about."""

    snapshot: NewestSnapshot
    figures: RegionalFigures

    @property
    def variations(self) -> list[Variation]:
        """The region's first, its main figures before the others; then by figure and team."""
        places = {team: place for place, team in enumerate(self.figures.teams)}

        def order(said: Variation) -> tuple[bool, int, int, int]:
            number, team = said.indicator.number, said.series.team
            main = _MAIN.index(number) if number in _MAIN else len(_MAIN)
            return bool(team), main, said.indicator.line, places.get(team, len(places))

        return sorted(self.figures.variations, key=order)


async def newest_snapshot(session: AsyncSession) -> NewestSnapshot | None:
    """None: nothing is frozen yet."""
    row = (await session.execute(_NEWEST)).one_or_none()
    return None if row is None else NewestSnapshot(row.id, row.month, london_date(row.made_at))


async def seen_figures(one: Subscription, work: ReportingWork) -> SeenFigures | None:
    """None: nothing is frozen yet, so there is nothing that a subscription could tell.

    The database keeps back what lies beyond its reach too, until the transaction ends, which may then reckon longer
    than others: all figures of 150 teams are judged, and drawn, in about eleven seconds.
    """
    longer = func.set_config("idle_in_transaction_session_timeout", f"{_RECKONING_SECONDS}s", True)  # noqa: FBT003 - PostgreSQL's own argument: in this transaction only
    await work.session.execute(select(longer))
    newest = await newest_snapshot(work.session)
    if newest is None:
        return None
    reach, terms = one.reach(await largest_group(work.session, work.office.largest_group)), one.terms
    await read_for(work.session, reach)
    wanted = Wanted((Several(terms.indicators, terms.teams),), as_at=newest.month, audience=reach.audience)
    return SeenFigures(newest, await regional_figures(work.session, wanted, work.now, reach))


_NEWEST = text("""
SELECT (SELECT max(id) FROM snapshot WHERE is_frozen) AS id, month, made_at
FROM snapshot WHERE cause = 'frozen' AND is_frozen ORDER BY month DESC LIMIT 1
""")
