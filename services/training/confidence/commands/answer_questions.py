"""Somebody says how sure they feel, before a course, after it, or three months on."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.confidence.database.confidence_answers import ConfidenceAnswers
from services.training.confidence.domain.questionnaire import ConfidenceAnswer, CourseTimes, Moment
from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingWork
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class AnswerQuestions:
    booking_id: UUID
    moment: Moment
    points: tuple[int, ...]
    then: tuple[int, ...] | None = None
    """After the course: how sure they were before, as they see it now; it is kept beside what they said then."""
    words: str = ""


async def answer_questions(command: AnswerQuestions, work: TrainingWork) -> None:
    """The answers after a course complete it, where enough was attended. What was answered once stays.

    Raises:
        NotFound: the team has no such booking.
        Conflict: they have no place, or this is not asked now.
        RuleBroken: a number is not from 0 to 10.
    """
    booking = await Bookings(work).get(command.booking_id)
    cohort = (await Bookings(work).places(booking.cohort_id)).cohort
    if booking.state is not BookingState.BOOKED:
        raise Conflict("booking_ended", "These questions are for people with a place. Look at your booking again.")
    CourseTimes(cohort.starts_at, cohort.days[-1].ends_at).check_open(command.moment, work.now)
    given = {command.moment: command.points} | ({Moment.THEN: command.then} if command.then else {})
    for moment, points in given.items():
        words = command.words if moment is command.moment else ""
        one = ConfidenceAnswer(booking.id, moment, points, words, work.now)
        one.check()
        await ConfidenceAnswers(work).add(one)
    if command.moment is Moment.AFTER:
        await complete_training(CompleteTraining(booking.person_id, cohort.course), work)
    work.record("confidence.answer", booking.id)
