"""Champions are active while their course is in date and they do something with it."""

from datetime import date

import pytest

from services.training.certificates.domain.refresh import Held
from services.training.coverage.domain.champion import Champion, ChampionState, LapsesBy, champion_on

TODAY = date(2026, 3, 2)
IN_DATE = Held(date(2025, 1, 15), date(2027, 1, 15))


@pytest.mark.parametrize(
    ("held", "last_done_on", "now"),
    [
        (IN_DATE, date(2026, 2, 1), Champion(ChampionState.ACTIVE, date(2026, 8, 1), LapsesBy.ACTIVITY)),
        (IN_DATE, date(2025, 9, 3), Champion(ChampionState.ACTIVE, date(2026, 3, 3), LapsesBy.ACTIVITY)),
        (IN_DATE, date(2025, 9, 2), Champion(ChampionState.QUIET, None, None)),
        (IN_DATE, None, Champion(ChampionState.QUIET, None, None)),
        (
            Held(date(2024, 5, 1), date(2026, 5, 1)),
            date(2026, 2, 1),
            Champion(ChampionState.ACTIVE, date(2026, 5, 1), LapsesBy.COURSE),
        ),
        (Held(date(2024, 3, 2), TODAY), date(2026, 2, 1), Champion(ChampionState.LAPSED, None, None)),
        (
            Held(date(2024, 3, 2), None),
            date(2026, 2, 1),
            Champion(ChampionState.ACTIVE, date(2026, 8, 1), LapsesBy.ACTIVITY),
        ),
    ],
)
def test_who_is_active_until_when_and_why(held: Held, last_done_on: date | None, now: Champion) -> None:
    assert champion_on(TODAY, held, last_done_on) == now
