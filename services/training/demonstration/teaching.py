"""Gives what happens around the courses of a demonstration to the real commands."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.confidence.commands.answer_questions import AnswerQuestions, answer_questions
from services.training.contents import SERVICE
from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.domain.cohort import Cohort, CohortDay, Filling, Reserved
from services.training.courses.packs.courses import COURSES
from services.training.demonstration.accrediting import accredit
from services.training.demonstration.joiner import Joins
from services.training.demonstration.organisations import EMPLOYERS
from services.training.demonstration.taught import (
    Answers,
    Books,
    CohortName,
    Grants,
    Holds,
    Plans,
    SignsOff,
    Taught,
    WorksOnCase,
)
from services.training.places.commands.book_place import BookPlace, book_place
from services.training.places.database.bookings import Bookings
from services.training.places.domain.asker import Asker
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_REGISTER
from services.training.staff.domain.training_team import TrainingTeam
from shared.contracts.slug import locality_name
from shared.kernel.actor import Actor, public_form
from shared.kernel.clock import LONDON

[TRAINER, *_] = [one for one in reversed(SERVICE.people) if CAPABILITIES.holds(one.roles, KEEP_REGISTER)]
_IDS = UUID(int=0x636F7572)
_BREAKS = timedelta(minutes=60)


class Teaching:
    """Of one team."""

    def __init__(self, team: TrainingTeam) -> None:
        self._team = team

    async def carry_out(self, action: Taught, units: TrainingUnits) -> None:
        """Raises Refusal when a command says no."""
        match action:
            case Plans():
                async with units.begin(Actor(TRAINER.id, TRAINER.roles)) as work:
                    await plan_cohort(PlanCohort(self._cohort(action)), work)
            case Books(cohort, who):
                asked = BookPlace(self.booking_id(cohort, who), self._id(cohort), self._asker(who), may_wait=True)
                async with units.begin(public_form()) as work:
                    await book_place(asked, work)
            case Answers(cohort, who, moment, points):
                booking_id = self.booking_id(cohort, who)
                async with units.begin(public_form()) as work:
                    if (await Bookings(work).get(booking_id)).state is BookingState.BOOKED:
                        await answer_questions(AnswerQuestions(booking_id, moment, points), work)
            case Holds(cohort, day, here):
                await self._hold(cohort, day, here, units)
            case WorksOnCase() | SignsOff() | Grants():
                await accredit(action, self.booking_id(action.cohort, action.who), TRAINER, units)

    async def _hold(self, cohort: CohortName, day: int, here: tuple[Joins, ...], units: TrainingUnits) -> None:
        for who in here:
            async with units.begin(Actor(TRAINER.id, TRAINER.roles)) as work:
                booking_id = self.booking_id(cohort, who)
                if (await Bookings(work).get(booking_id)).state is BookingState.BOOKED:  # they may have moved
                    await mark_attendance(MarkAttendance(booking_id, day, Mark(is_here=True)), work)
        minutes = COURSES[cohort.course].newest.days[day - 1]
        async with units.begin(Actor(TRAINER.id, TRAINER.roles)) as work:
            await close_register(CloseRegister(self._id(cohort), day, minutes), work)

    def _cohort(self, plan: Plans) -> Cohort:
        course = COURSES[plan.cohort.course]
        days: list[CohortDay] = []
        for number, minutes in enumerate(course.newest.days, 1):
            on = plan.cohort.starts_on + timedelta(7 * (number - 1))
            begins = datetime.combine(on, time(9, 30), LONDON)
            days.append(CohortDay(number, begins, begins + timedelta(minutes=minutes) + _BREAKS, minutes))
        return Cohort(
            self._id(plan.cohort),
            plan.cohort.course,
            course.newest.number,
            "By video: the link comes by email" if plan.is_online else "Central Library, Queen Street",
            plan.is_online,
            plan.capacity,
            Filling.OFFER,
            TRAINER.id,
            "Sam Rowe, a parent",
            Reserved(),
            tuple(days),
        )

    def _asker(self, who: Joins) -> Asker:
        workplace = EMPLOYERS[who.employer].name.format(place=locality_name(self._team.slug))
        return Asker(who.given_name, who.family_name, who.email, workplace, who.profession)

    def _id(self, cohort: CohortName) -> UUID:
        return uuid5(_IDS, f"{self._team.slug} {cohort.course} {cohort.starts_on}")

    def booking_id(self, cohort: CohortName, who: Joins) -> UUID:
        return uuid5(self._id(cohort), f"{who.email} {who.given_name} {who.family_name} {who.staff_number}")
