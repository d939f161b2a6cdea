"""One figure of the dashboard: a sentence, perhaps a drawing, a table, a file, and what is counted.

All of them are made from the same safe counts, so that they cannot differ and none shows what another hides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard
from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.publication.domain.breakdown import REGION, SafeBreakdown
from services.reporting.publication.domain.suppression import SafeCount, percentage
from shared.contracts.slug import locality_name
from shared.staff.column import in_order
from shared.staff.download import Download

Cell = SafeCount | str


@dataclass(frozen=True)
class Place:
    """The region, or one team, as a column or a row."""

    team: str | None
    name: str

    @property
    def in_a_sentence(self) -> str:
        return self.name if self.team else "the region"


@dataclass(frozen=True)
class Panel:
    """What `panel.html` shows. The first cell of a row is its heading.

    Attributes:
        name: starts the ids on the page and names the file.
        links: where a row's heading leads, by its words.
    """

    name: str
    title: str
    sentence: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    indicators: Sequence[Indicator]
    drawing: Markup | None = None
    links: Mapping[str, str] = field(default_factory=dict[str, str])


def panel_file(panel: Panel, file_name: str) -> Download[Any]:
    """The table of a figure, as it is on the page."""
    return Download(file_name, in_order(*panel.columns), [[plain(cell) for cell in row] for row in panel.rows])


def places(figures: RegionalDashboard, team: str | None) -> list[Place]:
    """All teams and the region; or one team, with the region to compare."""
    teams = [team] if team else figures.teams
    return [*(Place(slug, locality_name(slug)) for slug in teams), Place(REGION, "Region")]


def place_of(team: str | None) -> Place:
    return Place(team, locality_name(team) if team else "The region")


def team_links(figures: RegionalDashboard) -> dict[str, str]:
    return {locality_name(team): f"/team/{team}" for team in figures.teams}


def words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words


def number_of(count: SafeCount, things: str) -> str:
    """For a sentence: `29 referrals`, `fewer than 5 referrals`, `a number of referrals that is not shown`."""
    is_told = count.number is not None or count.fewer_than
    return f"{count.words} {things}" if is_told else f"a number of {things} that is not shown"


def plain(cell: Cell) -> str | int:
    """For a file: a number where there is one."""
    if isinstance(cell, str):
        return cell
    return cell.words if cell.number is None else cell.number


def share(counts: SafeBreakdown, place: Place, way: str, group: str) -> str:
    """A group's share of all of its way of counting: `83%`, `hidden`, or `none` where there is nothing to share."""
    whole = counts.count(place.team)
    if whole.number == 0:
        return "none"
    percent = percentage(counts.count(place.team, way, group), whole)
    return "hidden" if percent is None else f"{percent}%"
