"""Two leads of some localities who put together what they see, with a solver, against the teams of the others."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

import pytest

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.indicators.domain.tally import Over
from services.reporting.publication.database.snapshots import rows_of
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.freezing import Batch
from services.reporting.publication.domain.gated_indicator import Cells, GatedIndicator
from services.reporting.publication.domain.published_point import Audience, PublishedPoint, PublishedSeries
from services.reporting.publication.domain.reach import Reach, remit_of
from services.reporting.publication.domain.span import months_later
from shared.contracts.vocabulary import Role
from tests.reporting.attacker import Attacker
from tests.reporting.publication.test_gated_indicator import APRIL, MONTHS, an_indicator

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


def in_parts(figures: Figures) -> dict[tuple[str, date], dict[str, Counted]]:
    """Of each month, two that add up to the region's."""
    parts: dict[tuple[str, date], dict[str, Counted]] = {}
    for month in {month for _, month in figures}:
        families = sum(one.families(Shape.COUNT) for (_, of), one in figures.items() if of == month)
        parts["tier", month] = {"targeted": Counted(families // 2), "specialist": Counted(families - families // 2)}
    return parts


def gated_of(figures: Figures, shape: Shape = Shape.COUNT) -> GatedIndicator:
    return GatedIndicator(
        indicator=an_indicator(shape), figures=figures, parts=in_parts(figures) if shape is Shape.COUNT else {}
    )


def seen_by(
    gated: GatedIndicator, cells: Cells, reach: Reach, audience: Audience = Audience.INSIDE
) -> list[PublishedSeries]:
    """What the query and the policy of the database let through; parts of a year as their sum."""
    places: dict[str, list[PublishedPoint]] = {}
    of_year: list[PublishedPoint] = []
    rows = rows_of(gated, cells)
    for (key, point), row in zip(cells.items(), rows, strict=True):
        of_region = key.point.team == "" and row["teams"] >= reach.region_needs
        if key.audience is audience and (of_region or key.point.team in (reach.localities or ())):
            (of_year if key.way else places.setdefault(key.point.team, [])).append(point)
    if of_year and all(one.why_hidden is None for one in of_year):
        whole = sum(one.numerator or 0 for one in of_year)
        places.setdefault("", []).append(PublishedPoint(of_year[0].starts, of_year[0].period, whole))
    return [PublishedSeries(1, 1, team, points) for team, points in places.items()]


def hears_channels(attacker: Attacker, told: Sequence[PublishedSeries]) -> None:
    """What a lead's subscriptions tell by mail, webhook and API beside what their pages show: as it is told outside."""
    step, smallest = attacker.step, attacker.smallest_shown
    attacker.step, attacker.smallest_shown = 5, 8
    attacker.hears(told)
    attacker.step, attacker.smallest_shown = step, smallest


def told_exactly(figures: Figures, shape: Shape, groups: Sequence[frozenset[str]], *, with_rule: bool) -> list[object]:
    """Figures of other teams of which there is no doubt, for two of the leads together."""
    gated, months = gated_of(figures, shape), sorted({month for _, month in figures})
    cells = gated.frozen(months[-1], [APRIL], {})
    largest, found = max(len(group) for group in groups), list[object]()
    teams = sorted({team for team, _ in figures})
    for two in combinations(groups, 2):
        attacker = Attacker(shape, 5, teams, months)
        attacker.knows_of_nothing((team, month) for team in teams for month in months if (team, month) not in figures)
        for group in two:
            reach = remit_of({Role.LOCALITY_LEAD}, group).reach(largest) if with_rule else Reach(localities=group)
            attacker.hears(seen_by(gated, cells, reach))
            hears_channels(attacker, seen_by(gated, cells, reach, Audience.OUTSIDE))
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


def test_a_year_less_its_other_months_is_not_told_where_a_month_is_of_few_teams() -> None:
    few = MONTHS[6]
    figures = {(team, month): Counted(12) for team in NAMES for month in MONTHS if month != few or team in NAMES[:3]}
    groups = [frozenset({"barrow"}), frozenset({"blackpool"})]

    assert told_exactly(figures, Shape.COUNT, groups, with_rule=False) != []
    assert told_exactly(figures, Shape.COUNT, groups, with_rule=True) == []


def shown_of_the_region(gated: GatedIndicator, last: date, needs: int) -> set[date]:
    cells = gated.frozen(last, [APRIL], {})
    [region] = [one for one in seen_by(gated, cells, Reach(region_needs=needs)) if one.team == ""]
    return {point.starts for point in region.points if not point.why_hidden}


def test_a_team_with_quarters_is_counted_in_a_month_whose_quarter_has_not_ended() -> None:
    before = [months_later(APRIL, -step) for step in range(1, 13)]
    figures = {(team, month): Counted(12) for team in NAMES for month in (*before, MONTHS[0])}
    figures |= {("preston", month): Counted(3) for month in before}
    cells = gated_of(figures).frozen(MONTHS[0], [APRIL], {})

    assert not any(key.point.team == "preston" for key in cells)
    assert shown_of_the_region(gated_of(figures), MONTHS[0], len(NAMES)) == {MONTHS[0]}


def test_of_twelve_months_to_each_months_end_all_teams_are_counted_in_every_month() -> None:
    figures = {(team, month): Counted(60) for team in NAMES for month in MONTHS[:3]}
    gated = GatedIndicator(indicator=an_indicator(over=Over.YEAR), figures=figures, parts={})

    assert shown_of_the_region(gated, MONTHS[2], len(NAMES)) == set(MONTHS[:3])


def test_a_cell_that_is_gone_is_told_to_those_who_saw_it() -> None:
    cells = gated_of({(team, APRIL): Counted(12) for team in NAMES}).frozen(APRIL, [APRIL], {})
    batch = Batch(cells, {}, APRIL)
    gone = {key: point for _, _, key, point in batch.cells()}

    rows = rows_of(gated_of({}), gone, dict.fromkeys(gone, 6))

    assert {row["teams"] for row in rows if not row["team"]} == {6}


def test_in_a_large_region_they_see_the_regions_figures() -> None:
    figures = {(team, month): Counted(12) for team in NAMES for month in MONTHS[:3]}
    cells = gated_of(figures).frozen(MONTHS[2], [APRIL], {})
    reach = remit_of({Role.LOCALITY_LEAD}, frozenset({"barrow"})).reach(2)

    assert [one.team for one in seen_by(gated_of(figures), cells, reach)] == ["", "barrow"]
