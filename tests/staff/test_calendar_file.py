"""A calendar file says the right hour in every program, also across the change of the clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.staff.calendar_file import CalendarEntry, CalendarMethod, calendar_file

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENTRY = CalendarEntry(
    UUID(int=7),
    1,
    0,
    datetime(2026, 3, 26, 9, 30, tzinfo=UTC),
    datetime(2026, 3, 26, 16, 30, tzinfo=UTC),
    "Zoë; day 1, “cues”",
    "Central Library",
    "Bring nothing.",
    "team@one.example",
    "kath@bispham.example",
)


def unfolded(text: str) -> dict[str, str]:
    """Another reader: name → value, the first of each."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        found.setdefault(name, value)
    return found


def test_before_and_after_the_clocks_change_it_is_half_past_nine_in_london() -> None:
    april = replace(
        ENTRY,
        starts_at=datetime(2026, 4, 2, 8, 30, tzinfo=UTC),
        ends_at=datetime(2026, 4, 2, 15, 30, tzinfo=UTC),
    )

    winter, summer = (unfolded(calendar_file(one, CalendarMethod.REQUEST, NOW)) for one in (ENTRY, april))

    assert winter["DTSTART;TZID=Europe/London"] == "20260326T093000"
    assert summer["DTSTART;TZID=Europe/London"] == "20260402T093000"


def test_the_time_zone_is_written_out_in_fixed_rules() -> None:
    text = calendar_file(ENTRY, CalendarMethod.REQUEST, NOW)

    assert "DTSTART:19700329T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0000" in text
    assert "DTSTART:19701025T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0100" in text
    assert "RDATE" not in text


def test_folding_cuts_no_letter_and_no_line_is_too_long() -> None:
    long = replace(ENTRY, says="“Zoë”; " * 40)

    text = calendar_file(long, CalendarMethod.REQUEST, NOW)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert unfolded(text)["SUMMARY"] == "Zoë\\; day 1\\, “cues”"
    assert unfolded(text)["DESCRIPTION"] == "“Zoë”\\; " * 40


def test_moved_it_is_the_same_event_one_higher_and_cancelled_one_higher_again() -> None:
    moved = replace(ENTRY, sequence=1, starts_at=ENTRY.starts_at + timedelta(1), ends_at=ENTRY.ends_at + timedelta(1))

    first, second, last = (
        unfolded(calendar_file(one, method, NOW))
        for one, method in (
            (ENTRY, CalendarMethod.REQUEST),
            (moved, CalendarMethod.REQUEST),
            (replace(moved, sequence=2), CalendarMethod.CANCEL),
        )
    )

    assert first["UID"] == second["UID"] == last["UID"]
    assert [one["SEQUENCE"] for one in (first, second, last)] == ["0", "1", "2"]
    assert (last["METHOD"], last["STATUS"]) == ("CANCEL", "CANCELLED")


def test_only_the_addressee_is_in_it_and_nobody_is_asked_to_answer() -> None:
    text = calendar_file(ENTRY, CalendarMethod.REQUEST, NOW).replace("\r\n ", "")

    assert text.count("ATTENDEE") == 1
    assert "ATTENDEE;RSVP=FALSE;PARTSTAT=ACCEPTED:mailto:kath@bispham.example" in text
    assert text.count("BEGIN:VEVENT") == 1
