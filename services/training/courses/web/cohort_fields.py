"""How the form of a cohort is shown: its words, what it offers, and what it holds when a cohort is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.training.courses.domain.cohort import Cohort, Filling
from services.training.courses.domain.course import Course, CourseVersion
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from services.training.workforce.queries.organisations_offered import organisations_offered
from shared.kernel.clock import LONDON
from shared.staff.answer_words import Ask, Offered
from shared.staff.colleagues import Colleague, Colleagues
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CohortPlace:
    """Where a cohort is planned or changed."""

    course: Course
    version: CourseVersion
    cohort: Cohort | None
    """None: it is new."""
    organisations: Sequence[Offered]
    trainers: Sequence[Colleague]
    actor_id: Any


async def cohort_place(work: UnitOfWork, course: Course, cohort: Cohort | None = None) -> CohortPlace:
    trainers = await Colleagues(work.session).with_one_of(CAPABILITIES.roles_with(KEEP_COURSES))
    version = course.version(cohort.course_version) if cohort else course.newest
    return CohortPlace(course, version, cohort, await organisations_offered(work), trainers, work.actor.id)


def cohort_asks(place: CohortPlace) -> Mapping[str, Ask]:
    asks = {
        "venue": Ask("Where", "Room and address; online: how people get in"),
        "is_online": Ask("It is online"),
        "capacity": Ask("Places"),
        "filling": Ask("When a place is free"),
        "trainer": Ask("Trainer"),
        "co_trainer": Ask("Who else teaches", "Such as a parent who has lived it"),
        "reserved_places": Ask("Places kept for one organisation", "Leave this empty for none"),
        "reserved_for": Ask("For which organisation"),
        "reserved_until": Ask("Until", "On this day they are open to all"),
    }
    for number, minutes in enumerate(place.version.days, 1):
        which = f"Day {number}" if len(place.version.days) > 1 else "Day"
        asks[f"day_{number}"] = Ask(which, f"{minutes} minutes of content")
        asks[f"begins_{number}"] = Ask("Begins", "Like 9.30")
        asks[f"ends_{number}"] = Ask("Ends", "Like 4.30pm")
    return asks


def cohort_suggested(place: CohortPlace) -> Mapping[str, Any]:
    if place.cohort is None:
        return {"capacity": 14, "filling": Filling.OFFER, "trainer": place.actor_id, "version": 0}
    one = place.cohort
    held = {
        "venue": one.venue,
        "is_online": one.is_online or None,
        "capacity": one.capacity,
        "filling": one.filling,
        "trainer": one.trainer_id,
        "co_trainer": one.co_trainer,
        "reserved_places": one.reserved.reserved_places or None,
        "reserved_for": one.reserved.reserved_for,
        "reserved_until": one.reserved.reserved_until,
        "version": one.version,
    }
    for day in one.days:
        begins, ends = day.starts_at.astimezone(LONDON), day.ends_at.astimezone(LONDON)
        held |= {f"day_{day.number}": begins.date(), f"begins_{day.number}": f"{begins:%H:%M}"}
        held |= {f"ends_{day.number}": f"{ends:%H:%M}"}
    return {name: value for name, value in held.items() if value is not None}
