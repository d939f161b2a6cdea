"""Somebody has attended enough of a course and said how it was: it counts, and their certificate is issued."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.issue_certificate import issue_certificate
from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.attendance import CourseDay, completed_by, share_of
from services.training.certificates.domain.completion import AttendedPlace, Completion, held_by, new_completion
from services.training.courses.packs.courses import COURSES
from services.training.places.database.bookings import Bookings
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.domain.place_words import certificate_words
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class CompleteTraining:
    person_id: UUID
    course: TrainingCourse
    waived_why: str = ""
    """Why they need not say how it was; empty: they have to."""


async def complete_training(command: CompleteTraining, work: TrainingWork) -> Completion | None:
    """Publish TrainingCompleted, where it is complete now and was not before; else None, and nothing is changed.

    Of the taught days of a course that an accreditation follows nothing is published: by themselves they give nothing.

    Over all cohorts of the course whose registers are closed: it was delivered by that in which enough was reached.
    """
    completions, course = Completions(work), COURSES[command.course]
    colleague_id = await completions.lock_person(command.person_id)
    places = await completions.attended(command.person_id, command.course)
    if (by := _reached_by(places, command.course)) is None:
        return None
    has_said = await completions.has_said_how_it_was([one.booking_id for one in places])
    if not has_said and not command.waived_why:
        return None
    version = course.version(by.course_version)
    before = await completions.newest_before(command.person_id, command.course, by.attended.on)
    held = held_by(course, version, by.attended.on, before)
    share = share_of(_days(places[0].course_version, command.course), [one.attended for one in places])
    new = new_completion(new_id(), command.person_id, course, by=by, share=share, held=held, now=work.now)
    if not has_said:
        new.waived_by, new.waived_why = work.actor.id, command.waived_why
    if course.leads_to_accreditation:
        new.version += 1  # others hear of the accreditation, when it is granted
    else:
        home_team = await completions.home_team_of(command.person_id, by.attended.on)
        work.publish(new.completed(colleague_id, home_team=home_team), about=new)
    await completions.add(new)
    await issue_certificate(new, work)
    await _tell(new, by, work)
    work.record("training.complete", new.id)
    return new


def _reached_by(places: list[AttendedPlace], course: TrainingCourse) -> AttendedPlace | None:
    if not places:
        return None
    reached = completed_by(_days(places[0].course_version, course), [one.attended for one in places])
    return next((one for one in places if one.attended is reached), None)


def _days(version: int, course: TrainingCourse) -> list[CourseDay]:
    return [CourseDay(number, minutes) for number, minutes in enumerate(COURSES[course].version(version).days, 1)]


async def _tell(new: Completion, by: AttendedPlace, work: TrainingWork) -> None:
    messages = PlaceMessages(work)
    booking = await Bookings(work).get(by.booking_id)
    cohort = (await Bookings(work).places(by.attended.cohort_id)).cohort
    words = certificate_words(cohort, messages.link(booking), work.team)
    await messages.about(PlaceMessage.CERTIFICATE, booking, str(new.id), words)
