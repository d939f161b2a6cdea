"""What a page of the region is made of: published series, judged; what people said of them; and how fresh they are.

Nothing here counts or hides: what is published is all that there is to show.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.dashboard.domain.action import ActionState
from services.reporting.dashboard.domain.chart_note import ChartNote
from services.reporting.dashboard.queries.action_list import ActionLine, open_actions
from services.reporting.dashboard.queries.chart_remarks import ChartRemarks, chart_remarks
from services.reporting.dashboard.queries.snapshots import Snapshot, snapshots
from services.reporting.facts.queries.freshness import Freshness, freshness
from services.reporting.indicators.domain.indicator import Indicator, Target
from services.reporting.indicators.domain.parameter import Parameter
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.indicators.queries.area_values import AreaNumber, area_numbers
from services.reporting.indicators.queries.targets import set_targets
from services.reporting.publication.domain.published_point import Audience, PublishedSeries
from services.reporting.publication.domain.reach import WHOLE, Reach
from services.reporting.publication.domain.span import months_later
from services.reporting.publication.queries.published_series import REGION, SeriesChoice, published_series
from services.reporting.variation.domain.variation import Variation, variation_of
from shared.contracts.slug import locality_name
from shared.kernel.clock import london_date


@dataclass(frozen=True)
class Several:
    """Series of some indicators and some teams. Empty means all of them."""

    indicators: Sequence[int] = ()
    teams: Sequence[str] = ()
    way: str = ""
    """Parts are shown of one year and never judged, so no more of them is read than that year can need."""

    def since(self, month: date) -> date | None:
        """From which month on they are read, when the page is of this one."""
        return months_later(month, -MONTHS_OF_PARTS) if self.way else None


MONTHS_OF_PARTS = 36
"""A financial year that has ended may have begun two years ago, and its figures may be a year late."""


@dataclass(frozen=True)
class Wanted:
    """Which series a page is made of."""

    series: Sequence[Several]
    as_at: date | None = None
    audience: Audience = Audience.INSIDE


@dataclass(frozen=True)
class RegionalFigures:
    """All figures of a page."""

    variations: Sequence[Variation]
    parts: Sequence[PublishedSeries]
    remarks: ChartRemarks
    snapshots: Sequence[Snapshot]
    freshness: Sequence[Freshness]
    now: datetime
    as_at: date | None = None
    births: Mapping[str, AreaNumber] = field(default_factory=dict[str, AreaNumber])
    """Of a year in each team's area, where they were entered: what need is reckoned from. They are of no family."""
    reach: Reach = WHOLE
    """How far whoever reads them sees."""
    actions: Sequence[ActionLine] = ()
    """What is agreed or asked and not closed; none on a page as at an earlier month, or for those outside."""
    _by_place: dict[tuple[int, str], Variation] = field(init=False, default_factory=dict[tuple[int, str], Variation])

    def __post_init__(self) -> None:
        self._by_place.update({(one.indicator.number, one.series.team): one for one in self.variations})

    def of(self, number: int, team: str = REGION) -> Variation | None:
        return self._by_place.get((number, team))

    def region(self, numbers: Sequence[int] = ()) -> list[Variation]:
        """The region's own, in the order of the numbers, or of the catalogue."""
        if numbers:
            return [one for number in numbers if (one := self.of(number))]
        return [one for one in self.variations if one.series.team == REGION]

    def of_teams(self, number: int) -> list[Variation]:
        """One for each team that has any, A to Z."""
        return [one for team in self.teams if (one := self.of(number, team))]

    def parts_of(self, number: int, way: str) -> list[PublishedSeries]:
        """The region's, by part."""
        return [one for one in self.parts if (one.indicator, one.way, one.team) == (number, way, REGION)]

    def notes_of(self, said: Variation) -> list[ChartNote]:
        return self.remarks.notes_of(said.indicator.number, said.series.team)

    def actions_of(self, team: str) -> list[ActionLine]:
        """What is overdue first."""
        return [one for one in self.actions if one.action.team == team]

    @property
    def overdue(self) -> list[ActionLine]:
        return [one for one in self.actions if one.state is ActionState.OVERDUE]

    @property
    def teams(self) -> list[str]:
        """All that are read, A to Z by name."""
        return sorted({one.team for one in self.freshness}, key=locality_name)

    @property
    def present_teams(self) -> list[str]:
        """Those that have not left the region: nobody is asked about another, and no total of today holds it."""
        there = {one.team for one in self.freshness if not one.has_left}
        return [team for team in self.teams if team in there]

    @property
    def of_today(self) -> list[Variation]:
        """The region's figures and those of teams that have not left."""
        places = {REGION, *self.present_teams}
        return [one for one in self.variations if one.series.team in places]

    @property
    def whole(self) -> str:
        """What all teams are together that whoever reads this sees."""
        return "the region" if self.reach.localities is None else "your localities"

    @property
    def month(self) -> date | None:
        """The last finished month of which the region says anything."""
        latest = (one.latest for one in self.region() or self.variations)
        return max((one.point.months[-1] for one in latest if one), default=None)

    @property
    def frozen_months(self) -> list[date]:
        """The latest first."""
        return sorted({one.month for one in self.snapshots}, reverse=True)


