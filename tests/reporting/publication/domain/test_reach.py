"""Two leads of some localities who put together what they see, with a solver, against the teams of the others."""

import random
from collections.abc import Mapping
from datetime import date
from itertools import combinations

import pytest

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.database.snapshots import rows_of
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gated_indicator import Cells, GatedIndicator
from services.reporting.publication.domain.published_point import Audience, PublishedPoint, PublishedSeries
from services.reporting.publication.domain.reach import Reach, reach_of
from shared.contracts.vocabulary import Role
from tests.reporting.attacker import Attacker
from tests.reporting.publication.domain.test_gated_indicator import APRIL, MONTHS, an_indicator

Figures = Mapping[tuple[str, date], Counted]
NAMES = ("barrow", "blackpool", "burnley", "chorley", "lancaster", "preston")


def a_region(rng: random.Random, shape: Shape) -> dict[tuple[str, date], Counted]:
    """Some teams tell of some months only."""
    figures: dict[tuple[str, date], Counted] = {}
    for team in NAMES[: rng.randint(3, 6)]:
        for month in MONTHS[:3]:
            families = rng.randint(9, 30)
            if rng.random() < 0.85:
                inside = rng.randint(0, families)
                figures[team, month] = Counted(inside, families) if shape is Shape.SHARE else Counted(families)
    return figures


def seen_by(cells: Cells, shape: Shape, reach: Reach) -> list[PublishedSeries]:
    """What the query and the policy of the database let through."""
    places: dict[str, list[PublishedPoint]] = {}
    rows = rows_of(an_indicator(shape), cells)
    for (key, point), row in zip(cells.items(), rows, strict=True):
        of_region = key.point.team == "" and row["teams"] >= reach.region_needs
        if key.audience is Audience.INSIDE and (of_region or key.point.team in (reach.localities or ())):
            places.setdefault(key.point.team, []).append(point)
    return [PublishedSeries(1, 1, team, points) for team, points in places.items()]


def told_exactly(figures: Figures, shape: Shape, groups: list[frozenset[str]], *, with_rule: bool) -> list[object]:
    """Figures of other teams of which there is no doubt, for two of the leads together."""
    cells = GatedIndicator(indicator=an_indicator(shape), figures=figures, parts={}).frozen(MONTHS[2], [APRIL], {})
    largest, found = max(len(group) for group in groups), list[object]()
    teams = sorted({team for team, _ in figures})
    for two in combinations(groups, 2):
        attacker = Attacker(shape, 5, teams, MONTHS[:3])
        for group in two:
            reach = reach_of({Role.LOCALITY_LEAD}, group, largest)
            attacker.hears(seen_by(cells, shape, reach if with_rule else Reach(localities=group)))
        for (team, month), counted in figures.items():
            if team not in two[0] | two[1] and len(attacker.interval(team, [month])) == 1:
                found.append((two, team, month, counted))
    return found


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("shape", [Shape.COUNT, Shape.SHARE])
def test_two_leads_who_put_together_what_they_see_cannot_tell_another_teams_figure(seed: int, shape: Shape) -> None:
    rng = random.Random(seed)
    figures = a_region(rng, shape)
    groups = [frozenset(rng.sample(NAMES, rng.randint(1, 2))) for _ in range(3)]

    assert told_exactly(figures, shape, groups, with_rule=True) == []


def test_without_the_rule_they_could() -> None:
    figures = {(team, month): Counted(12) for team in NAMES[:3] for month in MONTHS[:3]}
    groups = [frozenset({"barrow"}), frozenset({"blackpool"})]

    assert len(told_exactly(figures, Shape.COUNT, groups, with_rule=False)) == 3
    assert told_exactly(figures, Shape.COUNT, groups, with_rule=True) == []


def test_in_a_large_region_they_see_the_regions_figures() -> None:
    figures = {(team, month): Counted(12) for team in NAMES for month in MONTHS[:3]}
    cells = GatedIndicator(indicator=an_indicator(), figures=figures, parts={}).frozen(MONTHS[2], [APRIL], {})
    reach = reach_of({Role.LOCALITY_LEAD}, frozenset({"barrow"}), 2)

    assert [one.team for one in seen_by(cells, Shape.COUNT, reach)] == ["", "barrow"]
