"""The gate, by the worked numbers of the rules, and against somebody with a solver."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import pytest

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gate import REGION, GatedYear, PointKey
from services.reporting.publication.domain.period_rule import as_they_were, chosen_periods
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.publication.domain.span import months_later
from services.reporting.publication.domain.suppression import MINUTES, REGIONAL
from services.reporting.publication.domain.telling import Telling, inside, outside
from tests.reporting.attacker import Attacker

APRIL = date(2026, 4, 1)
EXACT = inside(Shape.COUNT, REGIONAL)
ROUNDED = outside(Shape.COUNT, REGIONAL)
TEAMS = ("blackpool", "burnley", "chorley", "lancaster", "preston")


def of_one_month(*numbers: int | tuple[int, int], telling: Telling = EXACT) -> dict[str, PublishedPoint]:
    """By team, of so many teams; the region among them."""
    figures = {
        (team, APRIL): Counted(*number) if isinstance(number, tuple) else Counted(number)
        for team, number in zip(TEAMS, numbers, strict=False)
    }
    points = GatedYear(telling=telling, figures=figures, periods={}).published()
    return {key.team: point for key, point in points.items()}


def told(points: Mapping[str, PublishedPoint]) -> list[int | None]:
    """The teams' in their order, then the region's."""
    return [*(points[team].numerator for team in TEAMS if team in points), points[REGION].numerator]


def test_inside_counts_of_one_to_four_are_hidden_and_none_and_five_are_shown() -> None:
    assert told(of_one_month(0, 5, 9, 20)) == [0, 5, 9, 20, 34]
    assert told(of_one_month(4, 4, 4, 20)) == [None, None, None, 20, 32]


def test_beside_a_small_count_the_smallest_other_is_hidden_so_that_the_regions_total_can_stay() -> None:
    assert told(of_one_month(3, 20, 8)) == [None, 20, None, 31]


def test_the_references_table_keeps_back_the_nine_beside_the_three() -> None:
    strict = Telling(Shape.COUNT, ROUNDED.profile)

    assert told(of_one_month(23, 11, 9, 3, telling=strict)) == [23, 11, None, None, 46]


def test_when_what_is_hidden_sums_to_less_than_what_is_shown_one_more_is_hidden() -> None:
    assert told(of_one_month(1, 1, 9, 30)) == [None, None, None, 30, 41]


def test_a_month_of_which_the_regions_families_are_few_is_hidden_with_all_its_zeros() -> None:
    assert told(of_one_month(3, 0, 0)) == [None, None, None, None]


def test_outside_counts_up_to_seven_are_hidden_and_the_others_are_rounded_to_five() -> None:
    assert told(of_one_month(0, 8, 12, 13, 17, telling=ROUNDED)) == [0, 10, 10, 15, 15, 50]


def test_minutes_are_hidden_where_they_would_tell_of_few_appointments() -> None:
    for telling in (inside(Shape.COUNT, MINUTES), outside(Shape.COUNT, MINUTES)):
        assert told(of_one_month(240, 2_400, 900, telling=telling)) == [None, 2_400, None, 3_540]


def test_outside_a_share_is_of_rounded_counts() -> None:
    share = outside(Shape.SHARE, REGIONAL)

    point = of_one_month((11, 46), telling=share)["blackpool"]

    assert (point.numerator, point.denominator, point.percent) == (10, 45, 22)


@pytest.mark.parametrize("of_all", [(3, 46), (43, 46), (7, 7), (0, 7), (2, 6)])
def test_a_share_is_hidden_where_few_are_in_it_or_few_are_not_or_there_are_few_at_all(of_all: tuple[int, int]) -> None:
    points = of_one_month(of_all, (20, 40), (30, 60), telling=inside(Shape.SHARE, REGIONAL))

    assert points["blackpool"].numerator is points["blackpool"].denominator is None


@pytest.mark.parametrize("of_all", [(0, 8), (8, 8), (5, 46)])
def test_none_or_all_of_eight_or_more_is_told(of_all: tuple[int, int]) -> None:
    points = of_one_month(of_all, (20, 40), telling=inside(Shape.SHARE, REGIONAL))

    assert (points["blackpool"].numerator, points["blackpool"].denominator) == of_all


@pytest.mark.parametrize(
    ("of_all", "told_as"), [((12, 10), (12, 10)), ((12, 3), (None, None)), ((12, 8), (12, 8)), ((4, 2), (None, None))]
)
def test_a_share_of_more_than_all_is_told_as_what_it_is_and_hidden_where_few_are_in_it(
    of_all: tuple[int, int], told_as: tuple[int | None, int | None]
) -> None:
    points = of_one_month(of_all, (20, 40), (30, 60), telling=inside(Shape.SHARE, REGIONAL))

    assert (points["blackpool"].numerator, points["blackpool"].denominator) == told_as


@pytest.mark.parametrize(("waits", "median", "ninetieth"), [(7, None, None), (8, 9, None), (19, 9, None), (20, 9, 22)])
def test_a_median_is_of_eight_waits_and_a_ninetieth_of_twenty(
    waits: int, median: int | None, ninetieth: int | None
) -> None:
    telling = inside(Shape.DAYS, REGIONAL)

    point = telling.point(
        Counted(waits, median=Decimal(9), ninetieth=Decimal(22)), APRIL, Period.MONTH, is_finished=True
    )

    assert (point.numerator, point.median, point.ninetieth) == (waits, median, ninetieth)


def test_a_mean_is_of_eight_or_more_and_outside_of_a_rounded_number_of_them() -> None:
    points = of_one_month((30, 7), (83, 12), (90, 30), telling=inside(Shape.MEAN, REGIONAL))
    abroad = of_one_month((83, 12), (90, 30), telling=outside(Shape.MEAN, REGIONAL))

    assert points["blackpool"].denominator is None
    assert (abroad["blackpool"].numerator, abroad["blackpool"].denominator) == (69, 10)


def test_the_team_that_protected_last_month_protects_this_month_where_it_can() -> None:
    may = months_later(APRIL, 1)
    figures = {("blackpool", APRIL): 3, ("burnley", APRIL): 8, ("preston", APRIL): 20}
    figures |= {("blackpool", may): 2, ("burnley", may): 25, ("preston", may): 9}

    points = GatedYear(
        telling=EXACT, figures={key: Counted(one) for key, one in figures.items()}, periods={}
    ).published()

    hidden = {(key.team, key.starts) for key, point in points.items() if point.why_hidden}
    assert hidden == {("blackpool", APRIL), ("burnley", APRIL), ("blackpool", may), ("burnley", may)}


def test_the_same_figures_give_the_same_pattern_in_whatever_order_they_come() -> None:
    figures = dict(some_figures(random.Random(3), Shape.COUNT))
    turned = dict(reversed(figures.items()))

    assert (
        GatedYear(telling=EXACT, figures=figures, periods={}).published()
        == GatedYear(telling=EXACT, figures=turned, periods={}).published()
    )


def test_a_small_team_has_quarters_and_a_very_small_one_years_and_the_page_says_so() -> None:
    months = [months_later(APRIL, step) for step in range(-12, 1)]

    def period(number: int, known: int = 13) -> Period:
        return chosen_periods({month: Counted(number) for month in months[-known:]}, [APRIL], EXACT)[APRIL]

    assert [period(6), period(3), period(1), period(0), period(1, known=6)] == [
        Period.MONTH,
        Period.QUARTER,
        Period.YEAR,
        Period.MONTH,
        Period.MONTH,
    ]


def test_what_was_published_by_month_is_never_summed_up_afterwards() -> None:
    months = [months_later(APRIL, step) for step in range(12)]
    as_chosen = {("burnley", month): Period.YEAR for month in months}

    kept = as_they_were(as_chosen, {("burnley", months[0]): Period.MONTH})

    assert [kept["burnley", month] for month in months] == [Period.MONTH] * 3 + [Period.QUARTER] * 9
    assert as_they_were(as_chosen, {("burnley", month): Period.YEAR for month in months}) == as_chosen
    assert as_they_were(as_chosen, {("preston", APRIL): Period.MONTH}) == as_chosen


def test_a_quarter_is_told_when_its_last_month_has_ended_and_its_months_never_are() -> None:
    months = [months_later(APRIL, step) for step in range(4)]
    figures = {
        (team, month): Counted(number) for month in months for team, number in zip(TEAMS, (3, 3, 30, 40), strict=False)
    }
    periods = {(team, month): Period.QUARTER for team in TEAMS[:2] for month in months}

    points = GatedYear(telling=EXACT, figures=figures, periods=periods, ended=months[2]).published()

    of_small = {key: point.numerator for key, point in points.items() if key.team in TEAMS[:2]}
    assert of_small == {PointKey(team, Period.QUARTER, APRIL): 9 for team in TEAMS[:2]}


def test_what_was_hidden_stays_hidden_and_what_was_shown_is_not_taken_back() -> None:
    figures = {(team, APRIL): Counted(number) for team, number in zip(TEAMS, (3, 9, 8, 30, 40), strict=True)}
    before = {
        PointKey("chorley", Period.MONTH, APRIL): PublishedPoint(APRIL, Period.MONTH, 8),
        PointKey("preston", Period.MONTH, APRIL): PublishedPoint(APRIL, Period.MONTH, why_hidden=WhyHidden.SMALL),
    }

    points = GatedYear(telling=EXACT, figures=figures, periods={}, before=before).published()

    assert [team for team in TEAMS if points[PointKey(team, Period.MONTH, APRIL)].why_hidden] == [
        "blackpool",
        "preston",
    ]


def some_figures(rng: random.Random, shape: Shape) -> Iterable[tuple[tuple[str, date], Counted]]:
    """Of a small region, with few and many families, and none."""
    teams, months = TEAMS[: rng.randint(2, 5)], [months_later(APRIL, step) for step in range(rng.choice((1, 3, 4)))]
    for team in teams:
        usual = rng.choice((2, 6, 25))
        for month in months:
            families = rng.choice((0, rng.randint(1, usual), rng.randint(0, 2 * usual)))
            few = rng.choice((0, 1, 2, families // 2))
            number = rng.choice((min(few, families), families - min(few, families)))
            yield (team, month), Counted(number, families) if shape is Shape.SHARE else Counted(families)


@pytest.mark.parametrize("seed", range(8))
def test_nobody_can_narrow_down_a_small_count_beside_shares_of_more_than_all(seed: int) -> None:
    rng = random.Random(seed)
    figures = dict(some_figures(rng, Shape.SHARE))
    for key, counted in list(figures.items()):
        if counted.denominator and rng.random() < 0.8:
            figures[key] = Counted(counted.denominator + rng.randint(1, 9), counted.denominator)
    months, teams = sorted({month for _, month in figures}), sorted({team for team, _ in figures})
    telling = inside(Shape.SHARE, REGIONAL)

    points = GatedYear(telling=telling, figures=figures, periods={}).published()

    assert any(counted.is_more_than_all for counted in figures.values())
    attacker = Attacker(Shape.SHARE, 5, teams, months, can_be_more_than_all=True)
    attacker.hears(series_of(points))
    for (team, month), counted in figures.items():
        if 0 < counted.families(Shape.SHARE) < 5:
            assert_contains(attacker.interval(team, [month]), range(1, 5), (team, month, counted))
        if 0 < counted.numerator < 5:
            assert_contains(attacker.interval(team, [month], outside=False), range(1, 5), (team, month, counted))


def series_of(points: Mapping[PointKey, PublishedPoint]) -> list[PublishedSeries]:
    teams = dict.fromkeys(key.team for key in points)
    return [PublishedSeries(1, 1, team, [point for key, point in points.items() if key.team == team]) for team in teams]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("shape", [Shape.COUNT, Shape.SHARE])
@pytest.mark.parametrize("is_outside", [False, True], ids=["inside", "outside"])
def test_nobody_can_narrow_down_a_small_count(seed: int, shape: Shape, *, is_outside: bool) -> None:
    rng = random.Random(seed)
    telling = outside(shape, REGIONAL) if is_outside else inside(shape, REGIONAL)
    figures = dict(some_figures(rng, shape))
    months, teams = sorted({month for _, month in figures}), sorted({team for team, _ in figures})
    of_quarters = [team for team in teams if rng.random() < 0.4]
    periods = {(team, month): Period.QUARTER for team in of_quarters for month in months}
    ended = months[-1] if rng.random() < 0.7 else None

    points = GatedYear(telling=telling, figures=figures, periods=periods, ended=ended).published()

    attacker = Attacker(shape, telling.profile.smallest_shown, teams, months, telling.step)
    attacker.hears(series_of(points))
    for (team, month), counted in figures.items():
        assert_wide(attacker, telling, counted, team, month)


def assert_wide(attacker: Attacker, telling: Telling, counted: Counted, team: str, month: date) -> None:
    few = range(1, telling.profile.smallest_shown)
    families = counted.families(telling.shape)
    if families in few:
        assert_contains(attacker.interval(team, [month]), few, (team, month, counted))
    if telling.shape is Shape.SHARE and counted.numerator in few:
        told = range(1, min(few.stop, families + 1)) if families >= 8 else few
        assert_contains(attacker.interval(team, [month], outside=False), told, (team, month, counted, "inside"))
    if telling.shape is Shape.SHARE and counted.rest in few:
        assert_contains(attacker.interval(team, [month], inside=False), few, (team, month, counted, "outside"))


def assert_contains(interval: range, few: range, what: object) -> None:
    assert interval.start <= few.start, (what, interval)
    assert interval.stop >= few.stop, (what, interval)
