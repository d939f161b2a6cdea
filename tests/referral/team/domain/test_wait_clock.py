from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.team.domain.wait_clock import (
    DEFAULT_RULES,
    ClockRule,
    History,
    InheritedStart,
    Milestone,
    Pause,
    Target,
    Wait,
    WaitState,
    next_breach,
    read_clocks,
)
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.kernel.calendar import is_working_day, working_days_between
from shared.kernel.clock import london_date

RECEIVED = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
DAY = date(2025, 9, 1)
PAUSING = {clock: replace(rule, paused_by=frozenset(PauseReason)) for clock, rule in DEFAULT_RULES.items()}
"""The rules of a team that lets every reason pause every clock."""


def a_history(**changes: Any) -> History:
    return replace(History(RECEIVED), **changes)


def a_pause(started_on: date, ended_on: date | None) -> Pause:
    return Pause(PauseReason.FAMILY_ASKED, started_on, ended_on)


def the(clock: WaitClock, history: History, on: date = date(2026, 8, 31), rules: Any = DEFAULT_RULES) -> Wait:
    return next(wait for wait in read_clocks(history, on, rules) if wait.clock is clock)


@pytest.mark.parametrize(
    ("received_at", "contact_on"),
    [
        (datetime(2025, 3, 3, 23, 30, tzinfo=UTC), date(2025, 3, 31)),
        (datetime(2025, 3, 30, 23, 30, tzinfo=UTC), date(2025, 4, 28)),
        (datetime(2025, 10, 25, 23, 30, tzinfo=UTC), date(2025, 11, 23)),
        (datetime(2025, 10, 26, 23, 30, tzinfo=UTC), date(2025, 11, 23)),
    ],
    ids=["winter", "half past midnight in summer time", "the night before the clocks go back", "the night after"],
)
def test_the_day_of_receipt_is_the_day_in_london_and_day_28_is_within_target(
    received_at: datetime, contact_on: date
) -> None:
    wait = the(WaitClock.FIRST_CONTACT, History(received_at, first_contact_on=contact_on))

    assert (wait.state, wait.gross_days, wait.breached) == (WaitState.STOPPED, 28, False)


def test_day_29_is_over_target() -> None:
    wait = the(WaitClock.FIRST_CONTACT, a_history(first_contact_on=DAY + timedelta(29)))

    assert (wait.gross_days, wait.breached) == (29, True)


def test_a_pause_of_14_days_is_met_adjusted_and_a_breach_gross() -> None:
    history = a_history(first_contact_on=date(2025, 10, 13), pauses=(a_pause(date(2025, 9, 10), date(2025, 9, 24)),))

    wait = the(WaitClock.FIRST_CONTACT, history, rules=PAUSING)

    assert (wait.gross_days, wait.adjusted_days) == (42, 28)
    assert wait.breached


def test_no_pause_counts_unless_the_team_says_so() -> None:
    history = a_history(first_contact_on=date(2025, 10, 13), pauses=(a_pause(date(2025, 9, 10), date(2025, 9, 24)),))

    assert the(WaitClock.FIRST_CONTACT, history).adjusted_days == 42


def test_only_the_reasons_that_a_team_names_pause_a_clock() -> None:
    rule = replace(DEFAULT_RULES[WaitClock.FIRST_CONTACT], paused_by=frozenset({PauseReason.NEONATAL_STAY}))
    asked = a_pause(date(2025, 9, 3), date(2025, 9, 5))
    history = a_history(
        pauses=(asked, Pause(PauseReason.NEONATAL_STAY, date(2025, 9, 10), date(2025, 9, 13))),
        first_contact_on=date(2025, 9, 21),
    )

    wait = the(WaitClock.FIRST_CONTACT, history, rules={WaitClock.FIRST_CONTACT: rule})

    assert (wait.gross_days, wait.adjusted_days) == (20, 17)


def test_a_day_that_two_pauses_cover_is_left_out_once() -> None:
    history = a_history(
        first_contact_on=date(2025, 10, 13),
        pauses=(
            a_pause(date(2025, 9, 10), date(2025, 9, 20)),
            Pause(PauseReason.IN_HOSPITAL, date(2025, 9, 15), date(2025, 9, 24)),
        ),
    )

    assert the(WaitClock.FIRST_CONTACT, history, rules=PAUSING).adjusted_days == 28


