from datetime import date, time

import pytest

from shared.web.questions import Circumstances, WrongAnswer
from shared.web.time_question import TimeOfDay

NOW = Circumstances(date(2026, 3, 2), is_demonstration=True)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("9am", time(9)),
        ("9:05 AM", time(9, 5)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0930", time(9, 30)),
        ("00:00", time(0)),
        ("10", time(10)),
        ("10.30", time(10, 30)),
        ("1030", time(10, 30)),
        ("2pm", time(14)),
        ("9", time(9)),
        ("14", time(14)),
        ("02:30", time(2, 30)),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, understood: time) -> None:
    assert TimeOfDay().read("at", {"at": [typed]}, NOW) == understood


@pytest.mark.parametrize("typed", ["24:00", "25", "13pm", "0am", "half past two", "10:60", "9:30:00", "١٤:٣٠"])
def test_what_is_no_time_is_asked_for_again(typed: str) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        TimeOfDay().read("at", {"at": [typed]}, NOW)

    assert wrong.value.sentence == "Enter a time, like 10, 10.30 or 2pm"


@pytest.mark.parametrize(("typed", "asked"), [("2", "2am or 2pm"), ("1:30", "1.30am or 1.30pm")])
def test_what_could_be_night_or_day_is_asked_for_again(typed: str, asked: str) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        TimeOfDay().read("at", {"at": [typed]}, NOW)

    assert wrong.value.sentence == f"Is that morning or afternoon? Enter {asked}"


def test_it_may_be_left_out_unless_it_is_needed() -> None:
    assert TimeOfDay().read("at", {}, NOW) is None
    with pytest.raises(WrongAnswer):
        TimeOfDay(missing="Enter the time").read("at", {"at": [" "]}, NOW)
