"""A calendar file says the right hour in every program, also across the change of the clocks."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shared.staff.calendar_file import LONDON_ZONE, CalendarEntry, CalendarMethod, calendar_file

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


TEXTS = [
    ("Cafe\u0301 " * 30, "icalendar/icalendar/pull/158"),
    ("👨🏽‍🎓💙 " * 30, "libical/libical/issues/427, ical4j/ical4j/issues/800, arran4/golang-ical/issues/7"),
    ("a " * 90, "ProtonMail/WebClients/issues/513"),
    ("č" * 200, "JustAlex0000/Edupage-Extras/issues/50"),
    ("Library\nFloor 2\r\nRoom 3\rLeft\u2028Right", "alfio-event/alf.io/issues/168"),
    ("C:\\new, and; so on", "MadLlama25/fastmail-mcp/pull/45"),
    ("bell\x07 and null\x00 and escape\x1b[0m", "a terminal's"),
]


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_what_broke_the_calendar_files_of_others_is_read_again_as_it_was(text: str) -> None:
    """Beside each: the public report, at github.com."""
    file = calendar_file(replace(ENTRY, title=text, where=text), CalendarMethod.REQUEST, NOW)

    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    assert not re.search(r"[^\r\n\t -\U0010ffff]|\r(?!\n)|(?<!\r)\n|\u2028", file)
    said = unfolded(file)["LOCATION"]
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], said)
    assert plain == "".join(sign for sign in "\n".join(text.splitlines()) if sign >= " " or sign == "\n")


def test_a_cancellation_is_the_event_itself_with_its_hours_and_says_so_before_the_event() -> None:
    """ical4j/ical4j/issues/423, markuspoerschke/iCal/issues/84, mangstadt/biweekly/issues/15."""
    invited = calendar_file(ENTRY, CalendarMethod.REQUEST, NOW)
    cancelled = calendar_file(replace(ENTRY, sequence=1), CalendarMethod.CANCEL, NOW)

    assert cancelled.index("METHOD:CANCEL") < cancelled.index("BEGIN:VEVENT")
    hours = [line for line in invited.split("\r\n") if line.startswith(("UID", "DTSTART;", "DTEND;", "ORGANIZER"))]
    assert all(line in cancelled for line in hours)
    assert len(LONDON_ZONE.splitlines()) < 20  # eoleedi/TimeTree-Exporter/issues/157
