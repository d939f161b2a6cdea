"""What a family needs next, in words that say what to do and since when."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.referral.staff.domain.task import SAFETY
from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.need import Need, NeedLimits, SafetyDue, Standing, needs_of
from shared.contracts.pathway_codes import TaskKind

TODAY = date(2026, 3, 2)


def needs(**standing: Any) -> list[tuple[str, str, str]]:
    nothing = Standing(safety=None, review_on=None, quiet_since=None, missing=None, breach_on=None)
    found = needs_of(Standing(**{**vars(nothing), **standing}), TODAY, NeedLimits())
    return [(one.need.label, one.words, one.when) for one in found]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def test_a_family_that_needs_nothing_says_so() -> None:
    assert needs() == []


def test_a_new_risk_says_what_it_is_and_that_it_is_for_today() -> None:
    assert needs(safety=SafetyDue(TaskKind.RISK_NOTE, TODAY, 1)) == [("Safety", "New risk noted", "today")]


def test_more_than_one_safety_task_says_how_many_and_how_late_the_first_is() -> None:
    safety = SafetyDue(TaskKind.SELF_HARM_ANSWER, days_ago(3), 2)

    assert needs(safety=safety) == [("Safety", "Self-harm answer and 1 more", "3 days overdue")]


@pytest.mark.parametrize("kind", sorted(SAFETY))
def test_every_kind_of_safety_task_has_words_of_its_own(kind: TaskKind) -> None:
    assert needs(safety=SafetyDue(kind, TODAY, 1))[0][1]


def test_a_review_is_not_overdue_on_its_day() -> None:
    assert needs(review_on=TODAY) == []
    assert needs(review_on=days_ago(1)) == [("Review overdue", "Record review", "1 day overdue")]


def test_a_family_with_nothing_booked_is_booked_and_after_28_days_is_not_seen() -> None:
    assert needs(quiet_since=days_ago(28)) == [("Nothing booked", "Book a visit", "")]
    assert needs(quiet_since=days_ago(29)) == [("Not seen", "Book a visit", "not seen for 29 days")]


@pytest.mark.parametrize(
    ("breach_on", "when"),
    [
        (days_ago(0), "1 day over"),
        (days_ago(121), "122 days over"),
        (days_ago(-1), "last day"),
        (days_ago(-3), "2 days left"),
    ],
    ids=["the first day over it", "long over it", "the last day within it", "before"],
)
def test_help_that_has_not_started_says_which_step_is_missing_and_by_how_much_it_is_late(
    breach_on: date, when: str
) -> None:
    assert needs(missing=MissingStep.PLAN, breach_on=breach_on) == [("Not started", "No agreed plan", when)]


def test_a_target_is_shown_a_week_before_it_is_missed() -> None:
    assert [len(needs(missing=MissingStep.PLAN, breach_on=days_ago(-days))) for days in (7, 8)] == [1, 0]


def test_safety_comes_first_then_a_review_then_silence_then_a_target() -> None:
    found = needs(
        safety=SafetyDue(TaskKind.RISK_NOTE, TODAY, 1),
        review_on=days_ago(1),
        quiet_since=days_ago(40),
        missing=MissingStep.PLAN,
        breach_on=TODAY,
    )

    assert [need for need, _, _ in found] == [one.label for one in list(Need)[:4]]
