"""Emails about bookings: queued with what happened, and looked at once more when they leave."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort, CohortDay
from services.training.database.course_tables import booking as booking_table
from services.training.database.course_tables import message as table
from services.training.database.workforce_tables import person
from services.training.places.database.date_watches import is_watched
from services.training.places.database.refreshing import is_to_refresh
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.place_message import (
    ABOUT_AN_END,
    ABOUT_NEW_DATES,
    FOR_A_PLACE,
    AboutDay,
    PlaceMessage,
)
from services.training.places.domain.place_words import (
    changed_words,
    day_words,
    given_up_words,
    lapsed_words,
    offer_words,
    place_words,
    waiting_words,
    which_day,
)
from services.training.staff.database.training_work import TrainingWork
from shared.mail import Attachment
from shared.staff.calendar_file import CalendarEntry, calendar_file
from shared.staff.message import Message, MessageWords, QueueMessage, ToPerson
from shared.staff.messages import MessagesAbout


class PlaceMessages(MessagesAbout[PlaceMessage]):
    """Those of one team."""

    table, subject, kinds = table, "booking_id", PlaceMessage

    def __init__(self, work: TrainingWork) -> None:
        super().__init__(work)
        self._team, self._work = work.team, work

    async def check_reachable(self, to: ToPerson) -> None:
        """Whether they can be reached is asked when it leaves: the place is theirs without an address too."""

    async def check_subject(self, subject_id: UUID) -> None:
        """Everybody of the team sees every booking."""

    async def address_now(self, message: Message[PlaceMessage]) -> str | None:
        """None: they have no address, or what it is about is not so any more."""
        if message.kind in ABOUT_NEW_DATES:
            return message.address if await is_watched(self.work.session, UUID(message.about)) else None
        if message.kind in ABOUT_AN_END and not await is_to_refresh(message.kind, message.about, self._work):
            return None
        asked = (
            select(person.c.email, booking_table.c.state)
            .join_from(booking_table, person, person.c.id == booking_table.c.person_id)
            .where(booking_table.c.id == message.subject_id, person.c.erased_on.is_(None))
        )
        row = (await self.work.session.execute(asked)).one_or_none()
        if row is None or not row.email:
            return None
        is_wanted = {
            PlaceMessage.OFFER: row.state == BookingState.OFFERED,
            PlaceMessage.WAITING: row.state == BookingState.WAITING,
        }.get(message.kind, row.state == BookingState.BOOKED or message.kind not in FOR_A_PLACE)
        return row.email if is_wanted else None

    async def attachments_now(self, message: Message[PlaceMessage], address: str) -> Sequence[Attachment]:
        """The calendar file, of the day as it stands now."""
        if (method := message.kind.method) is None or message.subject_id is None:
            return ()
        about = AboutDay.parse(message.about)
        asked = select(booking_table.c.cohort_id).where(booking_table.c.id == message.subject_id)
        cohort = await Cohorts(self.work).get((await self.work.session.execute(asked)).scalar_one())
        entry = self.entry(about, cohort, message.words.link, address)
        text = calendar_file(entry, method, self.work.now)
        return [Attachment(f"day-{about.day}.ics", "text/calendar", text.encode(), (("method", method.value),))]

    def entry(self, about: AboutDay, cohort: Cohort, link: str, address: str) -> CalendarEntry:
        """One day of a booking, as a calendar has it."""
        day = cohort.day(about.day)
        return CalendarEntry(
            about.booking_id,
            about.day,
            about.sequence,
            day.starts_at,
            day.ends_at,
            f"{cohort.course.label}{which_day(cohort, day)}",
            cohort.venue,
            f"{day_words(day)}\nSaying no here does not free your place. To cancel or move: {link}",
            self._team.mail_sender,
            address,
        )

    def link(self, booking: Booking) -> str:
        return f"{self._team.address}/place/{booking.secret}"

    async def place(self, booking: Booking, cohort: Cohort) -> None:
        """One for each day that is still to come."""
        for day in self._to_come(cohort):
            about = AboutDay(booking.id, day.number, day.sequence)
            await self.about(
                PlaceMessage.PLACE, booking, str(about), place_words(cohort, day, self.link(booking), self._team)
            )

    async def changed(self, booking: Booking, cohort: Cohort, days: Iterable[int]) -> None:
        for day in self._to_come(cohort):
            if day.number in days:
                about = AboutDay(booking.id, day.number, day.sequence)
                words = changed_words(cohort, day, self.link(booking), self._team)
                await self.about(PlaceMessage.CHANGED, booking, str(about), words)

    async def given_up(self, booking: Booking, cohort: Cohort) -> None:
        for day in self._to_come(cohort):
            about = AboutDay(booking.id, day.number, day.sequence + 1)
            words = given_up_words(cohort, day, self.link(booking), self._team)
            await self.about(PlaceMessage.GIVEN_UP, booking, str(about), words)

    async def waiting(self, booking: Booking, cohort: Cohort) -> None:
        words = waiting_words(cohort, self.link(booking), self._team)
        await self.about(PlaceMessage.WAITING, booking, str(booking.id), words)

    async def offer(self, booking: Booking, cohort: Cohort) -> None:
        if until := booking.offered_until:
            words = offer_words(cohort, until, self.link(booking), self._team)
            await self.about(PlaceMessage.OFFER, booking, f"{booking.id}:{until.isoformat()}", words)

    async def lapsed(self, booking: Booking, cohort: Cohort) -> None:
        words = lapsed_words(cohort, self.link(booking), self._team)
        await self.about(PlaceMessage.LAPSED, booking, f"{booking.id}:{booking.version}", words)

    async def about(
        self,
        kind: PlaceMessage,
        booking: Booking,
        about: str,
        words: MessageWords,
        *,
        expires_at: datetime | None = None,
    ) -> bool:
        """One of a kind about the same is queued once; False when it was before."""
        to = ToPerson(booking.id, booking.person_id)
        return await self.queue(QueueMessage(kind, to, about, words, expires_at=expires_at))

    def _to_come(self, cohort: Cohort) -> Sequence[CohortDay]:
        return [day for day in cohort.days if day.ends_at > self.work.now]
