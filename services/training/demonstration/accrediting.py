"""Gives supervised cases and accreditations of a demonstration to the real commands."""

from uuid import UUID, uuid5

from services.training.accreditation.commands.answer_case import AnswerCase, answer_case
from services.training.accreditation.commands.grant_accreditation import GrantAccreditation, grant_accreditation
from services.training.accreditation.commands.record_case import RecordCase, record_case
from services.training.accreditation.domain.supervised_case import CaseSpan
from services.training.contents import SERVICE
from services.training.demonstration.taught import Grants, SignsOff, WorksOnCase
from services.training.places.database.bookings import Bookings
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.capabilities import CAPABILITIES, RECORD_CASES
from shared.kernel.actor import Actor
from shared.manifest import Person


async def accredit(
    action: WorksOnCase | SignsOff | Grants, booking_id: UUID, trainer: Person, units: TrainingUnits
) -> None:
    """The trainer supervises and grants, and records for those who may not themselves.

    Raises:
        Refusal: a command says no.
    """
    by = _recorder(action, trainer) if isinstance(action, WorksOnCase) else trainer
    async with units.begin(Actor(by.id, by.roles)) as work:
        person_id = (await Bookings(work).get(booking_id)).person_id
        course = action.cohort.course
        match action:
            case WorksOnCase(number=number):
                span = CaseSpan(action.from_on, action.last_on)
                await record_case(RecordCase(_case(booking_id, number), person_id, course, span, trainer.id), work)
            case SignsOff(number=number):
                await answer_case(AnswerCase(_case(booking_id, number), 1, None), work)
            case Grants():
                await grant_accreditation(GrantAccreditation(uuid5(booking_id, "granted"), person_id, course), work)


def _recorder(works: WorksOnCase, trainer: Person) -> Person:
    own = next((one for one in SERVICE.people if one.id == works.who.colleague_id), trainer)
    return own if CAPABILITIES.holds(own.roles, RECORD_CASES) else trainer


def _case(booking_id: UUID, number: int) -> UUID:
    return uuid5(booking_id, f"case {number}")
