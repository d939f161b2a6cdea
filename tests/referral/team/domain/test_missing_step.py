"""Why help has not started: the first step that a family still waits for."""

from datetime import UTC, date, datetime

import pytest

from services.referral.team.domain.missing_step import MissingStep, missing_step
from services.referral.team.domain.wait_clock import DEFAULT_RULES, History
from shared.contracts.pathway_codes import WaitClock

DAY = date(2026, 3, 2)
MET = {"first_contact_on": DAY}
ASSESSED = {**MET, "assessed_on": DAY}
MEASURED = {**ASSESSED, "baseline_on": DAY}
PLANNED = {**MEASURED, "plan_agreed_on": DAY}


def waits_for(clock: WaitClock, **days: date) -> MissingStep | None:
    return missing_step(History(datetime(2026, 1, 1, tzinfo=UTC), **days), DEFAULT_RULES[clock])


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        ({}, "No first visit"),
        (MET, "No assessment"),
        (ASSESSED, "No first measure"),
        (MEASURED, "No agreed plan"),
        (PLANNED, "No intervention"),
    ],
)
def test_help_has_not_started_because_of_the_first_step_that_is_missing(days: dict[str, date], missing: str) -> None:
    step = waits_for(WaitClock.HELP_STARTED, **days)

    assert step
    assert step.label == missing


def test_nothing_is_missing_once_help_has_started() -> None:
    assert waits_for(WaitClock.HELP_STARTED, **PLANNED, intervention_on=DAY) is None


def test_a_first_visit_is_all_that_its_own_clock_waits_for() -> None:
    assert waits_for(WaitClock.FIRST_CONTACT) is MissingStep.FIRST_VISIT
    assert waits_for(WaitClock.FIRST_CONTACT, **MET) is None


def test_from_the_assessment_on_only_the_intervention_is_waited_for() -> None:
    clock = WaitClock.ASSESSMENT_TO_INTERVENTION

    assert waits_for(clock, assessed_on=DAY) is MissingStep.INTERVENTION