def test_a_pause_counts_only_while_the_clock_runs() -> None:
    history = a_history(
        first_contact_on=date(2025, 9, 21),
        pauses=(a_pause(date(2025, 8, 20), date(2025, 9, 3)), a_pause(date(2025, 9, 19), None)),
    )

    wait = the(WaitClock.FIRST_CONTACT, history, rules=PAUSING)

    assert (wait.gross_days, wait.adjusted_days, wait.is_paused) == (20, 16, False)


def test_a_wait_that_is_paused_today_says_so_and_stands_still() -> None:
    history = a_history(pauses=(a_pause(date(2025, 9, 10), None),))

    waits = [the(WaitClock.FIRST_CONTACT, history, date(2025, 9, day), PAUSING) for day in (9, 10, 20)]

    assert [wait.adjusted_days for wait in waits] == [8, 9, 9]
    assert [wait.gross_days for wait in waits] == [8, 9, 19]
    assert [wait.is_paused for wait in waits] == [False, True, True]


@pytest.mark.parametrize(
    ("decided_on", "days", "breached"),
    [
        (date(2025, 9, 1), 0, False),
        (date(2025, 9, 8), 5, False),
        (date(2025, 9, 9), 6, True),
    ],
)
def test_triage_counts_working_days(decided_on: date, days: int, *, breached: bool) -> None:
    wait = the(WaitClock.TRIAGE, a_history(decided_on=decided_on))

    assert (wait.gross_days, wait.breached, wait.in_working_days) == (days, breached, True)


def test_triage_of_an_urgent_referral_is_due_on_the_next_working_day() -> None:
    friday = datetime(2026, 4, 2, 16, 0, tzinfo=UTC)  # the Thursday before Easter

    wait = the(WaitClock.TRIAGE, History(friday, urgent=True), date(2026, 4, 7))

    assert wait.gross is not None
    assert (wait.target, wait.gross_days, wait.breached) == (1, 1, False)
    assert (wait.gross.due_on, wait.gross.breach_on) == (date(2026, 4, 7), date(2026, 4, 8))


def test_triage_is_due_on_a_working_day_and_over_on_the_next() -> None:
    wait = the(WaitClock.TRIAGE, History(datetime(2026, 4, 1, 9, 0, tzinfo=UTC)), date(2026, 4, 12))

    assert wait.gross is not None
    assert (wait.gross.due_on, wait.gross.breach_on) == (date(2026, 4, 10), date(2026, 4, 13))


def test_help_has_started_when_the_last_of_four_things_is_there() -> None:
    history = a_history(
        assessed_on=DAY + timedelta(10), baseline_on=DAY + timedelta(10), intervention_on=DAY + timedelta(20)
    )

    assert the(WaitClock.HELP_STARTED, history).state is WaitState.RUNNING
    stopped = the(WaitClock.HELP_STARTED, replace(history, plan_agreed_on=DAY + timedelta(27)))
    assert (stopped.state, stopped.gross_days) == (WaitState.STOPPED, 27)


def test_the_wait_from_assessment_to_intervention_starts_with_the_assessment() -> None:
    assert the(WaitClock.ASSESSMENT_TO_INTERVENTION, a_history()).state is WaitState.NOT_STARTED

    history = a_history(assessed_on=DAY + timedelta(10), intervention_on=DAY + timedelta(52))
    wait = the(WaitClock.ASSESSMENT_TO_INTERVENTION, history)

    assert (wait.gross_days, wait.target, wait.breached) == (42, 42, False)


def test_an_intervention_before_the_assessment_is_a_wait_of_no_days() -> None:
    history = a_history(assessed_on=DAY + timedelta(10), intervention_on=DAY + timedelta(5))

    wait = the(WaitClock.ASSESSMENT_TO_INTERVENTION, history)

    assert (wait.state, wait.gross_days, wait.adjusted_days) == (WaitState.STOPPED, 0, 0)


