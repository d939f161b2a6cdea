"""A calendar file for one day that somebody booked: what Outlook, Google and a phone add, move or take out.

The time zone is written out in ten fixed lines: a file without one, or with lists of dates, is an hour off in half of
the programs that people have. Source: RFC 5545 and 5546.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.clock import LONDON

LONGEST_LINE = 75
"""Octets; a longer line is folded."""

LONDON_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE"""


class CalendarMethod(Code):
    PUBLISH = "PUBLISH", "To add by hand"
    REQUEST = "REQUEST", "Added or moved"
    CANCEL = "CANCEL", "Taken out"


@dataclass(frozen=True)
class CalendarEntry:
    booking_id: UUID
    day: int
    sequence: int
    """How often it was moved; a cancellation counts as one more."""
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str
    says: str
    sender: str
    """The team's address; empty: none, and then nobody is invited."""
    to: str
    """The one person whom it is for."""

    @property
    def uid(self) -> str:
        """The same for the same booking and day, however often it is moved."""
        return f"{self.booking_id}-{self.day}@pairs"


def calendar_file(entry: CalendarEntry, method: CalendarMethod, now: datetime) -> str:
    """The file's text, with the line ends that the standard asks for."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PAIRS//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method.value}",
        *LONDON_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{_local(entry.starts_at)}",
        f"DTEND;TZID=Europe/London:{_local(entry.ends_at)}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"LOCATION:{_escaped(entry.where)}",
        f"DESCRIPTION:{_escaped(entry.says)}",
        f"STATUS:{'CANCELLED' if method is CalendarMethod.CANCEL else 'CONFIRMED'}",
        *_invited(entry),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _invited(entry: CalendarEntry) -> list[str]:
    """Only the addressee: never the list of the class. Nobody is asked to answer, as nobody reads the answers."""
    if not (entry.sender and entry.to):
        return []
    return [f"ORGANIZER:mailto:{entry.sender}", f"ATTENDEE;RSVP=FALSE;PARTSTAT=ACCEPTED:mailto:{entry.to}"]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    """The standard has no room for what controls a terminal, and a program that meets one reads nothing behind it."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\n".join(plain.splitlines())
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of 75 octets at most, none of which cuts a letter in two; each but the first begins with a space."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
