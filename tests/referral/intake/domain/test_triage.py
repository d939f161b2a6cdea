from datetime import date

import pytest

from services.referral.intake.domain.triage import triage_wait
from services.referral.team.domain.reference import default_prefix, local_reference


@pytest.mark.parametrize(
    ("until", "days", "working_days", "over"),
    [
        (date(2026, 4, 1), 0, 0, False),
        (date(2026, 4, 10), 9, 5, False),
        (date(2026, 4, 13), 12, 6, True),
    ],
    ids=["same day", "on the target", "the next working day"],
)
def test_a_wait_is_over_target_after_the_fifth_working_day(
    until: date, days: int, working_days: int, *, over: bool
) -> None:
    wait = triage_wait(date(2026, 4, 1), until)

    assert (wait.days, wait.working_days, wait.is_over(5)) == (days, working_days, over)


def test_a_reference_begins_with_the_teams_first_letters() -> None:
    assert local_reference(default_prefix("blackpool"), 2026, 123) == "BLA-2026-000123"
    assert local_reference(default_prefix("a-b-c-d"), 2026, 1) == "ABC-2026-000001"
