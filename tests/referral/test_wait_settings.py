"""A team's own waiting targets, and why a wait may pause, as its process is told them."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.referral.settings import ReferralSettings
from services.referral.team.domain.wait_clock import DEFAULT_RULES, Target
from shared.contracts.pathway_codes import PauseReason, WaitClock
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import settings_of


def told(**changes: Any) -> ReferralSettings:
    return settings_of(ATeam("blackpool", None), **changes)  # type: ignore[arg-type]


def test_a_team_that_sets_nothing_has_the_references_targets_and_no_pause() -> None:
    assert told().wait_rules == DEFAULT_RULES


def test_a_team_sets_its_own_targets() -> None:
    rules = told(first_contact_target_days="42", urgent_triage_target_working_days="2").wait_rules

    assert rules[WaitClock.FIRST_CONTACT].target == Target(42)
    assert rules[WaitClock.TRIAGE].target == Target(5, 2)


def test_a_team_says_why_a_wait_may_pause() -> None:
    rules = told(waits_paused_by="family_asked, neonatal_stay").wait_rules

    assert {rule.paused_by for rule in rules.values()} == {
        frozenset({PauseReason.FAMILY_ASKED, PauseReason.NEONATAL_STAY})
    }
    assert told(waits_paused_by="").wait_rules == DEFAULT_RULES


@pytest.mark.parametrize(
    "changes",
    [{"waits_paused_by": "did_not_attend"}, {"first_contact_target_days": "0"}, {"no_contact_days": "x"}],
)
def test_a_wrong_value_stops_the_process(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        told(**changes)
