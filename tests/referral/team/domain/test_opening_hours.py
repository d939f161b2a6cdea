from datetime import datetime, time, timedelta

import pytest

from services.referral.team.domain.opening_hours import OpeningHours
from shared.kernel.clock import LONDON

HOURS = OpeningHours(time(9), time(17))
ONE_HOUR = timedelta(hours=1)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("2026-11-26T10:00", "2026-11-26T11:00", id="by day"),
        pytest.param("2026-11-26T03:12", "2026-11-26T10:00", id="at night"),
        pytest.param("2026-11-26T16:00", "2026-11-26T17:00", id="an hour before the end"),
        pytest.param("2026-11-26T16:45", "2026-11-27T09:45", id="just before the end"),
        pytest.param("2026-11-27T17:00", "2026-11-30T10:00", id="on Friday at the end"),
        pytest.param("2026-11-28T12:00", "2026-11-30T10:00", id="at the weekend"),
        pytest.param("2026-12-24T16:30", "2026-12-29T09:30", id="before Christmas, Boxing Day on a Saturday"),
        pytest.param("2026-03-27T18:00", "2026-03-30T10:00", id="over the night in which the clocks change"),
    ],
)
def test_an_hour_of_the_team_is_counted_only_while_it_is_open(said: str, answered: str) -> None:
    assert HOURS.after(at(said), ONE_HOUR) == at(answered)


def test_an_open_team_opens_at_once_and_a_closed_one_on_its_next_working_day() -> None:
    assert HOURS.next_opening(at("2026-11-26T10:00")) == at("2026-11-26T10:00")
    assert HOURS.next_opening(at("2026-11-26T17:00")) == at("2026-11-27T09:00")
    assert HOURS.next_opening(at("2026-11-29T10:00")) == at("2026-11-30T09:00")
