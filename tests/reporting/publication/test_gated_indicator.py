"""What leaves of one indicator: as months end, as figures are revised, to two audiences, in parts, beside others."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Over, Tally, Term
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gate import REGION, PointKey
from services.reporting.publication.domain.gated_indicator import CellKey, Cells, GatedIndicator
from services.reporting.publication.domain.published_point import Audience, Period, PublishedPoint, PublishedSeries
from services.reporting.publication.domain.span import months_later
from services.reporting.publication.domain.telling import Telling
from tests.reporting.attacker import Attacker
from tests.reporting.publication.test_gate import EXACT, TEAMS, assert_wide

APRIL = date(2026, 4, 1)
MONTHS = [months_later(APRIL, step) for step in range(12)]


def an_indicator(shape: Shape = Shape.COUNT, over: Over = Over.MONTH, *, is_mix: bool = False) -> Indicator:
    return Indicator(
        number=1,
        version=1,
        name="Something",
        priority=1,
        shape=shape,
        direction=Direction.NEITHER,
        numerator="Those",
        counts=Tally((Term(table="fact"),), over),
        is_mix=is_mix,
        time="Month",
        sources=(),
        why="Because",
    )


def gated(figures: Mapping[str, list[int]], indicator: Indicator | None = None, **more: object) -> GatedIndicator:
    """Figures of a count, month after month from April on."""
    counted = {
        (team, month): Counted(n)
        for team, numbers in figures.items()
        for month, n in zip(MONTHS, numbers, strict=False)
    }
    return replace(
        GatedIndicator(indicator=indicator or an_indicator(), figures=counted, parts={}),
        **more,  # type: ignore[arg-type]
    )


def told(cells: Cells, audience: Audience, team: str) -> dict[int, int | None]:
    """By the number of the month with which it begins."""
    return {
        key.point.starts.month: point.numerator
        for key, point in cells.items()
        if (key.audience, key.way, key.point.team) == (audience, "", team)
    }


BIG = {"blackpool": [20, 21, 22], "burnley": [30, 31, 33]}


def test_inside_sees_what_goes_on_and_outside_only_what_is_frozen() -> None:
    one = gated(BIG)

    frozen = one.frozen(MONTHS[1], [APRIL], {})
    going_on = one.going_on(MONTHS[1], frozen)

    assert told(frozen, Audience.INSIDE, "blackpool") == {4: 20, 5: 21}
    assert told(frozen, Audience.OUTSIDE, "blackpool") == {4: 20, 5: 20}
    assert told(going_on, Audience.INSIDE, "blackpool") == {6: 22}
    assert told(going_on, Audience.OUTSIDE, "blackpool") == {}
    assert [point.is_finished for point in going_on.values()] == [False, False, False]
    assert all(point.is_finished for point in frozen.values())


def test_a_team_that_is_not_ready_is_provisional_inside_and_not_told_outside() -> None:
    one = gated({**BIG, "preston": [9, 9, 9]}, not_ready=frozenset({("blackpool", APRIL)}))

    frozen = one.frozen(APRIL, [APRIL], {})

    inside, outside = (CellKey(audience, "", "", PointKey("blackpool", Period.MONTH, APRIL)) for audience in Audience)
    assert (frozen[inside].numerator, frozen[inside].is_finished) == (20, False)
    assert outside not in frozen
    assert told(frozen, Audience.OUTSIDE, REGION) == {4: 60}


def test_what_comes_late_changes_what_it_changes_and_nothing_hidden_is_shown_by_it() -> None:
    before = gated({**BIG, "preston": [3, 9, 9]}).frozen(MONTHS[1], [APRIL], {})
    later = gated({**BIG, "preston": [6, 9, 9]}).frozen(MONTHS[1], [APRIL], before)

    assert told(before, Audience.INSIDE, "preston") == {4: None, 5: 9}
    assert told(before, Audience.INSIDE, "blackpool") == {4: None, 5: 21}
    assert {key.point for key in later if later[key] != before.get(key)} == {PointKey(REGION, Period.MONTH, APRIL)}


def test_what_is_of_twelve_months_is_told_of_teams_once_a_year_and_of_the_region_every_month() -> None:
    rolling = gated({"blackpool": list(range(20, 32)), "burnley": [50] * 12}, an_indicator(over=Over.YEAR))

    cells = rolling.frozen(MONTHS[-1], [APRIL], {})

    assert {key.point for key in cells if key.point.team == "blackpool"} == {PointKey("blackpool", Period.YEAR, APRIL)}
    assert told(cells, Audience.INSIDE, "blackpool") == {4: 31}
    assert told(rolling.going_on(None, {}), Audience.INSIDE, REGION) == dict(
        zip([*range(4, 13), 1, 2, 3], range(70, 82), strict=True)
    )


def test_of_a_region_of_few_families_twelve_months_are_told_once_a_year_too() -> None:
    rolling = gated({"blackpool": [8] * 12, "burnley": [20] * 12}, an_indicator(over=Over.YEAR))

    assert set(told(rolling.going_on(None, {}), Audience.INSIDE, REGION).values()) == {None}


def in_parts(over: Over = Over.MONTH, *, is_mix: bool = False, **parts: list[int]) -> GatedIndicator:
    """Of one team, counted in parts."""
    shape = Shape.SHARE if is_mix else Shape.COUNT
    all_of_them = [sum(numbers) for numbers in zip(*parts.values(), strict=True)]
    of_all = [None] * len(all_of_them) if not is_mix else all_of_them
    return GatedIndicator(
        indicator=an_indicator(shape, over, is_mix=is_mix),
        figures={
            ("blackpool", month): Counted(n, of) for month, n, of in zip(MONTHS, all_of_them, of_all, strict=False)
        },
        parts={
            ("tier", month): {part: Counted(numbers[place], of_all[place]) for part, numbers in parts.items()}
            for place, month in enumerate(MONTHS[: len(all_of_them)])
        },
    )


def of_parts(cells: Cells, audience: Audience = Audience.INSIDE) -> dict[str, tuple[Period, int | None]]:
    chosen = {key: point for key, point in cells.items() if key.way and key.audience is audience}
    return {key.part: (key.point.period, point.numerator) for key, point in chosen.items()}


def test_parts_are_told_of_a_year_and_protect_each_other() -> None:
    parts = in_parts(universal=[9] * 12, targeted=[1] * 3 + [0] * 9, risk=[2] * 12)

    assert of_parts(parts.frozen(MONTHS[-1], [APRIL], {})) == {
        "universal": (Period.YEAR, 108),
        "targeted": (Period.YEAR, None),
        "risk": (Period.YEAR, None),
    }
    assert of_parts(parts.frozen(MONTHS[-2], [APRIL], {})) == {}
    assert of_parts(parts.going_on(MONTHS[-2], {})) == of_parts(parts.frozen(MONTHS[-1], [APRIL], {}))


def test_parts_of_a_year_that_goes_on_are_not_finished_whatever_was_frozen_of_it() -> None:
    parts = in_parts(universal=[9] * 12, targeted=[12] * 12)

    going_on, frozen = parts.going_on(MONTHS[5], {}), parts.frozen(MONTHS[-1], [APRIL], {})

    assert {point.is_finished for key, point in going_on.items() if key.way} == {False}
    assert {point.is_finished for key, point in frozen.items() if key.way} == {True}


def test_parts_of_a_moment_are_told_of_each_month() -> None:
    parts = in_parts(Over.AT_END, universal=[9, 12], targeted=[20, 24])

    assert of_parts(parts.frozen(MONTHS[1], [APRIL], {})) == {
        "universal": (Period.MONTH, 12),
        "targeted": (Period.MONTH, 24),
    }


def test_a_way_of_which_everything_would_be_hidden_is_not_told() -> None:
    assert of_parts(in_parts(Over.AT_END, one=[1], two=[1], three=[1], four=[1], five=[1]).going_on(None, {})) == {}


def test_a_part_of_a_mix_is_of_everybody() -> None:
    parts = in_parts(is_mix=True, maternity=[6] * 12, health=[14] * 12, oneself=[0] * 11 + [20])

    cells = parts.frozen(MONTHS[-1], [APRIL], {})

    shares = {key.part: point.percent for key, point in cells.items() if key.way and key.audience is Audience.INSIDE}
    assert shares == {"maternity": 28, "health": 65, "oneself": 8}


def random_counts(rng: random.Random) -> dict[tuple[str, date], Counted]:
    """Families of a small region in five months, and how many of them are in a share."""
    figures: dict[tuple[str, date], Counted] = {}
    for team in TEAMS[: rng.randint(2, 4)]:
        usual = rng.choice((3, 9, 25))
        for month in MONTHS[:5]:
            families = rng.randint(0, 2 * usual)
            figures[team, month] = Counted(rng.choice((0, families, rng.randint(0, families))), families)
    return figures


@pytest.mark.parametrize("seed", range(8))
def test_month_after_month_with_what_comes_late_nobody_can_narrow_down_a_small_count(seed: int) -> None:
    rng = random.Random(seed)
    figures = {key: Counted(counted.families(Shape.SHARE)) for key, counted in random_counts(rng).items()}
    before = Cells()
    for last in MONTHS[:5]:
        late = rng.choice(list(figures))
        figures[late] += Counted(rng.randint(0, 3))
        one = GatedIndicator(indicator=an_indicator(), figures=figures, parts={})
        before |= one.frozen(last, [APRIL], before)

    attacker = Attacker(Shape.COUNT, 5, sorted({team for team, _ in figures}), MONTHS[:5])
    attacker.hears(series_of(before, Audience.INSIDE))
    for (team, month), counted in figures.items():
        assert_wide(attacker, EXACT, counted, team, month)


@pytest.mark.parametrize("seed", range(6))
def test_two_shares_of_the_same_families_and_their_count_together_give_nothing_away(seed: int) -> None:
    rng = random.Random(seed)
    share = random_counts(rng)
    other = {key: Counted(rng.randint(0, one.denominator or 0), one.denominator) for key, one in share.items()}
    count = {key: Counted(one.denominator or 0) for key, one in share.items()}
    teams = sorted({team for team, _ in share})

    attacker = Attacker(Shape.SHARE, 5, teams, MONTHS[:5])
    for shape, figures in ((Shape.SHARE, share), (Shape.SHARE, other), (Shape.COUNT, count)):
        cells = GatedIndicator(indicator=an_indicator(shape), figures=figures, parts={}).frozen(MONTHS[4], [APRIL], {})
        series = list(series_of(cells, Audience.INSIDE))
        if figures is share:
            attacker.hears(series)
        else:
            attacker.hears_families(series)
    telling = Telling(Shape.SHARE, EXACT.profile)
    for (team, month), counted in share.items():
        assert_wide(attacker, telling, counted, team, month)


def series_of(cells: Cells, audience: Audience) -> Iterator[PublishedSeries]:
    teams: dict[str, list[PublishedPoint]] = {}
    for key, point in cells.items():
        if key.audience is audience and not key.way:
            teams.setdefault(key.point.team, []).append(point)
    for team, points in teams.items():
        yield PublishedSeries(1, 1, team, points)