@pytest.mark.parametrize(("days", "breached"), [(126, False), (127, True)])
def test_the_long_clock_allows_eighteen_weeks(days: int, *, breached: bool) -> None:
    wait = the(WaitClock.REFERRAL_TO_INTERVENTION, a_history(intervention_on=DAY + timedelta(days)))

    assert wait.breached is breached


def test_a_declined_referral_is_decided_and_no_longer_waits_for_anything_else() -> None:
    history = a_history(decided_on=DAY + timedelta(3), ended_on=DAY + timedelta(3))

    waits = {wait.clock: wait for wait in read_clocks(history, DAY + timedelta(90), DEFAULT_RULES)}

    assert waits[WaitClock.TRIAGE].state is WaitState.STOPPED
    assert waits[WaitClock.FIRST_CONTACT].state is WaitState.ENDED_NOT_TREATED
    assert waits[WaitClock.FIRST_CONTACT].gross_days == 3
    assert waits[WaitClock.ASSESSMENT_TO_INTERVENTION].state is WaitState.NOT_STARTED
    assert next_breach(waits.values()) is None


def test_a_wait_was_incomplete_until_the_day_on_which_it_ended() -> None:
    history = a_history(ended_on=DAY + timedelta(30))

    states = [the(WaitClock.FIRST_CONTACT, history, DAY + timedelta(days)).state for days in (29, 30)]

    assert states == [WaitState.RUNNING, WaitState.ENDED_NOT_TREATED]


def test_a_clock_can_be_read_as_it_stood_on_a_day_in_the_past() -> None:
    history = a_history(first_contact_on=DAY + timedelta(40))

    wait = the(WaitClock.FIRST_CONTACT, history, DAY + timedelta(12))

    assert (wait.state, wait.gross_days) == (WaitState.RUNNING, 12)
    assert the(WaitClock.FIRST_CONTACT, history, DAY - timedelta(1)).state is WaitState.NOT_STARTED


def test_a_family_from_another_team_keeps_the_day_on_which_they_began_to_wait() -> None:
    inherited = InheritedStart("lancaster", datetime(2025, 8, 10, 9, 0, tzinfo=UTC))
    history = a_history(inherited=inherited, first_contact_on=date(2025, 9, 8), decided_on=date(2025, 9, 2))

    contact, triage = the(WaitClock.FIRST_CONTACT, history), the(WaitClock.TRIAGE, history)

    assert (contact.gross_days, contact.inherited_from, contact.breached) == (29, "lancaster", True)
    assert (triage.gross_days, triage.inherited_from) == (1, None)


def test_an_inherited_start_that_is_later_than_the_referral_changes_nothing() -> None:
    inherited = InheritedStart("lancaster", RECEIVED + timedelta(3))

    wait = the(WaitClock.FIRST_CONTACT, a_history(inherited=inherited, first_contact_on=DAY + timedelta(5)))

    assert (wait.gross_days, wait.inherited_from) == (5, None)


def test_the_next_breach_is_the_clock_that_is_over_first() -> None:
    first = next_breach(read_clocks(a_history(), DAY, DEFAULT_RULES))
    assert first is not None
    assert first.clock is WaitClock.TRIAGE

    decided = next_breach(
        read_clocks(a_history(decided_on=DAY, first_contact_on=DAY, assessed_on=DAY), DAY, DEFAULT_RULES)
    )
    assert decided is not None
    assert decided.gross is not None
    assert (decided.clock, decided.gross.breach_on) == (WaitClock.HELP_STARTED, DAY + timedelta(29))


def test_a_team_may_set_its_own_target_start_and_stop() -> None:
    rules = {
        WaitClock.HELP_STARTED: ClockRule(
            Milestone.DECIDED, frozenset({Milestone.PLAN_AGREED, Milestone.ASSESSED}), Target(14, 7)
        )
    }
    history = a_history(
        urgent=True,
        decided_on=DAY + timedelta(2),
        assessed_on=DAY + timedelta(4),
        plan_agreed_on=DAY + timedelta(10),
    )

    wait = the(WaitClock.HELP_STARTED, history, rules=rules)

    assert (wait.started_on, wait.gross_days, wait.target, wait.breached) == (DAY + timedelta(2), 8, 7, True)


