"""Somebody is erased from the register: nothing names them any more, and what counts them goes on counting."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from services.training.database.course_tables import booking
from services.training.erasure.database.erasers import erase_rows, records_of
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import end_booking
from services.training.places.domain.booking import ACTIVE
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.training.workforce.database.people import People
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.domain.person import ErasedWhy
from shared.contracts.training_codes import PlaceEnd


@dataclass(frozen=True)
class ErasePerson:
    person_id: UUID
    expected_version: int
    why: ErasedWhy


async def erase_person(command: ErasePerson, work: TrainingWork) -> None:
    """Places that are to come go to the next. Publish PlaceEnded of them; what was published before names nobody.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the register has no such person.
        RuleBroken: the record was joined to another one.
        Conflict: it was changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    people = People(work)
    one = await people.get_to_change(command.person_id)
    one.check_seen(command.expected_version)
    records = await records_of(work, one.id)
    await _give_up_places(one.id, work)
    known_as = [one.family_name, one.email, *one.earlier_names]
    for person_id in records:
        record = one if person_id == one.id else await people.get_joined(person_id)
        known_as += [record.family_name, record.email]
        record.erase(command.why, work.actor.id, work.today)
        await people.save(record)
    await erase_rows(work, records, known_as)
    for import_id in await WorkforceImports(work).empty(work.now + timedelta.resolution):
        work.record("import.forget", import_id)
    work.record("person.erase", one.id)


async def _give_up_places(person_id: UUID, work: TrainingWork) -> None:
    """Those of cohorts that have not begun; in one that has, the register says who came."""
    bookings = Bookings(work)
    theirs = booking.c.person_id == person_id, booking.c.state.in_(ACTIVE)
    for cohort_id in (await work.session.scalars(select(booking.c.cohort_id).where(*theirs))).all():
        places = await bookings.lock(cohort_id)
        own = places[cohort_id].of(person_id)
        if own and places[cohort_id].cohort.starts_at > work.now:
            await end_booking(own, PlaceEnd.CANCELLED, places, work)
