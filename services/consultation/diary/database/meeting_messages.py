"""Emails about places in meetings: queued with what happened, and looked at once more when they leave."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.consultation.database.tables import message as table
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import Meeting, MeetingBooking
from services.consultation.diary.domain.meeting_message import MeetingMessage, meeting_words
from services.consultation.staff.database.consultation_work import ConsultationWork
from shared.mail import Attachment
from shared.staff.calendar_file import CalendarEntry, CalendarMethod, calendar_file
from shared.staff.message import Message, QueueMessage, ToAddress, ToPerson
from shared.staff.messages import MessagesAbout


class MeetingMessages(MessagesAbout[MeetingMessage]):
    """Those of one team."""

    table, subject, kinds = table, "booking_id", MeetingMessage

    def __init__(self, work: ConsultationWork) -> None:
        super().__init__(work)
        self._sender, self._meetings = work.sender, Meetings(work)

    async def check_reachable(self, to: ToPerson) -> None:
        """Nobody here is on record."""

    async def check_subject(self, subject_id: UUID) -> None:
        """Everybody of the team sees every booking."""

    async def address_now(self, message: Message[MeetingMessage]) -> str | None:
        """None: it is not so any more."""
        if message.subject_id is None:
            return None
        one = await self._meetings.booking_by_id(message.subject_id)
        meeting = await self._meetings.get(one.meeting_id)
        is_off = one.given_up_at is not None or meeting.cancelled_at is not None
        return None if is_off and message.kind is MeetingMessage.BOOKED else message.address

    async def attachments_now(self, message: Message[MeetingMessage], address: str) -> Sequence[Attachment]:
        """The calendar file."""
        if message.subject_id is None:
            return ()
        one = await self._meetings.booking_by_id(message.subject_id)
        meeting, method = await self._meetings.get(one.meeting_id), message.kind.method
        entry = self.entry(one, meeting, address, is_off=method is CalendarMethod.CANCEL)
        text = calendar_file(entry, method, self.work.now)
        return [Attachment("meeting.ics", "text/calendar", text.encode(), (("method", method.value),))]

    def entry(self, one: MeetingBooking, meeting: Meeting, address: str, *, is_off: bool = False) -> CalendarEntry:
        """As a calendar has it."""
        return CalendarEntry(
            one.id,
            1,
            int(is_off),
            meeting.starts_at,
            meeting.starts_at + timedelta(minutes=meeting.minutes),
            meeting.topic,
            meeting.place,
            f"Saying no here does not free your place. To give it up: {self.link(one)}",
            self._sender.mail_sender,
            address,
        )

    def link(self, one: MeetingBooking) -> str:
        return f"{self._sender.address}/book/places/{one.secret}"

    async def tell(self, kind: MeetingMessage, one: MeetingBooking, meeting: Meeting) -> None:
        """Once; nobody where they gave no address."""
        if one.email:
            words = meeting_words(kind, meeting, self.link(one), self._sender)
            await self.queue(QueueMessage(kind, ToAddress(one.email, one.id), str(one.id), words))
