"""Log a consultation that was held."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.consultation.consultations.database.consultations import Consultations
from services.consultation.consultations.domain.consultation import About, Asker, Consultation, Talk
from services.consultation.organisations.database.organisations import Organisations
from services.consultation.staff.database.tasks import Tasks
from services.consultation.staff.domain.task import ConsultationTask
from shared.contracts.consultation_codes import ConsultationMode
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LogConsultation:
    consultation_id: UUID
    """The same for the same form sent twice, which is stored once."""
    held_on: date
    minutes: int
    mode: ConsultationMode
    asker: Asker
    about: About
    talk: Talk
    could_be_harmed: bool = False
    """A child could come to harm: somebody answers for it today."""


async def log_consultation(command: LogConsultation, work: UnitOfWork) -> None:
    """Publish ConsultationHeld, and ConcernRaised where a child could come to harm.

    Raises:
        NotAllowed: the actor does not advise.
        NotFound: the team has no such organisation.
        RuleBroken: something is missing, or one with no names could tell who it is about.
    """
    organisation = await Organisations(work).get(command.asker.organisation_id)
    logged = Consultation(
        command.consultation_id,
        command.held_on,
        command.minutes,
        command.mode,
        command.asker,
        command.about,
        command.talk,
        work.actor.id,
        work.now,
    )
    logged.check(work.actor.roles, work.today)
    if not await Consultations(work).add(logged):
        return
    work.publish(logged.held(organisation.sector), about=logged)
    work.record("consultation.log", logged.id)
    if command.could_be_harmed:
        given = {"about": logged.id, "detail": organisation.name, "assigned_to": work.actor.id}
        await Tasks(work).raise_task(logged.id, ConsultationTask.CONCERN, **given)
