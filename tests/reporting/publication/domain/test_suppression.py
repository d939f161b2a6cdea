"""Small numbers: what is shown gives away no count of a few families."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.publication.domain.breakdown import REGION, Breakdown, SafeBreakdown
from services.reporting.publication.domain.suppression import (
    REGIONAL,
    STRICT,
    SafeCount,
    SuppressionProfile,
    percentage,
    sum_of,
)

UNDER_THREE = SuppressionProfile(smallest_shown=3)
"""Small enough to try every table that an onlooker could think of."""

Table = Mapping[tuple[str, str], int]


def shown(counts: SafeBreakdown, team: str | None, way: str | None = None, group: str | None = None) -> str:
    return counts.count(team, way, group).words


def test_the_references_worked_table_hides_the_nine_beside_the_three() -> None:
    tiers = {"targeted": 23, "specialist": 11, "universal": 9, "risk": 3}

    counts = Breakdown({"tier": {("blackpool", tier): count for tier, count in tiers.items()}}).protected(STRICT)

    assert [shown(counts, "blackpool", "tier", tier) for tier in tiers] == ["23", "11", "hidden", "fewer than 8"]
    assert shown(counts, "blackpool") == "46"
    assert percentage(counts.count("blackpool", "tier", "risk"), counts.count("blackpool")) is None
    assert percentage(counts.count("blackpool", "tier", "specialist"), counts.count("blackpool")) == 24


def test_counts_of_one_to_four_are_never_shown_and_none_and_five_are() -> None:
    counts = Breakdown({"month": {("blackpool", str(number)): number for number in range(12)}}).protected(REGIONAL)

    words = [shown(counts, "blackpool", "month", str(number)) for number in range(12)]
    assert words == ["0", *["fewer than 5"] * 4, *[str(number) for number in range(5, 12)]]
    assert shown(counts, "blackpool") == "66"


def test_when_one_team_is_hidden_another_team_is_too_so_that_the_regions_total_can_stay() -> None:
    received = {("blackpool", "may"): 20, ("burnley", "may"): 3, ("preston", "may"): 8}

    counts = Breakdown({"month": received}).protected(REGIONAL)

    assert [shown(counts, team, "month", "may") for team in ("blackpool", "burnley", "preston")] == [
        "20",
        "fewer than 5",
        "hidden",
    ]
    assert shown(counts, REGION, "month", "may") == "31"


def test_what_one_table_hides_another_table_with_the_same_total_does_not_give_away() -> None:
    by_month = {("blackpool", "may"): 3, ("burnley", "may"): 40}
    by_source = {("blackpool", "self"): 3, ("burnley", "self"): 20, ("burnley", "maternity"): 20}

    counts = Breakdown({"month": by_month, "source": by_source}).protected(REGIONAL)

    assert shown(counts, "blackpool") == "fewer than 5"
    assert shown(counts, "burnley") == "hidden"


def test_a_percentage_is_told_only_where_both_numbers_and_the_rest_may_be_told() -> None:
    decided = {("blackpool", "in time"): 20, ("blackpool", "late"): 2}

    counts = Breakdown({"speed": decided}).protected(REGIONAL)

    assert percentage(counts.count("blackpool", "speed", "in time"), counts.count("blackpool")) is None


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 0, None), (0, 7, None), (7, 7, None), (0, 8, 0), (8, 8, 100), (5, 8, 63), (1, 200, 1)],
)
def test_percentages_are_rounded_once_and_all_or_none_of_a_few_is_not_told(
    part: int, whole: int, told: int | None
) -> None:
    assert percentage(SafeCount(part), SafeCount(whole)) == told


def test_a_sum_with_a_hidden_part_is_hidden() -> None:
    assert sum_of([SafeCount(7), SafeCount(0)]).words == "7"
    assert sum_of([SafeCount(7), SafeCount(None, 5)]).words == "hidden"


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, Table]:
    """The same things of two teams, counted in two ways."""
    first = {(team, group): draw(st.integers(0, 4)) for team in "AB" for group in "xy"}
    second: dict[tuple[str, str], int] = {}
    for team in "AB":
        total = first[team, "x"] + first[team, "y"]
        second[team, "u"] = draw(st.integers(0, total))
        second[team, "v"] = total - second[team, "u"]
    return first, second


@settings(max_examples=400, deadline=None)
@given(tables())
def test_no_hidden_count_can_be_worked_out_from_all_that_is_shown(ways: tuple[Table, Table]) -> None:
    counts = Breakdown({"first": ways[0], "second": ways[1]}).protected(UNDER_THREE)

    published = {key: counts.count(*key) for key in _all_counts(*ways)}
    hidden = {key for key, count in published.items() if count.number is None}
    thinkable: dict[object, set[int]] = {key: set() for key in hidden}
    for table in _tables_that_agree(published, ways):
        for key in hidden:
            thinkable[key].add(table[key])

    assert all(len(values) > 1 for values in thinkable.values())
    assert not any(0 < (count.number or 0) < 3 for count in published.values())


@settings(max_examples=200, deadline=None)
@given(tables())
def test_nothing_is_hidden_where_no_count_is_small(ways: tuple[Table, Table]) -> None:
    larger = [{key: count * 5 for key, count in way.items()} for way in ways]

    counts = Breakdown({"first": larger[0], "second": larger[1]}).protected(REGIONAL)

    assert all(counts.count(*key).number == count for key, count in _all_counts(*larger).items())


CellKey = tuple[str | None, str | None, str | None]
MayBe = Callable[[SafeCount, int], range]


def _all_counts(first: Table, second: Table) -> dict[CellKey, int]:
    """Every count with every total, by plain addition."""
    counts: dict[CellKey, int] = {}
    for way, table in (("first", first), ("second", second)):
        for (team, group), count in table.items():
            counts[team, way, group] = count
            counts[None, way, group] = counts.get((None, way, group), 0) + count
    for (team, _), count in first.items():
        counts[team, None, None] = counts.get((team, None, None), 0) + count
        counts[None, None, None] = counts.get((None, None, None), 0) + count
    return counts


def _tables_that_agree(
    published: Mapping[CellKey, SafeCount], ways: tuple[Table, Table]
) -> Iterator[Mapping[CellKey, int]]:
    """Every table that an onlooker, who knows the rules and the words, cannot rule out."""
    actual = _all_counts(*ways)
    names_all = all(count.fewer_than or not 0 < actual[key] < 3 for key, count in published.items())

    def may_be(count: SafeCount, actual: int) -> range:
        if count.number is not None:
            return range(count.number, count.number + 1)
        if count.fewer_than:
            return range(1, count.fewer_than)
        return range(3 if names_all else 1, actual + 2)

    first_options = list(_options(published, "first", ways[0], may_be))
    second_options = list(_options(published, "second", ways[1], may_be))
    for first, second in product(first_options, second_options):
        if _team_totals(first) == _team_totals(second):
            table = _all_counts(first, second)
            if all(table[key] in may_be(published[key], actual[key] + 20) for key in table):
                yield table


def _options(published: Mapping[CellKey, SafeCount], way: str, table: Table, may_be: MayBe) -> Iterator[Table]:
    ranges = [may_be(published[team, way, group], count) for (team, group), count in table.items()]
    for numbers in product(*ranges):
        yield dict(zip(table, numbers, strict=True))


def _team_totals(table: Table) -> list[int]:
    return [table[team, groups[0]] + table[team, groups[1]] for team in "AB" for groups in [_groups(table)]]


def _groups(table: Table) -> list[str]:
    return sorted({group for _, group in table})