async def regional_figures(
    session: AsyncSession, wanted: Wanted, now: datetime, reach: Reach = WHOLE
) -> RegionalFigures:
    """Read and judge them, in a number of statements that does not grow with teams or indicators.

    Args:
        reach: how far whoever reads them sees.
    """
    released = await snapshots(session)
    until = _frozen_at(released, wanted.as_at)
    remarks = await chart_remarks(session, until=until)
    targets = await set_targets(session, until=until)
    read = [
        one
        for several in wanted.series
        for one in await published_series(
            session,
            SeriesChoice(
                wanted.audience,
                several.indicators,
                several.teams,
                several.way,
                as_at=wanted.as_at,
                reach=reach,
                since=several.since(wanted.as_at or london_date(now)),
            ),
        )
    ]
    remarks = _heard(remarks, wanted, reach, {one.indicator for one in read if one.team == REGION})
    if reach.localities is not None or reach.heard(wanted.audience) is Audience.OUTSIDE:
        targets = {number: [replace(one, source="") for one in several] for number, several in targets.items()}
    return RegionalFigures(
        # In a thread: with a hundred teams this takes a while, and the reader shares the event loop.
        await asyncio.to_thread(_judged, [one for one in read if not one.way], remarks, targets),
        [one for one in read if one.way],
        remarks,
        released,
        [
            one.for_outside() if reach.audience is Audience.OUTSIDE else one
            for one in await freshness(session)
            if reach.sees(one.team)
        ],
        now,
        wanted.as_at,
        await area_numbers(session, Parameter.BIRTHS, wanted.as_at or london_date(now)),
        reach,
        await _agreed(session, wanted, now, reach),
    )


async def _agreed(session: AsyncSession, wanted: Wanted, now: datetime, reach: Reach) -> Sequence[ActionLine]:
    if wanted.as_at or reach.heard(wanted.audience) is Audience.OUTSIDE:
        return ()
    return await open_actions(session, london_date(now), reach)


def _heard(remarks: ChartRemarks, wanted: Wanted, reach: Reach, region: set[int]) -> ChartRemarks:
    """Args: region: indicators of which the region's figure is seen."""
    if reach.localities is not None:
        remarks = remarks.of_places(reach.localities, region)
    return remarks.for_outside() if reach.heard(wanted.audience) is Audience.OUTSIDE else remarks


def _judged(
    several: Sequence[PublishedSeries], remarks: ChartRemarks, targets: Mapping[int, Sequence[Target]]
) -> list[Variation]:
    """By indicator, each series once; what is aimed at is as the region entered it."""
    found = {
        (one.indicator, one.team): variation_of(
            _aimed(indicator, targets), one, remarks.steps_of(one.indicator, one.team)
        )
        for one in several
        if (indicator := definition_of(one.indicator, one.version))
    }
    return sorted(found.values(), key=lambda one: (one.indicator.line, one.indicator.number))


def _aimed(indicator: Indicator, targets: Mapping[int, Sequence[Target]]) -> Indicator:
    entered = targets.get(indicator.number)
    return replace(indicator, targets=(*entered, *indicator.targets)) if entered else indicator


def _frozen_at(released: Sequence[Snapshot], month: date | None) -> datetime | None:
    """A page as at a month stays as it was, also in what people said by then."""
    return next((one.made_at for one in released if one.month == month and not one.is_revision), None)


def definition_of(number: int, version: int | None = None) -> Indicator | None:
    """Of that version, or the latest; None when this software does not know it."""
    known = [one for one in INDICATORS if one.number == number and version in (None, one.version)]
    return max(known, key=lambda one: one.version, default=None)
