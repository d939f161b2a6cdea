from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.governance.domain.retention import (
    HoldReason,
    RecordSubject,
    RetentionRule,
    Schedule,
    retention_of,
)

ENDED_ON = date(2026, 6, 1)
BABY = RecordSubject(ENDED_ON, date(2025, 1, 10))
PARENT = RecordSubject(ENDED_ON, date(1998, 2, 14))


def test_the_record_of_a_baby_is_kept_until_the_25th_birthday() -> None:
    retention = retention_of(BABY)

    assert retention.until == date(2050, 1, 10)
    assert [(kept.rule, kept.until) for kept in retention.rules] == [
        (RetentionRule.CHILD, date(2050, 1, 10)),
        (RetentionRule.MENTAL_HEALTH, date(2046, 6, 1)),
    ]


def test_the_record_of_a_parent_is_kept_for_20_years_and_for_25_as_a_maternity_record() -> None:
    assert retention_of(PARENT).until == date(2046, 6, 1)
    assert retention_of(replace(PARENT, is_maternity=True)).until == date(2051, 6, 1)


@pytest.mark.parametrize(
    ("born_on", "until"),
    [
        (date(2010, 6, 2), date(2046, 6, 1)),
        (date(2009, 6, 2), date(2046, 6, 1)),
        (date(2009, 6, 1), date(2046, 6, 1)),
        (date(2008, 6, 2), date(2046, 6, 1)),
        (date(2008, 6, 1), date(2046, 6, 1)),
    ],
)
def test_for_a_young_parent_the_twenty_years_are_the_longest(born_on: date, until: date) -> None:
    assert retention_of(replace(PARENT, born_on=born_on)).until == until


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (date(2010, 6, 1), date(2035, 6, 1)),
        (date(2009, 6, 2), date(2034, 6, 2)),
        (date(2009, 6, 1), date(2035, 6, 1)),
        (date(2008, 6, 2), date(2034, 6, 2)),
        (date(2008, 6, 1), None),
    ],
    ids=["16", "the day before 17", "17", "the day before 18", "18"],
)
def test_a_parent_of_17_is_kept_to_the_26th_birthday_and_an_adult_has_no_such_rule(
    born_on: date, birthday: date | None
) -> None:
    rules = {kept.rule: kept.until for kept in retention_of(replace(PARENT, born_on=born_on)).rules}

    assert rules.get(RetentionRule.CHILD) == birthday


def test_ten_years_after_a_death_take_the_place_of_the_twenty() -> None:
    retention = retention_of(replace(PARENT, died_on=date(2026, 5, 30)))

    assert [(kept.rule, kept.until) for kept in retention.rules] == [(RetentionRule.AFTER_DEATH, date(2036, 5, 30))]


def test_the_record_of_a_baby_who_died_is_kept_as_a_childs() -> None:
    assert retention_of(replace(BABY, died_on=date(2026, 5, 30))).until == date(2050, 1, 10)


def test_the_record_of_a_baby_who_was_not_born_has_no_birthday() -> None:
    assert retention_of(RecordSubject(ENDED_ON, None)).until == date(2046, 6, 1)


def test_nothing_runs_while_there_is_work_with_the_person() -> None:
    retention = retention_of(replace(BABY, ended_on=None))

    assert (retention.rules, retention.until, retention.may_be_reviewed(date(2090, 1, 1))) == ((), None, False)


@pytest.mark.parametrize("hold", list(HoldReason))
def test_a_hold_overrides_every_date_until_somebody_lifts_it(hold: HoldReason) -> None:
    held = retention_of(replace(BABY, holds=frozenset({hold})))

    assert held.until is None
    assert held.rules == retention_of(BABY).rules
    assert not held.may_be_reviewed(date(2090, 1, 1))


def test_a_record_may_be_reviewed_from_the_day_after() -> None:
    retention = retention_of(BABY)

    assert not retention.may_be_reviewed(date(2050, 1, 10))
    assert retention.may_be_reviewed(date(2050, 1, 11))


def test_a_leap_day_is_followed_by_the_first_of_march() -> None:
    parent = RecordSubject(date(2024, 2, 29), date(1990, 1, 1), is_maternity=True)

    assert retention_of(parent).until == date(2049, 3, 1)


def test_a_team_may_keep_records_for_longer() -> None:
    assert retention_of(PARENT, Schedule(mental_health_years=30)).until == date(2056, 6, 1)


@given(
    st.dates(date(1960, 1, 1), date(2026, 6, 1)),
    st.integers(0, 20_000),
    st.none() | st.integers(0, 30_000),
    st.booleans(),
)
def test_no_applicable_rule_outlasts_the_date(born_on: date, ended: int, died: int | None, maternity: bool) -> None:
    subject = RecordSubject(
        born_on + timedelta(ended), born_on, None if died is None else born_on + timedelta(died), maternity
    )
    retention = retention_of(subject)

    assert retention.rules
    assert retention.until == max(kept.until for kept in retention.rules)