def moments(first: date, last: date) -> st.SearchStrategy[datetime]:
    return st.builds(
        lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
        st.dates(first, last),
        st.integers(0, 1439),
    )


DAYS_AFTER = st.integers(-40, 300)
PAUSES = st.lists(
    st.tuples(st.sampled_from(PauseReason), DAYS_AFTER, st.none() | st.integers(0, 90)).map(
        lambda given: Pause(
            given[0],
            DAY + timedelta(given[1]),
            None if given[2] is None else DAY + timedelta(given[1] + given[2]),
        )
    ),
    max_size=5,
).map(tuple)
MILESTONE = st.none() | DAYS_AFTER.map(lambda days: DAY + timedelta(days))
HISTORIES = st.builds(
    History,
    moments(date(2025, 3, 1), date(2025, 11, 30)),
    st.booleans(),
    MILESTONE,
    MILESTONE,
    MILESTONE,
    MILESTONE,
    MILESTONE,
    MILESTONE,
    MILESTONE,
    PAUSES,
)
ON = st.integers(0, 400).map(lambda days: DAY + timedelta(days))


@given(HISTORIES, ON)
def test_adjusted_is_never_more_than_gross_and_neither_is_negative(history: History, on: date) -> None:
    for wait in read_clocks(history, on, PAUSING):
        assert 0 <= wait.adjusted_days <= wait.gross_days


@given(HISTORIES, ON, st.randoms(use_true_random=False))
def test_the_order_in_which_pauses_were_recorded_makes_no_difference(history: History, on: date, random: Any) -> None:
    shuffled = list(history.pauses)
    random.shuffle(shuffled)

    assert read_clocks(replace(history, pauses=tuple(shuffled)), on, PAUSING) == read_clocks(history, on, PAUSING)


@given(HISTORIES, ON)
def test_a_pause_before_the_start_or_after_the_stop_makes_no_difference(history: History, on: date) -> None:
    before = a_pause(date(2024, 1, 1), london_date(history.received_at))
    after = a_pause(on, None)
    rules = {clock: rule for clock, rule in PAUSING.items() if rule.start is Milestone.RECEIVED}

    counts = [(wait.gross, wait.adjusted) for wait in read_clocks(history, on, rules)]
    outside = replace(history, pauses=(*history.pauses, before, after))

    assert [(wait.gross, wait.adjusted) for wait in read_clocks(outside, on, rules)] == counts


@given(HISTORIES, ON)
def test_a_clock_is_breached_exactly_from_its_breach_date_on(history: History, on: date) -> None:
    for wait in read_clocks(history, on, PAUSING):
        for count in (wait.gross, wait.adjusted):
            assert count is None or wait.until is None or count.breached == (wait.until >= count.breach_on)
            assert count is None or count.due_on < count.breach_on


@given(HISTORIES, ON)
def test_a_running_clock_never_runs_backwards(history: History, on: date) -> None:
    for today, tomorrow in zip(
        read_clocks(history, on, PAUSING), read_clocks(history, on + timedelta(1), PAUSING), strict=True
    ):
        assert today.gross_days <= tomorrow.gross_days
        assert today.adjusted_days <= tomorrow.adjusted_days


@given(moments(date(2020, 1, 1), date(2040, 1, 1)))
def test_what_stops_on_the_day_it_started_took_no_days(received_at: datetime) -> None:
    day = london_date(received_at)
    history = History(received_at, False, day, day, day, day, day, day)

    assert {wait.gross_days for wait in read_clocks(history, day, DEFAULT_RULES)} == {0}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_triage_is_due_on_a_working_day_of_its_target(received_on: date, days: int) -> None:
    wait = the(
        WaitClock.TRIAGE,
        History(datetime(received_on.year, received_on.month, received_on.day, 12, tzinfo=UTC)),
        received_on + timedelta(days),
    )

    assert wait.gross is not None
    assert working_days_between(received_on, wait.gross.due_on) == 5
    assert is_working_day(wait.gross.due_on)
    assert is_working_day(wait.gross.breach_on)
