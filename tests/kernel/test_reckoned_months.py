from datetime import date

from shared.kernel.reckoned_months import reckoned_months


def test_twelve_months_are_reckoned_and_none_before_the_team_began() -> None:
    assert reckoned_months(date(2026, 4, 2), None) == []
    assert reckoned_months(date(2026, 4, 2), date(2026, 4, 1)) == []
    assert reckoned_months(date(2026, 4, 2), date(2026, 2, 9)) == [date(2026, 2, 1), date(2026, 3, 1)]
    assert reckoned_months(date(2026, 4, 2), date(2020, 1, 1))[0] == date(2025, 4, 1)
