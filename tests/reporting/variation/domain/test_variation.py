"""What a published series is said to say: one class, icon, word and title for each figure, wherever it is shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape, Target
from services.reporting.indicators.domain.tally import Over, Tally
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.publication.domain.period_words import period_words
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.publication.domain.span import months_later
from services.reporting.variation.domain.said import (
    absent_words,
    bound_note,
    figure_words,
    of_words,
    period_note,
    point_words,
    sentence,
    title,
    value_words,
    variation_words,
)
from services.reporting.variation.domain.variation import (
    Assurance,
    PointClass,
    Step,
    Variation,
    assurance_of,
    value_of,
    variation_of,
)
from services.reporting.variation.domain.xmr import Limits

FIRST = date(2025, 1, 1)
TARGET = Target(FIRST, Decimal(60), "Contract")
SHARE = replace(DECIDED_IN_TIME, targets=(TARGET,))
USUAL = [50, 52, 48, 51, 49, 53, 47, 50, 52, 48, 51, 49, 50]
"""Thirteen months of a share that goes up and down."""


def months(
    numerators: Sequence[int | None], *, of: int = 100, unfinished: bool = False, period: Period = Period.MONTH
) -> PublishedSeries:
    length = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 1}[period]
    points = [
        PublishedPoint(
            months_later(FIRST, length * place),
            period,
            numerator,
            None if numerator is None else of,
            why_hidden=WhyHidden.SMALL if numerator is None else None,
            is_finished=not (unfinished and place == len(numerators) - 1),
        )
        for place, numerator in enumerate(numerators)
    ]
    return PublishedSeries(9, 1, "", points)


def said_of(numerators: Sequence[int | None], indicator: Indicator = SHARE, *, unfinished: bool = False) -> Variation:
    return variation_of(indicator, months(numerators, unfinished=unfinished))


@pytest.mark.parametrize(
    ("numerators", "direction", "kind", "words"),
    [
        (USUAL, Direction.MORE, PointClass.ORDINARY, "Ordinary"),
        ([*USUAL, 90], Direction.MORE, PointClass.BETTER, "Better, high"),
        ([*USUAL, 90], Direction.LESS, PointClass.WORSE, "Worse, high"),
        ([*USUAL, 90], Direction.NEITHER, PointClass.CHANGED, "Higher"),
        ([*USUAL, 9], Direction.MORE, PointClass.WORSE, "Worse, low"),
        ([*USUAL[:7], 45, 46, 47, 48, 49, 50, 51], Direction.MORE, PointClass.BETTER, "Better, rising"),
        ([*USUAL[:7], 55, 54, 53, 52, 51, 50, 49], Direction.LESS, PointClass.BETTER, "Better, falling"),
        ([*USUAL[:7], 55, 54, 53, 52, 51, 50, 49], Direction.NEITHER, PointClass.CHANGED, "Falling"),
        ([*USUAL, None], Direction.MORE, PointClass.HIDDEN, "Hidden"),
        (USUAL[:12], Direction.MORE, PointClass.NOT_JUDGED, "Too few points"),
        ([], Direction.MORE, None, "No data"),
    ],
)
def test_the_last_finished_month_gives_the_class_and_the_word(
    numerators: Sequence[int | None], direction: Direction, kind: PointClass | None, words: str
) -> None:
    said = said_of(numerators, replace(SHARE, direction=direction))

    assert (said.latest.kind if said.latest else None) is kind
    assert variation_words(said) == words


def test_a_month_that_is_not_finished_is_in_no_limit_in_no_run_and_never_judged() -> None:
    finished, going_on = said_of(USUAL), said_of([*USUAL, 99], unfinished=True)

    assert going_on.limits == finished.limits
    assert going_on.points[-1].kind is PointClass.UNFINISHED
    assert (going_on.latest, going_on.so_far) == (finished.latest, going_on.points[-1])
    assert title(going_on) == title(finished)


def test_a_trend_is_coloured_by_its_direction_and_not_by_its_side() -> None:
    said = said_of([56, 58, 54, 57, 55, 59, 53, 46, 47, 48, 49, 50, 51, 52])

    assert {one.kind for one in said.points[-7:]} == {PointClass.BETTER}


def test_a_step_begins_limits_and_rules_anew() -> None:
    step = Step(months_later(FIRST, 13), "Duty triage began", "A lead", date(2026, 5, 1))
    higher = [number + 30 for number in USUAL]

    without, with_step = (
        variation_of(SHARE, months([*USUAL, *higher])),
        variation_of(SHARE, months([*USUAL, *higher]), [step]),
    )

    assert len([one for one in without.points if one.kind is PointClass.BETTER]) == 13
    assert {one.kind for one in with_step.points} == {PointClass.ORDINARY}
    assert [group.step for group in with_step.groups] == [None, step]
    assert with_step.limits
    assert float(with_step.limits.mean) == pytest.approx(80, abs=0.1)


def test_too_few_points_after_a_step_are_not_judged_and_the_limits_before_it_stay() -> None:
    step = Step(months_later(FIRST, 13), "Duty triage began", "A lead", date(2026, 5, 1))

    said = variation_of(SHARE, months([*USUAL, 80, 81, 79]), [step])

    assert said.groups[0].limits is not None
    assert (said.limits, said.assurance, variation_words(said)) == (None, Assurance.NOT_JUDGED, "Too few points")


def test_months_that_are_each_of_a_whole_year_get_no_limits() -> None:
    of_years = replace(SHARE, counts=Tally(SHARE.counts.terms, Over.YEAR))
    said = variation_of(of_years, months([*USUAL, *USUAL]))

    assert (said.limits, variation_words(said)) == (None, "Not judged")


@pytest.mark.parametrize(
    ("target", "more", "less"),
    [
        (66, Assurance.WILL_MISS, Assurance.WILL_MEET),
        (65, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (50, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (35, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (34, Assurance.WILL_MEET, Assurance.WILL_MISS),
    ],
)
def test_a_target_beyond_the_limits_will_be_met_or_missed(target: int, more: Assurance, less: Assurance) -> None:
    limits = Limits(Fraction(50), Fraction(35), Fraction(65), Fraction(10), is_trial=False)

    assert assurance_of(limits, Fraction(target), Direction.MORE) is more
    assert assurance_of(limits, Fraction(target), Direction.LESS) is less


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (95, Direction.MORE, Assurance.WILL_MEET),
        (100, Direction.MORE, Assurance.WILL_MEET),
        (101, Direction.MORE, Assurance.WILL_MISS),
        (100, Direction.LESS, Assurance.WILL_MEET),
        (99, Direction.LESS, Assurance.WILL_MISS),
    ],
)
def test_a_figure_that_never_varies_meets_its_target_or_does_not(
    target: int, direction: Direction, assurance: Assurance
) -> None:
    hundred = Limits(Fraction(100), Fraction(100), Fraction(100), Fraction(0), is_trial=False)

    assert assurance_of(hundred, Fraction(target), direction) is assurance


def test_a_hundred_per_cent_for_months_is_ordinary_and_will_meet_its_target() -> None:
    said = said_of([100] * 15)

    assert (variation_words(said), said.assurance) == ("Ordinary", Assurance.WILL_MEET)


def test_the_target_that_counts_is_the_last_that_has_begun() -> None:
    later, too_late = Target(date(2026, 1, 1), Decimal(40), "New"), Target(date(2026, 9, 1), Decimal(99), "Next")

    said = said_of(USUAL, replace(SHARE, targets=(TARGET, later, too_late)))

    assert (said.target, said.assurance) == (later, Assurance.WILL_MEET)


def test_a_figure_without_direction_or_target_has_no_assurance() -> None:
    assert said_of(USUAL, replace(SHARE, direction=Direction.NEITHER)).assurance is Assurance.NO_TARGET
    assert said_of(USUAL, replace(SHARE, targets=())).assurance is Assurance.NO_TARGET


@pytest.mark.parametrize(
    ("numerators", "words"),
    [
        (USUAL, "As usual in January 2026, but 60% is out of reach as things are"),
        (
            [*USUAL, 90],
            "Above the upper limit in February 2026, which is better; 60% is hit or missed by chance",
        ),
        (
            [*USUAL[:6], 45, 46, 47, 48, 49, 50, 51],
            "Rising 7 months in a row, which is better, but 60% is out of reach as things are",
        ),
        ([*USUAL, None], "February 2026 has no figure: hidden: small, or it would give a small number away"),
        (USUAL[:3], "48% in March 2025; too few points for limits, which need 13"),
        ([], "No data yet"),
    ],
)
def test_the_title_is_one_sentence_that_is_true_of_the_figures(numerators: Sequence[int | None], words: str) -> None:
    assert title(said_of(numerators)) == words


def test_the_sentence_says_the_figure_what_it_is_of_and_the_usual_range() -> None:
    assert sentence(said_of(USUAL)) == (
        "January 2026: 50% (50 of 100). It is as usual; usual are 42.0% to 58.0%. "
        "The target of 60% lies beyond it: it will be missed in an ordinary month."
    )


def test_every_rule_that_holds_is_told_of_a_month_and_hidden_is_never_zero() -> None:
    said = said_of([*USUAL[:6], 45, 46, 47, 48, 49, 50, 90, None])

    assert point_words(said.points[-2], Shape.SHARE) == "above the upper limit; 7 rising"
    assert point_words(said.points[-1], Shape.SHARE) == "hidden: small, or it would give a small number away"
    assert value_words(said.points[-1], Shape.SHARE) == "hidden"


@pytest.mark.parametrize(
    ("shape", "point", "cell", "words"),
    [
        (Shape.SHARE, PublishedPoint(FIRST, Period.MONTH, 0, 0), "none to count", "none to count: 0 of 0"),
        (Shape.MEAN, PublishedPoint(FIRST, Period.MONTH, 0, 0), "none to count", "none to count: 0 of 0"),
        (Shape.SHARE, PublishedPoint(FIRST, Period.MONTH, 0, 7), "too few", "too few for a share"),
        (Shape.DAYS, PublishedPoint(FIRST, Period.MONTH, 6), "too few", "too few for a median: 6 waits"),
        (Shape.DAYS, PublishedPoint(FIRST, Period.MONTH, 0), "none to count", "no waits"),
        (Shape.SHARE, PublishedPoint(FIRST, Period.MONTH, why_hidden=WhyHidden.NO_DATA), "no data", "no data"),
    ],
)
def test_what_is_no_figure_says_what_it_is_and_is_not_called_hidden(
    shape: Shape, point: PublishedPoint, cell: str, words: str
) -> None:
    [one] = variation_of(replace(SHARE, shape=shape), PublishedSeries(9, 1, "", [point])).points

    assert (one.kind, value_words(one, shape)) == (PointClass.ABSENT, cell)
    assert absent_words(point, shape) == words
    assert variation_words(variation_of(replace(SHARE, shape=shape), PublishedSeries(9, 1, "", [point]))) == "No figure"


def test_a_share_of_more_than_all_is_told_as_what_it_is() -> None:
    said = said_of([*USUAL[:12], 120])

    assert sentence(said).startswith("January 2026: 120% (120 of 100).")
    assert "100%" not in bound_note(said)


def test_where_a_limit_lies_beyond_what_there_can_be_no_month_can_stand_out_and_that_is_said() -> None:
    assert bound_note(said_of([1, 20, 1, 20, 1, 20, 1, 20, 1, 20, 1, 20, 1])).startswith("The lower limit lies below")
    assert bound_note(said_of([99, 80, 99, 80, 99, 80, 99, 80, 99, 80, 99, 80, 99])).startswith("The upper limit lies")
    assert bound_note(said_of(USUAL)) == ""


@pytest.mark.parametrize(
    ("shape", "point", "figure", "of"),
    [
        (Shape.SHARE, PublishedPoint(FIRST, Period.MONTH, 164, 213), "77%", "164 of 213"),
        (Shape.SHARE, PublishedPoint(FIRST, Period.MONTH, 1, 8), "13%", "1 of 8"),
        (Shape.COUNT, PublishedPoint(FIRST, Period.MONTH, 1234), "1,234", ""),
        (Shape.COUNT, PublishedPoint(FIRST, Period.MONTH, 0), "0", ""),
        (Shape.RATE, PublishedPoint(FIRST, Period.MONTH, 161, 1480), "108.8", "161 of 1,480"),
        (Shape.MEAN, PublishedPoint(FIRST, Period.MONTH, 357, 143), "2.5", "of 143"),
        (Shape.DAYS, PublishedPoint(FIRST, Period.MONTH, 31, median=Decimal(16)), "16 days", "of 31"),
        (Shape.DAYS, PublishedPoint(FIRST, Period.MONTH, 31, median=Decimal(1)), "1 day", "of 31"),
    ],
)
def test_a_figure_is_said_in_its_unit_and_with_what_it_is_of(
    shape: Shape, point: PublishedPoint, figure: str, of: str
) -> None:
    value = value_of(point, shape)
    assert value is not None
    assert figure_words(value, shape) == figure
    assert of_words(point, shape) == of


@pytest.mark.parametrize(
    ("period", "starts", "words"),
    [
        (Period.MONTH, date(2026, 10, 1), "October 2026"),
        (Period.QUARTER, date(2026, 7, 1), "July to September 2026"),
        (Period.QUARTER, date(2026, 10, 1), "October to December 2026"),
        (Period.YEAR, date(2025, 4, 1), "April 2025 to March 2026"),
    ],
)
def test_what_a_point_is_of(period: Period, starts: date, words: str) -> None:
    assert period_words(PublishedPoint(starts, period)) == words


def test_quarters_are_not_judged_by_the_limits_of_months() -> None:
    monthly, quarterly = months(USUAL), months([150, 160, 140], period=Period.QUARTER)
    said = variation_of(
        replace(SHARE, shape=Shape.COUNT), replace(monthly, points=[*monthly.points, *quarterly.points])
    )

    assert [len(group.points) for group in said.groups] == [13, 3]
    assert (said.limits, variation_words(said)) == (None, "Too few points")


@pytest.mark.parametrize(("period", "instead"), [(Period.QUARTER, "quarters"), (Period.YEAR, "financial years")])
def test_a_small_team_is_told_why_it_has_no_months(period: Period, instead: str) -> None:
    of_team = replace(months([150], period=period), team="preston")
    of_years = replace(SHARE, counts=Tally(SHARE.counts.terms, Over.YEAR))

    assert f"it has {instead} in place of months" in period_note(variation_of(SHARE, of_team))
    assert "once a year" in period_note(variation_of(of_years, of_team))
    assert period_note(variation_of(SHARE, months([150], period=period))) == ""
    assert period_note(variation_of(SHARE, replace(months(USUAL), team="preston"))) == ""


def test_before_any_month_is_finished_what_goes_on_is_shown_as_such_and_not_judged() -> None:
    said = said_of([50], unfinished=True)

    assert (said.latest, variation_words(said)) == (None, "Not finished")
    assert title(said) == "50% so far; no month is finished yet"
