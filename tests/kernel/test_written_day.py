"""A whole date is read as people and programs write it."""

from datetime import date

import pytest

from shared.kernel.written_day import MAY_COME, written_day

TODAY = date(2026, 11, 27)
THE_DAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-27",
        "2026/03/27",
        "2026.3.27",
        "20260327",
        "27032026",
        "27/03/2026",
        "27/3/26",
        "27.03.2026",
        "27. 3. 2026",
        "27-03-2026",
        "27 03 2026",
        "27\u201303\u20132026",
        "27 March 2026",
        "27 march, 2026",
        "27th of March 2026",
        "27th March 2026",
        "March 27, 2026",
        "27-Mar-26",
        "27-Mar-2026",
        "27Mar2026",
        "27 Mar '26",
        "Fri 27 Mar 2026",
        "Friday, 27 March 2026",
        "27/03/2026 00:00",
        "27/03/2026 00:00:00",
        "27/03/2026 12:00:00 AM",
        "2026-03-27T00:00:00",
        "2026-03-27T10:30:00.000Z",
        "2026-03-27T10:30:00+00:00",
        "2026-03-27 00:00:00",
        "\u202a27/03/2026\u202c",
        "27\u00a0March\u00a02026",
        "٢٧/٠٣/٢٠٢٦",
        "２７／０３／２０２６",
    ],
)
def test_one_day_as_it_is_written(written: str) -> None:
    assert written_day(written, TODAY) == THE_DAY


@pytest.mark.parametrize(
    "written",
    [
        "",
        "today",
        "fri",
        "27 March",
        "27/03",
        "13/25/2026",
        "31/02/2026",
        "03/27/2026",
        "27/03/1850",
        "27 Marz",
        "1 2",
        "45123",
        "01/01/10000",
        "0000-01-01",
        "27/03/20266",
        "x" * 5000,
        "25-04-03",
        "27-03-26",
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(written: str) -> None:
    assert written_day(written, TODAY) is None


@pytest.mark.parametrize(("year", "meant"), [("26", 2026), ("27", 2027), ("28", 1928), ("85", 1985), ("00", 2000)])
def test_a_year_of_two_digits_of_a_past_day_is_the_last_of_them(year: str, meant: int) -> None:
    assert written_day(f"1/2/{year}", TODAY) == date(meant, 2, 1)


@pytest.mark.parametrize(("year", "meant"), [("26", 2026), ("28", 2028), ("46", 2046), ("47", 1947), ("98", 1998)])
def test_a_year_of_two_digits_of_a_day_that_may_come_is_within_twenty(year: str, meant: int) -> None:
    assert written_day(f"31/3/{year}", TODAY, ahead=MAY_COME) == date(meant, 3, 31)
