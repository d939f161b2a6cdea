"""The emails about a place in a drop-in or a group, and what they say."""

from services.consultation.diary.domain.meeting import Meeting
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import clock_words, weekday_words
from shared.staff.calendar_file import CalendarMethod
from shared.staff.message import MessageWords
from shared.staff.sender import Sender, letter_with_link


class MeetingMessage(Code):
    BOOKED = "booked", "Place, with its calendar file"
    GIVEN_UP = "given_up", "The place was given up, with a calendar file that takes it out"
    CALLED_OFF = "called_off", "It was cancelled, with a calendar file that takes it out"

    @property
    def method(self) -> CalendarMethod:
        """Of the calendar file that goes with it."""
        return CalendarMethod.REQUEST if self is MeetingMessage.BOOKED else CalendarMethod.CANCEL


_SAYS = {
    MeetingMessage.BOOKED: (
        "You’re booked",
        "You have a place.",
        "The calendar file puts it into your calendar; saying no there does not tell us. To give your place up:",
    ),
    MeetingMessage.GIVEN_UP: (
        "You gave up your place",
        "You have no place here any more.",
        "The calendar file takes it out of your calendar.",
    ),
    MeetingMessage.CALLED_OFF: (
        "Cancelled",
        "It is not held. We are sorry.",
        "The calendar file takes it out of your calendar. This page leads to what is to come:",
    ),
}


def meeting_words(kind: MeetingMessage, meeting: Meeting, link: str, sender: Sender) -> MessageWords:
    """Of one kind, to whoever booked."""
    subject, first, last = _SAYS[kind]
    held = f"{meeting.topic}\n{weekday_words(meeting.starts_at)}, {clock_words(meeting.starts_at)}\n{meeting.place}"
    says = f"{first}\n\n{held}\n\n{last}"
    return letter_with_link(f"{subject}: {meeting.topic}", says, link, team=sender.name, phone=sender.phone)
