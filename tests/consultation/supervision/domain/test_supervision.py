"""Supervision owed and given: the worked examples of the rule, in exact fractions that are rounded once."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from services.consultation.supervision.domain.supervision_balance import Given, balance_on, ledger_for, next_fall
from services.consultation.supervision.domain.supervision_given import (
    GroupRule,
    day_of_session,
    minutes_for_each,
    minutes_given,
    moment_of_session,
)
from services.consultation.supervision.domain.supervision_owed import Agreement, Stretch, Supervisee, minutes_owed
from services.consultation.supervision.domain.supervision_rules import SupervisionRule, SupervisionRules
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.contracts.supervision import SupervisionKind
from shared.kernel.clock import LONDON
from shared.kernel.errors import RuleBroken

USUAL = SupervisionRules()
LONG_AGO = date(2010, 1, 1)
FIRST, LAST = date(2026, 1, 5), date(2026, 2, 1)


def somebody(
    share: str,
    *,
    since: date = LONG_AGO,
    begins: date = LONG_AGO,
    last_on: date | None = None,
    changes: tuple[tuple[date, str], ...] = (),
    leaves: tuple[Stretch, ...] = (),
) -> Supervisee:
    first = Agreement(begins, Fraction(share), last_on)
    return Supervisee(since, [first, *(Agreement(day, Fraction(one)) for day, one in changes)], leaves)


NEW = date(2025, 1, 1)
WORKED = {
    "0.6 under three years": (somebody("0.6", since=NEW), 144),
    "and starts on the 14th": (somebody("0.6", since=NEW, begins=date(2026, 1, 14)), 98),
    "three years on the 19th": (somebody("1", since=date(2023, 1, 19)), 180),
    "long leave in the middle": (somebody("0.8", leaves=(Stretch(date(2026, 1, 12), date(2026, 1, 25)),)), 48),
    "half time from the 19th": (somebody("1", changes=((date(2026, 1, 19), "0.5"),)), 90),
    "the last day is the 14th": (somebody("0.7", since=NEW, last_on=date(2026, 1, 14)), 60),
    "six days of leave count as work": (somebody("1", leaves=(Stretch(date(2026, 1, 12), date(2026, 1, 17)),)), 120),
    "seven do not": (somebody("1", leaves=(Stretch(date(2026, 1, 12), date(2026, 1, 18)),)), 90),
}


@pytest.mark.parametrize("case", WORKED)
def test_what_is_owed_follows_part_time_starters_leavers_leave_and_the_anniversary(case: str) -> None:
    whose, minutes = WORKED[case]

    assert round(minutes_owed(whose, FIRST, LAST, USUAL)) == minutes


def test_a_quarter_is_reckoned_in_fractions_and_not_from_rounded_months() -> None:
    whose = somebody("0.5")
    months = [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 31)),
    ]

    quarter = minutes_owed(whose, date(2026, 1, 1), date(2026, 3, 31), USUAL)

    assert quarter == Fraction(1350, 7)
    assert round(quarter) == 193
    assert sum(round(minutes_owed(whose, first, last, USUAL)) for first, last in months) != 193


def test_three_years_end_on_the_anniversary_itself() -> None:
    whose = somebody("1", since=date(2024, 2, 29))

    assert not whose.is_experienced_on(date(2027, 2, 28))
    assert whose.is_experienced_on(date(2027, 3, 1))


def test_an_hour_each_fortnight_is_enough_whatever_day_the_window_ends() -> None:
    whose = somebody("1")
    held = [Given(date(2025, 10, 2) + timedelta(14 * n), Fraction(60)) for n in range(30)]

    for step in range(28):
        balance = balance_on(date(2026, 3, 1) + timedelta(step), whose, held, USUAL)
        assert (balance.owed, balance.given, balance.is_behind) == (360, 360, False)


def test_behind_is_a_whole_session_and_not_a_minute_less() -> None:
    whose = somebody("1", leaves=(Stretch(date(2026, 10, 12), date(2026, 10, 25)),))
    on = date(2026, 11, 26)

    def balance(*minutes: int) -> tuple[int, bool]:
        found = balance_on(on, whose, [Given(on - timedelta(9), Fraction(one)) for one in minutes], USUAL)
        return found.minutes, found.is_behind

    assert balance_on(on, whose, [], USUAL).owed == 300
    assert balance(225) == (-75, True)
    assert balance(240) == (-60, True)
    assert balance(241) == (-59, False)


def test_nobody_who_owes_nothing_is_behind_or_has_a_percentage() -> None:
    whose = somebody("1", leaves=(Stretch(date(2026, 1, 1)),))
    balance = balance_on(date(2026, 6, 1), whose, [], USUAL)

    assert (balance.owed, balance.percent, balance.is_behind) == (0, None, False)


def test_surplus_that_is_older_than_the_window_pays_nothing() -> None:
    whose, on = somebody("1"), date(2026, 6, 1)

    assert balance_on(on, whose, [Given(on - timedelta(83), Fraction(600))], USUAL).given == 600
    assert balance_on(on, whose, [Given(on - timedelta(84), Fraction(600))], USUAL).given == 0


def test_it_must_be_made_good_by_the_day_before_an_hour_leaves_the_window() -> None:
    whose, on = somebody("1"), date(2026, 11, 26)
    held = [Given(date(2026, 9, 10) + timedelta(14 * n), Fraction(60)) for n in range(6)]

    fall = next_fall(ledger_for(on, whose, held, USUAL), on)

    assert fall is not None
    assert (fall.by, fall.minutes, fall.gone, fall.gone_from) == (date(2026, 12, 2), -60, 60, date(2026, 9, 10))


def test_somebody_who_is_ahead_needs_an_hour_only_when_one_would_be_missing() -> None:
    whose, on = somebody("1"), date(2026, 11, 26)
    held = [Given(date(2026, 9, 10) + timedelta(14 * n), Fraction(60)) for n in range(6)]

    fall = next_fall(ledger_for(on, whose, [*held, Given(on, Fraction(60))], USUAL), on)

    assert fall is not None
    assert (fall.by, fall.minutes) == (date(2026, 12, 16), -60)


LEAVE = Stretch(date(2026, 10, 12), date(2026, 10, 25))
ON_HER_PAGE = [
    Given(date(2026, *on), Fraction(minutes)) for *on, minutes in ((9, 10, 60), (9, 24, 60), (10, 29, 60), (11, 12, 45))
]
BOOKED = [Given(date(2026, 12, day), Fraction(60)) for day in (3, 10)]


def test_a_balance_moves_as_hours_grow_old_and_are_booked() -> None:
    whose, on = somebody("1", leaves=(LEAVE,)), date(2026, 11, 26)
    if_no_more = ledger_for(on, whose, ON_HER_PAGE, USUAL)
    as_booked = ledger_for(on, whose, [*ON_HER_PAGE, *BOOKED], USUAL)
    now, fall = if_no_more.balance_on(on), next_fall(if_no_more, on)

    assert (now.owed, now.given, now.minutes, now.is_behind) == (300, 225, -75, True)
    assert fall is not None
    assert (fall.by, fall.minutes) == (date(2026, 12, 2), -135)
    assert [as_booked.balance_on(date(2026, 12, day)).minutes for day in (3, 9, 10, 17)] == [-75, -75, -15, -75]


def test_a_rule_that_changes_leaves_what_was_before_it() -> None:
    rules = SupervisionRules([SupervisionRule(date(2026, 1, 19), experienced_minutes=240)])

    assert minutes_owed(somebody("1"), FIRST, LAST, rules) == 60 + 120
    assert minutes_owed(somebody("1"), FIRST, LAST, USUAL) == 120


@pytest.mark.parametrize("minutes", [-1, 1201])
def test_a_rule_asks_for_minutes_that_can_be_had(minutes: int) -> None:
    with pytest.raises(RuleBroken):
        SupervisionRule(FIRST, new_minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "supervisees", "whole", "shared"),
    [(90, 3, 90, 45), (120, 6, 120, 20), (60, 1, 60, 60), (60, 4, 60, 30), (60, 5, 60, 12)],
)
def test_a_group_counts_by_the_rule_that_the_team_chose(
    minutes: int, supervisees: int, whole: int, shared: int
) -> None:
    assert minutes_for_each(minutes, supervisees, GroupRule.WHOLE) == whole
    assert minutes_for_each(minutes, supervisees, GroupRule.SHARED) == shared


def test_whoever_left_half_way_has_minutes_of_their_own() -> None:
    stayed, left = UUID(int=1), UUID(int=2)

    assert minutes_given({stayed: 90, left: 45}, GroupRule.WHOLE) == {stayed: 90, left: 45}


def test_a_session_over_midnight_and_over_a_change_of_clocks_is_as_long_as_it_was() -> None:
    late = datetime(2026, 3, 28, 23, 0, tzinfo=LONDON)
    meeting = SupervisionMeeting(SupervisionKind.ONE_TO_ONE, late, 180, None, (UUID(int=1),))

    assert meeting.ends_at == datetime(2026, 3, 29, 3, 0, tzinfo=LONDON).astimezone(UTC)
    assert meeting.on == date(2026, 3, 28)
    assert day_of_session(datetime(2026, 6, 1, 22, 30, tzinfo=UTC)) == date(2026, 6, 1)
    assert moment_of_session(date(2026, 6, 1), time(23, 30)) == datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    with pytest.raises(RuleBroken):
        moment_of_session(date(2026, 3, 29), time(1, 30))


@pytest.mark.parametrize(("minutes", "supervisees"), [(0, 1), (-5, 1), (481, 1), (60, 0)])
def test_no_session_is_empty_or_endless(minutes: int, supervisees: int) -> None:
    with pytest.raises(RuleBroken):
        minutes_for_each(minutes, supervisees, GroupRule.WHOLE)


@pytest.mark.parametrize("share", ["0", "1.01", "-1"])
def test_a_share_of_full_time_is_more_than_nothing_and_at_most_all(share: str) -> None:
    with pytest.raises(RuleBroken):
        Agreement(LONG_AGO, Fraction(share))


def test_an_agreement_does_not_end_before_it_begins() -> None:
    with pytest.raises(RuleBroken):
        Agreement(FIRST, Fraction(1), FIRST - timedelta(1))
