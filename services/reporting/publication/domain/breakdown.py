"""One thing counted by team and in up to two other ways, with all its totals, made safe as a whole.

Referrals by team and month and by team and source have the team's total in common; what one table hides, the other must
not give away. So both are one flow: in through the first way's groups, through the teams, out through the second way's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from services.reporting.publication.domain.suppression import (
    Pipe,
    Place,
    SafeCount,
    SuppressionProfile,
    protect,
    sum_of,
)

REGION = None
"""Stands for all teams together, where a team is asked for."""


class Cell(NamedTuple):
    """One count: of a team or of the region, of one group of one way of counting, or of all of them (`way` None)."""

    team: str | None
    way: str | None = None
    group: str | None = None


Counts = Mapping[tuple[str, str], int]
"""Team and group → count."""


@dataclass(frozen=True)
class Breakdown:
    """What was counted, before anything is hidden. Both ways count the same things, so they have the same totals.

    Attributes:
        of: a name for each way, and its counts; one or two.
        details: for a name of its own, how many of the second way's groups are there in finer groups, for the region.
        detailed_groups: the groups of the second way that `details` divides.
    """

    of: Mapping[str, Counts]
    details: tuple[str, Mapping[str, int]] | None = None
    detailed_groups: frozenset[str] = field(default_factory=frozenset[str])

    def protected(self, profile: SuppressionProfile) -> "SafeBreakdown":
        """All counts as they may be shown together."""
        return protected([self], profile)

    def pipes(self) -> Iterable[tuple[Cell, Pipe]]:
        """The counts with all totals, as a flow."""
        *first, (second_name, second) = self.of.items()
        teams = sorted({team for team, _ in second})
        start: Place = "start"
        for name, counts in first:
            yield from _into_teams(name, counts)
        for team in teams:
            total = sum(count for (counted, _), count in second.items() if counted == team)
            yield Cell(team), Pipe(total, _team_in(team) if first else start, _team_out(team))
        yield from self._out_of_teams(second_name, second)
        yield Cell(REGION), Pipe(sum(second.values()), "end", start)

    def _out_of_teams(self, name: str, counts: Counts) -> Iterable[tuple[Cell, Pipe]]:
        for (team, group), count in counts.items():
            yield Cell(team, name, group), Pipe(count, _team_out(team), (name, group))
        for group, count in _group_totals(counts).items():
            target = "detailed" if group in self.detailed_groups else "end"
            yield Cell(REGION, name, group), Pipe(count, (name, group), target)
        if self.details:
            details_name, details = self.details
            yield Cell(REGION, details_name), Pipe(sum(details.values()), "detailed", "in detail")
            for group, count in details.items():
                yield Cell(REGION, details_name, group), Pipe(count, "in detail", "end")


def protected(breakdowns: Iterable[Breakdown], profile: SuppressionProfile) -> "SafeBreakdown":
    """The sums of breakdowns that count different things, such as two years: each is protected by itself."""
    return SafeBreakdown(*(protect(dict(breakdown.pipes()), profile) for breakdown in breakdowns))


class SafeBreakdown:
    """The counts of one or more breakdowns as they may be shown, added up. What was never counted is 0."""

    def __init__(self, *counts: Mapping[Cell, SafeCount]) -> None:
        self._counts = counts

    def count(self, team: str | None, way: str | None = None, group: str | None = None) -> SafeCount:
        return sum_of(counts.get(Cell(team, way, group), SafeCount(0)) for counts in self._counts)


def _into_teams(name: str, counts: Counts) -> Iterable[tuple[Cell, Pipe]]:
    for (team, group), count in counts.items():
        yield Cell(team, name, group), Pipe(count, (name, group), _team_in(team))
    for group, count in _group_totals(counts).items():
        yield Cell(REGION, name, group), Pipe(count, "start", (name, group))


def _group_totals(counts: Counts) -> dict[str, int]:
    totals: dict[str, int] = {}
    for (_, group), count in counts.items():
        totals[group] = totals.get(group, 0) + count
    return totals


def _team_in(team: str) -> Place:
    return ("in", team)


def _team_out(team: str) -> Place:
    return ("out", team)
