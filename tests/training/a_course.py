"""A team that teaches: cohorts, people who book them, and the time that passes."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.certificates.domain.completion import Completion
from services.training.confidence.commands.answer_questions import AnswerQuestions, answer_questions
from services.training.confidence.domain.questionnaire import Moment
from services.training.contents import SERVICE
from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort, CohortDay, Filling, Reserved
from services.training.courses.packs.courses import COURSES
from services.training.database.course_tables import booking, completion, message
from services.training.database.workforce_tables import organisation
from services.training.places.commands.book_place import BookPlace, book_place
from services.training.places.commands.change_cohort import ChangeCohort, change_cohort
from services.training.places.database.bookings import Bookings
from services.training.places.domain.asker import Asker
from services.training.places.domain.booking import Booking, BookingState
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from services.training.staff.domain.training_team import TrainingTeam
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.database.mapping import read_row
from shared.kernel.actor import Actor, public_form
from shared.kernel.clock import LONDON
from shared.kernel.identifiers import new_id
from shared.outbox.tables import outbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_, LEAD, _, TRAINER, *_ = SERVICE.people
TEAM = TrainingTeam(
    "team-one", 80, "Team One", "https://training.example", "01632 960 141", "smtp://x", "t@one.example", "11" * 32
)


def a_cohort(
    course: TrainingCourse = TrainingCourse.IMH_PIR,
    starts: datetime = datetime(2026, 6, 1, 9, 30, tzinfo=LONDON),
    **changes: Any,
) -> Cohort:
    """Days at 9:30 in London, a week apart, each as long as its content and an hour."""
    days = [
        CohortDay(
            number,
            (begins := datetime.combine(starts.date() + timedelta(7 * (number - 1)), time(9, 30), LONDON)),
            begins + timedelta(minutes=minutes + 60),
            minutes,
        )
        for number, minutes in enumerate(COURSES[course].newest.days, 1)
    ]
    usual: dict[str, Any] = {
        "id": new_id(),
        "course": course,
        "course_version": 1,
        "venue": "Central Library, Queen Street",
        "is_online": False,
        "capacity": 14,
        "filling": Filling.OFFER,
        "trainer_id": TRAINER.id,
        "co_trainer": "",
        "reserved": Reserved(),
        "days": tuple(days),
    }
    return Cohort(**(usual | changes))


def an_asker(number: int, **changes: Any) -> Asker:
    usual: dict[str, Any] = {
        "given_name": f"Ada{number}",
        "family_name": "Example",
        "email": f"ada{number}@bispham.example",
        "workplace": "Bispham health visitors",
        "profession": Profession.HEALTH_VISITOR,
        "phone": "",
    }
    return Asker(**(usual | changes))


@dataclass
class TeachingTeam:
    engine: AsyncEngine
    now: datetime = NOW
    team: TrainingTeam = TEAM

    @asynccontextmanager
    async def work(self, actor: Actor | None = None) -> AsyncGenerator[TrainingWork]:
        async with self.units.begin(actor or Actor(TRAINER.id, TRAINER.roles)) as work:
            yield work

    @property
    def units(self) -> TrainingUnits:
        return TrainingUnits(self.team, self.engine, region_key=b"k" * 32, clock=lambda: self.now)

    async def plan(self, **changes: Any) -> Cohort:
        cohort = a_cohort(**changes)
        async with self.work() as work:
            await plan_cohort(PlanCohort(cohort), work)
        return cohort

    async def book(self, cohort: Cohort, number: int, *, also: Sequence[Cohort] = (), **changes: Any) -> Booking:
        others = frozenset(one.id for one in also)
        asked = BookPlace(new_id(), cohort.id, an_asker(number, **changes), may_wait=True, also=others)
        async with self.work(public_form()) as work:
            return await book_place(asked, work)

    async def full(self, waiting: int = 0, **changes: Any) -> tuple[Cohort, list[Booking]]:
        """A cohort in which Ada 1 to 14 have places, and those after them wait."""
        cohort = await self.plan(**changes)
        return cohort, [await self.book(cohort, number) for number in range(1, cohort.capacity + waiting + 1)]

    async def state(self, one: Booking) -> Booking:
        async with self.work() as work:
            return await Bookings(work).get(one.id)

    async def does(self, command: Callable[..., Awaitable[Any]], asked: Any) -> Any:
        """As the trainer."""
        async with self.work() as work:
            return await command(asked, work)

    async def stored(self, cohort: Cohort) -> Cohort:
        async with self.work() as work:
            return await Cohorts(work).get(cohort.id)

    async def resize(self, cohort: Cohort, capacity: int) -> None:
        await self.does(change_cohort, ChangeCohort(replace(await self.stored(cohort), capacity=capacity)))

    async def counts(self, cohort: Cohort) -> tuple[int, int, int]:
        """How many have a place, are offered one, wait."""
        async with self.work() as work:
            places = await Bookings(work).places(cohort.id)
        states = [one.state for one in places.bookings.values()]
        return tuple(states.count(state) for state in (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING))  # type: ignore[return-value]

    async def rows(self, query: Any) -> Sequence[Any]:
        async with self.engine.connect() as connection:
            return (await connection.execute(query)).all()

    async def emails(self, one: Booking) -> list[str]:
        """Kinds of email about a booking, in their order."""
        query = select(message.c.kind).where(message.c.booking_id == one.id).order_by(message.c.id)
        return [row.kind for row in await self.rows(query)]

    async def told(self, *, audience: str = "team") -> list[Any]:
        """Events, in their order."""
        return list(await self.rows(select(outbox).where(outbox.c.audience == audience).order_by(outbox.c.seq)))

    async def held(self, cohort: Cohort, people: Sequence[Booking]) -> None:
        """All its days were held, and these people came to each; the register is closed at the end of each."""
        for day in cohort.days:
            self.now = day.ends_at
            async with self.work() as work:
                for one in people:
                    await mark_attendance(MarkAttendance(one.id, day.number, Mark(is_here=True)), work)
                await close_register(CloseRegister(cohort.id, day.number, day.minutes), work)

    async def answers(self, one: Booking, moment: Moment = Moment.AFTER, points: int = 7) -> None:
        async with self.work(public_form()) as work:
            await answer_questions(AnswerQuestions(one.id, moment, (points,) * 5), work)

    async def completed(self, number: int = 900, **changes: Any) -> UUID:
        """Somebody has completed a course, and somebody else has not said how it was: the id of the first's completion.

        The clock is as it was before.
        """
        before = self.now
        held = await self.plan(**({"starts": before - timedelta(20)} | changes))
        self.now = held.starts_at - timedelta(days=10)
        booked, silent = await self.book(held, number), await self.book(held, number + 1)
        await self.held(held, [booked, silent])
        await self.answers(booked)
        self.now = before
        [row] = await self.rows(select(completion.c.id).where(completion.c.booking_id == booked.id))
        return row.id

    async def completions(self) -> list[Completion]:
        """In their order."""
        return [read_row(Completion, row) for row in await self.rows(select(completion).order_by(completion.c.id))]

    async def organisation(self, name: str) -> UUID:
        organisation_id = new_id()
        async with self.engine.begin() as connection:
            values = {"id": organisation_id, "version": 1, "name": name, "sector": SourceGroup.HEALTH_VISITING}
            await connection.execute(insert(organisation).values(values))
        return organisation_id


ALL_BOOKINGS = select(booking).order_by(booking.c.line)
